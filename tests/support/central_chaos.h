// Random histories of a district, for property tests of the centre: everything happens to
// everything, as no honest district would write it.
//
//   CentralChaos chaos(seed);
//   for (const central::ArrivedEntry& entry : chaos.History()) …
#ifndef KEPING_TESTS_SUPPORT_CENTRAL_CHAOS_H_
#define KEPING_TESTS_SUPPORT_CENTRAL_CHAOS_H_

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "central_node/core/input.h"
#include "common/base/prng.h"
#include "common/domain/event.h"

namespace keping::testing {

inline constexpr int kBlanks = 12;
inline constexpr int kRecords = 4;
inline constexpr int kActs = 8;

inline domain::BlankSerial Blank(uint64_t i) {
  return domain::BlankSerial::Of(absl::StrCat("A", 1000 + i));
}
inline domain::PrrId Prr(uint64_t i) { return domain::PrrId::Of(absl::StrCat("p", i)); }
inline domain::ActId Act(uint64_t i) { return domain::ActId::Of(absl::StrCat("act", i)); }

// What a centre logged that was set back and waits for both nodes; before their word counts.
inline std::vector<domain::Event> SetBackEvents() {
  std::vector<domain::Event> events;
  for (const char* incarnation : {"-1", "-2"}) {
    for (const char* node : {"susut", "bangli"}) {
      events.push_back(domain::NodeEnrolled{
          .node = domain::NodeId::Of(node),
          .incarnation = domain::IncarnationId::Of(absl::StrCat(node, incarnation)),
          .public_key = std::string(32, 'k'),
          .reason = domain::IncarnationReason::kEnrolled});
    }
  }
  events.push_back(domain::GenerationOpened{
      .generation = domain::GenerationId::Of("g-2"), .order = 2, .restored = true, .shown_by = {}});
  return events;
}
// Two branches of each node's first log: one parts early, one late.
inline std::vector<domain::Event> ForkEvents() {
  std::vector<domain::Event> events;
  for (const char* node : {"susut", "bangli"}) {
    for (const auto& [branch, seq] : std::map<std::string, uint64_t>{{"-b3", 3}, {"-b9", 9}}) {
      const std::string log = absl::StrCat(node, "-1");
      events.push_back(
          domain::LogForked{.node = domain::NodeId::Of(node),
                            .incarnation = domain::IncarnationId::Of(log),
                            .branch = domain::IncarnationId::Of(absl::StrCat(log, branch)),
                            .seq = seq,
                            .held_hash = {},
                            .other_hash = crypto::Sha256({log, branch})});
    }
  }
  return events;
}
inline std::vector<central::ArrivedEntry> Logged(const std::vector<domain::Event>& events) {
  std::vector<central::ArrivedEntry> entries;
  for (const domain::Event& event : events) {
    const uint64_t seq = entries.size() + 1;
    entries.push_back({.ref = {.id = crypto::Sha256({"set-back", absl::StrCat(seq)}),
                               .node = domain::NodeId::Of("centre"),
                               .incarnation = domain::IncarnationId::Of("g0"),
                               .seq = seq,
                               .wall_micros = 0},
                       .event = event});
  }
  return entries;
}
inline std::vector<central::ArrivedEntry> SetBack() { return Logged(SetBackEvents()); }
inline std::vector<central::ArrivedEntry> SetBackAndForked() {
  std::vector<domain::Event> events = SetBackEvents();
  for (domain::Event& event : ForkEvents()) events.push_back(std::move(event));
  return Logged(events);
}

// A generator of events. Not thread-safe.
class CentralChaos {
 public:
  // `forked`: some events are written on the branches of ForkEvents. `counted`: offices also count
  // their piles, and the district is told figures. `boxed`: blanks also come by quantity, in boxes
  // out of which they are scanned.
  explicit CentralChaos(uint64_t seed, bool forked = false, bool counted = false,
                        bool boxed = false)
      : prng_(seed), forked_(forked), counted_(counted), boxed_(boxed) {}

