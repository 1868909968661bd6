#include "central_node/store/fact_codec.h"
#include "common/base/epoch_days.h"
#include "common/wire/box_codec.h"

namespace keping::central {
namespace {

using wire::FieldReader;

void Encode(const domain::LeaseEpoch& epoch, keping::log::v1::LeaseEpoch& out) {
  out.set_generation_order(epoch.generation_order);
  out.set_counter(epoch.counter);
}

domain::LeaseEpoch Decode(const keping::log::v1::LeaseEpoch& proto) {
  return {.generation_order = proto.generation_order(), .counter = proto.counter()};
}

void Encode(const PhoneGrantTerms& terms, pb::PhoneGrantTerms& out) {
  out.set_kind(static_cast<keping::log::v1::GrantKind>(terms.kind));
  out.set_subject(terms.subject.value());
  out.set_day_days(base::ToEpochDays(terms.day));
}

PhoneGrantTerms Decode(const pb::PhoneGrantTerms& proto, FieldReader& read) {
  return {.kind = read.EnumValue("kind", proto.kind(), domain::GrantKind::kForceLease),
          .subject = read.OptionalId<domain::SubjectId>("subject", proto.subject()),
          .day = base::FromEpochDays(proto.day_days())};
}

void EncodeTroubles(const std::map<crypto::Hash, crypto::Hash>& troubles,
                    google::protobuf::RepeatedPtrField<pb::StreamTrouble>* protos) {
  for (const auto& [hash, fact] : troubles) {
    pb::StreamTrouble& trouble = *protos->Add();
    SetBytes(hash, trouble.mutable_hash());
    SetBytes(fact, trouble.mutable_fact());
  }
}

std::map<crypto::Hash, crypto::Hash> DecodeTroubles(
    const char* field, const google::protobuf::RepeatedPtrField<pb::StreamTrouble>& protos,
    FieldReader& read) {
  std::map<crypto::Hash, crypto::Hash> troubles;
  for (const pb::StreamTrouble& trouble : protos) {
    troubles[read.Hash(field, trouble.hash())] = read.Hash(field, trouble.fact());
  }
  return troubles;
}

void EncodeBoxes(const std::set<domain::BoxId>& boxes,
                 google::protobuf::RepeatedPtrField<std::string>& out) {
  for (const domain::BoxId& box : boxes) out.Add(std::string(box.value()));
}

std::set<domain::BoxId> DecodeBoxes(const char* field,
                                    const google::protobuf::RepeatedPtrField<std::string>& protos,
                                    FieldReader& read) {
  const std::vector<domain::BoxId> boxes = wire::ReadBoxIds(field, protos, read);
  return {boxes.begin(), boxes.end()};
}

domain::BlankSerial BlankOrNone(FieldReader& read, const std::string& text) {
  return text.empty() ? domain::BlankSerial() : read.Blank("blank", text);
}

StaleUse Decode(const pb::StaleUse& proto, FieldReader& read) {
  return {.record_class = read.EnumValue("record_class", proto.record_class(),
                                         domain::RecordClass::kReplacement),
          .number = proto.number(),
          .policy_version = proto.policy_version(),
          .granted = proto.granted()};
}

void EncodeStaleGrants(const std::map<domain::ActId, StaleGrant>& grants, pb::StreamHead& out) {
  for (const auto& [act, grant] : grants) {
    pb::StaleGrant& proto = *out.add_stale_grants();
    proto.set_act(act.value());
    proto.set_seq(grant.seq);
    proto.set_record_class(static_cast<keping::log::v1::RecordClass>(grant.record_class));
    proto.set_prints(grant.prints);
    proto.set_policy_version(grant.policy_version);
    proto.set_used(grant.used);
  }
}

StaleGrant Decode(const pb::StaleGrant& proto, FieldReader& read) {
  return {.seq = proto.seq(),
          .record_class = read.EnumValue("record_class", proto.record_class(),
                                         domain::RecordClass::kReplacement),
          .prints = proto.prints(),
          .policy_version = proto.policy_version(),
          .used = proto.used()};
}

}  // namespace

void SetBytes(const crypto::Hash& hash, std::string* out) {
  out->assign(hash.AsBytes().data(), hash.AsBytes().size());
}

void Encode(const FactRef& ref, pb::FactRef& out) {
  SetBytes(ref.id, out.mutable_id());
  out.set_node(ref.node.value());
  out.set_incarnation(ref.incarnation.value());
  out.set_seq(ref.seq);
  out.set_wall_micros(ref.wall_micros);
  out.set_era(ref.era);
  out.set_parted(ref.parted);
}

FactRef Decode(const pb::FactRef& proto, FieldReader& read) {
  return {.id = read.Hash("id", proto.id()),
          .node = read.Id<domain::NodeId>("node", proto.node()),
          .incarnation = read.Id<domain::IncarnationId>("incarnation", proto.incarnation()),
          .seq = proto.seq(),
          .wall_micros = proto.wall_micros(),
          .era = proto.era(),
          .parted = proto.parted()};
}

void Encode(const IntentFact& fact, pb::IntentFact& out) {
  Encode(fact.fact, *out.mutable_fact());
  out.set_prr(fact.prr.value());
  out.set_prr_version(fact.prr_version);
  out.set_blank(fact.blank.text());
  Encode(fact.epoch, *out.mutable_epoch());
  out.set_control_position(fact.control_position);
  out.set_printer(fact.printer.value());
  out.set_operator_id(fact.operator_id.value());
  out.set_application_version(fact.application_version.value());
  out.set_batch(fact.batch.value());
  out.set_office_day_days(base::ToEpochDays(fact.office_day));
  out.set_beyond_duty(fact.beyond_duty);
  if (fact.stale.has_value()) {
    pb::StaleUse& stale = *out.mutable_stale();
    stale.set_record_class(static_cast<keping::log::v1::RecordClass>(fact.stale->record_class));
    stale.set_number(fact.stale->number);
    stale.set_policy_version(fact.stale->policy_version);
    stale.set_granted(fact.stale->granted);
  }
}

IntentFact Decode(const pb::IntentFact& proto, FieldReader& read) {
  IntentFact fact = {
      .fact = Decode(proto.fact(), read),
      .prr = read.Id<domain::PrrId>("prr", proto.prr()),
      .prr_version = proto.prr_version(),
      .blank = read.Blank("blank", proto.blank()),
      .epoch = Decode(proto.epoch()),
      .control_position = proto.control_position(),
      .printer = read.OptionalId<domain::PrinterId>("printer", proto.printer()),
      .operator_id = read.OptionalId<domain::OperatorId>("operator_id", proto.operator_id()),
      .application_version = read.OptionalId<domain::ApplicationVersion>(
          "application_version", proto.application_version()),
      .batch = read.OptionalId<domain::ActId>("batch", proto.batch()),
      .office_day = base::FromEpochDays(proto.office_day_days()),
      .beyond_duty = proto.beyond_duty()};
  if (proto.has_stale()) fact.stale = Decode(proto.stale(), read);
  return fact;
}

void Encode(const OutcomeFact& fact, pb::OutcomeFact& out) {
  Encode(fact.fact, *out.mutable_fact());
  out.set_kind(static_cast<pb::OutcomeKind>(fact.kind));
  out.set_blank(fact.blank.text());
}

OutcomeFact Decode(const pb::OutcomeFact& proto, FieldReader& read) {
  return {.fact = Decode(proto.fact(), read),
          .kind = read.EnumValue("kind", proto.kind(), OutcomeKind::kUnused),
          .blank = BlankOrNone(read, proto.blank())};
}

void Encode(const CorrectionFact& fact, pb::CorrectionFact& out) {
  Encode(fact.fact, *out.mutable_fact());
  SetBytes(fact.event, out.mutable_event());
}

CorrectionFact Decode(const pb::CorrectionFact& proto, FieldReader& read) {
  return {.fact = Decode(proto.fact(), read), .event = read.Hash("event", proto.event())};
}

void Encode(const DispatchFact& fact, pb::DispatchFact& out) {
  Encode(fact.fact, *out.mutable_fact());
  out.set_transfer(fact.transfer.value());
  out.set_node(fact.node.value());
  out.set_from(fact.from.value());
}

DispatchFact Decode(const pb::DispatchFact& proto, FieldReader& read) {
  return {.fact = Decode(proto.fact(), read),
          .transfer = read.Id<domain::TransferId>("transfer", proto.transfer()),
          .node = read.Id<domain::NodeId>("node", proto.node()),
          .from = read.OptionalId<domain::NodeId>("from", proto.from())};
}

void Encode(const ScanFact& fact, pb::ScanFact& out) {
  Encode(fact.fact, *out.mutable_fact());
  out.set_transfer(fact.transfer.value());
  out.set_kind(static_cast<pb::ScanKind>(fact.kind));
  out.set_lent_by(fact.lent_by.value());
}

ScanFact Decode(const pb::ScanFact& proto, FieldReader& read) {
  return {.fact = Decode(proto.fact(), read),
          .transfer = read.OptionalId<domain::TransferId>("transfer", proto.transfer()),
          .kind = read.EnumValue("kind", proto.kind(), ScanKind::kNotFound),
          .lent_by = read.OptionalId<domain::NodeId>("lent_by", proto.lent_by())};
}

void Encode(const SpoilFact& fact, pb::SpoilFact& out) {
  Encode(fact.fact, *out.mutable_fact());
  out.set_act(fact.act.value());
}

SpoilFact Decode(const pb::SpoilFact& proto, FieldReader& read) {
  return {.fact = Decode(proto.fact(), read), .act = read.Id<domain::ActId>("act", proto.act())};
}

void Encode(const OpeningFact& fact, pb::OpeningFact& out) {
  Encode(fact.fact, *out.mutable_fact());
  out.set_act(fact.act.value());
  out.set_pile(static_cast<keping::log::v1::Pile>(fact.pile));
}

OpeningFact Decode(const pb::OpeningFact& proto, FieldReader& read) {
  return {.fact = Decode(proto.fact(), read),
          .act = read.Id<domain::ActId>("act", proto.act()),
          .pile = read.EnumValue("pile", proto.pile(), domain::Pile::kPrinted)};
}

void Encode(const BirthFact& fact, pb::BirthFact& out) {
  Encode(fact.fact, *out.mutable_fact());
  out.set_box(fact.box.value());
}

BirthFact Decode(const pb::BirthFact& proto, FieldReader& read) {
  return {.fact = Decode(proto.fact(), read), .box = read.Id<domain::BoxId>("box", proto.box())};
}

void EncodePlace(const ledger::Place& place, pb::Place& out) {
  out.set_account(static_cast<pb::Account>(place.account));
  out.set_holder(place.holder.value());
}

ledger::Place DecodePlace(const pb::Place& proto, FieldReader& read) {
  return {.account = read.EnumValue("account", proto.account(), ledger::kLastAccount),
          .holder = read.OptionalId<domain::NodeId>("holder", proto.holder())};
}

void Encode(const StepFact& fact, pb::StepFact& out) {
  Encode(fact.fact, *out.mutable_fact());
  out.set_kind(static_cast<pb::StepKind>(fact.kind));
}

StepFact Decode(const pb::StepFact& proto, FieldReader& read) {
  return {.fact = Decode(proto.fact(), read),
          .kind = read.EnumValue("kind", proto.kind(), StepKind::kDestroyed)};
}

void Encode(const LossFact& fact, pb::LossFact& out) {
  Encode(fact.fact, *out.mutable_fact());
  out.set_node(fact.node.value());
  for (const domain::IncarnationId& one : fact.incarnations) out.add_incarnations(one.value());
}

LossFact Decode(const pb::LossFact& proto, FieldReader& read) {
  LossFact fact{.fact = Decode(proto.fact(), read),
                .node = read.Id<domain::NodeId>("node", proto.node()),
                .incarnations = {}};
  for (const std::string& one : proto.incarnations()) {
    fact.incarnations.insert(read.Id<domain::IncarnationId>("incarnations", one));
  }
  return fact;
}

void Encode(const LeaseLossFact& fact, pb::LeaseLossFact& out) {
  Encode(fact.fact, *out.mutable_fact());
  out.set_node(fact.node.value());
  Encode(fact.epoch, *out.mutable_epoch());
}

LeaseLossFact Decode(const pb::LeaseLossFact& proto, FieldReader& read) {
  return {.fact = Decode(proto.fact(), read),
          .node = read.Id<domain::NodeId>("node", proto.node()),
          .epoch = Decode(proto.epoch())};
}

void Encode(const VersionFact& fact, pb::VersionFact& out) {
  Encode(fact.fact, *out.mutable_fact());
  out.set_version(fact.version);
  out.set_village(fact.village.value());
  out.set_enrolled_at_micros(absl::ToUnixMicros(fact.enrolled_at));
  SetBytes(fact.nik_key, out.mutable_nik_key());
  SetBytes(fact.record_digest, out.mutable_record_digest());
  out.set_replaces(fact.replaces.value());
}

VersionFact Decode(const pb::VersionFact& proto, FieldReader& read) {
  return {.fact = Decode(proto.fact(), read),
          .version = proto.version(),
          .village = read.OptionalId<domain::VillageCode>("village", proto.village()),
          .enrolled_at = absl::FromUnixMicros(proto.enrolled_at_micros()),
          .nik_key = read.OptionalHash("nik_key", proto.nik_key()),
          .record_digest = read.OptionalHash("record_digest", proto.record_digest()),
          .replaces = read.OptionalId<domain::PrrId>("replaces", proto.replaces())};
}

void Encode(const WithdrawalFact& fact, pb::WithdrawalFact& out) {
  Encode(fact.fact, *out.mutable_fact());
  out.set_version(fact.version);
  out.set_reason(static_cast<keping::log::v1::WithdrawalReason>(fact.reason));
}

WithdrawalFact Decode(const pb::WithdrawalFact& proto, FieldReader& read) {
  return {.fact = Decode(proto.fact(), read),
          .version = proto.version(),
          .reason = read.EnumValue("reason", proto.reason(),
                                   domain::WithdrawalReason::kPrintedElsewhere)};
}

void Encode(const GrantFact& fact, pb::GrantFact& out) {
  Encode(fact.fact, *out.mutable_fact());
  out.set_node(fact.node.value());
  Encode(fact.epoch, *out.mutable_epoch());
  out.set_forced(fact.forced);
}

GrantFact Decode(const pb::GrantFact& proto, FieldReader& read) {
  return {.fact = Decode(proto.fact(), read),
          .node = read.Id<domain::NodeId>("node", proto.node()),
          .epoch = Decode(proto.epoch()),
          .forced = proto.forced()};
}

void Encode(const ReleaseRequestFact& fact, pb::ReleaseRequestFact& out) {
  Encode(fact.fact, *out.mutable_fact());
  out.set_node(fact.node.value());
  Encode(fact.epoch, *out.mutable_epoch());
  out.set_next_holder(fact.next_holder.value());
}

ReleaseRequestFact Decode(const pb::ReleaseRequestFact& proto, FieldReader& read) {
  return {.fact = Decode(proto.fact(), read),
          .node = read.Id<domain::NodeId>("node", proto.node()),
          .epoch = Decode(proto.epoch()),
          .next_holder = read.OptionalId<domain::NodeId>("next_holder", proto.next_holder())};
}

void Encode(const DestructionFact& fact, pb::DestructionFact& out) {
  Encode(fact.fact, *out.mutable_fact());
}

void Encode(const ReleaseFact& fact, pb::ReleaseFact& out) {
  Encode(fact.fact, *out.mutable_fact());
  Encode(fact.epoch, *out.mutable_epoch());
}

DestructionFact Decode(const pb::DestructionFact& proto, FieldReader& read) {
  return {.fact = Decode(proto.fact(), read)};
}

ReleaseFact Decode(const pb::ReleaseFact& proto, FieldReader& read) {
  return {.fact = Decode(proto.fact(), read), .epoch = Decode(proto.epoch())};
}

void Encode(const FeedMark& mark, pb::FeedMark& out) {
  out.set_node(mark.node.value());
  Encode(mark.epoch, *out.mutable_epoch());
  out.set_position(mark.position);
}

FeedMark Decode(const pb::FeedMark& proto, FieldReader& read) {
  return {.node = read.Id<domain::NodeId>("node", proto.node()),
          .epoch = Decode(proto.epoch()),
          .position = proto.position()};
}

void Encode(const ReceiptFact& fact, pb::ReceiptFact& out) {
  Encode(fact.fact, *out.mutable_fact());
  out.mutable_received()->set_text(fact.received.ToString());
  out.mutable_missing()->set_text(fact.missing.ToString());
  out.mutable_unexpected()->set_text(fact.unexpected.ToString());
  out.set_lent_by(fact.lent_by.value());
  EncodeBoxes(fact.boxes, *out.mutable_boxes());
  EncodeBoxes(fact.missing_boxes, *out.mutable_missing_boxes());
  EncodeBoxes(fact.unexpected_boxes, *out.mutable_unexpected_boxes());
}

ReceiptFact Decode(const pb::ReceiptFact& proto, FieldReader& read) {
  return {.fact = Decode(proto.fact(), read),
          .received = read.Serials("received", proto.received().text()),
          .missing = read.Serials("missing", proto.missing().text()),
          .unexpected = read.Serials("unexpected", proto.unexpected().text()),
          .lent_by = read.OptionalId<domain::NodeId>("lent_by", proto.lent_by()),
          .boxes = DecodeBoxes("boxes", proto.boxes(), read),
          .missing_boxes = DecodeBoxes("missing_boxes", proto.missing_boxes(), read),
          .unexpected_boxes = DecodeBoxes("unexpected_boxes", proto.unexpected_boxes(), read)};
}

void Encode(const TransferDispatchFact& fact, pb::TransferDispatchFact& out) {
  Encode(fact.fact, *out.mutable_fact());
  out.set_node(fact.node.value());
  out.mutable_serials()->set_text(fact.serials.ToString());
  EncodeBoxes(fact.boxes, *out.mutable_boxes());
}

TransferDispatchFact Decode(const pb::TransferDispatchFact& proto, FieldReader& read) {
  return {.fact = Decode(proto.fact(), read),
          .node = read.Id<domain::NodeId>("node", proto.node()),
          .serials = read.Serials("serials", proto.serials().text()),
          .boxes = DecodeBoxes("boxes", proto.boxes(), read)};
}

void Encode(const PhoneGrantIssue& fact, pb::PhoneGrantIssue& out) {
  Encode(fact.fact, *out.mutable_fact());
  Encode(fact.terms, *out.mutable_terms());
  out.set_by(fact.by.value());
}

PhoneGrantIssue Decode(const pb::PhoneGrantIssue& proto, FieldReader& read) {
  return {.fact = Decode(proto.fact(), read),
          .terms = Decode(proto.terms(), read),
          .by = read.Id<domain::OperatorId>("by", proto.by())};
}

void Encode(const PhoneGrantUse& fact, pb::PhoneGrantUse& out) {
  Encode(fact.fact, *out.mutable_fact());
  Encode(fact.terms, *out.mutable_terms());
  out.set_by(fact.by.value());
  out.set_act(fact.act.value());
}

PhoneGrantUse Decode(const pb::PhoneGrantUse& proto, FieldReader& read) {
  return {.fact = Decode(proto.fact(), read),
          .terms = Decode(proto.terms(), read),
          .by = read.Id<domain::OperatorId>("by", proto.by()),
          .act = read.Id<domain::ActId>("act", proto.act())};
}

void Encode(const StreamHead& head, pb::StreamHead& out) {
  out.set_public_key(head.public_key);
  out.set_seq(head.seq);
  if (head.seq > 0) SetBytes(head.hash, out.mutable_hash());
  out.set_skipped(head.skipped);
  out.set_branch_of(head.branch_of.value());
  out.set_branch_seq(head.branch_seq);
  out.set_enrolled_seq(head.enrolled_seq);
  EncodeTroubles(head.forks, out.mutable_forks());
  EncodeTroubles(head.rollbacks, out.mutable_rollbacks());
  for (const auto& [end, fact] : head.ends) {
    pb::StreamEnd& proto = *out.add_ends();
    proto.set_end(static_cast<keping::log::v1::NodeEnd>(end));
    SetBytes(fact, proto.mutable_fact());
  }
  out.set_accepted_seq(head.accepted_seq);
  for (const auto& [seq, day] : head.office_days) {
    pb::OfficeDay& proto = *out.add_office_days();
    proto.set_seq(seq);
    proto.set_day_days(base::ToEpochDays(day));
  }
  out.set_wall_micros(head.wall_micros);
  for (const crypto::Hash& entry : head.clock_jumps) SetBytes(entry, out.add_clock_jumps());
  for (const auto& [fact, seq] : head.gaps) {
    pb::StreamGap& proto = *out.add_gaps();
    SetBytes(fact, proto.mutable_fact());
    proto.set_seq(seq);
  }
  EncodeStaleGrants(head.stale_grants, out);
  out.set_claims_seq(head.claims_seq);
  if (head.claims_seq > 0) SetBytes(head.claims_hash, out.mutable_claims_hash());
}

StreamHead Decode(const pb::StreamHead& proto, FieldReader& read) {
  StreamHead head{
      .public_key = proto.public_key(),
      .seq = proto.seq(),
      .hash = read.OptionalHash("hash", proto.hash()),
      .skipped = proto.skipped(),
      .enrolled_seq = proto.enrolled_seq(),
      .branch_of = read.OptionalId<domain::IncarnationId>("branch_of", proto.branch_of()),
      .branch_seq = proto.branch_seq(),
      .forks = DecodeTroubles("forks", proto.forks(), read),
      .rollbacks = DecodeTroubles("rollbacks", proto.rollbacks(), read),
      .accepted_seq = proto.accepted_seq(),
      .wall_micros = proto.wall_micros(),
      .claims_seq = proto.claims_seq(),
      .claims_hash = read.OptionalHash("claims_hash", proto.claims_hash())};
  for (const pb::StreamEnd& end : proto.ends()) {
    head.ends[read.EnumValue("end", end.end(), domain::NodeEnd::kRetired)] =
        read.Hash("fact", end.fact());
  }
  for (const pb::OfficeDay& day : proto.office_days()) {
    head.office_days[day.seq()] = base::FromEpochDays(day.day_days());
  }
  for (const std::string& entry : proto.clock_jumps()) {
    head.clock_jumps.insert(read.Hash("clock_jumps", entry));
  }
  for (const pb::StreamGap& gap : proto.gaps())
    head.gaps[read.Hash("gaps", gap.fact())] = gap.seq();
  for (const pb::StaleGrant& grant : proto.stale_grants()) {
    head.stale_grants[read.Id<domain::ActId>("stale_grants", grant.act())] = Decode(grant, read);
  }
  return head;
}

}  // namespace keping::central
