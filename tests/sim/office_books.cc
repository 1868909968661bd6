#include "tests/sim/office_books.h"

#include <variant>

namespace keping::sim {

void OfficeBooks::Apply(const domain::Event& event, const DayStamp& stamp) {
  if (std::holds_alternative<domain::OfficeDayOpened>(event)) {
    ++office_day;
    day = stamp;
  }
  std::visit(
      [this](const auto& one) {
        if constexpr (requires { On(one); }) On(one);
      },
      event);
}

void OfficeBooks::On(const domain::PrintIntended& event) {
  intended[event.act] = event;
  open[event.act] = event;
  if (!event.batch.empty()) ++batches[event.batch].fed;
}

void OfficeBooks::On(const domain::PrintVerified& event) {
  open.erase(event.act);
  used_up.insert(event.blank);
  answered[event.act] = event.blank;
  const domain::PrintIntended& intent = intended[event.act];
  if (event.blank == intent.blank) return;
  // Somebody looked at both: the one that was meant lies in the tray.
  seen.insert(intent.blank);
  if (!intent.batch.empty()) batches[intent.batch].mismatched = true;
}

void OfficeBooks::On(const domain::PrintSpoiled& event) {
  open.erase(event.act);
  used_up.insert(event.blank);
  answered[event.act] = event.blank;
  seen.insert(intended[event.act].blank);
}

void OfficeBooks::On(const domain::PrintUnused& event) {
  open.erase(event.act);
  seen.insert(intended[event.act].blank);
}

// The card is in somebody's hand again, and its blank is what the new answer says.
void OfficeBooks::On(const domain::Corrected& event) {
  open[event.subject] = intended[event.subject];
  reopened.insert(event.subject);
  const auto answer = answered.find(event.subject);
  if (answer == answered.end()) return;
  seen.insert(answer->second);
  used_up.erase(answer->second);
  answered.erase(answer);
}

void OfficeBooks::On(const domain::IncarnationOpened& event) {
  if (event.parent.empty()) return;
  succeeds = true;
  seen.clear();
}

void OfficeBooks::See(const domain::SerialSet& blanks) {
  blanks.ForEach([this](const domain::BlankSerial& blank) { seen.insert(blank); });
}

}  // namespace keping::sim
