// The edge node's core: decides, without reading a clock, a disk or a network.
//
//   EdgeCore core(settings);
//   for (entry in log) core.Apply(event, stamp);        // replay is the same as live
//   Decision decision = core.Step(now, conditions, Print{…});
//   // the shell: one synced batch of decision.events, then core.Apply each, then decision.actions
//
// What is decided lies in *_decisions.h, by what it is about: a Decide for each kind of input. Step
// changes nothing; only Apply* do, and only after the shell stored what they apply. If a write
// fails the shell drops the core and builds a new one from the store.
#ifndef KEPING_EDGE_NODE_CORE_EDGE_CORE_H_
#define KEPING_EDGE_NODE_CORE_EDGE_CORE_H_

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "common/domain/event.h"
#include "common/domain/feed.h"
#include "common/domain/ids.h"
#include "common/domain/policy.h"
#include "common/domain/record_class.h"
#include "common/domain/refusal.h"
#include "common/time/clock.h"
#include "edge_node/core/batch.h"
#include "edge_node/core/blank_tray.h"
#include "edge_node/core/box_stock.h"
#include "edge_node/core/card_shelf.h"
#include "edge_node/core/catalogue.h"
#include "edge_node/core/consumable_stock.h"
#include "edge_node/core/duty_guard.h"
#include "edge_node/core/fetch_limits.h"
#include "edge_node/core/grants.h"
#include "edge_node/core/input.h"
#include "edge_node/core/lendings.h"
#include "edge_node/core/machine_room.h"
#include "edge_node/core/print_journal.h"
#include "edge_node/core/read_log.h"
#include "edge_node/core/roles.h"
#include "edge_node/core/running_time.h"
#include "edge_node/core/shifts.h"
#include "edge_node/core/sign_in_guard.h"
#include "edge_node/core/staleness_budget.h"

namespace keping::edge {

struct EdgeSettings {
  domain::NodeId node;
  domain::ApplicationVersion application_version;
  std::map<domain::PrinterId, uint32_t> cards_per_day;  // the printers of this node
  absl::TimeZone time_zone = absl::UTCTimeZone();
  // Printing stops when neither wall time nor office days since the last receipt stay within these.
  absl::Duration staleness_limit = absl::Hours(24 * 30);
  uint64_t staleness_office_days = 30;
  // Only who has an open shift may print.
  bool require_shift = false;
  FetchLimits fetch_limits = {};
};

// Not thread-safe: lives on the node's core thread.
class EdgeCore {
 public:
  explicit EdgeCore(EdgeSettings settings);

  Decision Step(const time::Moment& now, const Conditions& conditions, const Input& input) const;

  // ---- Projections; called after the write, and on replay.
  void Apply(const domain::Event& event, const EntryStamp& stamp);
  void ApplyFeedItem(const domain::FeedItem& item, const RecordState& record);
  // The record of a PRR that the catalogue has came by itself.
  void ApplyRecord(const domain::PrrId& prr, const RecordState& record);
  void ForgetFeedItem(const std::string& key);
  void AdvanceFeed(uint64_t position) { catalogue_.Advance(position); }
  void ApplyContact(const Contact& contact);
  void ApplySlip(LendingSlip slip) { lendings_.Take(std::move(slip)); }
  void Lock() { locked_ = true; }

