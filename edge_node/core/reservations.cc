#include "edge_node/core/reservations.h"

#include "absl/strings/str_cat.h"
#include "common/base/status_macros.h"

namespace keping::edge {
namespace {

std::string NameOf(const Reservations::Thing& thing) {
  if (const auto* prr = std::get_if<domain::PrrId>(&thing)) {
    return absl::StrCat("record ", prr->value());
  }
  return absl::StrCat("blank ", std::get<domain::BlankSerial>(thing).text());
}

}  // namespace

bool Reservations::Holder::SameAs(const Holder& other) const {
  if (operator_id != other.operator_id) return false;
  return counter == other.counter || counter.empty() || other.counter.empty();
}

absl::Status Reservations::Check(const Thing& thing, const Holder& holder,
                                 absl::Duration now) const {
  const auto found = held_.find(thing);
  if (found == held_.end() || found->second.until <= now) return absl::OkStatus();
  const Reservation& held = found->second;
  if (held.holder.SameAs(holder)) return absl::OkStatus();
  const int64_t minutes = absl::ToInt64Minutes(held.until - now) + 1;
  return absl::FailedPreconditionError(
      absl::StrCat("K-198: ", NameOf(thing), " is taken by ", held.holder.operator_id.value(),
                   held.holder.counter.empty() ? "" : " at ", held.holder.counter, " for at most ",
                   minutes, minutes == 1 ? " more minute" : " more minutes",
                   ". Take another one, or ask there to give it back."));
}

absl::Status Reservations::Take(const Thing& thing, const Holder& holder, absl::Duration now) {
  KEPING_RETURN_IF_ERROR(Check(thing, holder, now));
  std::erase_if(held_, [now](const auto& entry) { return entry.second.until <= now; });
  held_[thing] = {.holder = holder, .until = now + kHeldFor};
  return absl::OkStatus();
}

absl::Status Reservations::Release(const Thing& thing, const Holder& holder, absl::Duration now) {
  KEPING_RETURN_IF_ERROR(Check(thing, holder, now));
  held_.erase(thing);
  return absl::OkStatus();
}

std::map<Reservations::Thing, Reservations::Reservation> Reservations::Held(
    absl::Duration now) const {
  std::map<Thing, Reservation> held = held_;
  std::erase_if(held, [now](const auto& entry) { return entry.second.until <= now; });
  return held;
}

std::set<domain::PrrId> Reservations::RecordsOfOthers(const Holder& holder,
                                                      absl::Duration now) const {
  std::set<domain::PrrId> records;
  for (const auto& [thing, reservation] : held_) {
    const auto* prr = std::get_if<domain::PrrId>(&thing);
    if (prr != nullptr && !Check(thing, holder, now).ok()) records.insert(*prr);
  }
  return records;
}

}  // namespace keping::edge
