#include <optional>
#include <string>

#include "common/base/epoch_days.h"
#include "common/wire/office_event_codec.h"

namespace keping::wire {
namespace {

namespace d = ::keping::domain;
namespace pb = ::keping::log::v1;

}  // namespace

d::Event Decode(const pb::BatchOpened& proto, FieldReader& read) {
  d::BatchOpened event{.act = read.Id<d::ActId>("act", proto.act()),
                       .printer = read.Id<d::PrinterId>("printer", proto.printer()),
                       .operator_id = read.Id<d::OperatorId>("operator_id", proto.operator_id()),
                       .blanks = {}};
  for (const std::string& text : proto.blanks()) event.blanks.push_back(read.Blank("blanks", text));
  return event;
}

d::Event Decode(const pb::BatchClosed& proto, FieldReader& read) {
  return d::BatchClosed{.act = read.Id<d::ActId>("act", proto.act()),
                        .end = read.EnumValue("end", proto.end(), d::BatchEnd::kRefused),
                        .job = read.OptionalId<d::ActId>("job", proto.job())};
}

d::Event Decode(const pb::CancelAsked& proto, FieldReader& read) {
  return d::CancelAsked{.act = read.Id<d::ActId>("act", proto.act()),
                        .operator_id = read.Id<d::OperatorId>("operator_id", proto.operator_id())};
}

d::Event Decode(const pb::Corrected& proto, FieldReader& read) {
  return d::Corrected{
      .act = read.Id<d::ActId>("act", proto.act()),
      .subject = read.Id<d::ActId>("subject", proto.subject()),
      .event = read.Hash("event", proto.event()),
      .reason = read.EnumValue("reason", proto.reason(), d::CorrectionReason::kOther),
      .operator_id = read.Id<d::OperatorId>("operator_id", proto.operator_id()),
      .second = read.Id<d::OperatorId>("second", proto.second()),
      .blank = read.OptionalBlank("blank", proto.blank())};
}

d::Event Decode(const pb::TestCardPrinted& proto, FieldReader& read) {
  return d::TestCardPrinted{
      .act = read.Id<d::ActId>("act", proto.act()),
      .printer = read.Id<d::PrinterId>("printer", proto.printer()),
      .blank = read.Blank("blank", proto.blank()),
      .operator_id = read.Id<d::OperatorId>("operator_id", proto.operator_id())};
}

d::Event Decode(const pb::PrinterMaintained& proto, FieldReader& read) {
  return d::PrinterMaintained{
      .act = read.Id<d::ActId>("act", proto.act()),
      .printer = read.Id<d::PrinterId>("printer", proto.printer()),
      .kind = read.EnumValue("kind", proto.kind(), d::MaintenanceKind::kRepaired),
      .operator_id = read.Id<d::OperatorId>("operator_id", proto.operator_id())};
}

d::Event Decode(const pb::ConsumableMoved& proto, FieldReader& read) {
  return d::ConsumableMoved{
      .act = read.Id<d::ActId>("act", proto.act()),
      .kind = read.EnumValue("kind", proto.kind(), d::ConsumableKind::kCleaningCard),
      .step = read.EnumValue("step", proto.step(), d::kLastConsumableStep),
      .consumable = read.Id<d::ConsumableId>("consumable", proto.consumable()),
      .quantity = proto.quantity(),
      .panels = proto.panels(),
      .printer = read.OptionalId<d::PrinterId>("printer", proto.printer()),
      .operator_id = read.Id<d::OperatorId>("operator_id", proto.operator_id()),
      .second = read.OptionalId<d::OperatorId>("second", proto.second()),
      .transfer = read.OptionalId<d::TransferId>("transfer", proto.transfer())};
}

d::Event Decode(const pb::OverrideGranted& proto, FieldReader& read) {
  d::OverrideGranted event{
      .act = read.Id<d::ActId>("act", proto.act()),
      .kind = read.EnumValue("kind", proto.kind(), d::OverrideKind::kStaleness),
      .printer = read.OptionalId<d::PrinterId>("printer", proto.printer()),
      .prints = proto.prints(),
      .reason = read.EnumValue("reason", proto.reason(), d::OverrideReason::kOther),
      .operator_id = read.Id<d::OperatorId>("operator_id", proto.operator_id()),
      .policy_version = proto.policy_version()};
  if (proto.record_class() != pb::RECORD_CLASS_UNSPECIFIED) {
    event.record_class =
        read.EnumValue("record_class", proto.record_class(), d::RecordClass::kReplacement);
  }
  return event;
}

d::Event Decode(const pb::PrinterReleased& proto, FieldReader& read) {
  return d::PrinterReleased{
      .act = read.Id<d::ActId>("act", proto.act()),
      .printer = read.Id<d::PrinterId>("printer", proto.printer()),
      .day = base::FromEpochDays(proto.day_days()),
      .fed_today = proto.fed_today(),
      .wear = proto.wear(),
      .operator_id = read.Id<d::OperatorId>("operator_id", proto.operator_id())};
}

d::Event Decode(const pb::PrinterAdopted& proto, FieldReader& read) {
  return d::PrinterAdopted{
      .act = read.Id<d::ActId>("act", proto.act()),
      .printer = read.Id<d::PrinterId>("printer", proto.printer()),
      .basis = read.EnumValue("basis", proto.basis(), d::AdoptionBasis::kWithoutSlip),
      .from = read.OptionalId<d::NodeId>("from", proto.from()),
      .slip = read.OptionalHash("slip", proto.slip()),
      .day = proto.has_day_days() ? std::optional(base::FromEpochDays(proto.day_days()))
                                  : std::nullopt,
      .fed_today = proto.fed_today(),
      .wear = proto.wear(),
      .operator_id = read.Id<d::OperatorId>("operator_id", proto.operator_id())};
}

d::Event Decode(const pb::SignInTried& proto, FieldReader& read) {
  return d::SignInTried{
      .operator_id = read.Id<d::OperatorId>("operator_id", proto.operator_id()),
      .outcome = read.EnumValue("outcome", proto.outcome(), d::SignInOutcome::kNoPassword),
      .running = absl::Microseconds(proto.running_micros())};
}

d::Event Decode(const pb::PasswordChanged& proto, FieldReader& read) {
  return d::PasswordChanged{
      .operator_id = read.Id<d::OperatorId>("operator_id", proto.operator_id()),
      .changed_by = read.Id<d::OperatorId>("changed_by", proto.changed_by()),
      .basis = read.EnumValue("basis", proto.basis(), d::PasswordBasis::kFirst),
      .grant = read.OptionalId<d::ActId>("grant", proto.grant())};
}

d::Event Decode(const pb::GrantTried& proto, FieldReader& read) {
  return d::GrantTried{.act = read.Id<d::ActId>("act", proto.act()),
                       .kind = read.EnumValue("kind", proto.kind(), d::GrantKind::kForceLease),
                       .subject = read.OptionalId<d::SubjectId>("subject", proto.subject()),
                       .day = base::FromEpochDays(proto.day_days()),
                       .tag = read.OptionalHash("tag", proto.tag()),
                       .accepted = proto.accepted(),
                       .operator_id = read.Id<d::OperatorId>("operator_id", proto.operator_id()),
                       .application_version = read.OptionalId<d::ApplicationVersion>(
                           "application_version", proto.application_version()),
                       .lease_epoch = {proto.lease_generation_order(), proto.lease_counter()},
                       .control_position = proto.control_position()};
}

d::Event Decode(const pb::ShiftOpened& proto, FieldReader& read) {
  return d::ShiftOpened{
      .act = read.Id<d::ActId>("act", proto.act()),
      .operator_id = read.Id<d::OperatorId>("operator_id", proto.operator_id()),
      .counted = proto.has_counted() ? std::optional(proto.counted()) : std::nullopt,
      .proof_code = read.OptionalId<d::CodeText>("proof_code", proto.proof_code()),
      .book = proto.has_book() ? std::optional(proto.book()) : std::nullopt};
}

d::Event Decode(const pb::ShiftClosed& proto, FieldReader& read) {
  return d::ShiftClosed{
      .act = read.Id<d::ActId>("act", proto.act()),
      .operator_id = read.Id<d::OperatorId>("operator_id", proto.operator_id()),
      .counted = proto.has_counted() ? std::optional(proto.counted()) : std::nullopt,
      .book = proto.has_book() ? std::optional(proto.book()) : std::nullopt};
}

d::Event Decode(const pb::DayReported& proto, FieldReader& read) {
  return d::DayReported{.act = read.Id<d::ActId>("act", proto.act()),
                        .day = base::FromEpochDays(proto.day_days()),
                        .cards_fed = proto.cards_fed(),
                        .cards_good = proto.cards_good(),
                        .cards_spoiled = proto.cards_spoiled(),
                        .blanks_spoiled = proto.blanks_spoiled(),
                        .jobs_open = proto.jobs_open(),
                        .blanks_in_tray = proto.blanks_in_tray(),
                        .seq = proto.seq(),
                        .head = read.Hash("head", proto.head()),
                        .proven_seq = proto.proven_seq(),
                        .operator_id = read.Id<d::OperatorId>("operator_id", proto.operator_id())};
}

d::Event Decode(const pb::StockOpened& proto, FieldReader& read) {
  return d::StockOpened{.act = read.Id<d::ActId>("act", proto.act()),
                        .pile = read.EnumValue("pile", proto.pile(), d::Pile::kPrinted),
                        .serials = read.Serials("serials", proto.serials().text()),
                        .minutes = read.Id<d::DocumentNumber>("minutes", proto.minutes()),
                        .operator_id = read.Id<d::OperatorId>("operator_id", proto.operator_id()),
                        .second = read.Id<d::OperatorId>("second", proto.second())};
}

d::Event Decode(const pb::StockRescanned& proto, FieldReader& read) {
  return d::StockRescanned{
      .act = read.Id<d::ActId>("act", proto.act()),
      .blanks = read.Serials("blanks", proto.blanks().text()),
      .missing = read.Serials("missing", proto.missing().text()),
      .operator_id = read.Id<d::OperatorId>("operator_id", proto.operator_id()),
      .second = read.Id<d::OperatorId>("second", proto.second())};
}

d::Event Decode(const pb::BoxOpened& proto, FieldReader& read) {
  return d::BoxOpened{.act = read.Id<d::ActId>("act", proto.act()),
                      .box = read.Id<d::BoxId>("box", proto.box()),
                      .serials = read.Serials("serials", proto.serials().text()),
                      .emptied = proto.emptied(),
                      .operator_id = read.Id<d::OperatorId>("operator_id", proto.operator_id()),
                      .second = read.OptionalId<d::OperatorId>("second", proto.second())};
}

d::Event Decode(const pb::BlanksLent& proto, FieldReader& read) {
  return d::BlanksLent{.act = read.Id<d::ActId>("act", proto.act()),
                       .transfer = read.Id<d::TransferId>("transfer", proto.transfer()),
                       .to = read.Id<d::NodeId>("to", proto.to()),
                       .blanks = read.Serials("blanks", proto.blanks().text()),
                       .operator_id = read.Id<d::OperatorId>("operator_id", proto.operator_id()),
                       .second = read.Id<d::OperatorId>("second", proto.second())};
}

d::Event Decode(const pb::StockCounted& proto, FieldReader& read) {
  return d::StockCounted{.act = read.Id<d::ActId>("act", proto.act()),
                         .pile = read.EnumValue("pile", proto.pile(), d::Pile::kPrinted),
                         .counted = read.Serials("counted", proto.counted().text()),
                         .missing = read.Serials("missing", proto.missing().text()),
                         .surplus = read.Serials("surplus", proto.surplus().text()),
                         .operator_id = read.Id<d::OperatorId>("operator_id", proto.operator_id()),
                         .second = read.OptionalId<d::OperatorId>("second", proto.second())};
}

d::Event Decode(const pb::CardsDestroyed& proto, FieldReader& read) {
  return d::CardsDestroyed{
      .act = read.Id<d::ActId>("act", proto.act()),
      .serials = read.Serials("serials", proto.serials().text()),
      .minutes = read.Id<d::DocumentNumber>("minutes", proto.minutes()),
      .operator_id = read.Id<d::OperatorId>("operator_id", proto.operator_id()),
      .second = read.Id<d::OperatorId>("second", proto.second()),
      .witnesses = read.OptionalHash("witnesses", proto.witnesses())};
}

d::Event Decode(const pb::LateEntryMade& proto, FieldReader& read) {
  return d::LateEntryMade{
      .act = read.Id<d::ActId>("act", proto.act()),
      .form = read.Id<d::DocumentNumber>("form", proto.form()),
      .stated_at = absl::FromUnixMicros(proto.stated_at_micros()),
      .operator_id = read.Id<d::OperatorId>("operator_id", proto.operator_id())};
}

d::Event Decode(const pb::ManifestMade& proto, FieldReader& read) {
  return d::ManifestMade{.act = read.Id<d::ActId>("act", proto.act()),
                         .village = read.Id<d::VillageCode>("village", proto.village()),
                         .cards = read.Serials("cards", proto.cards().text()),
                         .operator_id = read.Id<d::OperatorId>("operator_id", proto.operator_id())};
}

d::Event Decode(const pb::ManifestHandedOver& proto, FieldReader& read) {
  return d::ManifestHandedOver{
      .act = read.Id<d::ActId>("act", proto.act()),
      .manifest = read.Id<d::ActId>("manifest", proto.manifest()),
      .cards = read.Serials("cards", proto.cards().text()),
      .day = base::FromEpochDays(proto.day_days()),
      .receiver = read.OptionalHash("receiver", proto.receiver()),
      .operator_id = read.Id<d::OperatorId>("operator_id", proto.operator_id())};
}

d::Event Decode(const pb::CardsAnswered& proto, FieldReader& read) {
  return d::CardsAnswered{
      .act = read.Id<d::ActId>("act", proto.act()),
      .manifest = read.OptionalId<d::ActId>("manifest", proto.manifest()),
      .delivered = read.Serials("delivered", proto.delivered().text()),
      .not_found = read.Serials("not_found", proto.not_found().text()),
      .returned = read.Serials("returned", proto.returned().text()),
      .operator_id = read.Id<d::OperatorId>("operator_id", proto.operator_id())};
}

d::Event Decode(const pb::OfficeDayCorrected& proto, FieldReader& read) {
  return d::OfficeDayCorrected{
      .act = read.Id<d::ActId>("act", proto.act()),
      .day = base::FromEpochDays(proto.day_days()),
      .operator_id = read.Id<d::OperatorId>("operator_id", proto.operator_id()),
      .second = read.Id<d::OperatorId>("second", proto.second())};
}

d::Event Decode(const pb::NodeUnlocked& proto, FieldReader& read) {
  return d::NodeUnlocked{.act = read.Id<d::ActId>("act", proto.act()),
                         .grant = read.Id<d::ActId>("grant", proto.grant()),
                         .operator_id = read.Id<d::OperatorId>("operator_id", proto.operator_id())};
}

d::Event Decode(const pb::PersonalDataRead& proto, FieldReader& read) {
  return d::PersonalDataRead{
      .operator_id = read.Id<d::OperatorId>("operator_id", proto.operator_id()),
      .prr = read.OptionalId<d::PrrId>("prr", proto.prr()),
      .nik_key = read.OptionalHash("nik_key", proto.nik_key()),
      .purpose = read.EnumValue("purpose", proto.purpose(), d::ReadPurpose::kVerification)};
}

d::Event Decode(const pb::OperatorRostered& proto, FieldReader& read) {
  d::OperatorRostered event{
      .operator_id = read.Id<d::OperatorId>("operator_id", proto.operator_id()),
      .node = read.OptionalId<d::NodeId>("node", proto.node()),
      .role = read.EnumValue("role", proto.role(), d::Role::kAdministrator),
      .certified = {},
      .active = proto.active(),
      .verifier = read.OptionalHash("verifier", proto.verifier()),
      .by = read.OptionalId<d::OperatorId>("by", proto.by())};
  for (const std::string& version : proto.certified()) {
    event.certified.push_back(read.Id<d::ApplicationVersion>("certified", version));
  }
  return event;
}

d::Event Decode(const pb::GrantIssued& proto, FieldReader& read) {
  return d::GrantIssued{.act = read.Id<d::ActId>("act", proto.act()),
                        .kind = read.EnumValue("kind", proto.kind(), d::GrantKind::kForceLease),
                        .node = read.Id<d::NodeId>("node", proto.node()),
                        .subject = read.OptionalId<d::SubjectId>("subject", proto.subject()),
                        .day = base::FromEpochDays(proto.day_days()),
                        .tag = read.Hash("tag", proto.tag()),
                        .operator_id = read.Id<d::OperatorId>("operator_id", proto.operator_id()),
                        .application_version = read.OptionalId<d::ApplicationVersion>(
                            "application_version", proto.application_version()),
                        .lease_epoch = {proto.lease_generation_order(), proto.lease_counter()}};
}

d::Event Decode(const pb::ApplicationRequired& proto, FieldReader& read) {
  return d::ApplicationRequired{.application_version = read.Id<d::ApplicationVersion>(
                                    "application_version", proto.application_version()),
                                .node = read.OptionalId<d::NodeId>("node", proto.node()),
                                .by = read.OptionalId<d::OperatorId>("by", proto.by())};
}

}  // namespace keping::wire