  // 10 to 90 events of the centre and of two nodes with two incarnations each.
  std::vector<central::ArrivedEntry> History() {
    const uint64_t count = 10 + prng_.Below(80);
    for (uint64_t i = 0; i < count; ++i) {
      if (prng_.Chance(2, 5)) {
        Write("centre", "g1", CentralEvent());
      } else {
        const std::string node = AnyNode().value();
        if (prng_.Chance(1, 20) && met_.insert(node).second) {
          Write(node, node + "-1", Meeting());
          continue;
        }
        if (forked_ && prng_.Below(4) == 0) {
          const bool early = prng_.Chance(1, 2);
          const std::string branch = absl::StrCat(node, early ? "-1-b3" : "-1-b9");
          seqs_.try_emplace(branch, early ? 2 : 8);
          Write(node, branch, NodeEvent());
          continue;
        }
        // A later incarnation that goes on from another state reports the same acts.
        Write(node, absl::StrCat(node, prng_.Below(4) == 0 ? "-2" : "-1"), NodeEvent());
      }
    }
    return history_;
  }

  // One event of any node.
  domain::Event NodeEvent();
  // The event was written under this id: a later correction may set it aside.
  void Remember(const crypto::Hash& id, const domain::Event& event);

  domain::BoxId AnyBoxId() { return domain::BoxId::Of(absl::StrCat("box", prng_.Below(3))); }
  std::vector<domain::Box> SomeBoxes() {
    std::vector<domain::Box> boxes;
    for (uint64_t n = prng_.Below(3); n > 0; --n) {
      boxes.push_back({.box = AnyBoxId(),
                       .quantity = prng_.Below(5),
                       .scheme = static_cast<domain::SerialScheme>(1 + prng_.Below(3))});
    }
    return boxes;
  }
  base::Prng& prng() { return prng_; }
  domain::NodeId AnyNode() { return domain::NodeId::Of(prng_.Chance(1, 2) ? "susut" : "bangli"); }

 private:
  void Write(const std::string& node, const std::string& incarnation, const domain::Event& event) {
    const uint64_t seq = ++seqs_[incarnation];
    const crypto::Hash id = crypto::Sha256({incarnation, absl::StrCat(seq)});
    Remember(id, event);
    history_.push_back({.ref = {.id = id,
                                .node = domain::NodeId::Of(node),
                                .incarnation = domain::IncarnationId::Of(incarnation),
                                .seq = seq,
                                .wall_micros = 0},
                        .event = event});
  }

  domain::BlankSerial AnyBlank() { return Blank(prng_.Below(kBlanks)); }
  domain::LeaseEpoch AnyEpoch() { return {1, static_cast<uint32_t>(1 + prng_.Below(3))}; }
  domain::SerialSet SomeBlanks() {
    domain::SerialSet set;
    for (uint64_t n = prng_.Below(5); n > 0; --n) set.Insert(AnyBlank());
    return set;
  }

  domain::ActionAcknowledged AnyAcknowledgement(const domain::OperatorId& op) {
    // Of four orders two call a card back.
    const uint64_t order = prng_.Below(4);
    domain::ActionAcknowledged done{.action = domain::ActionId::Of(absl::StrCat("action", order)),
                                    .operator_id = op};
    if (order < 2) done.blank = Blank(order);
    return done;
  }

  std::vector<domain::BoxId> SomeBoxIds() {
    std::vector<domain::BoxId> boxes;
    for (uint64_t n = prng_.Below(2); n > 0; --n) boxes.push_back(AnyBoxId());
    return boxes;
  }
  domain::TransferId AnyTransfer() {
    return domain::TransferId::Of(absl::StrCat("t", prng_.Below(3)));
  }

