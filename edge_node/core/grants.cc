#include "edge_node/core/grants.h"

#include <algorithm>

namespace keping::edge {

using domain::GrantKind;

void Grants::Apply(const domain::GrantTried& event, absl::Duration running) {
  if (!event.accepted) {
    ++wrong_[event.day];
    recent_.push_back(running);
    if (recent_.size() > kTries) recent_.pop_front();
    return;
  }
  used_.insert(event.tag);
  if (event.kind == GrantKind::kCertifyOperator) {
    certified_[{domain::OperatorId::Of(event.subject.value()), event.application_version}] =
        event.control_position;
  } else if (event.kind == GrantKind::kForceLease) {
    domain::LeaseEpoch& epoch = forced_[domain::PrrId::Of(event.subject.value())];
    epoch = std::max(epoch, event.lease_epoch);
  }
}

int Grants::TriesLeft(absl::CivilDay day, absl::Duration running) const {
  const auto found = wrong_.find(day);
  const int of_day = found == wrong_.end() ? 0 : found->second;
  const auto in_window = std::count_if(recent_.begin(), recent_.end(), [&](absl::Duration tried) {
    return running - tried < kWindow;
  });
  return std::max(0, kTries - std::max(of_day, static_cast<int>(in_window)));
}

bool Grants::Certified(const domain::OperatorId& operator_id,
                       const domain::ApplicationVersion& version, uint64_t position) const {
  const auto found = certified_.find({operator_id, version});
  return found != certified_.end() && position <= found->second;
}

std::optional<domain::LeaseEpoch> Grants::ForcedLease(const domain::PrrId& prr) const {
  const auto found = forced_.find(prr);
  if (found == forced_.end()) return std::nullopt;
  return found->second;
}

}  // namespace keping::edge
