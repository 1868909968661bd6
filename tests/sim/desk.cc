#include "tests/sim/desk.h"

#include <iterator>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/time/civil_time.h"
#include "central_node/core/input.h"

namespace keping::sim {
namespace {

using domain::BlankSerial;
using domain::CaseKind;
using domain::OperatorId;

constexpr uint32_t kLowDuty = 5;

}  // namespace

void Desk::Start() {
  world_.queue().After(kHour, [this] { Round(); });
}

void Desk::Round() {
  centre_.Do([](central::CentralNode& node, const time::Moment& now) { return node.EndDays(now); });
  const FaultPlan& plan = world_.plan();
  const bool writes = plan.low_duty || plan.false_figures.on() || plan.wrong_name.on() ||
                      plan.blank_request.on() || plan.decision.on();
  if (writes && OfficersAreThere()) {
    if (plan.low_duty) StatePrinters();
    if (plan.false_figures.Strikes(prng_, kHour)) ReportFigures();
    if (plan.wrong_name.Strikes(prng_, kHour)) WriteNames();
    if (plan.blank_request.Strikes(prng_, kHour)) AskForBlanks();
    if (plan.decision.Strikes(prng_, kHour)) Decide();
  }
  if (pictures_.on() && OfficersAreThere()) pictures_.Round();
  Start();
}

bool Desk::OfficersAreThere() {
  if (centre_.node() == nullptr) return false;
  const auto& officers = centre_.node()->resident().centre.officers;
  if (officers.contains(Reconciler())) return true;
  const auto enter = [this](const OperatorId& officer, domain::Role role) {
    return centre_.Do([&](central::CentralNode& node, const time::Moment& now) {
      return node
          .Handle(now, central::SetOfficer{.officer = officer, .role = role, .by = Administrator()},
                  "a verifier, specimen")
          .status();
    });
  };
  return enter(Administrator(), domain::Role::kAdministrator) &&
         enter(Reconciler(), domain::Role::kReconciler);
}

bool Desk::Enter(const central::Enter& entry) {
  return centre_.Do([&](central::CentralNode& node, const time::Moment& now) {
    return node.Handle(now, entry).status();
  });
}

// Before anybody prints: what was printed before is not judged again.
void Desk::StatePrinters() {
  const domain::PrinterId printer = domain::PrinterId::Of("printer-1");
  if (!chronicle_.intents.empty() || world_.faults().contains("low_duty")) return;
  const bool done = Enter({.entry = domain::PrinterStated{.printer = printer,
                                                          .node = OfficeId(0),
                                                          .cards_per_day = kLowDuty,
                                                          .from = absl::CivilDay(2000, 1, 1),
                                                          .by = Reconciler()},
                           .by = Reconciler()});
  if (done) world_.Count("low_duty");
}

// What lies in stock, by parts: nothing to compare it with but its own sum.
void Desk::ReportFigures() {
  const auto act = domain::ActId::Of(absl::StrCat("figures-", ++reports_));
  domain::FiguresReported report{.act = act,
                                 .kind = domain::FigureKind::kInStock,
                                 .node = {},
                                 .upto = absl::ToCivilDay(world_.TrueTime(), world_.time_zone()),
                                 .parts = {},
                                 .total = 0,
                                 .document = domain::DocumentNumber::Of("LAP/1"),
                                 .by = Reconciler()};
  for (int part = 1; part <= 3; ++part) {
    report.parts.push_back(
        {.label = absl::StrCat("part ", part), .quantity = 1 + prng_.Below(100)});
    report.total += report.parts.back().quantity;
  }
  // Two of three are true.
  if (prng_.Chance(1, 3)) {
    world_.Count("false_figures");
    report.total += 1 + prng_.Below(10);
  }
  Enter({.entry = report, .by = Reconciler()});
}

// A printed serial and its chip; now and then another blank's chip.
void Desk::WriteNames() {
  const auto number = prng_.Below(50);
  const bool wrong = prng_.Chance(1, 3);
  if (wrong) world_.Count("wrong_name");
  const auto act = domain::ActId::Of(absl::StrCat("join-", ++joins_));
  Enter({.entry =
             domain::BlankIdentified{.act = act,
                                     .printed = BlankSerial::Of(absl::StrFormat("KPA%07d", number)),
                                     .uid = BlankSerial::Of(SomeChip(number + (wrong ? 1 : 0))),
                                     .operator_id = Reconciler()},
         .by = Reconciler()});
}

// Two officers; the nation answers in its time, and once.
void Desk::AskForBlanks() {
  world_.Count("blank_request");
  const central::RequestBlanks request{
      .request = domain::RequestId::Of(absl::StrCat("request-", ++requests_)),
      .quantity = 1 + prng_.Below(1000),
      .needed_by = absl::ToCivilDay(world_.TrueTime(), world_.time_zone()) + 30,
      .by = Administrator(),
      .second = Reconciler()};
  centre_.Do([&](central::CentralNode& node, const time::Moment& now) {
    return node.Handle(now, request).status();
  });
}

void Desk::Decide() {
  std::vector<domain::CaseId> open;
  for (const auto& [id, one] : chronicle_.cases) {
    if (one.state == domain::CaseState::kOpen) open.push_back(id);
  }
  if (open.empty()) return;
  const domain::CaseId id = open[prng_.Below(open.size())];
  const domain::Resolution all[] = {domain::Resolution::kAccepted, domain::Resolution::kAccepted,
                                    domain::Resolution::kRecall, domain::Resolution::kRescan};
  const central::ResolveCase decision{.case_id = id,
                                      .revision = chronicle_.cases.at(id).revision,
                                      .resolution = all[prng_.Below(std::size(all))],
                                      .by = Reconciler(),
                                      .second = Administrator()};
  central::CommandOutcome outcome = central::CommandOutcome::kDone;
  const bool done = centre_.Do([&](central::CentralNode& node, const time::Moment& now) {
    const auto result = node.Handle(now, decision);
    if (result.ok()) outcome = result->outcome;
    return result.status();
  });
  // Not every case is for these two to decide, nor in every way.
  if (!done || outcome != central::CommandOutcome::kDone) return;
  world_.Count("decision");
  if (chronicle_.cases.at(id).state != domain::CaseState::kOpen) return;
  world_.Break("a decision holds", absl::StrCat("case ", id.value(), " was decided and is open"));
}

std::string Desk::SomeChip(uint64_t number) const {
  return absl::StrFormat("04C0FFEE%06X", number);
}

}  // namespace keping::sim
