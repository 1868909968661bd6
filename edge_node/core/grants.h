// What telephone grants did at this node: tries, codes that were used, and what they allow. A
// projection of the log, so that a restart gives nobody a new try, and waiting counts in running
// time (running_time.h), so that no clock does.
//
//   if (grants.TriesLeft(day, running.At(now)) == 0) …
//   if (grants.Used(tag)) …
#ifndef KEPING_EDGE_NODE_CORE_GRANTS_H_
#define KEPING_EDGE_NODE_CORE_GRANTS_H_

#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "common/domain/event.h"
#include "common/domain/ids.h"

namespace keping::edge {

// Not thread-safe.
class Grants {
 public:
  // So many wrong codes, for one day and within one window; then none is looked at.
  static constexpr int kTries = 5;
  static constexpr absl::Duration kWindow = absl::Hours(16);

  // `running` is the log's running time with this entry.
  void Apply(const domain::GrantTried& event, absl::Duration running);

  // How many wrong codes for `day` may still be typed in.
  int TriesLeft(absl::CivilDay day, absl::Duration running) const;
  // A grant works once.
  bool Used(const crypto::Hash& tag) const { return used_.contains(tag); }

  // By a grant that is newer than the person's item of the feed, which came at `position`: from
  // then on the roster says it.
  bool Certified(const domain::OperatorId& operator_id, const domain::ApplicationVersion& version,
                 uint64_t position) const;
  // The epoch under which this node may print a record by force, if any.
  std::optional<domain::LeaseEpoch> ForcedLease(const domain::PrrId& prr) const;

 private:
  std::map<absl::CivilDay, int> wrong_;  // by the day that the codes were tried for
  std::deque<absl::Duration> recent_;    // running times of the last wrong ones
  std::set<crypto::Hash> used_;
  // -> the feed position known at the grant
  std::map<std::pair<domain::OperatorId, domain::ApplicationVersion>, uint64_t> certified_;
  std::map<domain::PrrId, domain::LeaseEpoch> forced_;
};

}  // namespace keping::edge

#endif  // KEPING_EDGE_NODE_CORE_GRANTS_H_
