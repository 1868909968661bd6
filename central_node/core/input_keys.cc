#include "central_node/core/input_keys.h"

#include <algorithm>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <variant>

#include "central_node/core/case_policy.h"
#include "central_node/core/district_loans.h"
#include "central_node/core/event_origin.h"
#include "central_node/core/judge_count.h"
#include "central_node/core/judge_stream.h"
#include "central_node/core/passing_days.h"

namespace keping::central {
namespace {

using domain::BlankSerial;
using domain::SerialSet;

// The sets of an event whose blanks get a row each.
template <typename T, typename Visit>
void VisitSets(const T& event, Visit visit) {
  if constexpr (std::is_same_v<T, domain::BlanksReceived>) {
    visit(event.received);
    visit(event.missing);
    visit(event.unexpected);
  } else if constexpr (std::is_same_v<T, domain::BlanksDispatched> ||
                       std::is_same_v<T, domain::StockOpened> ||
                       std::is_same_v<T, domain::CardsDestroyed>) {
    visit(event.serials);
  } else if constexpr (std::is_same_v<T, domain::BlanksLent> ||
                       std::is_same_v<T, domain::LoanMoved>) {
    visit(event.blanks);
  } else if constexpr (std::is_same_v<T, domain::ManifestHandedOver>) {
    visit(event.cards);
  } else if constexpr (std::is_same_v<T, domain::CardsAnswered>) {
    visit(event.delivered);
    visit(event.not_found);
    visit(event.returned);
  } else if constexpr (std::is_same_v<T, domain::StockRescanned>) {
    visit(event.blanks);
    visit(event.missing);
  } else if constexpr (std::is_same_v<T, domain::StockCounted>) {
    visit(LookedInto({.fact = {},
                      .act = event.act,
                      .counted = 0,
                      .missing = event.missing,
                      .surplus = event.surplus,
                      .operator_id = {},
                      .second = {}}));
  } else if constexpr (std::is_same_v<T, domain::GenerationMet>) {
    for (const auto& told : event.transfers) visit(told.serials);
  } else if constexpr (std::is_same_v<T, domain::BoxOpened>) {
    visit(event.serials);
  }
}

// Those that an event names.
template <typename T, typename Visit>
void VisitBoxes(const T& event, Visit visit) {
  if constexpr (requires { event.box; }) visit(event.box);
  if constexpr (std::is_same_v<T, domain::TailLost>) {
    for (const domain::BoxId& box : event.boxes) visit(box);
  } else if constexpr (requires { event.boxes; }) {
    for (const domain::Box& box : event.boxes) visit(box.box);
  }
  if constexpr (std::is_same_v<T, domain::BlanksReceived>) {
    for (const domain::BoxId& box : event.missing_boxes) visit(box);
    for (const domain::BoxId& box : event.unexpected_boxes) visit(box);
  } else if constexpr (std::is_same_v<T, domain::GenerationMet>) {
    for (const auto& told : event.transfers) {
      for (const domain::Box& box : told.boxes) visit(box.box);
    }
  }
}

// The keys that an input touches by itself.
class Finder {
 public:
  Finder(const Settings& settings, const Resident& resident)
      : settings_(settings), resident_(resident) {}

