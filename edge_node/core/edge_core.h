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
#include "common/domain/refusal.h"
#include "common/time/clock.h"
#include "edge_node/core/blank_tray.h"
#include "edge_node/core/catalogue.h"
#include "edge_node/core/duty_guard.h"
#include "edge_node/core/input.h"
#include "edge_node/core/print_journal.h"

namespace keping::edge {

struct EdgeSettings {
  domain::NodeId node;
  domain::ApplicationVersion application_version;
  std::map<domain::PrinterId, uint32_t> cards_per_day;  // the printers of this node
  absl::TimeZone time_zone = absl::UTCTimeZone();
  // Printing stops when neither wall time nor office days since the last receipt stay within these.
  absl::Duration staleness_limit = absl::Hours(24 * 30);
  uint64_t staleness_office_days = 30;
};

// Not thread-safe: lives on the node's core thread.
class EdgeCore {
 public:
  explicit EdgeCore(EdgeSettings settings);

  Decision Step(const time::Moment& now, const Conditions& conditions, const Input& input) const;

  // ---- Projections; called after the write, and on replay.
  void Apply(const domain::Event& event, const EntryStamp& stamp);
  void ApplyFeedItem(const domain::FeedItem& item, bool has_record);
  void AdvanceFeed(uint64_t position) { catalogue_.Advance(position); }
  void ApplyContact(const Contact& contact);
  void Lock() { locked_ = true; }

  // ---- Queries.
  const EdgeSettings& settings() const { return settings_; }
  const PrintJournal& journal() const { return journal_; }
  const BlankTray& tray() const { return tray_; }
  const DutyGuard& duty() const { return duty_; }
  const Catalogue& catalogue() const { return catalogue_; }
  const Contact& contact() const { return contact_; }
  bool locked() const { return locked_; }
  // The next printable PRRs in plan order.
  std::vector<domain::PrrId> Plan(size_t limit) const;
  uint64_t printable_count() const { return printable_.size(); }
  bool Acknowledged(const domain::ActionId& action) const { return acknowledged_.contains(action); }
  bool Received(const domain::TransferId& transfer) const { return received_.contains(transfer); }
  const std::map<domain::PrintRefusal, uint64_t>& refusals() const { return refusals_; }
  // The printable records in plan order.
  const std::set<PlanKey>& printable() const { return printable_; }

  // ---- Rules that several decisions share.
  bool TooStale(const time::Moment& now) const;
  bool LeaseHeld(const domain::PrrItem& item) const;
  bool AlreadyPrinted(const domain::PrrId& prr) const;
  absl::Status CheckOperator(const domain::OperatorId& operator_id) const;
  // The open job, or an error that says what was got and wanted.
  absl::Status FindOpenJob(const domain::ActId& act, const Job** job) const;

 private:
  // What an event changes; a kind without its own line changes nothing here.
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
  void RefreshPrintable(const domain::PrrId& prr);

  EdgeSettings settings_;
  PrintJournal journal_;
  BlankTray tray_;
  DutyGuard duty_;
  Catalogue catalogue_;
  Contact contact_;
  bool locked_ = false;
  std::set<PlanKey> printable_;
  std::set<std::pair<domain::PrrId, domain::LeaseEpoch>> released_;
  std::set<domain::ActionId> acknowledged_;
  std::set<domain::TransferId> received_;
  std::map<domain::PrintRefusal, uint64_t> refusals_;
  std::vector<uint64_t> day_opened_at_seq_;
};

}  // namespace keping::edge

#endif  // KEPING_EDGE_NODE_CORE_EDGE_CORE_H_
