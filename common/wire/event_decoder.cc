#include <utility>
#include <variant>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "common/base/epoch_days.h"
#include "common/wire/box_codec.h"
#include "common/wire/district_event_codec.h"
#include "common/wire/event_codec.h"
#include "common/wire/field_reader.h"
#include "common/wire/office_event_codec.h"
#include "common/wire/scratch.h"
#include "keping/log/v1/event.pb.h"

namespace keping::wire {
namespace {

namespace d = ::keping::domain;
namespace pb = ::keping::log::v1;
using Type = pb::Event::EventCase;

// The numbers of the centre's events lie between those of the nodes' (proto/keping/log/v1).
constexpr uint32_t kFirstCentralType = 32;
constexpr uint32_t kFirstLaterNodeType = 64;

d::LeaseEpoch GetEpoch(const pb::LeaseEpoch& proto) {
  return {proto.generation_order(), proto.counter()};
}

// One overload per message; `read` collects the first error.

d::Event Decode(const pb::IncarnationOpened& proto, FieldReader& read) {
  return d::IncarnationOpened{
      .reason = read.EnumValue("reason", proto.reason(), d::IncarnationReason::kForked),
      .parent = read.OptionalId<d::IncarnationId>("parent", proto.parent()),
      .parent_seq = proto.parent_seq(),
      .parent_head = read.OptionalHash("parent_head", proto.parent_head()),
      .public_key = proto.public_key(),
      .parent_reached_seq = proto.parent_reached_seq()};
}

d::Event Decode(const pb::OfficeDayOpened& proto, FieldReader& read) {
  return d::OfficeDayOpened{
      .date = base::FromEpochDays(proto.date_days()),
      .basis = read.EnumValue("basis", proto.basis(), d::OfficeDayBasis::kAttested)};
}

d::Event Decode(const pb::BlanksReceived& proto, FieldReader& read) {
  return d::BlanksReceived{
      .act = read.Id<d::ActId>("act", proto.act()),
      .transfer = read.Id<d::TransferId>("transfer", proto.transfer()),
      .operator_id = read.Id<d::OperatorId>("operator_id", proto.operator_id()),
      .received = read.Serials("received", proto.received().text()),
      .missing = read.Serials("missing", proto.missing().text()),
      .unexpected = read.Serials("unexpected", proto.unexpected().text()),
      .lent_by = read.OptionalId<d::NodeId>("lent_by", proto.lent_by()),
      .boxes = ReadBoxes("boxes", proto.boxes(), read),
      .missing_boxes = ReadBoxIds("missing_boxes", proto.missing_boxes(), read),
      .unexpected_boxes = ReadBoxIds("unexpected_boxes", proto.unexpected_boxes(), read)};
}

d::Event Decode(const pb::PrintRefused& proto, FieldReader& read) {
  return d::PrintRefused{
      .refusal = read.EnumValue("refusal", proto.refusal(), d::PrintRefusal::kRecordFaulty),
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
      .offline = proto.offline(),
      .batch = read.OptionalId<d::ActId>("batch", proto.batch()),
      .override_act = read.OptionalId<d::ActId>("override_act", proto.override_act()),
      .stale_override = read.OptionalId<d::ActId>("stale_override", proto.stale_override())};
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
          .operator_id = read.Id<d::OperatorId>("operator_id", proto.operator_id()),
          .step = read.OptionalEnum("step", proto.step(), d::SpoilStep::kPrinting)};
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
      .operator_id = read.Id<d::OperatorId>("operator_id", proto.operator_id()),
      .blank = read.OptionalBlank("blank", proto.blank())};
}

d::Event Decode(const pb::GenerationOpened& proto, FieldReader& read) {
  return d::GenerationOpened{
      .generation = read.Id<d::GenerationId>("generation", proto.generation()),
      .order = proto.order(),
      .restored = proto.restored(),
      .shown_by = read.OptionalId<d::NodeId>("shown_by", proto.shown_by())};
}

std::vector<d::HeldLease> DecodeLeases(const google::protobuf::RepeatedPtrField<pb::HeldLease>& all,
                                       FieldReader& read) {
  std::vector<d::HeldLease> leases;
  for (const pb::HeldLease& lease : all) {
    leases.push_back(
        {.prr = read.Id<d::PrrId>("prr", lease.prr()), .epoch = GetEpoch(lease.epoch())});
  }
  return leases;
}

