// Folds events into rows as facts, and notes what they touched. Order-free: the same set of events
// gives the same facts.
//
//   Folder folder(settings, rows, resident);
//   folder.Fold(ref, event);
//   for (const auto& [serial, cause] : folder.touched().blanks) …judge it again…
#ifndef KEPING_CENTRAL_NODE_CORE_FOLD_H_
#define KEPING_CENTRAL_NODE_CORE_FOLD_H_

#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/time/civil_time.h"
#include "central_node/core/node_figures.h"
#include "central_node/core/rows.h"
#include "central_node/core/settings.h"
#include "common/domain/event.h"
#include "common/domain/feed.h"
#include "common/ledger/balances.h"

namespace keping::central {

// What a record's holders had been told, and which blanks a job had used, before the first fact of
// this step.
using ItemsBefore = std::map<domain::NodeId, domain::PrrItem>;
struct JobBefore {
  std::set<domain::BlankSerial> good;
  std::set<domain::BlankSerial> spoiled;
};

struct PrinterDay {
  domain::NodeId node;
  domain::PrinterId printer;
  absl::CivilDay day;
};

struct Touched {
  std::map<domain::BlankSerial, crypto::Hash> blanks;  // -> the last fact that touched it
  std::map<domain::PrrId, ItemsBefore> prrs;
  std::map<domain::ActId, JobBefore> jobs;
  std::set<domain::TransferId> transfers;
  std::set<domain::CaseId> cases;
  CaseTally case_tally;
  std::set<domain::ActionId> actions;
  std::set<std::string> reports;
  std::set<std::string> persons;
  std::set<domain::NodeId> nodes;
  std::set<std::pair<domain::NodeId, crypto::Hash>> grants;
  std::set<std::pair<domain::NodeId, domain::IncarnationId>> streams;  // in trouble
  std::set<domain::NodeId> tails;                                      // of nodes that were lost
  std::set<std::pair<domain::NodeId, domain::IncarnationId>> claims;
  // Transfers that a node says it was told of before the centre was set back.
  std::map<std::pair<domain::NodeId, domain::TransferId>, domain::GenerationMet::Transfer>
      told_before;
  bool centre = false;
  std::vector<std::pair<domain::BlankSerial, SpoilFact>> new_spoils;  // outside a job, once per act
  std::vector<std::string> answered;                                  // reports
  std::vector<std::string> retried;                                   // and to be sent again
  std::set<domain::NodeId> days;  // of which working days ended, or that were heard again
  std::map<std::string, PrinterDay> printer_days;
  std::set<domain::BlankSerial> names;
  std::map<domain::ActId, domain::NodeId> batches;  // -> where they were printed
  std::set<domain::NodeId> counts;
  std::set<domain::ActId> figures;
  std::map<domain::BoxId, crypto::Hash> boxes;  // -> the last fact that touched it
  std::set<domain::DistrictCode> districts;
  std::vector<std::pair<domain::PrrId, FactRef>> reads;  // as of Effects
  std::vector<ledger::Move> moves;  // of whole sets, which no blank's verdict causes
};

// Holds references: the rows must outlive it, and hold every key of Needs().
class Folder {
 public:
  Folder(const Settings& settings, Rows& rows, Resident& resident)
      : settings_(settings), rows_(rows), resident_(resident) {}

  void Fold(const FactRef& ref, const domain::Event& event);
  // Notes a record whose decisions should be looked at again, without a new fact.
  void TouchPrr(const domain::PrrId& prr);
  // The same for what a closed incarnation sent.
  void TouchClaims(const domain::NodeId& node, const domain::IncarnationId& incarnation);
  // The same for one stream that is in trouble.
  void TouchStream(const domain::NodeId& node, const domain::IncarnationId& incarnation);
  // Brings the figures of the nodes' days up to what was folded, and compares the reports that
  // waited for it.
  void CountFigures();
  // Tells the boxes out of which the touched blanks were scanned which of them each is part of;
  // once all of a step is folded, before it is judged.
  void AttributeBirths();
  const Touched& touched() const { return touched_; }

