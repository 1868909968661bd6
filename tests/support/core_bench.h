// A bare core and the log that drives it: what Step decides is applied, as the node does it. For
// tests of decisions, without store and session.
//
//   CoreBench bench = CoreBench::Ready();
//   const domain::ActId act = bench.Print("prr-1", "A1");
//   bench.Report(act, PrinterAnswer::kCompleted);
#ifndef KEPING_TESTS_SUPPORT_CORE_BENCH_H_
#define KEPING_TESTS_SUPPORT_CORE_BENCH_H_

#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <utility>
#include <variant>

#include "absl/strings/str_cat.h"
#include "common/time/simulated_clock.h"
#include "edge_node/core/edge_core.h"

namespace keping::edge {

inline const domain::NodeId kNode = domain::NodeId::Of("susut");
inline const domain::NodeId kOtherNode = domain::NodeId::Of("kintamani");
inline const domain::ApplicationVersion kVersion = domain::ApplicationVersion::Of("8.1");
inline const domain::PrinterId kPrinter = domain::PrinterId::Of("p1");
inline const domain::OperatorId kAyu = domain::OperatorId::Of("ayu");
// Cards a day, of each of the printers p1 and p2.
inline constexpr uint32_t kLimit = 3;

inline EdgeSettings CoreSettings() {
  EdgeSettings settings;
  settings.node = kNode;
  settings.application_version = kVersion;
  settings.cards_per_day = {{kPrinter, kLimit}, {domain::PrinterId::Of("p2"), kLimit}};
  return settings;
}

inline domain::PrrItem PrrOf(const std::string& id) {
  domain::PrrItem item;
  item.prr = domain::PrrId::Of(id);
  item.lease_holder = kNode;
  item.lease_epoch = {1, 1};
  item.nik_tail = "0007";
  item.record = "record";
  return item;
}

class CoreBench {
 public:
  explicit CoreBench(EdgeSettings settings = CoreSettings()) : core_(std::move(settings)) {}

  // With Ayu certified, three records and ten blanks A1..A9, B1 received.
  static CoreBench Ready() {
    CoreBench bench;
    bench.Roster("ayu", {kVersion});
    for (const char* id : {"prr-1", "prr-2", "prr-3"}) bench.Tell(PrrOf(id));
    bench.Tell(domain::TransferItem{domain::TransferId::Of("t-1"),
                                    *domain::SerialSet::Parse("A1..A9,B1")});
    EXPECT_TRUE(bench.Receive("t-1", "A1..A9,B1").status.ok());
    return bench;
  }

  EdgeCore& core() { return core_; }
  time::SimulatedClock& clock() { return clock_; }
  Conditions& conditions() { return conditions_; }

  Decision Do(const Input& input) {
    Decision decision = core_.Step(clock_.Now(), conditions_, input);
    for (const domain::Event& event : decision.events) Write(event);
    if (!decision.feed_next.empty()) Do(FeedBatch{decision.feed_next, NewAct()});
    return decision;
  }
  void Write(const domain::Event& event) {
    core_.Apply(event, {++seq_, clock_.Now().boot_id, clock_.Now().monotonic, clock_.Now().wall});
  }

  // Why no card can be made of the records that arrive from now on; empty: one can.
  void set_fault(std::string fault) { fault_ = std::move(fault); }
  // A new version of an item arrives by the feed.
  Decision Tell(decltype(domain::FeedItem::body) body) {
    domain::FeedItem item{
        .key = KeyOf(body), .position = ++position_, .version = position_, .body = body};
    Decision decision =
        core_.Step(clock_.Now(), conditions_, FeedArrived{.items = {item}, .to = position_});
    const auto* prr = std::get_if<domain::PrrItem>(&item.body);
    core_.ApplyFeedItem(item, {.present = prr != nullptr && !prr->record.empty(), .fault = fault_});
    for (const domain::Event& event : decision.events) Write(event);
    core_.AdvanceFeed(position_);
    return decision;
  }
  void Roster(const char* operator_id, std::vector<domain::ApplicationVersion> certified,
              domain::Role role = domain::Role::kOperator) {
    Tell(domain::OperatorItem{domain::OperatorId::Of(operator_id), std::move(certified), role});
  }
  void ReceiptNow() {
    core_.ApplyContact({.proven_seq = seq_,
                        .received_at = clock_.Now().wall,
                        .centre_time = clock_.Now().wall,
                        .running_at = core_.running_time().At(clock_.Now())});
  }

  Decision Receive(const char* transfer, const char* serials) {
    return Do(ReceiveTransfer{.act = NewAct(),
                              .transfer = domain::TransferId::Of(transfer),
                              .scanned = *domain::SerialSet::Parse(serials),
                              .operator_id = kAyu});
  }
  edge::Print PrintOf(const char* prr, const char* blank, const char* printer = "p1") {
    return {.act = NewAct(),
            .operator_id = kAyu,
            .printer = domain::PrinterId::Of(printer),
            .blank = domain::BlankSerial::Of(blank),
            .prr = *prr == '\0' ? domain::PrrId() : domain::PrrId::Of(prr)};
  }
  // The act of a print that must succeed.
  domain::ActId Print(const char* prr, const char* blank, const char* printer = "p1") {
    const edge::Print print = PrintOf(prr, blank, printer);
    EXPECT_EQ(Do(print).refusal, domain::PrintRefusal::kNone) << prr << " on " << blank;
    return print.act;
  }
  Decision Report(const domain::ActId& act, PrinterAnswer answer) {
    return Do(PrinterReported{.act = act, .answer = answer, .printer_job = 1});
  }
  Decision Verify(const domain::ActId& act, const char* blank, const char* tail = "0007") {
    return Do(VerifyCard{.act = act,
                         .scanned = domain::BlankSerial::Of(blank),
                         .nik_tail = tail,
                         .operator_id = kAyu});
  }
  JobStage StageOf(const domain::ActId& act) { return core_.journal().Find(act)->stage; }
  domain::ActId NewAct() { return domain::ActId::Of(absl::StrCat("act-", ++acts_)); }

 private:
  static std::string KeyOf(const decltype(domain::FeedItem::body)& body) {
    if (const auto* prr = std::get_if<domain::PrrItem>(&body)) return PrrFeedKey(prr->prr);
    if (const auto* person = std::get_if<domain::OperatorItem>(&body)) {
      return OperatorFeedKey(person->operator_id);
    }
    if (const auto* transfer = std::get_if<domain::TransferItem>(&body)) {
      return TransferFeedKey(transfer->transfer);
    }
    if (std::holds_alternative<domain::ApplicationItem>(body)) return domain::ApplicationFeedKey();
    if (std::holds_alternative<domain::GrantKeyItem>(body)) return domain::GrantKeyFeedKey();
    if (std::holds_alternative<domain::PolicyItem>(body)) return domain::PolicyFeedKey();
    return ActionFeedKey(std::get<domain::ActionItem>(body).action);
  }

  EdgeCore core_;
  time::SimulatedClock clock_{absl::FromUnixSeconds(1493251200)};
  Conditions conditions_;
  uint64_t seq_ = 0;
  uint64_t position_ = 0;
  std::string fault_;
  int acts_ = 0;
};

// The event of that kind in a decision, or nullptr.
template <typename Event>
const Event* Find(const Decision& decision) {
  for (const domain::Event& event : decision.events) {
    if (const auto* found = std::get_if<Event>(&event)) return found;
  }
  return nullptr;
}

}  // namespace keping::edge

#endif  // KEPING_TESTS_SUPPORT_CORE_BENCH_H_