d::Event Decode(const pb::GenerationMet& proto, FieldReader& read) {
  d::GenerationMet event{.generation = read.Id<d::GenerationId>("generation", proto.generation()),
                         .order = proto.order(),
                         .leases = DecodeLeases(proto.leases(), read),
                         .transfers = {},
                         .last = proto.last()};
  for (const pb::ToldTransfer& one : proto.transfers()) {
    event.transfers.push_back({.transfer = read.Id<d::TransferId>("transfer", one.transfer()),
                               .serials = read.Serials("serials", one.serials().text()),
                               .boxes = ReadBoxes("boxes", one.boxes(), read)});
  }
  return event;
}

d::Event Decode(const pb::NodeEnrolled& proto, FieldReader& read) {
  return d::NodeEnrolled{
      .node = read.Id<d::NodeId>("node", proto.node()),
      .incarnation = read.Id<d::IncarnationId>("incarnation", proto.incarnation()),
      .public_key = proto.public_key(),
      .reason = proto.reason() == pb::INCARNATION_REASON_UNSPECIFIED
                    ? d::IncarnationReason::kEnrolled
                    : read.EnumValue("reason", proto.reason(), d::IncarnationReason::kForgotten),
      .by = read.OptionalId<d::OperatorId>("by", proto.by())};
}

d::Event Decode(const pb::OperatorCertified& proto, FieldReader& read) {
  return d::OperatorCertified{
      .operator_id = read.Id<d::OperatorId>("operator_id", proto.operator_id()),
      .node = read.Id<d::NodeId>("node", proto.node()),
      .application_version = read.OptionalId<d::ApplicationVersion>("application_version",
                                                                    proto.application_version())};
}

d::Event Decode(const pb::AllotmentReceived& proto, FieldReader& read) {
  d::AllotmentReceived event{
      .allotment = read.Id<d::AllotmentId>("allotment", proto.allotment()),
      .bast_number = proto.bast_number(),
      .serials = read.Serials("serials", proto.serials().text()),
      .boxes = ReadBoxes("boxes", proto.boxes(), read),
      .scheme = read.OptionalEnum("scheme", proto.scheme(), d::SerialScheme::kQuantity),
      .lot = read.OptionalId<d::LotId>("lot", proto.lot()),
      .handed_over_by = read.OptionalId<d::OfficeCode>("handed_over_by", proto.handed_over_by()),
      .received_by = read.OptionalId<d::OperatorId>("received_by", proto.received_by()),
      .second = read.OptionalId<d::OperatorId>("second", proto.second()),
      .request = read.OptionalId<d::RequestId>("request", proto.request())};
  if (proto.has_day_days()) event.day = base::FromEpochDays(proto.day_days());
  return event;
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
      .reason = read.EnumValue("reason", proto.reason(), d::WithdrawalReason::kPrintedElsewhere)};
}

d::Event Decode(const pb::LeaseGranted& proto, FieldReader& read) {
  return d::LeaseGranted{.prr = read.Id<d::PrrId>("prr", proto.prr()),
                         .node = read.Id<d::NodeId>("node", proto.node()),
                         .epoch = GetEpoch(proto.epoch()),
                         .forced = proto.forced(),
                         .by = read.OptionalId<d::OperatorId>("by", proto.by())};
}

d::Event Decode(const pb::LeaseReleaseRequested& proto, FieldReader& read) {
  return d::LeaseReleaseRequested{
      .prr = read.Id<d::PrrId>("prr", proto.prr()),
      .node = read.Id<d::NodeId>("node", proto.node()),
      .epoch = GetEpoch(proto.epoch()),
      .next_holder = read.Id<d::NodeId>("next_holder", proto.next_holder()),
      .by = read.OptionalId<d::OperatorId>("by", proto.by())};
}

d::Event Decode(const pb::BlanksDispatched& proto, FieldReader& read) {
  return d::BlanksDispatched{.transfer = read.Id<d::TransferId>("transfer", proto.transfer()),
                             .node = read.Id<d::NodeId>("node", proto.node()),
                             .serials = read.Serials("serials", proto.serials().text()),
                             .boxes = ReadBoxes("boxes", proto.boxes(), read),
                             .by = read.OptionalId<d::OperatorId>("by", proto.by()),
                             .second = read.OptionalId<d::OperatorId>("second", proto.second())};
}