  // ---- Queries.
  const EdgeSettings& settings() const { return settings_; }
  const PrintJournal& journal() const { return journal_; }
  const Batches& batches() const { return batches_; }
  const MachineRoom& machines() const { return machines_; }
  const StalenessBudget& staleness() const { return staleness_; }
  const BlankTray& tray() const { return tray_; }
  const BoxStock& boxes() const { return boxes_; }
  const Lendings& lendings() const { return lendings_; }
  const CardShelf& cards() const { return cards_; }
  const ConsumableStock& consumables() const { return consumables_; }
  // The side record that was sealed with an act, or zero.
  crypto::Hash NamesOf(const domain::ActId& act) const;
  const DutyGuard& duty() const { return duty_; }
  const Catalogue& catalogue() const { return catalogue_; }
  const Contact& contact() const { return contact_; }
  bool locked() const { return locked_; }
  // Blanks spoiled outside a job, with the entry that says so, by act.
  struct LooseSpoil {
    domain::BlankSerial blank;
    uint64_t seq = 0;
    uint64_t office_day = 0;
  };
  const std::map<domain::ActId, LooseSpoil>& loose_spoils() const { return loose_spoils_; }
  // The next printable PRRs in plan order.
  std::vector<domain::PrrId> Plan(size_t limit) const;
  uint64_t printable_count() const { return printable_.size(); }
  bool Acknowledged(const domain::ActionId& action) const { return acknowledged_.contains(action); }
  bool Received(const domain::TransferId& transfer) const { return received_.contains(transfer); }
  // The leases that this node gave back.
  const std::set<std::pair<domain::PrrId, domain::LeaseEpoch>>& released() const {
    return released_;
  }
  // The last generation of the centre's state to which this node said what it had been told; order
  // 0: none. `seq`: where in this incarnation's log, or 0.
  struct Met {
    domain::GenerationId generation;
    uint32_t order = 0;
    uint64_t seq = 0;
  };
  const Met& met() const { return met_; }
  const std::map<domain::PrintRefusal, uint64_t>& refusals() const { return refusals_; }
  // The printable records in plan order.
  const std::set<PlanKey>& printable() const { return printable_; }

  // ---- Queries about people.
  const RunningTime& running_time() const { return running_time_; }
  const SignInGuard& sign_ins() const { return sign_ins_; }
  const Shifts& shifts() const { return shifts_; }
  const Grants& grants() const { return grants_; }
  const ReadLog& read_log() const { return read_log_; }
  // In the open office day, outside a job.
  uint32_t blanks_spoiled_today() const { return blanks_spoiled_today_; }
  // On this node's application version, by the roster or by a telephone grant.
  bool Certified(const domain::OperatorItem& person) const;

  // ---- Rules that several decisions share.
  bool TooStale(const time::Moment& now, domain::RecordClass record_class) const;
  // What the district's policy says of a class, and the office's configuration where it does not.
  domain::StalenessRule StalenessRuleOf(domain::RecordClass record_class) const;
  // How many prints of a class supervisors may still allow in this outage.
  uint32_t OverridesLeft(domain::RecordClass record_class) const;
  // Whole days until records of no class may be printed any more, if there is no contact and every
  // day is an office day. Nullopt: there was no contact yet.
  std::optional<uint64_t> DaysUntilTooStale(const time::Moment& now) const;
  bool LeaseHeld(const domain::PrrItem& item) const;
  // The epoch under which this node holds the record, or would: the feed's, or a forced one.
  domain::LeaseEpoch EpochOf(const domain::PrrItem& item) const;
  bool AlreadyPrinted(const domain::PrrId& prr) const;
  absl::Status CheckOperator(const domain::OperatorId& operator_id) const;
  // On the roster, and the role allows it.
  absl::Status CheckMay(const domain::OperatorId& operator_id, OfficeAct act) const;
  // Another person than the first, on the roster, whose role may be the second. That the person
  // gave the own password is for the face of the API to see (counter/people_gate.h).
  absl::Status CheckSecond(OfficeAct act, const domain::OperatorId& first,
                           const domain::OperatorId& second) const;
  // The open job, or an error that says what was got and wanted.
  absl::Status FindOpenJob(const domain::ActId& act, const Job** job) const;