 private:
  // Where its stream stands among those of its node.
  void Date(FactRef& ref) const;
  // The node has said what it was told before the centre was set back, or never will.
  void Hear(const domain::NodeId& node);
  void On(const FactRef& ref, const domain::IncarnationOpened& event);
  void On(const FactRef& ref, const domain::OfficeDayOpened& event);
  void On(const FactRef& ref, const domain::BlanksReceived& event);
  void On(const FactRef& ref, const domain::PrintRefused& event);
  void On(const FactRef& ref, const domain::PrintIntended& event);
  void On(const FactRef& ref, const domain::PrintSent& event);
  void On(const FactRef& ref, const domain::PrintCompleted& event);
  void On(const FactRef& ref, const domain::PrintFailed& event);
  void On(const FactRef& ref, const domain::PrintDoubted& event);
  void On(const FactRef& ref, const domain::PrintVerified& event);
  void On(const FactRef& ref, const domain::PrintSpoiled& event);
  void On(const FactRef& ref, const domain::PrintUnused& event);
  void On(const FactRef& ref, const domain::BlankSpoiled& event);
  void On(const FactRef& ref, const domain::LeaseReleased& event);
  void On(const FactRef& ref, const domain::ActionAcknowledged& event);
  void On(const FactRef& ref, const domain::GenerationOpened& event);
  void On(const FactRef& ref, const domain::NodeEnrolled& event);
  void On(const FactRef& ref, const domain::OperatorCertified& event);
  void On(const FactRef& ref, const domain::AllotmentReceived& event);
  void On(const FactRef& ref, const domain::PrrReceived& event);
  void On(const FactRef& ref, const domain::PrrWithdrawn& event);
  void On(const FactRef& ref, const domain::LeaseGranted& event);
  void On(const FactRef& ref, const domain::LeaseReleaseRequested& event);
  void On(const FactRef& ref, const domain::BlanksDispatched& event);
  void On(const FactRef& ref, const domain::CaseChanged& event);
  void On(const FactRef& ref, const domain::ActionOrdered& event);
  void On(const FactRef& ref, const domain::ReportAnswered& event);
  void On(const FactRef& ref, const domain::BatchOpened& event);
  void On(const FactRef& ref, const domain::BatchClosed& event);
  void On(const FactRef& ref, const domain::CancelAsked& event);
  void On(const FactRef& ref, const domain::Corrected& event);
  void On(const FactRef& ref, const domain::TestCardPrinted& event);
  void On(const FactRef& ref, const domain::PrinterMaintained& event);
  void On(const FactRef& ref, const domain::ConsumableMoved& event);
  void On(const FactRef& ref, const domain::OverrideGranted& event);
  void On(const FactRef& ref, const domain::PrinterReleased& event);
  void On(const FactRef& ref, const domain::PrinterAdopted& event);
  void On(const FactRef& ref, const domain::SignInTried& event);
  void On(const FactRef& ref, const domain::PasswordChanged& event);
  void On(const FactRef& ref, const domain::GrantTried& event);
  void On(const FactRef& ref, const domain::ShiftOpened& event);
  void On(const FactRef& ref, const domain::ShiftClosed& event);
  void On(const FactRef& ref, const domain::DayReported& event);
  void On(const FactRef& ref, const domain::StockOpened& event);
  void On(const FactRef& ref, const domain::StockCounted& event);
  void On(const FactRef& ref, const domain::CardsDestroyed& event);
  void On(const FactRef& ref, const domain::LateEntryMade& event);
  void On(const FactRef& ref, const domain::ManifestMade& event);
  void On(const FactRef& ref, const domain::ManifestHandedOver& event);
  void On(const FactRef& ref, const domain::CardsAnswered& event);
  void On(const FactRef& ref, const domain::OfficeDayCorrected& event);
  void On(const FactRef& ref, const domain::NodeUnlocked& event);
  void On(const FactRef& ref, const domain::PersonalDataRead& event);
  void On(const FactRef& ref, const domain::OperatorRostered& event);
  void On(const FactRef& ref, const domain::GrantIssued& event);
  void On(const FactRef& ref, const domain::ApplicationRequired& event);
  void On(const FactRef& ref, const domain::StockRescanned& event);
  void On(const FactRef& ref, const domain::GenerationMet& event);
  void On(const FactRef& ref, const domain::BlanksLent& event);
  void On(const FactRef& ref, const domain::LogForked& event);
  void On(const FactRef& ref, const domain::LogRolledBack& event);
  void On(const FactRef& ref, const domain::LogGapFound& event);
  void On(const FactRef& ref, const domain::NodeClosed& event);
  void On(const FactRef& ref, const domain::ClaimsAccepted& event);
  void On(const FactRef& ref, const domain::TailLost& event);
  void On(const FactRef& ref, const domain::CaseDecided& event);
  void On(const FactRef& ref, const domain::DayClosed& event);
  void On(const FactRef& ref, const domain::NodeHeard& event);
  void On(const FactRef& ref, const domain::PolicySet& event);
  void On(const FactRef& ref, const domain::VillageReadinessSet& event);
  void On(const FactRef& ref, const domain::AbsenceSet& event);
  void On(const FactRef& ref, const domain::PrinterStated& event);
  void On(const FactRef& ref, const domain::FiguresReported& event);
  void On(const FactRef& ref, const domain::BlankIdentified& event);
  void On(const FactRef& ref, const domain::PicturesDestroyed& event);
  void On(const FactRef& ref, const domain::BoxOpened& event);
  void On(const FactRef& ref, const domain::LoanMoved& event);
  void On(const FactRef& ref, const domain::SupplyMoved& event);
  void On(const FactRef& ref, const domain::BlanksRequested& event);
  void On(const FactRef& ref, const domain::BlanksRequestAnswered& event);

