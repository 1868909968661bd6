#include "central_node/core/needs.h"

#include <algorithm>
#include <type_traits>
#include <utility>

#include "central_node/core/case_cards.h"
#include "central_node/core/case_policy.h"
#include "central_node/core/district_loans.h"
#include "central_node/core/event_origin.h"
#include "central_node/core/judge_count.h"
#include "central_node/core/judge_job.h"
#include "central_node/core/judge_stream.h"
#include "central_node/core/passing_days.h"

namespace keping::central {
namespace {

using domain::BlankSerial;
using domain::PrrId;
using domain::SerialSet;

// Notes `key` as missing unless it was noted before.
template <typename Key>
void Want(const Key& key, std::set<Key>& known, std::set<Key>& missing) {
  if (known.insert(key).second) missing.insert(key);
}

template <typename Key>
void WantAll(const std::set<Key>& keys, std::set<Key>& known, std::set<Key>& missing) {
  for (const Key& key : keys) Want(key, known, missing);
}

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
    forked_ = input.forked;
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
    if (forked_.has_value()) {
      FactRef before = ref;
      before.incarnation = forked_->incarnation;
      before.seq = forked_->seq - 1;
      days.insert(OfficeDayOf(settings_, row, before));
    }
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
    if constexpr (requires { event.transfer; }) touched_.transfers.insert(event.transfer);
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
  std::optional<domain::LogForked> forked_;
  std::set<absl::CivilDay> opened_days_;  // by the entries that were looked at
  Keys touched_;
};

}  // namespace

Needs::Needs(const Settings& settings, const Input& input, const Resident& resident)
    : resident_(resident) {
  Finder finder(settings, resident);
  std::visit([&](const auto& one) { finder.Visit(one); }, input);
  known_ = finder.Take();
  if (const auto* resolve = std::get_if<ResolveCase>(&input)) {
    resolved_ = resolve->case_id;
    concerned_.insert(resolved_);
  }
  missing_ = known_;
}

Keys Needs::Next(const Rows& rows) {
  // Of the input's own jobs only: the other jobs of a record are read, not judged anew.
  if (++rounds_ == 2) AddSubjects(rows);
  AddRecordsOnBlanks(rows);
  AddContext(rows);
  given_ = std::exchange(missing_, {});
  return given_;
}

// Outcomes and acknowledgements name their job or action only; its row names the rest.
void Needs::AddSubjects(const Rows& rows) {
  for (const domain::ActId& act : given_.jobs) {
    const JobFacts& job = rows.jobs.at(act);
    for (const IntentFact& intent : job.intents) {
      Want(intent.prr, known_.prrs, missing_.prrs);
      Want(intent.blank, known_.blanks, missing_.blanks);
      if (!intent.batch.empty()) Want(intent.batch, known_.batches, missing_.batches);
      if (intent.printer.empty()) continue;
      Want(PrinterDayKey(intent.fact.node, intent.printer, intent.office_day), known_.printer_days,
           missing_.printer_days);
    }
    for (const OutcomeFact& outcome : job.outcomes) {
      if (outcome.blank.empty()) continue;
      Want(outcome.blank, known_.blanks, missing_.blanks);
      Want(outcome.fact.id.Hex(), known_.reports, missing_.reports);
    }
  }
  for (const domain::ActionId& action : given_.actions) {
    const ActionRow& row = rows.actions.at(action);
    if (!row.case_id.empty()) {
      concerned_.insert(row.case_id);
      Want(row.case_id, known_.cases, missing_.cases);
    }
    if (!row.prr.empty()) Want(row.prr, known_.prrs, missing_.prrs);
    if (row.blank.has_value()) Want(*row.blank, known_.blanks, missing_.blanks);
  }
}

// The records of the cards on the input's own blanks.
void Needs::AddRecordsOnBlanks(const Rows& rows) {
  for (const domain::ActId& act : on_blanks_) {
    for (const IntentFact& intent : rows.jobs.at(act).intents) {
      Want(intent.prr, known_.prrs, missing_.prrs);
    }
  }
  on_blanks_.clear();
  if (rounds_ != 2) return;
  for (const BlankSerial& serial : given_.blanks) {
    const std::set<domain::ActId>& jobs = rows.blanks.at(serial).facts.jobs;
    on_blanks_.insert(jobs.begin(), jobs.end());
  }
}

