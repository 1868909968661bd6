#include <utility>
#include <variant>

#include "common/base/epoch_days.h"
#include "common/wire/box_codec.h"
#include "common/wire/district_event_codec.h"
#include "common/wire/encoding.h"
#include "common/wire/event_codec.h"
#include "common/wire/office_event_codec.h"
#include "keping/log/v1/event.pb.h"

namespace keping::wire {
namespace {

namespace d = ::keping::domain;
namespace pb = ::keping::log::v1;
using Type = pb::Event::EventCase;

void SetEpoch(const d::LeaseEpoch& epoch, pb::LeaseEpoch* proto) {
  proto->set_generation_order(epoch.generation_order);
  proto->set_counter(epoch.counter);
}

void AddLeases(const std::vector<d::HeldLease>& leases,
               google::protobuf::RepeatedPtrField<pb::HeldLease>& out) {
  for (const d::HeldLease& lease : leases) {
    pb::HeldLease& proto = *out.Add();
    proto.set_prr(lease.prr.value());
    SetEpoch(lease.epoch, proto.mutable_epoch());
  }
}

// One overload per event, in the order of the variant.

EncodedEvent Encode(const d::IncarnationOpened& event) {
  pb::IncarnationOpened proto;
  proto.set_reason(ToEnum<pb::IncarnationReason>(event.reason));
  proto.set_parent(event.parent.value());
  proto.set_parent_seq(event.parent_seq);
  proto.set_parent_head(Raw(event.parent_head));
  proto.set_public_key(event.public_key);
  proto.set_parent_reached_seq(event.parent_reached_seq);
  return Pack(Type::kIncarnationOpened, proto);
}

EncodedEvent Encode(const d::OfficeDayOpened& event) {
  pb::OfficeDayOpened proto;
  proto.set_date_days(base::ToEpochDays(event.date));
  proto.set_basis(ToEnum<pb::OfficeDayBasis>(event.basis));
  return Pack(Type::kOfficeDayOpened, proto);
}

EncodedEvent Encode(const d::BlanksReceived& event) {
  pb::BlanksReceived proto;
  proto.set_act(event.act.value());
  proto.set_transfer(event.transfer.value());
  proto.set_operator_id(event.operator_id.value());
  proto.mutable_received()->set_text(event.received.ToString());
  if (!event.missing.empty()) proto.mutable_missing()->set_text(event.missing.ToString());
  if (!event.unexpected.empty()) proto.mutable_unexpected()->set_text(event.unexpected.ToString());
  proto.set_lent_by(event.lent_by.value());
  WriteBoxes(event.boxes, *proto.mutable_boxes());
  WriteBoxIds(event.missing_boxes, *proto.mutable_missing_boxes());
  WriteBoxIds(event.unexpected_boxes, *proto.mutable_unexpected_boxes());
  return Pack(Type::kBlanksReceived, proto);
}

EncodedEvent Encode(const d::PrintRefused& event) {
  pb::PrintRefused proto;
  proto.set_refusal(ToEnum<pb::PrintRefusal>(event.refusal));
  proto.set_prr(event.prr.value());
  if (event.blank) proto.set_blank(event.blank->text());
  proto.set_printer(event.printer.value());
  proto.set_operator_id(event.operator_id.value());
  return Pack(Type::kPrintRefused, proto);
}

EncodedEvent Encode(const d::PrintIntended& event) {
  pb::PrintIntended proto;
  proto.set_act(event.act.value());
  proto.set_prr(event.prr.value());
  proto.set_prr_version(event.prr_version);
  proto.set_blank(event.blank.text());
  proto.set_attempt(event.attempt);
  proto.set_printer(event.printer.value());
  proto.set_operator_id(event.operator_id.value());
  SetEpoch(event.lease_epoch, proto.mutable_lease_epoch());
  proto.set_control_position(event.control_position);
  proto.set_control_state(Raw(event.control_state));
  proto.set_proven_seq(event.proven_seq);
  proto.set_application_version(event.application_version.value());
  proto.set_offline(event.offline);
  proto.set_batch(event.batch.value());
  proto.set_override_act(event.override_act.value());
  proto.set_stale_override(event.stale_override.value());
  return Pack(Type::kPrintIntended, proto);
}

EncodedEvent Encode(const d::PrintSent& event) {
  pb::PrintSent proto;
  proto.set_act(event.act.value());
  proto.set_printer_job(event.printer_job);
  return Pack(Type::kPrintSent, proto);
}

EncodedEvent Encode(const d::PrintCompleted& event) {
  pb::PrintCompleted proto;
  proto.set_act(event.act.value());
  return Pack(Type::kPrintCompleted, proto);
}

EncodedEvent Encode(const d::PrintFailed& event) {
  pb::PrintFailed proto;
  proto.set_act(event.act.value());
  proto.set_failure(ToEnum<pb::PrintFailure>(event.failure));
  return Pack(Type::kPrintFailed, proto);
}

EncodedEvent Encode(const d::PrintDoubted& event) {
  pb::PrintDoubted proto;
  proto.set_act(event.act.value());
  proto.set_cause(ToEnum<pb::DoubtCause>(event.cause));
  return Pack(Type::kPrintDoubted, proto);
}

EncodedEvent Encode(const d::PrintVerified& event) {
  pb::PrintVerified proto;
  proto.set_act(event.act.value());
  proto.set_blank(event.blank.text());
  proto.set_operator_id(event.operator_id.value());
  return Pack(Type::kPrintVerified, proto);
}

template <typename Proto, typename SpoilEvent>
EncodedEvent EncodeSpoil(Type type, const SpoilEvent& event) {
  Proto proto;
  proto.set_act(event.act.value());
  proto.set_blank(event.blank.text());
  proto.set_cause(ToEnum<pb::SpoilCause>(event.cause));
  proto.set_operator_id(event.operator_id.value());
  proto.set_step(ToEnum<pb::SpoilStep>(event.step));
  return Pack(type, proto);
}

EncodedEvent Encode(const d::PrintSpoiled& event) {
  return EncodeSpoil<pb::PrintSpoiled>(Type::kPrintSpoiled, event);
}

EncodedEvent Encode(const d::PrintUnused& event) {
  pb::PrintUnused proto;
  proto.set_act(event.act.value());
  proto.set_operator_id(event.operator_id.value());
  return Pack(Type::kPrintUnused, proto);
}

EncodedEvent Encode(const d::BlankSpoiled& event) {
  return EncodeSpoil<pb::BlankSpoiled>(Type::kBlankSpoiled, event);
}

EncodedEvent Encode(const d::LeaseReleased& event) {
  pb::LeaseReleased proto;
  proto.set_prr(event.prr.value());
  SetEpoch(event.epoch, proto.mutable_epoch());
  return Pack(Type::kLeaseReleased, proto);
}

EncodedEvent Encode(const d::ActionAcknowledged& event) {
  pb::ActionAcknowledged proto;
  proto.set_action(event.action.value());
  proto.set_operator_id(event.operator_id.value());
  if (event.blank) proto.set_blank(event.blank->text());
  return Pack(Type::kActionAcknowledged, proto);
}

EncodedEvent Encode(const d::GenerationOpened& event) {
  pb::GenerationOpened proto;
  proto.set_generation(event.generation.value());
  proto.set_order(event.order);
  proto.set_restored(event.restored);
  proto.set_shown_by(event.shown_by.value());
  return Pack(Type::kGenerationOpened, proto);
}

EncodedEvent Encode(const d::GenerationMet& event) {
  pb::GenerationMet proto;
  proto.set_generation(event.generation.value());
  proto.set_order(event.order);
  AddLeases(event.leases, *proto.mutable_leases());
  for (const auto& [transfer, serials, boxes] : event.transfers) {
    pb::ToldTransfer& out = *proto.add_transfers();
    out.set_transfer(transfer.value());
    out.mutable_serials()->set_text(serials.ToString());
    WriteBoxes(boxes, *out.mutable_boxes());
  }
  proto.set_last(event.last);
  return Pack(Type::kGenerationMet, proto);
}

EncodedEvent Encode(const d::NodeEnrolled& event) {
  pb::NodeEnrolled proto;
  proto.set_node(event.node.value());
  proto.set_incarnation(event.incarnation.value());
  proto.set_public_key(event.public_key);
  proto.set_reason(ToEnum<pb::IncarnationReason>(event.reason));
  proto.set_by(event.by.value());
  return Pack(Type::kNodeEnrolled, proto);
}

EncodedEvent Encode(const d::OperatorCertified& event) {
  pb::OperatorCertified proto;
  proto.set_operator_id(event.operator_id.value());
  proto.set_node(event.node.value());
  proto.set_application_version(event.application_version.value());
  return Pack(Type::kOperatorCertified, proto);
}

EncodedEvent Encode(const d::AllotmentReceived& event) {
  pb::AllotmentReceived proto;
  proto.set_allotment(event.allotment.value());
  proto.set_bast_number(event.bast_number);
  proto.mutable_serials()->set_text(event.serials.ToString());
  WriteBoxes(event.boxes, *proto.mutable_boxes());
  proto.set_scheme(ToEnum<pb::SerialScheme>(event.scheme));
  proto.set_lot(event.lot.value());
  if (event.day.has_value()) proto.set_day_days(base::ToEpochDays(*event.day));
  proto.set_handed_over_by(event.handed_over_by.value());
  proto.set_received_by(event.received_by.value());
  proto.set_second(event.second.value());
  proto.set_request(event.request.value());
  return Pack(Type::kAllotmentReceived, proto);
}

EncodedEvent Encode(const d::PrrReceived& event) {
  pb::PrrReceived proto;
  proto.set_prr(event.prr.value());
  proto.set_version(event.version);
  proto.set_village(event.village.value());
  proto.set_enrolled_at_micros(absl::ToUnixMicros(event.enrolled_at));
  proto.set_nik_key(Whole(event.nik_key));
  proto.set_record_digest(Whole(event.record_digest));
  proto.set_replaces(event.replaces.value());
  return Pack(Type::kPrrReceived, proto);
}

EncodedEvent Encode(const d::PrrWithdrawn& event) {
  pb::PrrWithdrawn proto;
  proto.set_prr(event.prr.value());
  proto.set_version(event.version);
  proto.set_reason(ToEnum<pb::WithdrawalReason>(event.reason));
  return Pack(Type::kPrrWithdrawn, proto);
}

EncodedEvent Encode(const d::LeaseGranted& event) {
  pb::LeaseGranted proto;
  proto.set_prr(event.prr.value());
  proto.set_node(event.node.value());
  SetEpoch(event.epoch, proto.mutable_epoch());
  proto.set_forced(event.forced);
  proto.set_by(event.by.value());
  return Pack(Type::kLeaseGranted, proto);
}

EncodedEvent Encode(const d::LeaseReleaseRequested& event) {
  pb::LeaseReleaseRequested proto;
  proto.set_prr(event.prr.value());
  proto.set_node(event.node.value());
  SetEpoch(event.epoch, proto.mutable_epoch());
  proto.set_next_holder(event.next_holder.value());
  proto.set_by(event.by.value());
  return Pack(Type::kLeaseReleaseRequested, proto);
}

EncodedEvent Encode(const d::BlanksDispatched& event) {
  pb::BlanksDispatched proto;
  proto.set_transfer(event.transfer.value());
  proto.set_node(event.node.value());
  proto.mutable_serials()->set_text(event.serials.ToString());
  WriteBoxes(event.boxes, *proto.mutable_boxes());
  proto.set_by(event.by.value());
  proto.set_second(event.second.value());
  return Pack(Type::kBlanksDispatched, proto);
}

EncodedEvent Encode(const d::CaseChanged& event) {
  pb::CaseChanged proto;
  proto.set_case_id(event.case_id.value());
  proto.set_kind(ToEnum<pb::CaseKind>(event.kind));
  proto.set_state(ToEnum<pb::CaseState>(event.state));
  proto.set_revision(event.revision);
  proto.set_prr(event.prr.value());
  if (event.blank) proto.set_blank(event.blank->text());
  proto.set_node(event.node.value());
  for (const crypto::Hash& id : event.evidence) proto.add_evidence(Whole(id));
  proto.set_entity(event.entity);
  return Pack(Type::kCaseChanged, proto);
}

EncodedEvent Encode(const d::LogForked& event) {
  pb::LogForked proto;
  proto.set_node(event.node.value());
  proto.set_incarnation(event.incarnation.value());
  proto.set_branch(event.branch.value());
  proto.set_seq(event.seq);
  proto.set_held_hash(Whole(event.held_hash));
  proto.set_other_hash(Whole(event.other_hash));
  return Pack(Type::kLogForked, proto);
}

EncodedEvent Encode(const d::LogRolledBack& event) {
  pb::LogRolledBack proto;
  proto.set_node(event.node.value());
  proto.set_incarnation(event.incarnation.value());
  proto.set_seq(event.seq);
  proto.set_hash(Raw(event.hash));
  proto.set_held_seq(event.held_seq);
  return Pack(Type::kLogRolledBack, proto);
}

EncodedEvent Encode(const d::LogGapFound& event) {
  pb::LogGapFound proto;
  proto.set_node(event.node.value());
  proto.set_incarnation(event.incarnation.value());
  proto.set_held_seq(event.held_seq);
  proto.set_first_seq(event.first_seq);
  proto.set_seq(event.seq);
  proto.set_hash(Whole(event.hash));
  return Pack(Type::kLogGapFound, proto);
}

EncodedEvent Encode(const d::NodeClosed& event) {
  pb::NodeClosed proto;
  proto.set_node(event.node.value());
  proto.set_end(ToEnum<pb::NodeEnd>(event.end));
  proto.set_incarnation(event.incarnation.value());
  proto.set_seq(event.seq);
  proto.set_head(Raw(event.head));
  proto.set_by(event.by.value());
  proto.set_second(event.second.value());
  proto.set_document(event.document.value());
  return Pack(Type::kNodeClosed, proto);
}

EncodedEvent Encode(const d::TailLost& event) {
  pb::TailLost proto;
  proto.set_node(event.node.value());
  for (const d::IncarnationId& one : event.incarnations) proto.add_incarnations(one.value());
  proto.mutable_blanks()->set_text(event.blanks.ToString());
  AddLeases(event.leases, *proto.mutable_leases());
  WriteBoxIds(event.boxes, *proto.mutable_boxes());
  return Pack(Type::kTailLost, proto);
}

EncodedEvent Encode(const d::ClaimsAccepted& event) {
  pb::ClaimsAccepted proto;
  proto.set_node(event.node.value());
  proto.set_incarnation(event.incarnation.value());
  proto.set_seq(event.seq);
  proto.set_head(Whole(event.head));
  proto.set_by(event.by.value());
  proto.set_second(event.second.value());
  proto.set_document(event.document.value());
  return Pack(Type::kClaimsAccepted, proto);
}

EncodedEvent Encode(const d::ActionOrdered& event) {
  pb::ActionOrdered proto;
  proto.set_action(event.action.value());
  proto.set_kind(ToEnum<pb::ActionKind>(event.kind));
  proto.set_node(event.node.value());
  proto.set_case_id(event.case_id.value());
  proto.set_prr(event.prr.value());
  if (event.blank) proto.set_blank(event.blank->text());
  return Pack(Type::kActionOrdered, proto);
}

EncodedEvent Encode(const d::ReportAnswered& event) {
  pb::ReportAnswered proto;
  proto.set_item(event.item);
  proto.set_kind(ToEnum<pb::ReportKind>(event.kind));
  proto.set_accepted(event.accepted);
  proto.set_reason(event.reason);
  return Pack(Type::kReportAnswered, proto);
}

}  // namespace

EncodedEvent EncodeEvent(const domain::Event& event) {
  return std::visit([](const auto& alternative) { return Encode(alternative); }, event);
}

}  // namespace keping::wire