  domain::Event BoxEventOfCentre() {
    switch (prng_.Below(4)) {
      case 0: {
        domain::Event lost = Loss();
        std::get<domain::TailLost>(lost).boxes = SomeBoxIds();
        return lost;
      }
      case 1:
        return domain::AllotmentReceived{
            .allotment = domain::AllotmentId::Of(absl::StrCat("a", history_.size())),
            .bast_number = "B",
            .serials = prng_.Chance(1, 2) ? SomeBlanks() : domain::SerialSet(),
            .boxes = SomeBoxes()};
      default:
        return domain::BlanksDispatched{
            .transfer = AnyTransfer(), .node = AnyNode(), .serials = {}, .boxes = SomeBoxes()};
    }
  }
  domain::Event BoxEventOfNode() {
    if (prng_.Chance(1, 3)) {
      return domain::BlanksReceived{.act = domain::ActId::Of(absl::StrCat("r", ++receipts_)),
                                    .transfer = AnyTransfer(),
                                    .operator_id = domain::OperatorId::Of("op"),
                                    .received = {},
                                    .missing = {},
                                    .unexpected = {},
                                    .boxes = SomeBoxes(),
                                    .missing_boxes = SomeBoxIds(),
                                    .unexpected_boxes = SomeBoxIds()};
    }
    return domain::BoxOpened{.act = domain::ActId::Of(absl::StrCat("open", ++receipts_)),
                             .box = AnyBoxId(),
                             .serials = SomeBlanks(),
                             .emptied = prng_.Chance(1, 5),
                             .operator_id = domain::OperatorId::Of("op"),
                             .second = {}};
  }

  domain::Event CentralEvent() {
    if (boxed_ && prng_.Chance(1, 3)) return BoxEventOfCentre();
    const domain::PrrId prr = Prr(prng_.Below(kRecords));
    const auto version = static_cast<uint32_t>(1 + prng_.Below(3));
    switch (prng_.Below(12)) {
      case 10:
        return domain::LoanMoved{.act = domain::ActId::Of(absl::StrCat("loan", history_.size())),
                                 .step = static_cast<domain::LoanStep>(1 + prng_.Below(4)),
                                 .district = domain::DistrictCode::Of("51.07"),
                                 .blanks = SomeBlanks(),
                                 .day = absl::CivilDay(2017, 5, 2),
                                 .document = domain::DocumentNumber::Of("470/1"),
                                 .by = domain::OperatorId::Of("rai"),
                                 .second = domain::OperatorId::Of("made")};
      case 7:
        return Loss();
      case 8:
      case 9:
        return DeskEvent();
      case 0:
        return domain::AllotmentReceived{
            .allotment = domain::AllotmentId::Of(absl::StrCat("a", history_.size())),
            .bast_number = "B",
            .serials = SomeBlanks()};
      case 1:
        return domain::BlanksDispatched{
            .transfer = domain::TransferId::Of(absl::StrCat("t", prng_.Below(3))),
            .node = AnyNode(),
            .serials = SomeBlanks()};
      case 2:
        return domain::PrrReceived{
            .prr = prr,
            .version = version,
            .village = domain::VillageCode::Of("51.06.01.2001"),
            .enrolled_at = absl::UnixEpoch(),
            .nik_key = AnyPerson(),
            .record_digest = {},
            .replaces = prng_.Chance(1, 4) ? Prr(prng_.Below(kRecords)) : domain::PrrId()};
      case 3:
        return domain::PrrWithdrawn{.prr = prr,
                                    .version = version,
                                    .reason = prng_.Chance(1, 3)
                                                  ? domain::WithdrawalReason::kPrintedElsewhere
                                                  : domain::WithdrawalReason::kDeath};
      case 4:
        return domain::LeaseGranted{
            .prr = prr, .node = AnyNode(), .epoch = AnyEpoch(), .forced = prng_.Chance(1, 3)};
      case 5:
        return RecallOrder();
      default:
        return domain::LeaseReleaseRequested{
            .prr = prr, .node = AnyNode(), .epoch = AnyEpoch(), .next_holder = AnyNode()};
    }
  }

  // One of two persons, or nobody knows whose.
  crypto::Hash AnyPerson() {
    const uint64_t person = prng_.Below(3);
    return person == 0 ? crypto::Hash() : crypto::Sha256({absl::StrCat("person", person)});
  }

