// What this office lent to others, a projection of the log, and the slips of what others lent to
// it, which its store keeps. A slip gives no right to a blank: that arises by scan
// (stock_decisions.h).
//
//   lendings.Apply(event, stamp);                 // BlanksLent
//   const Lending* lent = lendings.Given(transfer);
//   const LendingSlip* slip = lendings.Slip(transfer);
#ifndef KEPING_EDGE_NODE_CORE_LENDINGS_H_
#define KEPING_EDGE_NODE_CORE_LENDINGS_H_

#include <cstdint>
#include <map>
#include <utility>

#include "common/domain/event.h"
#include "common/domain/ids.h"
#include "common/domain/serial_set.h"

namespace keping::edge {

struct Lending {
  domain::NodeId to;
  domain::SerialSet blanks;
  uint64_t seq = 0;  // of the entry that says so; 0: in the log of an earlier incarnation
};

// As the lending office signed it.
struct LendingSlip {
  domain::TransferId transfer;
  domain::NodeId from;
  domain::SerialSet blanks;

  friend bool operator==(const LendingSlip&, const LendingSlip&) = default;
};

// Not thread-safe; changed only while events are applied and slips taken.
class Lendings {
 public:
  void Apply(const domain::BlanksLent& event, uint64_t seq) {
    given_[event.transfer] = {.to = event.to, .blanks = event.blanks, .seq = seq};
  }
  void Take(LendingSlip slip) { slips_[slip.transfer] = std::move(slip); }

  // Null: not lent by this office.
  const Lending* Given(const domain::TransferId& transfer) const {
    const auto found = given_.find(transfer);
    return found == given_.end() ? nullptr : &found->second;
  }
  // Null: no slip of it came.
  const LendingSlip* Slip(const domain::TransferId& transfer) const {
    const auto found = slips_.find(transfer);
    return found == slips_.end() ? nullptr : &found->second;
  }
  const std::map<domain::TransferId, Lending>& given() const { return given_; }
  const std::map<domain::TransferId, LendingSlip>& slips() const { return slips_; }

 private:
  std::map<domain::TransferId, Lending> given_;
  std::map<domain::TransferId, LendingSlip> slips_;
};

}  // namespace keping::edge

#endif  // KEPING_EDGE_NODE_CORE_LENDINGS_H_
