#include "common/wire/event_codec.h"

#include <utility>
#include <variant>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "common/wire/field_reader.h"
#include "keping/log/v1/event.pb.h"

namespace keping::wire {
namespace {

namespace d = ::keping::domain;
namespace pb = ::keping::log::v1;
using Type = pb::Event::EventCase;

const absl::CivilDay kEpochDay(1970, 1, 1);

std::string Raw(const crypto::Hash& hash) {
  return hash.IsZero() ? std::string() : std::string(hash.AsBytes());
}

void SetEpoch(const d::LeaseEpoch& epoch, pb::LeaseEpoch* proto) {
  proto->set_generation_order(epoch.generation_order);
  proto->set_counter(epoch.counter);
}

d::LeaseEpoch GetEpoch(const pb::LeaseEpoch& proto) {
  return {proto.generation_order(), proto.counter()};
}

template <typename ProtoEnum, typename Enum>
ProtoEnum ToEnum(Enum value) {
  return static_cast<ProtoEnum>(static_cast<int>(value));
}

// ---- Encoding: one overload per event, in the order of the variant.

EncodedEvent Pack(Type type, const google::protobuf::MessageLite& message) {
  return {static_cast<uint32_t>(type), message.SerializeAsString()};
}

EncodedEvent Encode(const d::IncarnationOpened& event) {
  pb::IncarnationOpened proto;
  proto.set_reason(ToEnum<pb::IncarnationReason>(event.reason));
  proto.set_parent_seq(event.parent_seq);
  proto.set_parent_head(Raw(event.parent_head));
  proto.set_public_key(event.public_key);
  return Pack(Type::kIncarnationOpened, proto);
}

EncodedEvent Encode(const d::OfficeDayOpened& event) {
  pb::OfficeDayOpened proto;
  proto.set_date_days(static_cast<int32_t>(event.date - kEpochDay));
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
  return Pack(Type::kActionAcknowledged, proto);
}

EncodedEvent Encode(const d::GenerationOpened& event) {
  pb::GenerationOpened proto;
  proto.set_generation(event.generation.value());
  proto.set_order(event.order);
  return Pack(Type::kGenerationOpened, proto);
}

EncodedEvent Encode(const d::NodeEnrolled& event) {
  pb::NodeEnrolled proto;
  proto.set_node(event.node.value());
  proto.set_incarnation(event.incarnation.value());
  proto.set_public_key(event.public_key);
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
  return Pack(Type::kAllotmentReceived, proto);
}

EncodedEvent Encode(const d::PrrReceived& event) {
  pb::PrrReceived proto;
  proto.set_prr(event.prr.value());
  proto.set_version(event.version);
  proto.set_village(event.village.value());
  proto.set_enrolled_at_micros(absl::ToUnixMicros(event.enrolled_at));
  proto.set_nik_key(Raw(event.nik_key));
  proto.set_record_digest(Raw(event.record_digest));
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
  return Pack(Type::kLeaseGranted, proto);
}

EncodedEvent Encode(const d::LeaseReleaseRequested& event) {
  pb::LeaseReleaseRequested proto;
  proto.set_prr(event.prr.value());
  proto.set_node(event.node.value());
  SetEpoch(event.epoch, proto.mutable_epoch());
  proto.set_next_holder(event.next_holder.value());
  return Pack(Type::kLeaseReleaseRequested, proto);
}

EncodedEvent Encode(const d::BlanksDispatched& event) {
  pb::BlanksDispatched proto;
  proto.set_transfer(event.transfer.value());
  proto.set_node(event.node.value());
  proto.mutable_serials()->set_text(event.serials.ToString());
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
  for (const crypto::Hash& id : event.evidence) proto.add_evidence(Raw(id));
  return Pack(Type::kCaseChanged, proto);
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

// ---- Decoding: one overload per message; `read` collects the first error.

d::Event Decode(const pb::IncarnationOpened& proto, FieldReader& read) {
  return d::IncarnationOpened{
      .reason = read.EnumValue("reason", proto.reason(), d::IncarnationReason::kForked),
      .parent_seq = proto.parent_seq(),
      .parent_head = read.OptionalHash("parent_head", proto.parent_head()),
      .public_key = proto.public_key()};
}

d::Event Decode(const pb::OfficeDayOpened& proto, FieldReader& read) {
  return d::OfficeDayOpened{
      .date = kEpochDay + proto.date_days(),
      .basis = read.EnumValue("basis", proto.basis(), d::OfficeDayBasis::kAttested)};
}

d::Event Decode(const pb::BlanksReceived& proto, FieldReader& read) {
  return d::BlanksReceived{
      .act = read.Id<d::ActId>("act", proto.act()),
      .transfer = read.Id<d::TransferId>("transfer", proto.transfer()),
      .operator_id = read.Id<d::OperatorId>("operator_id", proto.operator_id()),
      .received = read.Serials("received", proto.received().text()),
      .missing = read.Serials("missing", proto.missing().text()),
      .unexpected = read.Serials("unexpected", proto.unexpected().text())};
}

d::Event Decode(const pb::PrintRefused& proto, FieldReader& read) {
  return d::PrintRefused{
      .refusal = read.EnumValue("refusal", proto.refusal(), d::PrintRefusal::kDiskNearlyFull),
      .prr = read.OptionalId<d::PrrId>("prr", proto.prr()),
      .blank = read.OptionalBlank("blank", proto.blank()),
      .printer = read.OptionalId<d::PrinterId>("printer", proto.printer()),
      .operator_id = read.OptionalId<d::OperatorId>("operator_id", proto.operator_id())};
}

d::Event Decode(const pb::PrintIntended& proto, FieldReader& read) {
  return d::PrintIntended{
      .act = read.Id<d::ActId>("act", proto.act()),
      .prr = read.Id<d::PrrId>("prr", proto.prr()),
      .prr_version = proto.prr_version(),
      .blank = read.Blank("blank", proto.blank()),
      .attempt = proto.attempt(),
      .printer = read.Id<d::PrinterId>("printer", proto.printer()),
      .operator_id = read.Id<d::OperatorId>("operator_id", proto.operator_id()),
      .lease_epoch = GetEpoch(proto.lease_epoch()),
      .control_position = proto.control_position(),
      .control_state = read.OptionalHash("control_state", proto.control_state()),
      .proven_seq = proto.proven_seq(),
      .application_version =
          read.Id<d::ApplicationVersion>("application_version", proto.application_version()),
      .offline = proto.offline()};
}

d::Event Decode(const pb::PrintSent& proto, FieldReader& read) {
  return d::PrintSent{.act = read.Id<d::ActId>("act", proto.act()),
                      .printer_job = proto.printer_job()};
}

d::Event Decode(const pb::PrintCompleted& proto, FieldReader& read) {
  return d::PrintCompleted{.act = read.Id<d::ActId>("act", proto.act())};
}

d::Event Decode(const pb::PrintFailed& proto, FieldReader& read) {
  return d::PrintFailed{
      .act = read.Id<d::ActId>("act", proto.act()),
      .failure = read.EnumValue("failure", proto.failure(), d::PrintFailure::kAborted)};
}

d::Event Decode(const pb::PrintDoubted& proto, FieldReader& read) {
  return d::PrintDoubted{.act = read.Id<d::ActId>("act", proto.act()),
                         .cause = read.EnumValue("cause", proto.cause(), d::DoubtCause::kTimeout)};
}

d::Event Decode(const pb::PrintVerified& proto, FieldReader& read) {
  return d::PrintVerified{
      .act = read.Id<d::ActId>("act", proto.act()),
      .blank = read.Blank("blank", proto.blank()),
      .operator_id = read.Id<d::OperatorId>("operator_id", proto.operator_id())};
}

template <typename SpoilEvent, typename Proto>
SpoilEvent DecodeSpoil(const Proto& proto, FieldReader& read) {
  return {.act = read.Id<d::ActId>("act", proto.act()),
          .blank = read.Blank("blank", proto.blank()),
          .cause = read.EnumValue("cause", proto.cause(), d::SpoilCause::kWarped),
          .operator_id = read.Id<d::OperatorId>("operator_id", proto.operator_id())};
}

d::Event Decode(const pb::PrintSpoiled& proto, FieldReader& read) {
  return DecodeSpoil<d::PrintSpoiled>(proto, read);
}

d::Event Decode(const pb::PrintUnused& proto, FieldReader& read) {
  return d::PrintUnused{
      .act = read.Id<d::ActId>("act", proto.act()),
      .operator_id = read.OptionalId<d::OperatorId>("operator_id", proto.operator_id())};
}

d::Event Decode(const pb::BlankSpoiled& proto, FieldReader& read) {
  return DecodeSpoil<d::BlankSpoiled>(proto, read);
}

d::Event Decode(const pb::LeaseReleased& proto, FieldReader& read) {
  return d::LeaseReleased{.prr = read.Id<d::PrrId>("prr", proto.prr()),
                          .epoch = GetEpoch(proto.epoch())};
}

d::Event Decode(const pb::ActionAcknowledged& proto, FieldReader& read) {
  return d::ActionAcknowledged{
      .action = read.Id<d::ActionId>("action", proto.action()),
      .operator_id = read.Id<d::OperatorId>("operator_id", proto.operator_id())};
}

d::Event Decode(const pb::GenerationOpened& proto, FieldReader& read) {
  return d::GenerationOpened{
      .generation = read.Id<d::GenerationId>("generation", proto.generation()),
      .order = proto.order()};
}

d::Event Decode(const pb::NodeEnrolled& proto, FieldReader& read) {
  return d::NodeEnrolled{
      .node = read.Id<d::NodeId>("node", proto.node()),
      .incarnation = read.Id<d::IncarnationId>("incarnation", proto.incarnation()),
      .public_key = proto.public_key()};
}

d::Event Decode(const pb::OperatorCertified& proto, FieldReader& read) {
  return d::OperatorCertified{
      .operator_id = read.Id<d::OperatorId>("operator_id", proto.operator_id()),
      .node = read.Id<d::NodeId>("node", proto.node()),
      .application_version = read.OptionalId<d::ApplicationVersion>("application_version",
                                                                    proto.application_version())};
}

d::Event Decode(const pb::AllotmentReceived& proto, FieldReader& read) {
  return d::AllotmentReceived{.allotment = read.Id<d::AllotmentId>("allotment", proto.allotment()),
                              .bast_number = proto.bast_number(),
                              .serials = read.Serials("serials", proto.serials().text())};
}

d::Event Decode(const pb::PrrReceived& proto, FieldReader& read) {
  return d::PrrReceived{.prr = read.Id<d::PrrId>("prr", proto.prr()),
                        .version = proto.version(),
                        .village = read.Id<d::VillageCode>("village", proto.village()),
                        .enrolled_at = absl::FromUnixMicros(proto.enrolled_at_micros()),
                        .nik_key = read.Hash("nik_key", proto.nik_key()),
                        .record_digest = read.Hash("record_digest", proto.record_digest()),
                        .replaces = read.OptionalId<d::PrrId>("replaces", proto.replaces())};
}

d::Event Decode(const pb::PrrWithdrawn& proto, FieldReader& read) {
  return d::PrrWithdrawn{
      .prr = read.Id<d::PrrId>("prr", proto.prr()),
      .version = proto.version(),
      .reason = read.EnumValue("reason", proto.reason(), d::WithdrawalReason::kOther)};
}

d::Event Decode(const pb::LeaseGranted& proto, FieldReader& read) {
  return d::LeaseGranted{.prr = read.Id<d::PrrId>("prr", proto.prr()),
                         .node = read.Id<d::NodeId>("node", proto.node()),
                         .epoch = GetEpoch(proto.epoch()),
                         .forced = proto.forced()};
}

d::Event Decode(const pb::LeaseReleaseRequested& proto, FieldReader& read) {
  return d::LeaseReleaseRequested{
      .prr = read.Id<d::PrrId>("prr", proto.prr()),
      .node = read.Id<d::NodeId>("node", proto.node()),
      .epoch = GetEpoch(proto.epoch()),
      .next_holder = read.Id<d::NodeId>("next_holder", proto.next_holder())};
}

d::Event Decode(const pb::BlanksDispatched& proto, FieldReader& read) {
  return d::BlanksDispatched{.transfer = read.Id<d::TransferId>("transfer", proto.transfer()),
                             .node = read.Id<d::NodeId>("node", proto.node()),
                             .serials = read.Serials("serials", proto.serials().text())};
}

d::Event Decode(const pb::CaseChanged& proto, FieldReader& read) {
  d::CaseChanged event{.case_id = read.Id<d::CaseId>("case_id", proto.case_id()),
                       .kind = read.EnumValue("kind", proto.kind(), d::CaseKind::kOverlapRisk),
                       .state = read.EnumValue("state", proto.state(), d::CaseState::kClosed),
                       .revision = proto.revision(),
                       .prr = read.OptionalId<d::PrrId>("prr", proto.prr()),
                       .blank = read.OptionalBlank("blank", proto.blank()),
                       .evidence = {}};
  for (const std::string& id : proto.evidence())
    event.evidence.push_back(read.Hash("evidence", id));
  return event;
}

d::Event Decode(const pb::ActionOrdered& proto, FieldReader& read) {
  return d::ActionOrdered{.action = read.Id<d::ActionId>("action", proto.action()),
                          .kind = read.EnumValue("kind", proto.kind(), d::ActionKind::kRescanBlank),
                          .node = read.Id<d::NodeId>("node", proto.node()),
                          .case_id = read.Id<d::CaseId>("case_id", proto.case_id()),
                          .prr = read.OptionalId<d::PrrId>("prr", proto.prr()),
                          .blank = read.OptionalBlank("blank", proto.blank())};
}

d::Event Decode(const pb::ReportAnswered& proto, FieldReader& read) {
  return d::ReportAnswered{.item = proto.item(),
                           .kind = read.EnumValue("kind", proto.kind(), d::ReportKind::kSpoiled),
                           .accepted = proto.accepted(),
                           .reason = proto.reason()};
}

template <typename Proto>
absl::StatusOr<d::Event> Unpack(const char* name, absl::string_view payload) {
  Proto proto;
  if (!proto.ParseFromArray(payload.data(), static_cast<int>(payload.size()))) {
    return absl::InvalidArgumentError(
        absl::StrCat("bad ", name, ": ", payload.size(), " payload bytes are not such a message"));
  }
  FieldReader read(name);
  d::Event event = Decode(proto, read);
  if (!read.status().ok()) return read.status();
  return event;
}

}  // namespace

EncodedEvent EncodeEvent(const domain::Event& event) {
  return std::visit([](const auto& alternative) { return Encode(alternative); }, event);
}

absl::StatusOr<domain::Event> DecodeEvent(uint32_t type, absl::string_view payload) {
  switch (static_cast<Type>(type)) {
#define KEPING_EVENT(name) \
  case Type::k##name:      \
    return Unpack<pb::name>(#name, payload)
    KEPING_EVENT(IncarnationOpened);
    KEPING_EVENT(OfficeDayOpened);
    KEPING_EVENT(BlanksReceived);
    KEPING_EVENT(PrintRefused);
    KEPING_EVENT(PrintIntended);
    KEPING_EVENT(PrintSent);
    KEPING_EVENT(PrintCompleted);
    KEPING_EVENT(PrintFailed);
    KEPING_EVENT(PrintDoubted);
    KEPING_EVENT(PrintVerified);
    KEPING_EVENT(PrintSpoiled);
    KEPING_EVENT(PrintUnused);
    KEPING_EVENT(BlankSpoiled);
    KEPING_EVENT(LeaseReleased);
    KEPING_EVENT(ActionAcknowledged);
    KEPING_EVENT(GenerationOpened);
    KEPING_EVENT(NodeEnrolled);
    KEPING_EVENT(OperatorCertified);
    KEPING_EVENT(AllotmentReceived);
    KEPING_EVENT(PrrReceived);
    KEPING_EVENT(PrrWithdrawn);
    KEPING_EVENT(LeaseGranted);
    KEPING_EVENT(LeaseReleaseRequested);
    KEPING_EVENT(BlanksDispatched);
    KEPING_EVENT(CaseChanged);
    KEPING_EVENT(ActionOrdered);
    KEPING_EVENT(ReportAnswered);
#undef KEPING_EVENT
    case Type::EVENT_NOT_SET:
      break;
  }
  return absl::UnimplementedError(absl::StrCat(
      "event type ", type, " is not known to this version; the entry is kept as it is"));
}

}  // namespace keping::wire
