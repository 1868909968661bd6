// Which looks at personal data the log already tells of, so that each is told once: a record
// outside today's plan once per person and shift, the records of the plan together once per person
// and shift.
//
//   if (auto event = read_log.ToNote(look, planned)) …append it…
//
// The reads of a plan are told by one event with the purpose kVerification and the first record
// that was shown; no other read has that purpose. Who has no open shift is held to the office day
// instead.
#ifndef KEPING_EDGE_NODE_CORE_READ_LOG_H_
#define KEPING_EDGE_NODE_CORE_READ_LOG_H_

#include <map>
#include <optional>
#include <set>
#include <tuple>

#include "common/domain/event.h"
#include "common/domain/ids.h"

namespace keping::edge {

// Not thread-safe.
class ReadLog {
 public:
  // What must be written before the data are shown, if anything.
  std::optional<domain::PersonalDataRead> ToNote(const domain::PersonalDataRead& look,
                                                 bool planned) const;

  void Apply(const domain::PersonalDataRead& event);
  // A shift of this person begins or ends.
  void Forget(const domain::OperatorId& operator_id) { noted_.erase(operator_id); }
  // A new office day.
  void ForgetAll() { noted_.clear(); }

 private:
  using Subject = std::tuple<domain::PrrId, crypto::Hash, domain::ReadPurpose>;
  struct Noted {
    bool plan = false;
    std::set<Subject> subjects;
  };

  std::map<domain::OperatorId, Noted> noted_;
};

}  // namespace keping::edge

#endif  // KEPING_EDGE_NODE_CORE_READ_LOG_H_