d::Event Decode(const pb::CaseChanged& proto, FieldReader& read) {
  d::CaseChanged event{.case_id = read.Id<d::CaseId>("case_id", proto.case_id()),
                       .kind = read.EnumValue("kind", proto.kind(), d::kLastCaseKind),
                       .state = read.EnumValue("state", proto.state(), d::CaseState::kClosed),
                       .revision = proto.revision(),
                       .prr = read.OptionalId<d::PrrId>("prr", proto.prr()),
                       .blank = read.OptionalBlank("blank", proto.blank()),
                       .node = read.OptionalId<d::NodeId>("node", proto.node()),
                       .evidence = {},
                       .entity = proto.entity()};
  for (const std::string& id : proto.evidence())
    event.evidence.push_back(read.Hash("evidence", id));
  return event;
}

d::Event Decode(const pb::LogForked& proto, FieldReader& read) {
  return d::LogForked{.node = read.Id<d::NodeId>("node", proto.node()),
                      .incarnation = read.Id<d::IncarnationId>("incarnation", proto.incarnation()),
                      .branch = read.Id<d::IncarnationId>("branch", proto.branch()),
                      .seq = proto.seq(),
                      .held_hash = read.Hash("held_hash", proto.held_hash()),
                      .other_hash = read.Hash("other_hash", proto.other_hash())};
}

d::Event Decode(const pb::LogRolledBack& proto, FieldReader& read) {
  return d::LogRolledBack{
      .node = read.Id<d::NodeId>("node", proto.node()),
      .incarnation = read.Id<d::IncarnationId>("incarnation", proto.incarnation()),
      .seq = proto.seq(),
      .hash = read.OptionalHash("hash", proto.hash()),
      .held_seq = proto.held_seq()};
}

d::Event Decode(const pb::LogGapFound& proto, FieldReader& read) {
  return d::LogGapFound{
      .node = read.Id<d::NodeId>("node", proto.node()),
      .incarnation = read.Id<d::IncarnationId>("incarnation", proto.incarnation()),
      .held_seq = proto.held_seq(),
      .first_seq = proto.first_seq(),
      .seq = proto.seq(),
      .hash = read.Hash("hash", proto.hash())};
}

d::Event Decode(const pb::NodeClosed& proto, FieldReader& read) {
  return d::NodeClosed{
      .node = read.Id<d::NodeId>("node", proto.node()),
      .end = read.EnumValue("end", proto.end(), d::NodeEnd::kRetired),
      .incarnation = read.Id<d::IncarnationId>("incarnation", proto.incarnation()),
      .seq = proto.seq(),
      .head = read.OptionalHash("head", proto.head()),
      .by = read.Id<d::OperatorId>("by", proto.by()),
      .second = read.OptionalId<d::OperatorId>("second", proto.second()),
      .document = read.OptionalId<d::DocumentNumber>("document", proto.document())};
}

d::Event Decode(const pb::TailLost& proto, FieldReader& read) {
  d::TailLost event{.node = read.Id<d::NodeId>("node", proto.node()),
                    .incarnations = {},
                    .blanks = read.Serials("blanks", proto.blanks().text()),
                    .leases = {},
                    .boxes = ReadBoxIds("boxes", proto.boxes(), read)};
  for (const std::string& one : proto.incarnations()) {
    event.incarnations.push_back(read.Id<d::IncarnationId>("incarnations", one));
  }
  event.leases = DecodeLeases(proto.leases(), read);
  return event;
}

