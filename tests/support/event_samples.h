// One sample of every kind of event, with no field left at its default. A new alternative of
// domain::Event without a sample here does not compile.
//
//   for (const domain::Event& event : tests::EventSamples()) …
#ifndef KEPING_TESTS_SUPPORT_EVENT_SAMPLES_H_
#define KEPING_TESTS_SUPPORT_EVENT_SAMPLES_H_

#include <string>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "common/domain/event.h"

namespace keping::tests {
namespace event_samples_internal {

namespace d = ::keping::domain;

inline d::ActId Act() { return d::ActId::Of("act-1"); }
inline d::OperatorId Operator() { return d::OperatorId::Of("op-ayu"); }
inline d::BlankSerial Blank() { return d::BlankSerial::Of("A0001000"); }
inline d::PrrId Prr() { return d::PrrId::Of("prr-1"); }
inline d::NodeId Node() { return d::NodeId::Of("susut"); }
inline crypto::Hash HashOf(const char* text) { return crypto::Sha256({text}); }
inline d::SerialSet Serials(const char* text) { return *d::SerialSet::Parse(text); }

inline d::Box SampleBox() {
  return {.box = d::BoxId::Of("L7-01"),
          .quantity = 200,
          .scheme = d::SerialScheme::kPrinted,
          .serials = Serials("C0001000..C0002999")};
}

inline auto Sample(std::type_identity<d::IncarnationOpened>) {
  return d::IncarnationOpened{.reason = d::IncarnationReason::kForked,
                              .parent = d::IncarnationId::Of("inc-0"),
                              .parent_seq = 9,
                              .parent_head = HashOf("head"),
                              .public_key = std::string(32, 'k'),
                              .parent_reached_seq = 12};
}
inline auto Sample(std::type_identity<d::OfficeDayOpened>) {
  return d::OfficeDayOpened{absl::CivilDay(2017, 4, 27), d::OfficeDayBasis::kAttested};
}
inline auto Sample(std::type_identity<d::BlanksReceived>) {
  return d::BlanksReceived{.act = Act(),
                           .transfer = d::TransferId::Of("t-1"),
                           .operator_id = Operator(),
                           .received = Serials("A0001000..A0001999"),
                           .missing = Serials("04A1B2C3D4E5F6"),
                           .unexpected = Serials("B7"),
                           .lent_by = d::NodeId::Of("bangli"),
                           .boxes = {SampleBox()},
                           .missing_boxes = {d::BoxId::Of("L7-02")},
                           .unexpected_boxes = {d::BoxId::Of("L7-03")}};
}
inline auto Sample(std::type_identity<d::PrintRefused>) {
  return d::PrintRefused{.refusal = d::PrintRefusal::kDiskNearlyFull,
                         .prr = Prr(),
                         .blank = Blank(),
                         .printer = d::PrinterId::Of("p1"),
                         .operator_id = Operator()};
}
inline auto Sample(std::type_identity<d::PrintIntended>) {
  return d::PrintIntended{.act = Act(),
                          .prr = Prr(),
                          .prr_version = 3,
                          .blank = Blank(),
                          .attempt = 2,
                          .printer = d::PrinterId::Of("p1"),
                          .operator_id = Operator(),
                          .lease_epoch = {4, 5},
                          .control_position = 6,
                          .control_state = HashOf("control"),
                          .proven_seq = 7,
                          .application_version = d::ApplicationVersion::Of("8.1"),
                          .offline = true,
                          .batch = d::ActId::Of("batch-1"),
                          .override_act = d::ActId::Of("override-1"),
                          .stale_override = d::ActId::Of("override-2")};
}
inline auto Sample(std::type_identity<d::PrintSent>) {
  return d::PrintSent{.act = Act(), .printer_job = -2};
}
inline auto Sample(std::type_identity<d::PrintCompleted>) { return d::PrintCompleted{Act()}; }
inline auto Sample(std::type_identity<d::PrintFailed>) {
  return d::PrintFailed{Act(), d::PrintFailure::kNotAccepted};
}
inline auto Sample(std::type_identity<d::PrintDoubted>) {
  return d::PrintDoubted{Act(), d::DoubtCause::kTimeout};
}
inline auto Sample(std::type_identity<d::PrintVerified>) {
  return d::PrintVerified{Act(), Blank(), Operator()};
}
inline auto Sample(std::type_identity<d::PrintSpoiled>) {
  return d::PrintSpoiled{Act(), Blank(), d::SpoilCause::kWarped, Operator(),
                         d::SpoilStep::kEncoding};
}
inline auto Sample(std::type_identity<d::PrintUnused>) { return d::PrintUnused{Act(), Operator()}; }
inline auto Sample(std::type_identity<d::BlankSpoiled>) {
  return d::BlankSpoiled{Act(), Blank(), d::SpoilCause::kEncode, Operator(),
                         d::SpoilStep::kStorage};
}
inline auto Sample(std::type_identity<d::LeaseReleased>) { return d::LeaseReleased{Prr(), {1, 2}}; }
inline auto Sample(std::type_identity<d::ActionAcknowledged>) {
  return d::ActionAcknowledged{d::ActionId::Of("action-1"), Operator(), Blank()};
}
inline auto Sample(std::type_identity<d::GenerationOpened>) {
  return d::GenerationOpened{d::GenerationId::Of("g2"), 2, true, Node()};
}
inline auto Sample(std::type_identity<d::GenerationMet>) {
  return d::GenerationMet{d::GenerationId::Of("g2"),
                          2,
                          {{Prr(), {1, 3}}},
                          {{d::TransferId::Of("t1"), Serials("A0001000..A0001009"), {SampleBox()}}},
                          true};
}
inline auto Sample(std::type_identity<d::NodeEnrolled>) {
  return d::NodeEnrolled{Node(), d::IncarnationId::Of("inc-1"), std::string(32, 'k'),
                         d::IncarnationReason::kRestored, Operator()};
}
inline auto Sample(std::type_identity<d::OperatorCertified>) {
  return d::OperatorCertified{Operator(), Node(), d::ApplicationVersion::Of("8.1")};
}
inline auto Sample(std::type_identity<d::AllotmentReceived>) {
  return d::AllotmentReceived{.allotment = d::AllotmentId::Of("al-1"),
                              .bast_number = "BAST 17/2017",
                              .serials = Serials("A1..A9"),
                              .boxes = {SampleBox()},
                              .scheme = d::SerialScheme::kChips,
                              .lot = d::LotId::Of("L7"),
                              .day = absl::CivilDay(2017, 4, 27),
                              .handed_over_by = d::OfficeCode::Of("DITJEN-DUKCAPIL/GUDANG"),
                              .received_by = Operator(),
                              .second = d::OperatorId::Of("op-made"),
                              .request = d::RequestId::Of("470/12/2017")};
}
inline auto Sample(std::type_identity<d::PrrReceived>) {
  return d::PrrReceived{.prr = Prr(),
                        .version = 2,
                        .village = d::VillageCode::Of("51.06.01.2001"),
                        .enrolled_at = absl::FromUnixMicros(1493251200000001),
                        .nik_key = HashOf("nik"),
                        .record_digest = HashOf("record"),
                        .replaces = d::PrrId::Of("prr-0")};
}
inline auto Sample(std::type_identity<d::PrrWithdrawn>) {
  return d::PrrWithdrawn{Prr(), 2, d::WithdrawalReason::kDeath};
}
inline auto Sample(std::type_identity<d::LeaseGranted>) {
  return d::LeaseGranted{Prr(), Node(), {1, 2}, true, Operator()};
}
inline auto Sample(std::type_identity<d::LeaseReleaseRequested>) {
  return d::LeaseReleaseRequested{Prr(), Node(), {1, 2}, d::NodeId::Of("kintamani"), Operator()};
}
inline auto Sample(std::type_identity<d::BlanksDispatched>) {
  return d::BlanksDispatched{
      d::TransferId::Of("t-1"), Node(), Serials("A1..A9"), {SampleBox()}, Operator(), Operator()};
}
inline auto Sample(std::type_identity<d::CaseChanged>) {
  return d::CaseChanged{.case_id = d::CaseId::Of("case-1"),
                        .kind = d::CaseKind::kOverlapRisk,
                        .state = d::CaseState::kActing,
                        .revision = 2,
                        .prr = Prr(),
                        .blank = Blank(),
                        .node = Node(),
                        .evidence = {HashOf("one"), HashOf("two")},
                        .entity = "p1"};
}
inline auto Sample(std::type_identity<d::ActionOrdered>) {
  return d::ActionOrdered{.action = d::ActionId::Of("action-1"),
                          .kind = d::ActionKind::kRescanBlank,
                          .node = Node(),
                          .case_id = d::CaseId::Of("case-1"),
                          .prr = Prr(),
                          .blank = Blank()};
}
inline auto Sample(std::type_identity<d::ReportAnswered>) {
  return d::ReportAnswered{"3f", d::ReportKind::kSpoiled, true, "R-1"};
}

inline auto Sample(std::type_identity<d::BatchOpened>) {
  return d::BatchOpened{.act = Act(),
                        .printer = d::PrinterId::Of("p1"),
                        .operator_id = Operator(),
                        .blanks = {Blank(), d::BlankSerial::Of("B7")}};
}
inline auto Sample(std::type_identity<d::BatchClosed>) {
  return d::BatchClosed{.act = Act(), .end = d::BatchEnd::kRestart, .job = d::ActId::Of("job-1")};
}
inline auto Sample(std::type_identity<d::CancelAsked>) {
  return d::CancelAsked{.act = Act(), .operator_id = Operator()};
}
inline auto Sample(std::type_identity<d::Corrected>) {
  return d::Corrected{.act = Act(),
                      .subject = d::ActId::Of("act-0"),
                      .event = HashOf("event"),
                      .reason = d::CorrectionReason::kOther,
                      .operator_id = Operator(),
                      .second = d::OperatorId::Of("op-made"),
                      .blank = d::BlankSerial::Of("04A1B2C3D4E5F6")};
}
inline auto Sample(std::type_identity<d::TestCardPrinted>) {
  return d::TestCardPrinted{
      .act = Act(), .printer = d::PrinterId::Of("p1"), .blank = Blank(), .operator_id = Operator()};
}
inline auto Sample(std::type_identity<d::PrinterMaintained>) {
  return d::PrinterMaintained{.act = Act(),
                              .printer = d::PrinterId::Of("p1"),
                              .kind = d::MaintenanceKind::kRepaired,
                              .operator_id = Operator()};
}
inline auto Sample(std::type_identity<d::ConsumableMoved>) {
  return d::ConsumableMoved{.act = Act(),
                            .kind = d::ConsumableKind::kCleaningCard,
                            .step = d::ConsumableStep::kDestroyed,
                            .consumable = d::ConsumableId::Of("consumable_id-1"),
                            .quantity = 7,
                            .panels = 8,
                            .printer = d::PrinterId::Of("p1"),
                            .operator_id = Operator(),
                            .second = d::OperatorId::Of("op-made"),
                            .transfer = d::TransferId::Of("t1")};
}
inline auto Sample(std::type_identity<d::OverrideGranted>) {
  return d::OverrideGranted{.act = Act(),
                            .kind = d::OverrideKind::kStaleness,
                            .printer = d::PrinterId::Of("p1"),
                            .prints = 6,
                            .reason = d::OverrideReason::kOther,
                            .operator_id = Operator(),
                            .record_class = d::RecordClass::kReplacement,
                            .policy_version = 7};
}
inline auto Sample(std::type_identity<d::PrinterReleased>) {
  return d::PrinterReleased{.act = Act(),
                            .printer = d::PrinterId::Of("p1"),
                            .day = absl::CivilDay(2017, 4, 27),
                            .fed_today = 6,
                            .wear = 7,
                            .operator_id = Operator()};
}
inline auto Sample(std::type_identity<d::PrinterAdopted>) {
  return d::PrinterAdopted{.act = Act(),
                           .printer = d::PrinterId::Of("p1"),
                           .basis = d::AdoptionBasis::kWithoutSlip,
                           .from = Node(),
                           .slip = HashOf("slip"),
                           .day = absl::CivilDay(2017, 4, 27),
                           .fed_today = 9,
                           .wear = 10,
                           .operator_id = Operator()};
}
inline auto Sample(std::type_identity<d::SignInTried>) {
  return d::SignInTried{.operator_id = Operator(),
                        .outcome = d::SignInOutcome::kNoPassword,
                        .running = absl::Hours(3)};
}
inline auto Sample(std::type_identity<d::PasswordChanged>) {
  return d::PasswordChanged{.operator_id = Operator(),
                            .changed_by = d::OperatorId::Of("op-made"),
                            .basis = d::PasswordBasis::kFirst,
                            .grant = d::ActId::Of("grant-1")};
}
inline auto Sample(std::type_identity<d::GrantTried>) {
  return d::GrantTried{.act = Act(),
                       .kind = d::GrantKind::kForceLease,
                       .subject = d::SubjectId::Of("subject_id-1"),
                       .day = absl::CivilDay(2017, 4, 27),
                       .tag = HashOf("tag"),
                       .accepted = true,
                       .operator_id = Operator(),
                       .application_version = d::ApplicationVersion::Of("8.1"),
                       .lease_epoch = {2, 7},
                       .control_position = 41};
}
inline auto Sample(std::type_identity<d::ShiftOpened>) {
  return d::ShiftOpened{.act = Act(),
                        .operator_id = Operator(),
                        .counted = 5,
                        .proof_code = d::CodeText::Of("7K3M-P2XQ"),
                        .book = 6};
}
inline auto Sample(std::type_identity<d::ShiftClosed>) {
  return d::ShiftClosed{.act = Act(), .operator_id = Operator(), .counted = 5, .book = 7};
}
inline auto Sample(std::type_identity<d::DayReported>) {
  return d::DayReported{.act = Act(),
                        .day = absl::CivilDay(2017, 4, 27),
                        .cards_fed = 5,
                        .cards_good = 6,
                        .cards_spoiled = 7,
                        .blanks_spoiled = 8,
                        .jobs_open = 9,
                        .blanks_in_tray = 10,
                        .seq = 11,
                        .head = HashOf("head"),
                        .proven_seq = 13,
                        .operator_id = Operator()};
}
inline auto Sample(std::type_identity<d::StockRescanned>) {
  return d::StockRescanned{Act(), Serials("A0001000..A0001009"), Serials("A0001010"), Operator(),
                           d::OperatorId::Of("op-made")};
}
inline auto Sample(std::type_identity<d::BoxOpened>) {
  return d::BoxOpened{.act = Act(),
                      .box = d::BoxId::Of("L7-01"),
                      .serials = Serials("C0001000..C0001009"),
                      .emptied = true,
                      .operator_id = Operator(),
                      .second = d::OperatorId::Of("op-made")};
}
inline auto Sample(std::type_identity<d::BlanksLent>) {
  return d::BlanksLent{.act = Act(),
                       .transfer = d::TransferId::Of("t-2"),
                       .to = d::NodeId::Of("kintamani"),
                       .blanks = Serials("A0001000..A0001009"),
                       .operator_id = Operator(),
                       .second = d::OperatorId::Of("op-made")};
}
inline auto Sample(std::type_identity<d::LogForked>) {
  return d::LogForked{.node = Node(),
                      .incarnation = d::IncarnationId::Of("inc-1"),
                      .branch = d::IncarnationId::Of("fork-0123456789abcdef"),
                      .seq = 17,
                      .held_hash = HashOf("held"),
                      .other_hash = HashOf("other")};
}
inline auto Sample(std::type_identity<d::LogRolledBack>) {
  return d::LogRolledBack{Node(), d::IncarnationId::Of("inc-1"), 17, HashOf("head"), 21};
}
inline auto Sample(std::type_identity<d::LogGapFound>) {
  return d::LogGapFound{.node = Node(),
                        .incarnation = d::IncarnationId::Of("inc-1"),
                        .held_seq = 17,
                        .first_seq = 21,
                        .seq = 30,
                        .hash = HashOf("head")};
}
inline auto Sample(std::type_identity<d::NodeClosed>) {
  return d::NodeClosed{.node = Node(),
                       .end = d::NodeEnd::kRevoked,
                       .incarnation = d::IncarnationId::Of("inc-1"),
                       .seq = 17,
                       .head = HashOf("head"),
                       .by = Operator(),
                       .second = d::OperatorId::Of("op-made"),
                       .document = d::DocumentNumber::Of("470/9/2017")};
}
inline auto Sample(std::type_identity<d::CaseDecided>) {
  return d::CaseDecided{.case_id = d::CaseId::Of("duplicate_print-1"),
                        .revision = 2,
                        .resolution = d::Resolution::kExplained,
                        .keep = Blank(),
                        .by = Operator(),
                        .second = d::OperatorId::Of("op-made"),
                        .document = d::DocumentNumber::Of("470/9/2017")};
}
inline auto Sample(std::type_identity<d::DayClosed>) {
  return d::DayClosed{
      .day = absl::CivilDay(2017, 4, 27), .working = {Node()}, .heard = {d::NodeId::Of("bangli")}};
}
inline auto Sample(std::type_identity<d::NodeHeard>) { return d::NodeHeard{.node = Node()}; }
inline auto Sample(std::type_identity<d::PolicySet>) {
  return d::PolicySet{.policy = {.version = 7,
                                 .silent_transfer_days = 2,
                                 .silent_node_days = 4,
                                 .doubt_days = 5,
                                 .rules = {{.kind = d::CaseKind::kNeverIssued,
                                            .may_decide = {d::Role::kAuditor},
                                            .two_persons = true,
                                            .wait_for_person = true}},
                                 .holidays = {{.day = absl::CivilDay(2017, 3, 28),
                                               .name = "Nyepi",
                                               .node = Node()}},
                                 .rest_days = {6},
                                 .staleness = {{.record_class = d::RecordClass::kReplacement,
                                                .limit_days = 5,
                                                .override_prints = 30}}},
                      .by = Operator(),
                      .second = d::OperatorId::Of("op-made")};
}
inline auto Sample(std::type_identity<d::VillageReadinessSet>) {
  return d::VillageReadinessSet{.village = d::VillageCode::Of("51.06.01.2001"),
                                .day = absl::CivilDay(2017, 5, 2),
                                .persons = 40,
                                .withdrawn = true,
                                .by = Operator()};
}
inline auto Sample(std::type_identity<d::AbsenceSet>) {
  return d::AbsenceSet{.operator_id = d::OperatorId::Of("op-made"),
                       .kind = d::AbsenceKind::kOtherOffice,
                       .first = absl::CivilDay(2017, 5, 2),
                       .last = absl::CivilDay(2017, 5, 5),
                       .node = Node(),
                       .withdrawn = true,
                       .by = Operator()};
}
inline auto Sample(std::type_identity<d::PrinterStated>) {
  return d::PrinterStated{.printer = d::PrinterId::Of("p1"),
                          .node = Node(),
                          .cards_per_day = 50,
                          .from = absl::CivilDay(2017, 5, 2),
                          .by = Operator()};
}
inline auto Sample(std::type_identity<d::FiguresReported>) {
  return d::FiguresReported{.act = Act(),
                            .kind = d::FigureKind::kInStock,
                            .node = Node(),
                            .upto = absl::CivilDay(2017, 4, 27),
                            .parts = {{"first batch", 84}, {"second batch", 87}},
                            .total = 258,
                            .document = d::DocumentNumber::Of("470/9/2017"),
                            .by = Operator()};
}
inline auto Sample(std::type_identity<d::BlankIdentified>) {
  return d::BlankIdentified{.act = Act(),
                            .printed = Blank(),
                            .uid = d::BlankSerial::Of("04A1B2C3D4E5F6"),
                            .operator_id = Operator()};
}
inline auto Sample(std::type_identity<d::PicturesDestroyed>) {
  return d::PicturesDestroyed{.prrs = {Prr(), d::PrrId::Of("prr-2")}, .by = Operator()};
}
inline auto Sample(std::type_identity<d::LoanMoved>) {
  return d::LoanMoved{.act = Act(),
                      .step = d::LoanStep::kGivenBack,
                      .district = d::DistrictCode::Of("51.07"),
                      .blanks = Serials("A1..A9"),
                      .day = absl::CivilDay(2017, 5, 2),
                      .document = d::DocumentNumber::Of("470/11/2017"),
                      .by = Operator(),
                      .second = d::OperatorId::Of("op-made")};
}
inline auto Sample(std::type_identity<d::SupplyMoved>) {
  return d::SupplyMoved{.act = Act(),
                        .step = d::SupplyStep::kCounted,
                        .kind = d::ConsumableKind::kCleaningCard,
                        .lot = d::SupplyLotId::Of("R-2017-4"),
                        .quantity = 7,
                        .book = 8,
                        .panels = 500,
                        .transfer = d::TransferId::Of("t1"),
                        .node = Node(),
                        .document = d::DocumentNumber::Of("470/12/2017"),
                        .by = Operator(),
                        .second = d::OperatorId::Of("op-made")};
}
inline auto Sample(std::type_identity<d::BlanksRequested>) {
  return d::BlanksRequested{.request = d::RequestId::Of("470/12/2017"),
                            .quantity = 5387,
                            .needed_by = absl::CivilDay(2017, 6, 14),
                            .by = Operator(),
                            .second = d::OperatorId::Of("op-2")};
}
inline auto Sample(std::type_identity<d::BlanksRequestAnswered>) {
  return d::BlanksRequestAnswered{.request = d::RequestId::Of("470/12/2017"),
                                  .accepted = true,
                                  .expected = absl::CivilDay(2017, 6, 12),
                                  .reason = "partly"};
}
inline auto Sample(std::type_identity<d::TailLost>) {
  return d::TailLost{.node = Node(),
                     .incarnations = {d::IncarnationId::Of("inc-1"), d::IncarnationId::Of("inc-2")},
                     .blanks = Serials("A1..A9"),
                     .leases = {{d::PrrId::Of("prr-1"), {1, 2}}, {d::PrrId::Of("prr-2"), {1, 7}}},
                     .boxes = {d::BoxId::Of("L7-01")}};
}
inline auto Sample(std::type_identity<d::ClaimsAccepted>) {
  return d::ClaimsAccepted{.node = Node(),
                           .incarnation = d::IncarnationId::Of("inc-1"),
                           .seq = 21,
                           .head = HashOf("head"),
                           .by = Operator(),
                           .second = d::OperatorId::Of("op-made"),
                           .document = d::DocumentNumber::Of("470/10/2017")};
}
inline auto Sample(std::type_identity<d::StockOpened>) {
  return d::StockOpened{.act = Act(),
                        .pile = d::Pile::kPrinted,
                        .serials = Serials("A1..A9"),
                        .minutes = d::DocumentNumber::Of("470/123/BA/2017"),
                        .operator_id = Operator(),
                        .second = d::OperatorId::Of("op-made")};
}
inline auto Sample(std::type_identity<d::StockCounted>) {
  return d::StockCounted{.act = Act(),
                         .pile = d::Pile::kPrinted,
                         .counted = Serials("A1..A8"),
                         .missing = Serials("A9"),
                         .surplus = Serials("B7"),
                         .operator_id = Operator(),
                         .second = d::OperatorId::Of("op-made")};
}
inline auto Sample(std::type_identity<d::CardsDestroyed>) {
  return d::CardsDestroyed{.act = Act(),
                           .serials = Serials("A1..A9"),
                           .minutes = d::DocumentNumber::Of("470/123/BA/2017"),
                           .operator_id = Operator(),
                           .second = d::OperatorId::Of("op-made"),
                           .witnesses = HashOf("witnesses")};
}
inline auto Sample(std::type_identity<d::LateEntryMade>) {
  return d::LateEntryMade{.act = Act(),
                          .form = d::DocumentNumber::Of("470/123/BA/2017"),
                          .stated_at = absl::FromUnixMicros(1493251200000001),
                          .operator_id = Operator()};
}
inline auto Sample(std::type_identity<d::ManifestMade>) {
  return d::ManifestMade{.act = Act(),
                         .village = d::VillageCode::Of("51.06.01.2001"),
                         .cards = Serials("A1..A3"),
                         .operator_id = Operator()};
}
inline auto Sample(std::type_identity<d::ManifestHandedOver>) {
  return d::ManifestHandedOver{.act = Act(),
                               .manifest = d::ActId::Of("manifest-1"),
                               .cards = Serials("A1..A3"),
                               .day = absl::CivilDay(2017, 4, 27),
                               .receiver = HashOf("receiver"),
                               .operator_id = Operator()};
}
inline auto Sample(std::type_identity<d::CardsAnswered>) {
  return d::CardsAnswered{.act = Act(),
                          .manifest = d::ActId::Of("manifest-1"),
                          .delivered = Serials("A1"),
                          .not_found = Serials("A2"),
                          .returned = Serials("A3"),
                          .operator_id = Operator()};
}
inline auto Sample(std::type_identity<d::OfficeDayCorrected>) {
  return d::OfficeDayCorrected{.act = Act(),
                               .day = absl::CivilDay(2017, 4, 27),
                               .operator_id = Operator(),
                               .second = d::OperatorId::Of("op-made")};
}
inline auto Sample(std::type_identity<d::NodeUnlocked>) {
  return d::NodeUnlocked{.act = Act(), .grant = d::ActId::Of("grant-1"), .operator_id = Operator()};
}
inline auto Sample(std::type_identity<d::PersonalDataRead>) {
  return d::PersonalDataRead{.operator_id = Operator(),
                             .prr = Prr(),
                             .nik_key = HashOf("nik_key"),
                             .purpose = d::ReadPurpose::kVerification};
}
inline auto Sample(std::type_identity<d::OperatorRostered>) {
  return d::OperatorRostered{
      .operator_id = Operator(),
      .node = Node(),
      .role = d::Role::kAdministrator,
      .certified = {d::ApplicationVersion::Of("8.1"), d::ApplicationVersion::Of("8.2")},
      .active = true,
      .verifier = HashOf("verifier"),
      .by = d::OperatorId::Of("op-made")};
}
inline auto Sample(std::type_identity<d::GrantIssued>) {
  return d::GrantIssued{.act = Act(),
                        .kind = d::GrantKind::kForceLease,
                        .node = Node(),
                        .subject = d::SubjectId::Of("subject_id-1"),
                        .day = absl::CivilDay(2017, 4, 27),
                        .tag = HashOf("tag"),
                        .operator_id = Operator(),
                        .application_version = d::ApplicationVersion::Of("8.1"),
                        .lease_epoch = {2, 7}};
}
inline auto Sample(std::type_identity<d::ApplicationRequired>) {
  return d::ApplicationRequired{
      .application_version = d::ApplicationVersion::Of("8.1"), .node = Node(), .by = Operator()};
}

template <size_t... kIndex>
std::vector<d::Event> All(std::index_sequence<kIndex...>) {
  return {d::Event(Sample(std::type_identity<std::variant_alternative_t<kIndex, d::Event>>()))...};
}

}  // namespace event_samples_internal

// In the order of the variant.
inline std::vector<domain::Event> EventSamples() {
  return event_samples_internal::All(
      std::make_index_sequence<std::variant_size_v<domain::Event>>());
}

}  // namespace keping::tests

#endif  // KEPING_TESTS_SUPPORT_EVENT_SAMPLES_H_