// What the judges look at beside the touched entities.
void Needs::AddContext(const Rows& rows) {
  const auto add_cases = [this](const std::set<domain::CaseKind>& kinds, absl::string_view entity) {
    for (domain::CaseKind kind : kinds) {
      Want(CaseIdFor(kind, entity), known_.cases, missing_.cases);
    }
  };
  for (const PrrId& prr : given_.prrs) {
    const PrrRow& row = rows.prrs.at(prr);
    WantAll(row.facts.jobs, known_.jobs, missing_.jobs);
    WantAll(row.facts.same_person, known_.prrs, missing_.prrs);
    if (row.facts.same_person.empty()) continue;
    for (const VersionFact& version : row.facts.versions) {
      if (version.nik_key.IsZero()) continue;
      Want(version.nik_key.Hex(), known_.persons, missing_.persons);
    }
  }
  for (const std::string& person : given_.persons) {
    WantAll(rows.persons.at(person).prrs, known_.prrs, missing_.prrs);
    add_cases({domain::CaseKind::kTwoCardsOnePerson}, person);
  }
  for (const domain::ActId& act : given_.jobs) add_cases(rows.jobs.at(act).cases, act.value());
  for (const std::string& day : given_.printer_days) {
    add_cases({domain::CaseKind::kOverDuty}, day);
  }
  for (const BlankSerial& name : given_.names) {
    add_cases({domain::CaseKind::kNameClash}, name.text());
  }
  for (const domain::ActId& batch : given_.batches) {
    add_cases({domain::CaseKind::kBindingsShifted}, batch.value());
  }
  for (const PrrId& prr : given_.prrs) {
    const PrrRow& row = rows.prrs.at(prr);
    add_cases(row.cases, prr.value());
    for (const auto& loss : row.facts.losses) {
      add_cases({domain::CaseKind::kLostTail}, loss.node.value());
    }
  }
  for (const BlankSerial& serial : given_.blanks) {
    const BlankRow& row = rows.blanks.at(serial);
    WantAll(row.facts.jobs, known_.jobs, missing_.jobs);
    for (const NameFact& name : row.facts.names) {
      Want(name.printed, known_.blanks, missing_.blanks);
      Want(name.uid, known_.blanks, missing_.blanks);
    }
    add_cases(row.cases, serial.text());
    for (const BirthFact& birth : row.facts.births) Want(birth.box, known_.boxes, missing_.boxes);
    for (const auto& loss : row.facts.losses) {
      add_cases({domain::CaseKind::kLostTail}, loss.node.value());
    }
  }
  for (const domain::BoxId& box : given_.boxes) {
    add_cases({domain::CaseKind::kBoxDifference}, box.value());
    for (const LossFact& loss : rows.boxes.at(box).facts.losses) {
      add_cases({domain::CaseKind::kLostTail}, loss.node.value());
    }
  }
  AddCounts(rows);
  for (const domain::ActId& act : given_.figures) {
    add_cases({domain::CaseKind::kReportContradiction}, act.value());
  }
  AddEarlyAnswers(rows);
  for (const domain::TransferId& transfer : given_.transfers) {
    add_cases({domain::CaseKind::kTransferDifference, domain::CaseKind::kTransferSilent},
              transfer.value());
  }
  for (const domain::CaseId& id : given_.cases) {
    WantAll(rows.cases.at(id).actions, known_.actions, missing_.actions);
  }
  AddDecided(rows);
}

// What a count names is judged with the count, and the count with what it names.
void Needs::AddCounts(const Rows& rows) {
  for (const BlankSerial& serial : given_.blanks) {
    for (const domain::NodeId& node : resident_.centre.differing) {
      if (!resident_.nodes.at(node).differing.Contains(serial)) continue;
      Want(node, known_.counts, missing_.counts);
    }
  }
  for (const domain::NodeId& node : given_.counts) {
    for (const domain::Pile pile : kPiles) {
      Want(CaseIdFor(domain::CaseKind::kCountVariance, CountEntity(node, pile)), known_.cases,
           missing_.cases);
      const CountFact* latest = LatestCount(rows.counts.at(node), pile);
      if (latest == nullptr) continue;
      LookedInto(*latest).ForEach(
          [this](const BlankSerial& serial) { Want(serial, known_.blanks, missing_.blanks); });
    }
  }
}

