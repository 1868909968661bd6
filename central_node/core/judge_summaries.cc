#include "central_node/core/judge_summaries.h"

#include <set>
#include <utility>

namespace keping::central {

using domain::CaseKind;

uint32_t DutyOf(const Settings& settings, const CentreRow& centre, const domain::PrinterId& printer,
                absl::CivilDay day) {
  const auto stated = centre.printers.find(printer);
  const PrinterFact* last = nullptr;
  if (stated != centre.printers.end()) {
    for (const PrinterFact& one : stated->second) {
      const bool later = last == nullptr || one.from > last->from ||
                         (one.from == last->from && one.fact.seq > last->fact.seq);
      if (one.from <= day && later) last = &one;
    }
  }
  return last == nullptr || last->cards_per_day == 0 ? settings.cards_per_day : last->cards_per_day;
}

std::optional<Anomaly> JudgePrinterDay(const PrinterDayRow& row, uint32_t duty) {
  if (duty == 0 || row.fed.size() <= duty) return std::nullopt;
  return Anomaly{.kind = CaseKind::kOverDuty, .evidence = row.fed, .settled = true};
}

std::optional<Anomaly> JudgeNames(const NameRow& row) {
  std::set<std::pair<domain::BlankSerial, domain::BlankSerial>> joins;
  Anomaly anomaly{.kind = CaseKind::kNameClash};
  for (const NameFact& name : row.names) {
    joins.emplace(name.printed, name.uid);
    anomaly.evidence.insert(name.fact.id);
  }
  if (joins.size() < 2) return std::nullopt;
  return anomaly;
}

std::optional<Anomaly> JudgeBatch(const BatchRow& row) {
  std::set<domain::BlankSerial> intended;
  std::set<domain::BlankSerial> found;
  Anomaly anomaly{.kind = CaseKind::kBindingsShifted};
  for (const auto& [act, swap] : row.swaps) {
    intended.insert(swap.intended);
    found.insert(swap.found);
    anomaly.evidence.insert(swap.verified);
  }
  if (row.swaps.size() < 2 || intended != found) return std::nullopt;
  return anomaly;
}

}  // namespace keping::central
