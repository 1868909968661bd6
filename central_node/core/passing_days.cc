#include "central_node/core/passing_days.h"

#include <iterator>

#include "absl/strings/str_cat.h"
#include "common/base/epoch_days.h"

namespace keping::central {
namespace {

constexpr int64_t kMicrosPerMinute = 60'000'000;
constexpr int64_t kMicrosPerDay = 24 * 60 * kMicrosPerMinute;

constexpr int64_t kClockTolerance = 10 * kMicrosPerMinute;

}  // namespace

absl::CivilDay DayOf(const Settings& settings, const FactRef& fact) {
  const int64_t local = fact.wall_micros + settings.utc_offset_minutes * kMicrosPerMinute;
  const int64_t days = local / kMicrosPerDay - (local % kMicrosPerDay < 0 ? 1 : 0);
  return base::FromEpochDays(days);
}

uint32_t ClosedDaysSince(const NodeRow& node, absl::CivilDay day) {
  const auto after = node.closed_days.upper_bound(day);
  return static_cast<uint32_t>(std::distance(after, node.closed_days.end()));
}

uint32_t ClosedDaysSince(const Settings& settings, const NodeRow& node, const FactRef& fact) {
  return ClosedDaysSince(node, DayOf(settings, fact));
}

uint32_t SilentDays(const NodeRow& node) {
  const auto since = node.silences.upper_bound(node.heard_seq);
  return static_cast<uint32_t>(std::distance(since, node.silences.end()));
}

absl::CivilDay OfficeDayOf(const Settings& settings, const NodeRow& node, const FactRef& fact) {
  const auto stream = node.streams.find(fact.incarnation);
  if (stream == node.streams.end()) return DayOf(settings, fact);
  const auto& days = stream->second.office_days;
  const auto after = days.upper_bound(fact.seq);
  return after == days.begin() ? DayOf(settings, fact) : std::prev(after)->second;
}

bool WasSetBack(int64_t wall_micros, const FactRef& next) {
  return next.wall_micros + kClockTolerance < wall_micros;
}

std::string PrinterDayKey(const domain::NodeId& node, const domain::PrinterId& printer,
                          absl::CivilDay day) {
  return absl::StrCat(node.value(), "/", printer.value(), "/", absl::FormatCivilTime(day));
}

}  // namespace keping::central