  void Visit(const EntriesArrived& input) {
    if (input.forked.has_value()) Event(*input.forked);
    for (const ArrivedEntry& entry : input.entries) {
      if (entry.event.has_value() && !IsOfCentre(*entry.event)) VisitEntry(entry);
    }
    if (ClockIsSetBack(input)) StreamCases(input.node, input.incarnation);
    GapCases(input.node, input.forked.has_value() ? input.forked->incarnation : input.incarnation);
    for (const auto& [act, node] : resident_.centre.uncompared) {
      if (node.empty() || node == input.node) touched_.figures.insert(act);
    }
    uint64_t known = 0;
    for (const ArrivedEntry& entry : input.entries) {
      if (!entry.event.has_value()) continue;
      const auto* intent = std::get_if<domain::PrintIntended>(&*entry.event);
      if (intent != nullptr) known = std::max(known, intent->control_position);
    }
    const auto node = resident_.nodes.find(input.node);
    if (node == resident_.nodes.end() || known <= node->second.known_position) return;
    for (const auto& [prr, position] : node->second.open_overlaps) {
      if (position <= known) touched_.prrs.insert(prr);
    }
  }
  void Visit(const RollbackFound& input) { Event(input.rollback); }
  void Visit(const GapFound& input) { Event(input.gap); }
  void Visit(const CentralEntriesReplayed& input) {
    for (const ArrivedEntry& entry : input.entries) VisitEntry(entry);
  }
  void Visit(const RecordsArrived& input) {
    for (const auto& record : input.records) Event(record);
  }
  void Visit(const WithdrawalsArrived& input) {
    for (const auto& withdrawal : input.withdrawals) touched_.prrs.insert(withdrawal.prr);
  }
  void Visit(const AllotmentsArrived& input) {
    for (const auto& allotment : input.allotments) Event(allotment);
  }
  void Visit(const ReportAnswersArrived& input) {
    for (const auto& answer : input.answers) Event(answer);
  }
  void Visit(const Dispatch& input) {
    touched_.transfers.insert(input.transfer);
    AddBlanks(input.serials.empty() ? FromStock(input.quantity, input.serials, resident_.centre)
                                    : input.serials);
    touched_.boxes.insert(input.boxes.begin(), input.boxes.end());
  }
  void Visit(const ReceiveDelivery& input) { Event(input.delivery); }
  void Visit(const EnterLoan& input) {
    AddBlanks(input.serials.empty() ? FromStock(input.quantity, input.serials, resident_.centre)
                                    : input.serials);
    DistrictCase(input.district);
  }
  void Visit(const EnterSupply&) {}
  void Visit(const MoveLease& input) { touched_.prrs.insert(input.prr); }
  void Visit(const GrantWaiting& input) {
    touched_.prrs.insert(input.prrs.begin(), input.prrs.end());
  }
  void Visit(const CloseNode& input) {
    touched_.prrs.insert(input.prrs.begin(), input.prrs.end());
    AddBlanks(input.blanks);
    touched_.boxes.insert(input.boxes.begin(), input.boxes.end());
    LostTailCase(input.node);
    SilentCase(input.node);
    const auto node = resident_.nodes.find(input.node);
    if (node == resident_.nodes.end()) return;
    for (const auto& [incarnation, stream] : node->second.streams) {
      ClaimsCase(input.node, incarnation);
    }
  }
  void Visit(const ClaimsArrived& input) {
    ClaimsCase(input.node, input.incarnation);
    GapCases(input.node, input.incarnation);
  }
  void Visit(const AcceptClaims& input) { ClaimsCase(input.node, input.incarnation); }
  void Visit(const ResolveCase& input) { touched_.cases.insert(input.case_id); }
  void Visit(const CloseDay&) {
    for (const auto& [node, row] : resident_.nodes) EndOfDay(node);
  }
  void Visit(const HearNode& input) { SilentCase(input.node); }
  void Visit(const Enter& input) {
    std::visit([this](const auto& entry) { Event(entry); }, input.entry);
  }
  void Visit(const DestroyPictures& input) {
    touched_.prrs.insert(input.prrs.begin(), input.prrs.end());
  }
  void Visit(const RequestAnswersArrived&) {}
  void Visit(const RequestBlanks&) {}
  void Visit(const SetPolicy&) {}
  void Visit(const ReadSubject&) {}
  void Visit(const SetOfficer&) {}
  void Visit(const AskSignIn&) {}
  void Visit(const PasswordChecked&) {}
  void Visit(const ChangePassword&) {}
  void Visit(const OpenGeneration&) {}
  void Visit(const EnrolNode&) {}
  void Visit(const AddOperator&) {}
  void Visit(const RemoveOperator&) {}
  void Visit(const CertifyOperator&) {}
  void Visit(const RequireApplication&) {}
  void Visit(const TellGrantKeys&) {}
  void Visit(const IssueGrant& input) {
    if (input.kind != domain::GrantKind::kForceLease) return;
    if (auto prr = domain::PrrId::Parse(input.subject.value()); prr.ok()) {
      touched_.prrs.insert(*prr);
    }
  }

