// The commands about deliveries that come to the district and their boxes, as a part of the grammar
// of command_line_parser.cc.
#ifndef KEPING_COMMON_CLI_DELIVERY_GRAMMAR_H_
#define KEPING_COMMON_CLI_DELIVERY_GRAMMAR_H_

#include <string>

#include "common/cli/people_grammar.h"
#include "common/cli/requests.h"

namespace keping::cli {

// Holds what the commands' options write to: must live until they are parsed.
class DeliveryGrammar {
 public:
  void AddCentral(CLI::App* area, const AddCall<CentralRequest>& add);

 private:
  void AddReceive(CLI::App* area, const AddCall<CentralRequest>& add);

  central_api::ReceiveDeliveryRequest delivery_;
  central_api::ListBoxesRequest boxes_;
  std::string day_;
  std::string serials_file_;
};

}  // namespace keping::cli

#endif  // KEPING_COMMON_CLI_DELIVERY_GRAMMAR_H_