  // What the district's desk writes.
  domain::Event DeskEvent() {
    switch (prng_.Below(counted_ ? 5 : 4)) {
      case 4:
        return domain::FiguresReported{
            .act = domain::ActId::Of(absl::StrCat("figures", history_.size())),
            .kind = static_cast<domain::FigureKind>(1 + prng_.Below(5)),
            .node = AnyNode(),
            .upto = absl::CivilDay(1969, 12, 31) + static_cast<int64_t>(prng_.Below(2)),
            .parts = {{.label = "", .quantity = prng_.Below(3)}},
            .total = prng_.Below(3),
            .document = domain::DocumentNumber::Of("470/1"),
            .by = domain::OperatorId::Of("rai")};
      case 0: {
        domain::DayClosed closed{
            .day = absl::CivilDay(1970, 1, 1) + static_cast<int64_t>(prng_.Below(8)),
            .working = {AnyNode()},
            .heard = {}};
        if (prng_.Chance(1, 4)) closed.heard.push_back(AnyNode());
        return closed;
      }
      case 1:
        return domain::NodeHeard{.node = AnyNode()};
      case 2:
        return domain::BlankIdentified{
            .act = domain::ActId::Of(absl::StrCat("n", history_.size())),
            .printed = AnyBlank(),
            .uid = prng_.Chance(2, 3)
                       ? AnyBlank()
                       : domain::BlankSerial::Of(absl::StrCat("04A1B2C3D4E5F", prng_.Below(3))),
            .operator_id = domain::OperatorId::Of("rai")};
      default:
        return domain::OperatorRostered{
            .operator_id = domain::OperatorId::Of(prng_.Chance(1, 2) ? "op" : "op2"),
            .node = AnyNode(),
            .role = domain::Role::kOperator,
            .certified = {domain::ApplicationVersion::Of(prng_.Chance(1, 2) ? "v1" : "v2")},
            .active = prng_.Chance(3, 4),
            .verifier = {}};
    }
  }

  // A node's word about what it was told, to a centre that was set back.
  domain::Event Meeting() {
    domain::GenerationMet met{.generation = domain::GenerationId::Of("g-2"),
                              .order = 2,
                              .leases = {},
                              .transfers = {},
                              .last = true};
    for (uint64_t n = prng_.Below(3); n > 0; --n) {
      met.leases.push_back({.prr = Prr(prng_.Below(kRecords)), .epoch = AnyEpoch()});
    }
    if (prng_.Chance(1, 2)) {
      met.transfers.push_back(
          {.transfer = domain::TransferId::Of(absl::StrCat("t", prng_.Below(3))),
           .serials = SomeBlanks()});
      if (boxed_) met.transfers.back().boxes = SomeBoxes();
    }
    return met;
  }

  // Of any node, with one or both of its logs, and whatever it is said to have held.
  domain::Event Loss() {
    const domain::NodeId node = AnyNode();
    domain::TailLost lost{.node = node,
                          .incarnations = {domain::IncarnationId::Of(node.value() + "-1")},
                          .blanks = SomeBlanks(),
                          .leases = {}};
    if (prng_.Chance(1, 4)) {
      lost.incarnations.push_back(domain::IncarnationId::Of(node.value() + "-2"));
    }
    for (uint64_t n = prng_.Below(3); n > 0; --n) {
      lost.leases.push_back({.prr = Prr(prng_.Below(kRecords)), .epoch = AnyEpoch()});
    }
    return lost;
  }

  // The same action is always the same order.
  domain::Event RecallOrder() {
    const uint64_t number = prng_.Below(4);
    return domain::ActionOrdered{
        .action = domain::ActionId::Of(absl::StrCat("action", number)),
        .kind = number == 3 ? domain::ActionKind::kRescanBlank : domain::ActionKind::kRecallCard,
        .node = domain::NodeId::Of("susut"),
        .case_id = domain::CaseId::Of(absl::StrCat("case", number)),
        .prr = Prr(number),
        .blank = Blank(number)};
  }

  // What happens before an office's first day, and to cards after they were made.
  domain::Event StockEvent();
  domain::Event Count();
  domain::Event ShiftEnd();
  domain::Event Correction();