  Keys Take() { return std::move(touched_); }

 private:
  bool ClockIsSetBack(const EntriesArrived& input) const {
    const auto node = resident_.nodes.find(input.node);
    if (node == resident_.nodes.end()) return false;
    const auto stream = node->second.streams.find(input.incarnation);
    int64_t wall = stream == node->second.streams.end() ? 0 : stream->second.wall_micros;
    for (const ArrivedEntry& entry : input.entries) {
      if (WasSetBack(wall, entry.ref)) return true;
      wall = entry.ref.wall_micros;
    }
    return false;
  }

  // What waits for an office is judged again when its day ends.
  void EndOfDay(const domain::NodeId& id) {
    SilentCase(id);
    const auto node = resident_.nodes.find(id);
    if (node == resident_.nodes.end()) return;
    touched_.transfers.insert(node->second.open_transfers.begin(),
                              node->second.open_transfers.end());
    touched_.jobs.insert(node->second.doubts.begin(), node->second.doubts.end());
  }
  void SilentCase(const domain::NodeId& node) {
    touched_.cases.insert(CaseIdFor(domain::CaseKind::kNodeSilent, node.value()));
  }

  // The summaries that an intent may belong to: the office day that it was written under is one
  // that the rows know, or one that the same input opens.
  void Summaries(const FactRef& ref, const domain::PrintIntended& intent) {
    if (!intent.batch.empty()) touched_.batches.insert(intent.batch);
    static const auto& unknown = *new NodeRow();
    const auto node = resident_.nodes.find(ref.node);
    const NodeRow& row = node == resident_.nodes.end() ? unknown : node->second;
    std::set<absl::CivilDay> days = opened_days_;
    days.insert(OfficeDayOf(settings_, row, ref));
    for (absl::CivilDay day : days) {
      touched_.printer_days.insert(PrinterDayKey(ref.node, intent.printer, day));
    }
  }

  void VisitEntry(const ArrivedEntry& entry) {
    if (!entry.event.has_value()) return;
    std::visit([this](const auto& event) { Event(event); }, *entry.event);
    if (const auto* opened = std::get_if<domain::OfficeDayOpened>(&*entry.event)) {
      opened_days_.insert(opened->date);
    } else if (const auto* corrected = std::get_if<domain::OfficeDayCorrected>(&*entry.event)) {
      opened_days_.insert(corrected->day);
    } else if (const auto* intent = std::get_if<domain::PrintIntended>(&*entry.event)) {
      Summaries(entry.ref, *intent);
    } else if (std::holds_alternative<domain::StockCounted>(*entry.event) ||
               std::holds_alternative<domain::ShiftOpened>(*entry.event) ||
               std::holds_alternative<domain::ShiftClosed>(*entry.event)) {
      touched_.counts.insert(entry.ref.node);
    }
    const auto* opened = std::get_if<domain::IncarnationOpened>(&*entry.event);
    if (opened != nullptr && !opened->parent.empty()) StreamCases(entry.ref.node, opened->parent);
    // The names that reports of this entry would have.
    if (std::holds_alternative<domain::PrintVerified>(*entry.event) ||
        std::holds_alternative<domain::PrintSpoiled>(*entry.event) ||
        std::holds_alternative<domain::BlankSpoiled>(*entry.event) ||
        std::holds_alternative<domain::TestCardPrinted>(*entry.event)) {
      touched_.reports.insert(entry.ref.id.Hex());
    }
  }

