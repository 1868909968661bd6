#include "common/base/epoch_days.h"
#include "common/wire/encoding.h"
#include "common/wire/office_event_codec.h"
#include "keping/log/v1/event.pb.h"

namespace keping::wire {
namespace {

namespace d = ::keping::domain;
namespace pb = ::keping::log::v1;
using Type = pb::Event::EventCase;

}  // namespace

EncodedEvent Encode(const d::BatchOpened& event) {
  pb::BatchOpened proto;
  proto.set_act(event.act.value());
  proto.set_printer(event.printer.value());
  proto.set_operator_id(event.operator_id.value());
  for (const d::BlankSerial& blank : event.blanks) proto.add_blanks(blank.text());
  return Pack(Type::kBatchOpened, proto);
}

EncodedEvent Encode(const d::BatchClosed& event) {
  pb::BatchClosed proto;
  proto.set_act(event.act.value());
  proto.set_end(ToEnum<pb::BatchEnd>(event.end));
  proto.set_job(event.job.value());
  return Pack(Type::kBatchClosed, proto);
}

EncodedEvent Encode(const d::CancelAsked& event) {
  pb::CancelAsked proto;
  proto.set_act(event.act.value());
  proto.set_operator_id(event.operator_id.value());
  return Pack(Type::kCancelAsked, proto);
}

EncodedEvent Encode(const d::Corrected& event) {
  pb::Corrected proto;
  proto.set_act(event.act.value());
  proto.set_subject(event.subject.value());
  proto.set_event(Whole(event.event));
  proto.set_reason(ToEnum<pb::CorrectionReason>(event.reason));
  proto.set_operator_id(event.operator_id.value());
  proto.set_second(event.second.value());
  if (event.blank.has_value()) proto.set_blank(event.blank->text());
  return Pack(Type::kCorrected, proto);
}

EncodedEvent Encode(const d::TestCardPrinted& event) {
  pb::TestCardPrinted proto;
  proto.set_act(event.act.value());
  proto.set_printer(event.printer.value());
  proto.set_blank(event.blank.text());
  proto.set_operator_id(event.operator_id.value());
  return Pack(Type::kTestCardPrinted, proto);
}

EncodedEvent Encode(const d::PrinterMaintained& event) {
  pb::PrinterMaintained proto;
  proto.set_act(event.act.value());
  proto.set_printer(event.printer.value());
  proto.set_kind(ToEnum<pb::MaintenanceKind>(event.kind));
  proto.set_operator_id(event.operator_id.value());
  return Pack(Type::kPrinterMaintained, proto);
}

EncodedEvent Encode(const d::ConsumableMoved& event) {
  pb::ConsumableMoved proto;
  proto.set_act(event.act.value());
  proto.set_kind(ToEnum<pb::ConsumableKind>(event.kind));
  proto.set_step(ToEnum<pb::ConsumableStep>(event.step));
  proto.set_consumable(event.consumable.value());
  proto.set_quantity(event.quantity);
  proto.set_panels(event.panels);
  proto.set_printer(event.printer.value());
  proto.set_operator_id(event.operator_id.value());
  proto.set_second(event.second.value());
  proto.set_transfer(event.transfer.value());
  return Pack(Type::kConsumableMoved, proto);
}

EncodedEvent Encode(const d::OverrideGranted& event) {
  pb::OverrideGranted proto;
  proto.set_act(event.act.value());
  proto.set_kind(ToEnum<pb::OverrideKind>(event.kind));
  proto.set_printer(event.printer.value());
  proto.set_prints(event.prints);
  proto.set_reason(ToEnum<pb::OverrideReason>(event.reason));
  proto.set_operator_id(event.operator_id.value());
  proto.set_record_class(ToEnum<pb::RecordClass>(event.record_class));
  proto.set_policy_version(event.policy_version);
  return Pack(Type::kOverrideGranted, proto);
}

EncodedEvent Encode(const d::PrinterReleased& event) {
  pb::PrinterReleased proto;
  proto.set_act(event.act.value());
  proto.set_printer(event.printer.value());
  proto.set_day_days(base::ToEpochDays(event.day));
  proto.set_fed_today(event.fed_today);
  proto.set_wear(event.wear);
  proto.set_operator_id(event.operator_id.value());
  return Pack(Type::kPrinterReleased, proto);
}

EncodedEvent Encode(const d::PrinterAdopted& event) {
  pb::PrinterAdopted proto;
  proto.set_act(event.act.value());
  proto.set_printer(event.printer.value());
  proto.set_basis(ToEnum<pb::AdoptionBasis>(event.basis));
  proto.set_from(event.from.value());
  proto.set_slip(Raw(event.slip));
  if (event.day) proto.set_day_days(base::ToEpochDays(*event.day));
  proto.set_fed_today(event.fed_today);
  proto.set_wear(event.wear);
  proto.set_operator_id(event.operator_id.value());
  return Pack(Type::kPrinterAdopted, proto);
}

EncodedEvent Encode(const d::SignInTried& event) {
  pb::SignInTried proto;
  proto.set_operator_id(event.operator_id.value());
  proto.set_outcome(ToEnum<pb::SignInOutcome>(event.outcome));
  proto.set_running_micros(absl::ToInt64Microseconds(event.running));
  return Pack(Type::kSignInTried, proto);
}

EncodedEvent Encode(const d::PasswordChanged& event) {
  pb::PasswordChanged proto;
  proto.set_operator_id(event.operator_id.value());
  proto.set_changed_by(event.changed_by.value());
  proto.set_basis(ToEnum<pb::PasswordBasis>(event.basis));
  proto.set_grant(event.grant.value());
  return Pack(Type::kPasswordChanged, proto);
}

EncodedEvent Encode(const d::GrantTried& event) {
  pb::GrantTried proto;
  proto.set_act(event.act.value());
  proto.set_kind(ToEnum<pb::GrantKind>(event.kind));
  proto.set_subject(event.subject.value());
  proto.set_day_days(base::ToEpochDays(event.day));
  proto.set_tag(Raw(event.tag));
  proto.set_accepted(event.accepted);
  proto.set_operator_id(event.operator_id.value());
  proto.set_application_version(event.application_version.value());
  proto.set_lease_generation_order(event.lease_epoch.generation_order);
  proto.set_lease_counter(event.lease_epoch.counter);
  proto.set_control_position(event.control_position);
  return Pack(Type::kGrantTried, proto);
}

EncodedEvent Encode(const d::ShiftOpened& event) {
  pb::ShiftOpened proto;
  proto.set_act(event.act.value());
  proto.set_operator_id(event.operator_id.value());
  if (event.counted) proto.set_counted(*event.counted);
  proto.set_proof_code(event.proof_code.value());
  if (event.book) proto.set_book(*event.book);
  return Pack(Type::kShiftOpened, proto);
}

EncodedEvent Encode(const d::ShiftClosed& event) {
  pb::ShiftClosed proto;
  proto.set_act(event.act.value());
  proto.set_operator_id(event.operator_id.value());
  if (event.counted) proto.set_counted(*event.counted);
  if (event.book) proto.set_book(*event.book);
  return Pack(Type::kShiftClosed, proto);
}

EncodedEvent Encode(const d::DayReported& event) {
  pb::DayReported proto;
  proto.set_act(event.act.value());
  proto.set_day_days(base::ToEpochDays(event.day));
  proto.set_cards_fed(event.cards_fed);
  proto.set_cards_good(event.cards_good);
  proto.set_cards_spoiled(event.cards_spoiled);
  proto.set_blanks_spoiled(event.blanks_spoiled);
  proto.set_jobs_open(event.jobs_open);
  proto.set_blanks_in_tray(event.blanks_in_tray);
  proto.set_seq(event.seq);
  proto.set_head(Whole(event.head));
  proto.set_proven_seq(event.proven_seq);
  proto.set_operator_id(event.operator_id.value());
  return Pack(Type::kDayReported, proto);
}

EncodedEvent Encode(const d::StockOpened& event) {
  pb::StockOpened proto;
  proto.set_act(event.act.value());
  proto.set_pile(ToEnum<pb::Pile>(event.pile));
  proto.mutable_serials()->set_text(event.serials.ToString());
  proto.set_minutes(event.minutes.value());
  proto.set_operator_id(event.operator_id.value());
  proto.set_second(event.second.value());
  return Pack(Type::kStockOpened, proto);
}

EncodedEvent Encode(const d::StockRescanned& event) {
  pb::StockRescanned proto;
  proto.set_act(event.act.value());
  proto.mutable_blanks()->set_text(event.blanks.ToString());
  if (!event.missing.empty()) proto.mutable_missing()->set_text(event.missing.ToString());
  proto.set_operator_id(event.operator_id.value());
  proto.set_second(event.second.value());
  return Pack(Type::kStockRescanned, proto);
}

EncodedEvent Encode(const d::BoxOpened& event) {
  pb::BoxOpened proto;
  proto.set_act(event.act.value());
  proto.set_box(event.box.value());
  if (!event.serials.empty()) proto.mutable_serials()->set_text(event.serials.ToString());
  proto.set_emptied(event.emptied);
  proto.set_operator_id(event.operator_id.value());
  proto.set_second(event.second.value());
  return Pack(Type::kBoxOpened, proto);
}

EncodedEvent Encode(const d::BlanksLent& event) {
  pb::BlanksLent proto;
  proto.set_act(event.act.value());
  proto.set_transfer(event.transfer.value());
  proto.set_to(event.to.value());
  proto.mutable_blanks()->set_text(event.blanks.ToString());
  proto.set_operator_id(event.operator_id.value());
  proto.set_second(event.second.value());
  return Pack(Type::kBlanksLent, proto);
}

EncodedEvent Encode(const d::StockCounted& event) {
  pb::StockCounted proto;
  proto.set_act(event.act.value());
  proto.set_pile(ToEnum<pb::Pile>(event.pile));
  proto.mutable_counted()->set_text(event.counted.ToString());
  if (!event.missing.empty()) proto.mutable_missing()->set_text(event.missing.ToString());
  if (!event.surplus.empty()) proto.mutable_surplus()->set_text(event.surplus.ToString());
  proto.set_operator_id(event.operator_id.value());
  proto.set_second(event.second.value());
  return Pack(Type::kStockCounted, proto);
}

EncodedEvent Encode(const d::CardsDestroyed& event) {
  pb::CardsDestroyed proto;
  proto.set_act(event.act.value());
  proto.mutable_serials()->set_text(event.serials.ToString());
  proto.set_minutes(event.minutes.value());
  proto.set_operator_id(event.operator_id.value());
  proto.set_second(event.second.value());
  proto.set_witnesses(Raw(event.witnesses));
  return Pack(Type::kCardsDestroyed, proto);
}

EncodedEvent Encode(const d::LateEntryMade& event) {
  pb::LateEntryMade proto;
  proto.set_act(event.act.value());
  proto.set_form(event.form.value());
  proto.set_stated_at_micros(absl::ToUnixMicros(event.stated_at));
  proto.set_operator_id(event.operator_id.value());
  return Pack(Type::kLateEntryMade, proto);
}

EncodedEvent Encode(const d::ManifestMade& event) {
  pb::ManifestMade proto;
  proto.set_act(event.act.value());
  proto.set_village(event.village.value());
  proto.mutable_cards()->set_text(event.cards.ToString());
  proto.set_operator_id(event.operator_id.value());
  return Pack(Type::kManifestMade, proto);
}

EncodedEvent Encode(const d::ManifestHandedOver& event) {
  pb::ManifestHandedOver proto;
  proto.set_act(event.act.value());
  proto.set_manifest(event.manifest.value());
  proto.set_day_days(base::ToEpochDays(event.day));
  proto.mutable_cards()->set_text(event.cards.ToString());
  proto.set_receiver(Raw(event.receiver));
  proto.set_operator_id(event.operator_id.value());
  return Pack(Type::kManifestHandedOver, proto);
}

EncodedEvent Encode(const d::CardsAnswered& event) {
  pb::CardsAnswered proto;
  proto.set_act(event.act.value());
  proto.set_manifest(event.manifest.value());
  if (!event.delivered.empty()) proto.mutable_delivered()->set_text(event.delivered.ToString());
  if (!event.not_found.empty()) proto.mutable_not_found()->set_text(event.not_found.ToString());
  if (!event.returned.empty()) proto.mutable_returned()->set_text(event.returned.ToString());
  proto.set_operator_id(event.operator_id.value());
  return Pack(Type::kCardsAnswered, proto);
}

EncodedEvent Encode(const d::OfficeDayCorrected& event) {
  pb::OfficeDayCorrected proto;
  proto.set_act(event.act.value());
  proto.set_day_days(base::ToEpochDays(event.day));
  proto.set_operator_id(event.operator_id.value());
  proto.set_second(event.second.value());
  return Pack(Type::kOfficeDayCorrected, proto);
}

EncodedEvent Encode(const d::NodeUnlocked& event) {
  pb::NodeUnlocked proto;
  proto.set_act(event.act.value());
  proto.set_grant(event.grant.value());
  proto.set_operator_id(event.operator_id.value());
  return Pack(Type::kNodeUnlocked, proto);
}

EncodedEvent Encode(const d::PersonalDataRead& event) {
  pb::PersonalDataRead proto;
  proto.set_operator_id(event.operator_id.value());
  proto.set_prr(event.prr.value());
  proto.set_nik_key(Raw(event.nik_key));
  proto.set_purpose(ToEnum<pb::ReadPurpose>(event.purpose));
  return Pack(Type::kPersonalDataRead, proto);
}

EncodedEvent Encode(const d::OperatorRostered& event) {
  pb::OperatorRostered proto;
  proto.set_operator_id(event.operator_id.value());
  proto.set_node(event.node.value());
  proto.set_role(ToEnum<pb::Role>(event.role));
  for (const d::ApplicationVersion& version : event.certified) {
    proto.add_certified(version.value());
  }
  proto.set_active(event.active);
  proto.set_verifier(Raw(event.verifier));
  proto.set_by(event.by.value());
  return Pack(Type::kOperatorRostered, proto);
}

EncodedEvent Encode(const d::GrantIssued& event) {
  pb::GrantIssued proto;
  proto.set_act(event.act.value());
  proto.set_kind(ToEnum<pb::GrantKind>(event.kind));
  proto.set_node(event.node.value());
  proto.set_subject(event.subject.value());
  proto.set_day_days(base::ToEpochDays(event.day));
  proto.set_tag(Whole(event.tag));
  proto.set_operator_id(event.operator_id.value());
  proto.set_application_version(event.application_version.value());
  proto.set_lease_generation_order(event.lease_epoch.generation_order);
  proto.set_lease_counter(event.lease_epoch.counter);
  return Pack(Type::kGrantIssued, proto);
}

EncodedEvent Encode(const d::ApplicationRequired& event) {
  pb::ApplicationRequired proto;
  proto.set_application_version(event.application_version.value());
  proto.set_node(event.node.value());
  proto.set_by(event.by.value());
  return Pack(Type::kApplicationRequired, proto);
}

}  // namespace keping::wire