  domain::Event Intent(const domain::ActId& act) {
    return domain::PrintIntended{
        .act = act,
        .prr = Prr(prng_.Below(kRecords)),
        .prr_version = static_cast<uint32_t>(1 + prng_.Below(2)),
        .blank = AnyBlank(),
        .attempt = 1,
        .printer = domain::PrinterId::Of("p"),
        .operator_id = domain::OperatorId::Of("op"),
        .lease_epoch = AnyEpoch(),
        .control_position = prng_.Below(5),
        .control_state = {},
        .proven_seq = 0,
        .application_version = domain::ApplicationVersion::Of("v1"),
        .batch = prng_.Chance(1, 2) ? domain::ActId::Of("tray") : domain::ActId(),
        .override_act = prng_.Chance(1, 4) ? domain::ActId::Of("word") : domain::ActId()};
  }

  base::Prng prng_;
  const bool forked_;
  const bool counted_;
  const bool boxed_;
  std::map<std::string, uint64_t> seqs_;
  std::set<std::string> met_;  // said what they were told
  uint64_t receipts_ = 0;
  std::vector<central::ArrivedEntry> history_;
  std::vector<domain::Corrected> corrections_;  // each sets one remembered answer aside
};

inline void CentralChaos::Remember(const crypto::Hash& id, const domain::Event& event) {
  domain::Corrected correction;
  correction.event = id;
  correction.operator_id = domain::OperatorId::Of("op");
  correction.second = domain::OperatorId::Of("second");
  if (const auto* verified = std::get_if<domain::PrintVerified>(&event)) {
    correction.subject = verified->act;
  } else if (const auto* spoiled = std::get_if<domain::PrintSpoiled>(&event)) {
    correction.subject = spoiled->act;
  } else if (const auto* unused = std::get_if<domain::PrintUnused>(&event)) {
    correction.subject = unused->act;
  } else if (const auto* blank = std::get_if<domain::BlankSpoiled>(&event)) {
    correction.subject = blank->act;
    correction.blank = blank->blank;
  } else {
    return;
  }
  corrections_.push_back(correction);
}

// Of any answer, at any node, or of nothing that ever was.
inline domain::Event CentralChaos::Correction() {
  domain::Corrected correction;
  if (corrections_.empty() || prng_.Chance(1, 8)) {
    correction.subject = Act(prng_.Below(kActs));
    correction.event = crypto::Sha256({"nothing"});
    correction.operator_id = domain::OperatorId::Of("op");
    correction.second = domain::OperatorId::Of("second");
  } else {
    correction = corrections_[prng_.Below(corrections_.size())];
  }
  correction.act = domain::ActId::Of(absl::StrCat("c", ++receipts_));
  return correction;
}

inline domain::Event CentralChaos::NodeEvent() {
  if (boxed_ && prng_.Chance(1, 4)) return BoxEventOfNode();
  const domain::ActId act = Act(prng_.Below(kActs));
  const domain::OperatorId op = domain::OperatorId::Of("op");
  switch (prng_.Below(counted_ ? 20 : 18)) {
    case 0:
      return domain::BlanksReceived{
          .act = domain::ActId::Of(absl::StrCat("r", ++receipts_)),
          .transfer = domain::TransferId::Of(absl::StrCat("t", prng_.Below(3))),
          .operator_id = op,
          .received = SomeBlanks(),
          .missing = SomeBlanks(),
          .unexpected = SomeBlanks(),
          .lent_by = prng_.Chance(1, 4) ? AnyNode() : domain::NodeId()};
    case 1:
    case 2:
    case 3:
      return Intent(act);
    case 4:
      return domain::PrintDoubted{.act = act, .cause = domain::DoubtCause::kRestart};
    case 5:
      return domain::PrintVerified{.act = act, .blank = AnyBlank(), .operator_id = op};
    case 6:
      return domain::PrintSpoiled{
          .act = act, .blank = AnyBlank(), .cause = domain::SpoilCause::kPrint, .operator_id = op};
    case 7:
      return domain::PrintUnused{.act = act, .operator_id = op};
    case 8:
      return domain::BlankSpoiled{.act = domain::ActId::Of(absl::StrCat("s", prng_.Below(4))),
                                  .blank = AnyBlank(),
                                  .cause = domain::SpoilCause::kWarped,
                                  .operator_id = op};
    case 9:
      return domain::TestCardPrinted{.act = domain::ActId::Of(absl::StrCat("s", prng_.Below(4))),
                                     .printer = domain::PrinterId::Of("p"),
                                     .blank = AnyBlank(),
                                     .operator_id = op};
    case 10:
    case 11:
      return Correction();
    case 12:
      return domain::LeaseReleased{.prr = Prr(prng_.Below(kRecords)), .epoch = AnyEpoch()};
    case 18:
      return Count();
    case 19:
      return ShiftEnd();
    default:
      return StockEvent();
  }
}

inline domain::Event CentralChaos::Count() {
  return domain::StockCounted{.act = domain::ActId::Of(absl::StrCat("k", prng_.Below(4))),
                              .pile = static_cast<domain::Pile>(1 + prng_.Below(3)),
                              .counted = {},
                              .missing = SomeBlanks(),
                              .surplus = SomeBlanks(),
                              .operator_id = domain::OperatorId::Of("op"),
                              .second = {}};
}

inline domain::Event CentralChaos::ShiftEnd() {
  const domain::ActId act = domain::ActId::Of(absl::StrCat("shift", prng_.Below(3)));
  const domain::OperatorId op = domain::OperatorId::Of("op");
  const std::optional<uint64_t> counted =
      prng_.Chance(1, 4) ? std::nullopt : std::optional(prng_.Below(4));
  if (prng_.Chance(1, 2)) {
    return domain::ShiftOpened{
        .act = act, .operator_id = op, .counted = counted, .proof_code = {}, .book = 2};
  }
  return domain::ShiftClosed{.act = act, .operator_id = op, .counted = counted, .book = 2};
}

inline domain::Event CentralChaos::StockEvent() {
  const domain::OperatorId op = domain::OperatorId::Of("op");
  const domain::ActId act = domain::ActId::Of(absl::StrCat("o", prng_.Below(4)));
  switch (prng_.Below(8)) {
    case 0:
      return domain::StockOpened{.act = act,
                                 .pile = static_cast<domain::Pile>(1 + prng_.Below(3)),
                                 .serials = SomeBlanks(),
                                 .minutes = domain::DocumentNumber::Of("BA/1"),
                                 .operator_id = op,
                                 .second = op};
    case 1:
      return domain::CardsDestroyed{.act = act,
                                    .serials = SomeBlanks(),
                                    .minutes = domain::DocumentNumber::Of("BA/2"),
                                    .operator_id = op,
                                    .second = op,
                                    .witnesses = {}};
    case 2:
      return domain::ManifestHandedOver{.act = act,
                                        .manifest = domain::ActId::Of("m"),
                                        .cards = SomeBlanks(),
                                        .day = absl::CivilDay(2017, 4, 27),
                                        .receiver = {},
                                        .operator_id = op};
    case 3:
    case 4:
      return domain::CardsAnswered{.act = act,
                                   .manifest = {},
                                   .delivered = SomeBlanks(),
                                   .not_found = SomeBlanks(),
                                   .returned = SomeBlanks(),
                                   .operator_id = op};
    case 5:
      return domain::StockRescanned{.act = act,
                                    .blanks = SomeBlanks(),
                                    .missing = SomeBlanks(),
                                    .operator_id = op,
                                    .second = op};
    case 6:
      return domain::BlanksLent{
          .act = act,
          .transfer = domain::TransferId::Of(absl::StrCat("t", prng_.Below(5))),
          .to = AnyNode(),
          .blanks = SomeBlanks(),
          .operator_id = op,
          .second = op};
    default:
      return AnyAcknowledgement(op);
  }
}

}  // namespace keping::testing

#endif  // KEPING_TESTS_SUPPORT_CENTRAL_CHAOS_H_