  template <typename T>
  void Event(const T& event) {
    if constexpr (requires { event.act; }) Act(event);
    if constexpr (requires { event.prr; }) {
      if constexpr (!std::is_same_v<T, domain::PrintRefused> &&
                    !std::is_same_v<T, domain::PersonalDataRead>) {
        if (!event.prr.empty()) touched_.prrs.insert(event.prr);
      }
    }
    if constexpr (requires { event.prrs; }) {
      touched_.prrs.insert(event.prrs.begin(), event.prrs.end());
    }
    if constexpr (requires { event.transfer; }) {
      // Ribbons and films that travel move no blank.
      if constexpr (!std::is_same_v<T, domain::ConsumableMoved> &&
                    !std::is_same_v<T, domain::SupplyMoved>) {
        touched_.transfers.insert(event.transfer);
      }
    }
    if constexpr (requires { event.action; }) touched_.actions.insert(event.action);
    if constexpr (requires { event.case_id; }) touched_.cases.insert(event.case_id);
    if constexpr (requires { event.blank; }) Blank(event);
    VisitSets(event, [this](const SerialSet& serials) { AddBlanks(serials); });
    VisitBoxes(event, [this](const domain::BoxId& box) { touched_.boxes.insert(box); });
    if constexpr (std::is_same_v<T, domain::AllotmentReceived>) {
      AddBlanks(event.serials.Intersect(resident_.centre.unissued));
    } else if constexpr (std::is_same_v<T, domain::GrantTried>) {
      touched_.cases.insert(CaseIdFor(domain::CaseKind::kGrantMismatch, event.tag.Hex()));
    } else if constexpr (std::is_same_v<T, domain::PrrReceived>) {
      if (!event.replaces.empty()) touched_.prrs.insert(event.replaces);
      if (!event.nik_key.IsZero()) touched_.persons.insert(event.nik_key.Hex());
    } else if constexpr (std::is_same_v<T, domain::BlankIdentified>) {
      for (const BlankSerial& one : {event.printed, event.uid}) {
        touched_.names.insert(one);
        touched_.blanks.insert(one);
      }
    } else if constexpr (std::is_same_v<T, domain::LoanMoved>) {
      DistrictCase(event.district);
    } else if constexpr (std::is_same_v<T, domain::FiguresReported>) {
      touched_.figures.insert(event.act);
    } else if constexpr (std::is_same_v<T, domain::DayClosed>) {
      for (const domain::NodeId& node : event.working) EndOfDay(node);
      for (const domain::NodeId& node : event.heard) SilentCase(node);
    } else if constexpr (std::is_same_v<T, domain::CaseChanged>) {
      if (const auto act = JobOf(event)) touched_.jobs.insert(*act);
      if (event.kind == domain::CaseKind::kReportRejected) touched_.reports.insert(event.entity);
    } else if constexpr (std::is_same_v<T, domain::GenerationMet>) {
      for (const domain::HeldLease& lease : event.leases) touched_.prrs.insert(lease.prr);
      for (const auto& told : event.transfers) touched_.transfers.insert(told.transfer);
    } else if constexpr (std::is_same_v<T, domain::LogForked> ||
                         std::is_same_v<T, domain::LogRolledBack> ||
                         std::is_same_v<T, domain::LogGapFound>) {
      StreamCases(event.node, event.incarnation);
    } else if constexpr (std::is_same_v<T, domain::TailLost>) {
      AddBlanks(event.blanks);
      for (const domain::HeldLease& lease : event.leases) touched_.prrs.insert(lease.prr);
    } else if constexpr (std::is_same_v<T, domain::ReportAnswered>) {
      touched_.reports.insert(event.item);
      touched_.cases.insert(CaseIdFor(domain::CaseKind::kReportRejected, event.item));
    }
  }