d::Event Decode(const pb::ClaimsAccepted& proto, FieldReader& read) {
  return d::ClaimsAccepted{
      .node = read.Id<d::NodeId>("node", proto.node()),
      .incarnation = read.Id<d::IncarnationId>("incarnation", proto.incarnation()),
      .seq = proto.seq(),
      .head = read.Hash("head", proto.head()),
      .by = read.Id<d::OperatorId>("by", proto.by()),
      .second = read.Id<d::OperatorId>("second", proto.second()),
      .document = read.Id<d::DocumentNumber>("document", proto.document())};
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
  Scratch<Proto> scratch;
  Proto& proto = *scratch;
  if (!proto.ParseFromArray(payload.data(), static_cast<int>(payload.size()))) {
    return absl::InvalidArgumentError(
        absl::StrCat("bad ", name, ": ", payload.size(), " payload bytes are not such a message"));
  }
  FieldReader read(name);
  d::Event event = Decode(proto, read);
  if (!read.status().ok()) return read.status();
  return event;
}

absl::Status UnknownType(uint32_t type) {
  return absl::UnimplementedError(absl::StrCat(
      "event type ", type, " is not known to this version; the entry is kept as it is"));
}

#define KEPING_EVENT(name) \
  case Type::k##name:      \
    return Unpack<pb::name>(#name, payload)

absl::StatusOr<d::Event> DecodeOfCentre(uint32_t type, absl::string_view payload) {
  switch (static_cast<Type>(type)) {
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
    KEPING_EVENT(OperatorRostered);
    KEPING_EVENT(GrantIssued);
    KEPING_EVENT(ApplicationRequired);
    KEPING_EVENT(LogForked);
    KEPING_EVENT(LogRolledBack);
    KEPING_EVENT(NodeClosed);
    KEPING_EVENT(ClaimsAccepted);
    KEPING_EVENT(TailLost);
    KEPING_EVENT(CaseDecided);
    KEPING_EVENT(DayClosed);
    KEPING_EVENT(NodeHeard);
    KEPING_EVENT(PolicySet);
    KEPING_EVENT(VillageReadinessSet);
    KEPING_EVENT(AbsenceSet);
    KEPING_EVENT(PrinterStated);
    KEPING_EVENT(FiguresReported);
    default:
      return UnknownType(type);
  }
}

absl::StatusOr<d::Event> DecodeOfNode(uint32_t type, absl::string_view payload) {
  switch (static_cast<Type>(type)) {
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
    KEPING_EVENT(BatchOpened);
    KEPING_EVENT(BatchClosed);
    KEPING_EVENT(CancelAsked);
    KEPING_EVENT(Corrected);
    KEPING_EVENT(TestCardPrinted);
    KEPING_EVENT(PrinterMaintained);
    KEPING_EVENT(ConsumableMoved);
    KEPING_EVENT(OverrideGranted);
    KEPING_EVENT(PrinterReleased);
    KEPING_EVENT(PrinterAdopted);
    KEPING_EVENT(SignInTried);
    KEPING_EVENT(PasswordChanged);
    KEPING_EVENT(GrantTried);
    KEPING_EVENT(ShiftOpened);
    KEPING_EVENT(ShiftClosed);
    KEPING_EVENT(DayReported);
    KEPING_EVENT(StockOpened);
    KEPING_EVENT(StockCounted);
    KEPING_EVENT(CardsDestroyed);
    KEPING_EVENT(LateEntryMade);
    KEPING_EVENT(ManifestMade);
    KEPING_EVENT(ManifestHandedOver);
    KEPING_EVENT(CardsAnswered);
    KEPING_EVENT(OfficeDayCorrected);
    KEPING_EVENT(NodeUnlocked);
    KEPING_EVENT(PersonalDataRead);
    KEPING_EVENT(StockRescanned);
    KEPING_EVENT(GenerationMet);
    KEPING_EVENT(BlanksLent);
    KEPING_EVENT(BlankIdentified);
    KEPING_EVENT(PicturesDestroyed);
    KEPING_EVENT(LoanMoved);
    KEPING_EVENT(SupplyMoved);
    KEPING_EVENT(LogGapFound);
    KEPING_EVENT(BoxOpened);
    KEPING_EVENT(BlanksRequested);
    KEPING_EVENT(BlanksRequestAnswered);
    default:
      return UnknownType(type);
  }
}

#undef KEPING_EVENT

}  // namespace

absl::StatusOr<domain::Event> DecodeEvent(uint32_t type, absl::string_view payload) {
  const bool of_centre = type >= kFirstCentralType && type < kFirstLaterNodeType;
  return of_centre ? DecodeOfCentre(type, payload) : DecodeOfNode(type, payload);
}

}  // namespace keping::wire