  BlankRow& TouchBlank(const domain::BlankSerial& serial, const crypto::Hash& cause);
  BoxRow& TouchBox(const domain::BoxId& box, const crypto::Hash& cause);
  void DeclareBoxes(const FactRef& ref, const domain::AllotmentReceived& event);
  void DispatchBoxes(const FactRef& ref, const domain::BlanksDispatched& event);
  void ScanBox(const FactRef& ref, const domain::TransferId& transfer, const domain::BoxId& box,
               ScanKind kind);
  PrrRow& Prr(const domain::PrrId& prr);
  JobFacts& TouchJob(const domain::ActId& act);
  // What the job is to its printer's day, its tray and its office.
  void Summarise(const domain::ActId& act, const JobFacts& job);
  void SummariseDay(const IntentFact& intent, const JobVerdict& verdict);
  void SummariseBatch(const domain::ActId& act, const IntentFact& intent,
                      const JobVerdict& verdict);
  void SummariseDoubt(const domain::ActId& act, const IntentFact& intent,
                      const JobVerdict& verdict);
  void OpenOfficeDay(const FactRef& ref, absl::CivilDay day);
  void ForgetPlansBefore(absl::CivilDay day);
  void HearFrom(const FactRef& ref, const domain::NodeId& node);
  void AddShiftMark(ShiftMark mark);
  void AddFigures(const std::vector<NodeFigure>& figures, int64_t by);
  void NoteComparable();
  // Records under one NIK know of each other, and a record of the one that replaces it.
  static void AddReplacement(const FactRef& ref, const domain::PrrId& by,
                             std::vector<ReplacementFact>& known);
  void JoinPerson(const FactRef& ref, const domain::PrrReceived& event);
  void AddOutcome(const FactRef& ref, const domain::ActId& act, OutcomeKind kind,
                  const domain::BlankSerial& blank = {});
  // Outside a job.
  void AddSpoil(const FactRef& ref, const domain::ActId& act, const domain::BlankSerial& blank);
  void AddDispatch(const DispatchFact& dispatch, const domain::SerialSet& serials,
                   const std::set<domain::BoxId>& boxes = {});
  void AddScans(const FactRef& ref, const domain::TransferId& transfer,
                const domain::SerialSet& serials, ScanKind kind);
  void AddSteps(const FactRef& ref, const domain::SerialSet& serials, StepKind kind);
  void TouchRivals(const domain::BlankSerial& blank);
  // The order and its acknowledgement, whichever came last.
  void TouchEntity(const domain::CaseId& id);
  void FoldAcknowledged(const ActionRow& action);
  // Outcomes name only the act: whatever its intent or its cards name is touched with it.
  void TouchSubjects(const domain::ActId& act, const JobFacts& job, const crypto::Hash& cause);

  const Settings& settings_;
  Rows& rows_;
  Resident& resident_;
  Touched touched_;
  // Whose part of the figures was taken out, and not put in again.
  std::set<domain::BlankSerial> uncounted_blanks_;
  std::set<domain::ActId> uncounted_jobs_;
};

}  // namespace keping::central

#endif  // KEPING_CENTRAL_NODE_CORE_FOLD_H_