  void StreamCases(const domain::NodeId& node, const domain::IncarnationId& incarnation) {
    const std::string entity = StreamEntity(node, incarnation);
    touched_.cases.insert(CaseIdFor(domain::CaseKind::kLogForked, entity));
    touched_.cases.insert(CaseIdFor(domain::CaseKind::kLogRolledBack, entity));
    touched_.cases.insert(CaseIdFor(domain::CaseKind::kLogGap, entity));
    touched_.cases.insert(CaseIdFor(domain::CaseKind::kClockChanged, entity));
  }
  // Of logs that wait for what this input may bring.
  void GapCases(const domain::NodeId& id, const domain::IncarnationId& incarnation) {
    const auto node = resident_.nodes.find(id);
    if (node == resident_.nodes.end()) return;
    for (const auto& stream : OpenGaps(node->second, incarnation)) StreamCases(id, stream);
  }
  void DistrictCase(const domain::DistrictCode& district) {
    touched_.cases.insert(
        CaseIdFor(domain::CaseKind::kLoanContradiction, DistrictEntity(district)));
  }
  void LostTailCase(const domain::NodeId& node) {
    touched_.cases.insert(CaseIdFor(domain::CaseKind::kLostTail, node.value()));
  }
  void ClaimsCase(const domain::NodeId& node, const domain::IncarnationId& incarnation) {
    touched_.cases.insert(
        CaseIdFor(domain::CaseKind::kRevokedClaims, StreamEntity(node, incarnation)));
  }

  // Of the acts only print jobs have a row.
  template <typename T>
  void Act(const T& event) {
    if constexpr (std::is_same_v<T, domain::PrintIntended> ||
                  std::is_same_v<T, domain::PrintSent> ||
                  std::is_same_v<T, domain::PrintCompleted> ||
                  std::is_same_v<T, domain::PrintFailed> ||
                  std::is_same_v<T, domain::PrintDoubted> ||
                  std::is_same_v<T, domain::PrintVerified> ||
                  std::is_same_v<T, domain::PrintSpoiled> ||
                  std::is_same_v<T, domain::PrintUnused>) {
      touched_.jobs.insert(event.act);
    } else if constexpr (std::is_same_v<T, domain::Corrected>) {
      touched_.jobs.insert(event.subject);
    }
  }

  template <typename T>
  void Blank(const T& event) {
    if constexpr (std::is_same_v<T, domain::PrintRefused>) {
      return;
    } else if constexpr (std::is_same_v<std::decay_t<decltype(event.blank)>, BlankSerial>) {
      touched_.blanks.insert(event.blank);
    } else {
      if (event.blank.has_value()) touched_.blanks.insert(*event.blank);
    }
  }

  void AddBlanks(const SerialSet& serials) {
    serials.ForEach([this](const BlankSerial& serial) { touched_.blanks.insert(serial); });
  }

  const Settings& settings_;
  const Resident& resident_;
  std::set<absl::CivilDay> opened_days_;  // by the entries that were looked at
  Keys touched_;
};

}  // namespace

Keys KeysOf(const Settings& settings, const Input& input, const Resident& resident) {
  Finder finder(settings, resident);
  std::visit([&](const auto& one) { finder.Visit(one); }, input);
  return finder.Take();
}

uint64_t BlanksNamed(const EntriesArrived& input) {
  uint64_t blanks = 0;
  for (const ArrivedEntry& entry : input.entries) {
    if (!entry.event.has_value()) continue;
    std::visit(
        [&blanks](const auto& event) {
          VisitSets(event, [&blanks](const SerialSet& serials) { blanks += serials.size(); });
          // Each costs a row, as a blank does.
          if constexpr (requires { event.leases; }) blanks += event.leases.size();
          VisitBoxes(event, [&blanks](const domain::BoxId&) { ++blanks; });
          if constexpr (requires { event.prrs; }) blanks += event.prrs.size();
        },
        *entry.event);
  }
  return blanks;
}

SerialSet FromStock(uint64_t quantity, const SerialSet& serials, const CentreRow& centre) {
  if (!serials.empty()) return serials.Intersect(centre.district_stock);
  if (quantity > centre.district_stock.size()) return {};
  SerialSet stock = centre.district_stock;
  return stock.Take(quantity);
}

}  // namespace keping::central
