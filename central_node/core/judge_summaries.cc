#include "central_node/core/judge_summaries.h"

#include <set>
#include <utility>

namespace keping::central {

using domain::CaseKind;

const PrinterFact* StatementOn(const std::vector<PrinterFact>& facts, absl::CivilDay day) {
  const PrinterFact* latest = nullptr;
  for (const PrinterFact& fact : facts) {
    const bool later = latest == nullptr || fact.from > latest->from ||
                       (fact.from == latest->from && fact.fact.seq > latest->fact.seq);
    if (fact.from <= day && later) latest = &fact;
  }
  return latest;
}

uint32_t DutyOf(const Settings& settings, const CentreRow& centre, const domain::PrinterId& printer,
                absl::CivilDay day) {
  const auto stated = centre.printers.find(printer);
  const PrinterFact* last =
      stated == centre.printers.end() ? nullptr : StatementOn(stated->second, day);
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