 private:
  struct StalenessLimit {
    absl::Duration age;
    uint64_t office_days = 0;
  };
  StalenessLimit LimitOf(domain::RecordClass record_class) const;
  // Since the last receipt: time, by clock or running machine, and office days.
  absl::Duration AgeOfContact(const time::Moment& now) const;
  uint64_t OfficeDaysSinceContact() const;
  // What an event changes; a kind without its own line changes nothing here.
  void On(const domain::IncarnationOpened& event, const EntryStamp& stamp);
  void On(const domain::OfficeDayOpened& event, const EntryStamp& stamp);
  void On(const domain::BlanksReceived& event, const EntryStamp& stamp);
  void On(const domain::BlankSpoiled& event, const EntryStamp& stamp);
  void On(const domain::LeaseReleased& event, const EntryStamp& stamp);
  void On(const domain::ActionAcknowledged& event, const EntryStamp& stamp);
  void On(const domain::PrintRefused& event, const EntryStamp& stamp);
  void On(const domain::PrintIntended& event, const EntryStamp& stamp);
  void On(const domain::PrintSent& event, const EntryStamp& stamp);
  void On(const domain::PrintCompleted& event, const EntryStamp& stamp);
  void On(const domain::PrintFailed& event, const EntryStamp& stamp);
  void On(const domain::PrintDoubted& event, const EntryStamp& stamp);
  void On(const domain::PrintVerified& event, const EntryStamp& stamp);
  void On(const domain::PrintSpoiled& event, const EntryStamp& stamp);
  void On(const domain::PrintUnused& event, const EntryStamp& stamp);
  void On(const domain::SignInTried& event, const EntryStamp& stamp);
  void On(const domain::PasswordChanged& event, const EntryStamp& stamp);
  void On(const domain::GrantTried& event, const EntryStamp& stamp);
  void On(const domain::NodeUnlocked& event, const EntryStamp& stamp);
  void On(const domain::ShiftOpened& event, const EntryStamp& stamp);
  void On(const domain::ShiftClosed& event, const EntryStamp& stamp);
  void On(const domain::DayReported& event, const EntryStamp& stamp);
  void On(const domain::PersonalDataRead& event, const EntryStamp& stamp);
  // Stock and handover (stock_projection.cc).
  void On(const domain::StockOpened& event, const EntryStamp& stamp);
  void On(const domain::StockRescanned& event, const EntryStamp& stamp);
  void On(const domain::GenerationMet& event, const EntryStamp& stamp);
  void On(const domain::BoxOpened& event, const EntryStamp& stamp);
  void On(const domain::BlanksLent& event, const EntryStamp& stamp);
  void On(const domain::CardsDestroyed& event, const EntryStamp& stamp);
  void On(const domain::ConsumableMoved& event, const EntryStamp& stamp);
  void On(const domain::ManifestMade& event, const EntryStamp& stamp);
  void On(const domain::ManifestHandedOver& event, const EntryStamp& stamp);
  void On(const domain::CardsAnswered& event, const EntryStamp& stamp);
  // An order and its acknowledgement are known in either order: the log is replayed first.
  absl::CivilDay DayOf(const EntryStamp& stamp) const;
  void On(const domain::CancelAsked& event, const EntryStamp& stamp);
  void On(const domain::Corrected& event, const EntryStamp& stamp);
  void On(const domain::BatchOpened& event, const EntryStamp& stamp);
  void On(const domain::BatchClosed& event, const EntryStamp& stamp);
  void On(const domain::TestCardPrinted& event, const EntryStamp& stamp);
  void On(const domain::PrinterMaintained& event, const EntryStamp& stamp);
  void On(const domain::OverrideGranted& event, const EntryStamp& stamp);
  void On(const domain::PrinterReleased& event, const EntryStamp& stamp);
  void On(const domain::PrinterAdopted& event, const EntryStamp& stamp);
  void On(const domain::OfficeDayCorrected& event, const EntryStamp& stamp);
  // The card of `job` was found on `blank`: whoever held that blank holds the job's own from now
  // on.
  void TakeBlank(const Job& job, const domain::BlankSerial& blank);
  void Reopen(const Job& job);
  void RefreshPrintable(const domain::PrrId& prr);

  EdgeSettings settings_;
  PrintJournal journal_;
  Batches batches_;
  MachineRoom machines_;
  StalenessBudget staleness_;
  BlankTray tray_;
  BoxStock boxes_;
  Lendings lendings_;
  CardShelf cards_;
  ConsumableStock consumables_;
  std::map<domain::ActId, crypto::Hash> names_;
  DutyGuard duty_;
  Catalogue catalogue_;
  Contact contact_;
  bool locked_ = false;
  std::set<PlanKey> printable_;
  std::set<std::pair<domain::PrrId, domain::LeaseEpoch>> released_;
  Met met_;
  std::set<domain::ActionId> acknowledged_;
  std::map<domain::ActId, LooseSpoil> loose_spoils_;
  std::set<domain::TransferId> received_;
  std::map<domain::PrintRefusal, uint64_t> refusals_;
  std::vector<uint64_t> day_opened_at_seq_;
  RunningTime running_time_;
  SignInGuard sign_ins_;
  Shifts shifts_;
  Grants grants_;
  ReadLog read_log_;
  uint32_t blanks_spoiled_today_ = 0;
};

}  // namespace keping::edge

#endif  // KEPING_EDGE_NODE_CORE_EDGE_CORE_H_
