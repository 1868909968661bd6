#include "tests/net/one_way_link.h"

#include <algorithm>
#include <utility>

namespace keping::tests {

OneWayLink::OneWayLink(const LinkQuality& quality, uint64_t seed)
    : quality_(quality), prng_(seed) {}

bool OneWayLink::Chance(double probability) {
  constexpr int64_t kMillion = 1'000'000;
  return prng_.Between(0, kMillion - 1) < static_cast<int64_t>(probability * kMillion);
}

void OneWayLink::Enter(absl::Duration now, std::string packet) {
  ++counts_.entered;
  counts_.entered_bytes += packet.size();
  if (cut_) {
    ++counts_.dropped;
    return;
  }
  absl::Duration sent = now;
  if (quality_.bytes_per_second > 0) {
    const absl::Duration start = std::max(now, line_free_at_);
    const double waiting = absl::ToDoubleSeconds(start - now) * quality_.bytes_per_second;
    if (waiting > static_cast<double>(quality_.queue_bytes)) {
      ++counts_.dropped;
      return;
    }
    sent = line_free_at_ =
        start + absl::Seconds(static_cast<double>(packet.size()) / quality_.bytes_per_second);
  }
  if (Chance(quality_.loss)) {
    ++counts_.lost;
    return;
  }
  absl::Duration at = sent + quality_.delay;
  at += absl::Microseconds(prng_.Between(0, absl::ToInt64Microseconds(quality_.jitter)));
  if (!under_way_.empty()) at = std::max(at, under_way_.back().at);
  under_way_.push_back({at, std::move(packet)});
}

std::optional<std::string> OneWayLink::Leave(absl::Duration now) {
  if (under_way_.empty() || under_way_.front().at > now) return std::nullopt;
  std::string packet = std::move(under_way_.front().bytes);
  under_way_.pop_front();
  ++counts_.left;
  counts_.left_bytes += packet.size();
  return packet;
}

absl::Duration OneWayLink::UntilNext(absl::Duration now) const {
  if (under_way_.empty()) return absl::InfiniteDuration();
  return std::max(absl::ZeroDuration(), under_way_.front().at - now);
}

void OneWayLink::SetCut(bool cut) {
  cut_ = cut;
  if (!cut) return;
  counts_.dropped += under_way_.size();
  under_way_.clear();
}

}  // namespace keping::tests
