// The shifts of the office's people, and what its day reports said: projections of the log.
//
//   const Shift* shift = shifts.OpenOf(operator_id);     // nullptr: none is open
//   ReportCode code = shifts.Compare(CodeText::Of("3f2a91c0"));
//
// The code of the last report, typed in from the paper, is a witness outside this machine: a disk
// that was set back to an old copy does not know it.
#ifndef KEPING_EDGE_NODE_CORE_SHIFTS_H_
#define KEPING_EDGE_NODE_CORE_SHIFTS_H_

#include <cstdint>
#include <map>
#include <optional>
#include <set>

#include "common/domain/event.h"
#include "common/domain/ids.h"

namespace keping::edge {

struct Shift {
  domain::ActId act;
  domain::OperatorId operator_id;
  uint64_t opened_seq = 0;
};

// What the log says to a report's code.
enum class ReportCode {
  kNotGiven,
  kLast,      // of the last report
  kEarlier,   // of one before: another paper, or somebody reported since
  kUnknown,   // of no report in this log
  kNoReport,  // given, and the log has no report at all
};

// Not thread-safe.
class Shifts {
 public:
  void Apply(const domain::ShiftOpened& event, uint64_t seq);
  void Apply(const domain::ShiftClosed& event);
  void Apply(const domain::DayReported& event);

  const Shift* OpenOf(const domain::OperatorId& operator_id) const;
  const std::map<domain::OperatorId, Shift>& open() const { return open_; }
  ReportCode Compare(const domain::CodeText& code) const;
  // The last report of the log.
  const std::optional<domain::DayReported>& last_report() const { return last_report_; }
  // How many shifts were opened with a code that no report of the log had.
  uint64_t unknown_codes() const { return unknown_codes_; }

 private:
  std::map<domain::OperatorId, Shift> open_;
  std::set<domain::CodeText> codes_;
  std::optional<domain::DayReported> last_report_;
  uint64_t unknown_codes_ = 0;
};

}  // namespace keping::edge

#endif  // KEPING_EDGE_NODE_CORE_SHIFTS_H_
