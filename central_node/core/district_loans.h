// Blanks between this district and others: what the papers say of one blank, and what each district
// owes the other.
//
//   const LoanState state = ReadLoans(facts);
//   if (state.away) …it lies with another district…
//   const LoanSum sum = SumWith(district, centre.loans);
//   sum.lent_open();                            // blanks that are still to come back
//
// Papers are of the centre's own log, so that their order is the order of that log. Pure and
// order-free.
#ifndef KEPING_CENTRAL_NODE_CORE_DISTRICT_LOANS_H_
#define KEPING_CENTRAL_NODE_CORE_DISTRICT_LOANS_H_

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "central_node/core/anomaly.h"
#include "central_node/core/facts.h"
#include "central_node/core/input.h"
#include "central_node/core/rows.h"
#include "common/crypto/hash.h"
#include "common/ledger/account.h"

namespace keping::central {

// What the papers say of one blank.
struct LoanState {
  // By the last paper it lies with another district, in this account.
  bool away = false;
  ledger::Account account = ledger::Account::kLentOut;
  std::set<crypto::Hash> papers;
  // It went although it was away already, or came although the books had it here.
  std::set<crypto::Hash> unfounded;
};
LoanState ReadLoans(const BlankFacts& facts);

// Blanks that passed between this district and another one.
struct LoanSum {
  uint64_t lent = 0;
  uint64_t came_back = 0;
  uint64_t borrowed = 0;
  uint64_t given_back = 0;

  uint64_t lent_open() const { return lent > came_back ? lent - came_back : 0; }
  uint64_t borrowed_open() const { return borrowed > given_back ? borrowed - given_back : 0; }
};
LoanSum SumWith(const domain::DistrictCode& district, const std::vector<LoanPaper>& papers);

// The case of a district that returned more than was lent to it, or got back more than it lent.
std::string DistrictEntity(const domain::DistrictCode& district);
std::optional<Anomaly> JudgeDistrict(const domain::DistrictCode& district,
                                     const std::vector<LoanPaper>& papers);

// The paper that was entered under the same number, with the same district, for the same step; or
// nullptr.
const LoanPaper* SamePaper(const EnterLoan& command, const std::vector<LoanPaper>& papers);

}  // namespace keping::central

#endif  // KEPING_CENTRAL_NODE_CORE_DISTRICT_LOANS_H_
