// The commands of the district's stock keeper, as a part of the grammar of command_line_parser.cc.
#ifndef KEPING_COMMON_CLI_DISTRICT_STOCK_GRAMMAR_H_
#define KEPING_COMMON_CLI_DISTRICT_STOCK_GRAMMAR_H_

#include <string>

#include "common/cli/people_grammar.h"
#include "common/cli/requests.h"

namespace keping::cli {

// Holds what the commands' options write to: must live until they are parsed.
class DistrictStockGrammar {
 public:
  void AddCentral(CLI::App* area, const AddCall<CentralRequest>& add);

 private:
  CLI::App* AddLoan(CLI::App* area, const AddCall<CentralRequest>& add, const char* name,
                    const char* example, log::v1::LoanStep step);
  void AddLoans(CLI::App* area, const AddCall<CentralRequest>& add);
  CLI::App* AddSupply(CLI::App* area, const AddCall<CentralRequest>& add, const char* name,
                      const char* example, log::v1::SupplyStep step);
  void AddSupplies(CLI::App* area, const AddCall<CentralRequest>& add);

  central_api::EnterLoanRequest loan_;
  central_api::ListLoansRequest loans_;
  central_api::EnterSupplyRequest supply_;
  std::string day_;
};

}  // namespace keping::cli

#endif  // KEPING_COMMON_CLI_DISTRICT_STOCK_GRAMMAR_H_
