#include "edge_node/core/autonomy.h"

#include <algorithm>
#include <set>

#include "common/base/check.h"
#include "edge_node/core/roles.h"

namespace keping::edge {
namespace {

using domain::ConsumableKind;

constexpr size_t kDaysOfPace = 10;

uint64_t PrintersLimit(const EdgeCore& core) {
  uint64_t limit = 0;
  for (const auto& [printer, cards] : core.settings().cards_per_day) {
    const Machine* machine = core.machines().Find(printer);
    // Printers of the config are commissioned with the first office day.
    if (machine == nullptr || machine->in_service) limit += cards;
  }
  return limit;
}

uint64_t Pace(const EdgeCore& core) {
  std::set<uint64_t> days;
  uint64_t fed = 0;
  const std::vector<domain::ActId>& acts = core.journal().order();
  for (auto act = acts.rbegin(); act != acts.rend(); ++act) {
    const Job& job = *core.journal().Find(*act);
    if (!job.fed()) continue;
    if (!days.contains(job.office_day) && days.size() == kDaysOfPace) break;
    days.insert(job.office_day);
    ++fed;
  }
  const uint64_t limit = PrintersLimit(core);
  if (days.empty()) return limit;
  const uint64_t mean = (fed + days.size() - 1) / days.size();
  return std::min(mean, limit);
}

// Cards, as the boxes promise; one in stock of which nobody said what it promises is taken for as
// large as the largest that was installed. Nullopt: nobody ever said it.
std::optional<uint64_t> Left(const EdgeCore& core, ConsumableKind kind) {
  uint64_t largest = 0;
  uint64_t left = 0;
  for (const auto& [printer, machine] : core.machines().machines()) {
    const auto installed = machine.installed.find(kind);
    if (installed == machine.installed.end()) continue;
    const InstalledConsumable& one = installed->second;
    largest = std::max<uint64_t>(largest, one.capacity);
    if (machine.in_service && one.capacity > one.fed) left += one.capacity - one.fed;
  }
  for (const auto& [id, used] : core.machines().consumables()) {
    if (used.kind == kind) largest = std::max<uint64_t>(largest, used.capacity);
  }
  bool promised = largest > 0;
  for (const auto& [id, item] : core.consumables().items()) {
    if (item.kind != kind || item.step != domain::ConsumableStep::kReceived) continue;
    promised = promised || item.panels > 0;
    left += item.quantity * (item.panels > 0 ? item.panels : largest);
  }
  return promised ? std::optional<uint64_t>(left) : std::nullopt;
}

bool SomebodyMayPrint(const EdgeCore& core) {
  const auto& people = core.catalogue().operators();
  return std::any_of(people.begin(), people.end(), [&](const auto& entry) {
    const domain::OperatorItem* person = core.catalogue().FindOperator(entry.first);
    return person != nullptr && MayDo(person->role, OfficeAct::kPrint) && core.Certified(*person);
  });
}

}  // namespace

const char* SupplyName(Supply supply) {
  switch (supply) {
    case Supply::kRecords:
      return "records";
    case Supply::kBlanks:
      return "blanks";
    case Supply::kRibbons:
      return "ribbons";
    case Supply::kFilms:
      return "films";
    case Supply::kContact:
      return "contact";
    case Supply::kOperators:
      return "operators";
    case Supply::kPrinters:
      return "printers";
  }
  KEPING_CHECK(false, "every supply has its name");
}

Autonomy AutonomyOf(const EdgeCore& core, const time::Moment& now) {
  Autonomy autonomy{.cards_per_day = Pace(core), .days = 0, .supplies = {}};
  const auto add = [&](Supply supply, std::optional<uint64_t> cards) {
    if (!cards.has_value()) return;
    const uint64_t days = autonomy.cards_per_day == 0 ? 0 : *cards / autonomy.cards_per_day;
    autonomy.supplies.push_back({supply, cards, days});
  };
  // First, so that they come before what merely has no pace.
  if (autonomy.cards_per_day == 0) {
    autonomy.supplies.push_back({Supply::kPrinters, std::nullopt, 0});
  }
  if (!SomebodyMayPrint(core)) autonomy.supplies.push_back({Supply::kOperators, std::nullopt, 0});
  add(Supply::kRecords, core.printable_count());
  add(Supply::kBlanks, core.tray().available().size() + core.boxes().left());
  add(Supply::kRibbons, Left(core, ConsumableKind::kRibbon));
  add(Supply::kFilms, Left(core, ConsumableKind::kFilm));
  if (const auto days = core.DaysUntilTooStale(now)) {
    autonomy.supplies.push_back({Supply::kContact, std::nullopt, *days});
  }
  std::stable_sort(autonomy.supplies.begin(), autonomy.supplies.end(),
                   [](const SupplyLeft& a, const SupplyLeft& b) { return a.days < b.days; });
  autonomy.days = core.locked() ? 0 : autonomy.supplies.front().days;
  return autonomy;
}

}  // namespace keping::edge