// A decision on a case, and the answer to what it ordered, look at whom it is about.
void Needs::AddDecided(const Rows& rows) {
  for (const domain::CaseId& id : given_.cases) {
    const CaseRow& row = rows.cases.at(id);
    if (row.kind == domain::CaseKind::kReportRejected && !row.entity.empty()) {
      Want(row.entity, known_.reports, missing_.reports);
    }
    if (!concerned_.contains(id)) continue;
    if (!row.prr.empty()) Want(row.prr, known_.prrs, missing_.prrs);
    if (row.blank.has_value()) Want(*row.blank, known_.blanks, missing_.blanks);
    AddEntity(row);
  }
  const auto resolved = rows.cases.find(resolved_);
  if (resolved == rows.cases.end()) return;
  // What a centre that was set back orders again may have been answered before.
  for (const auto& [card, prr] : CardsOf(resolved->second, rows)) {
    Want(ActionIdFor(resolved_, card), known_.actions, missing_.actions);
    Want(prr, known_.prrs, missing_.prrs);
    Want(card.blank, known_.blanks, missing_.blanks);
  }
}

void Needs::AddEntity(const CaseRow& row) {
  if (row.kind == domain::CaseKind::kTwoCardsOnePerson) {
    Want(row.entity, known_.persons, missing_.persons);
  } else if (row.kind == domain::CaseKind::kNameClash && row.blank.has_value()) {
    Want(*row.blank, known_.names, missing_.names);
  } else if (IsOfTransfer(row.kind)) {
    if (const auto id = domain::TransferId::Parse(row.entity); id.ok()) {
      Want(*id, known_.transfers, missing_.transfers);
    }
  } else if (IsOfJob(row.kind)) {
    if (const auto act = domain::ActId::Parse(row.entity); act.ok()) {
      Want(*act, known_.jobs, missing_.jobs);
    }
  }
}

// A centre that was set back orders again what it forgot, and the office may have said already that
// it is done.
void Needs::AddEarlyAnswers(const Rows& rows) {
  for (const domain::ActId& act : given_.jobs) {
    const JobVerdict verdict = JudgeJob(rows.jobs.at(act));
    if (verdict.state != JobState::kGood || verdict.intent == nullptr) continue;
    const PrrId& prr = verdict.intent->prr;
    if (!known_.prrs.contains(prr)) continue;
    for (const auto& [blank, verified] : verdict.good) {
      for (const PolicyRow& policy : PolicyRows()) {
        if (!policy.action.has_value() || policy.kind == domain::CaseKind::kTwoCardsOnePerson) {
          continue;
        }
        Want(ActionIdFor(CaseIdFor(policy.kind, prr.value()), {verdict.node, act, blank}),
             known_.actions, missing_.actions);
      }
      Want(blank, known_.blanks, missing_.blanks);
    }
  }
  for (const auto& [person, row] : rows.persons) AddAnswersOfPerson(person, row, rows);
}

// The same of cards of several records.
void Needs::AddAnswersOfPerson(const std::string& person, const PersonRow& row, const Rows& rows) {
  if (row.prrs.size() < 2) return;
  const domain::CaseId id = CaseIdFor(domain::CaseKind::kTwoCardsOnePerson, person);
  for (const PrrId& prr : row.prrs) {
    const auto record = rows.prrs.find(prr);
    if (record == rows.prrs.end()) continue;
    for (const domain::ActId& act : record->second.facts.jobs) {
      const auto job = rows.jobs.find(act);
      if (job == rows.jobs.end()) continue;
      const JobVerdict verdict = JudgeJob(job->second);
      for (const auto& [blank, verified] : verdict.good) {
        Want(ActionIdFor(id, {verdict.node, act, blank}), known_.actions, missing_.actions);
      }
    }
  }
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
