#include "common/wire/feed_codec.h"

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "common/wire/box_codec.h"
#include "common/wire/district_event_codec.h"
#include "common/wire/field_reader.h"
#include "common/wire/scratch.h"
#include "keping/sync/v1/sync.pb.h"

namespace keping::wire {
namespace {

namespace d = ::keping::domain;
namespace pb = ::keping::sync::v1;

void Encode(const d::PrrItem& item, pb::FeedItem& out) {
  pb::PrrItem& proto = *out.mutable_prr();
  proto.set_prr(item.prr.value());
  proto.set_prr_version(item.prr_version);
  proto.set_withdrawn(item.withdrawn);
  proto.set_lease_holder(item.lease_holder.value());
  proto.mutable_lease_epoch()->set_generation_order(item.lease_epoch.generation_order);
  proto.mutable_lease_epoch()->set_counter(item.lease_epoch.counter);
  proto.set_release_requested(item.release_requested);
  proto.set_enrolled_at_micros(absl::ToUnixMicros(item.enrolled_at));
  proto.set_village(item.village.value());
  proto.set_nik_tail(item.nik_tail);
  proto.set_record(item.record);
  if (!item.record_digest.IsZero())
    proto.set_record_digest(std::string(item.record_digest.AsBytes()));
  proto.set_record_size(item.record_size);
  if (item.record_class != d::RecordClass::kFirstCard) {
    proto.set_record_class(static_cast<keping::log::v1::RecordClass>(item.record_class));
  }
  proto.set_destroyed(item.destroyed);
}

void Encode(const d::OperatorItem& item, pb::FeedItem& out) {
  pb::OperatorItem& proto = *out.mutable_operator_();
  proto.set_operator_id(item.operator_id.value());
  for (const d::ApplicationVersion& version : item.certified) {
    proto.add_certified_versions(version.value());
  }
  proto.set_role(static_cast<keping::log::v1::Role>(item.role));
  proto.set_struck_off(!item.active);
  proto.set_verifier(item.verifier);
}

void Encode(const d::TransferItem& item, pb::FeedItem& out) {
  out.mutable_transfer()->set_transfer(item.transfer.value());
  out.mutable_transfer()->mutable_serials()->set_text(item.serials.ToString());
  WriteBoxes(item.boxes, *out.mutable_transfer()->mutable_boxes());
}

void Encode(const d::ActionItem& item, pb::FeedItem& out) {
  pb::ActionItem& proto = *out.mutable_action();
  proto.set_action(item.action.value());
  proto.set_kind(static_cast<keping::log::v1::ActionKind>(item.kind));
  proto.set_case_id(item.case_id.value());
  proto.set_prr(item.prr.value());
  if (item.blank) proto.set_blank(item.blank->text());
}

void Encode(const d::ApplicationItem& item, pb::FeedItem& out) {
  out.mutable_application()->set_required_version(item.required.value());
}

void Encode(const d::GrantKeyItem& item, pb::FeedItem& out) {
  out.mutable_grant_key()->set_key(item.key);
}

void Encode(const d::PolicyItem& item, pb::FeedItem& out) {
  out.mutable_policy()->set_version(item.version);
  WriteStaleness(item.staleness, out.mutable_policy()->mutable_staleness());
}

d::PrrItem Decode(const pb::PrrItem& proto, FieldReader& read) {
  return {.prr = read.Id<d::PrrId>("prr", proto.prr()),
          .prr_version = proto.prr_version(),
          .withdrawn = proto.withdrawn(),
          .lease_holder = read.OptionalId<d::NodeId>("lease_holder", proto.lease_holder()),
          .lease_epoch = {proto.lease_epoch().generation_order(), proto.lease_epoch().counter()},
          .release_requested = proto.release_requested(),
          .enrolled_at = absl::FromUnixMicros(proto.enrolled_at_micros()),
          .village = read.OptionalId<d::VillageCode>("village", proto.village()),
          .nik_tail = proto.nik_tail(),
          .record = proto.record(),
          .record_digest = read.OptionalHash("record_digest", proto.record_digest()),
          .record_size = proto.record_size(),
          .record_class = proto.record_class() == keping::log::v1::RECORD_CLASS_UNSPECIFIED
                              ? d::RecordClass::kFirstCard
                              : read.EnumValue("record_class", proto.record_class(),
                                               d::RecordClass::kReplacement),
          .destroyed = proto.destroyed()};
}

d::OperatorItem Decode(const pb::OperatorItem& proto, FieldReader& read) {
  d::OperatorItem item{.operator_id = read.Id<d::OperatorId>("operator_id", proto.operator_id()),
                       .role = read.OptionalEnum("role", proto.role(), d::Role::kAdministrator),
                       .active = !proto.struck_off(),
                       .verifier = proto.verifier()};
  for (const std::string& version : proto.certified_versions()) {
    item.certified.push_back(read.Id<d::ApplicationVersion>("certified_versions", version));
  }
  // Of a centre that knew no roles.
  if (proto.role() == keping::log::v1::ROLE_UNSPECIFIED) item.role = d::Role::kOperator;
  return item;
}

d::TransferItem Decode(const pb::TransferItem& proto, FieldReader& read) {
  return {.transfer = read.Id<d::TransferId>("transfer", proto.transfer()),
          .serials = read.Serials("serials", proto.serials().text()),
          .boxes = ReadBoxes("boxes", proto.boxes(), read)};
}

d::ActionItem Decode(const pb::ActionItem& proto, FieldReader& read) {
  return {.action = read.Id<d::ActionId>("action", proto.action()),
          .kind = read.EnumValue("kind", proto.kind(), d::ActionKind::kRescanBlank),
          .case_id = read.Id<d::CaseId>("case_id", proto.case_id()),
          .prr = read.OptionalId<d::PrrId>("prr", proto.prr()),
          .blank = read.OptionalBlank("blank", proto.blank())};
}

d::ApplicationItem Decode(const pb::ApplicationItem& proto, FieldReader& read) {
  return {.required = read.Id<d::ApplicationVersion>("required_version", proto.required_version())};
}

d::GrantKeyItem Decode(const pb::GrantKeyItem& proto, FieldReader&) { return {.key = proto.key()}; }

d::PolicyItem Decode(const pb::PolicyItem& proto, FieldReader& read) {
  return {.version = proto.version(),
          .staleness = read.Value("staleness", ReadStaleness(proto.staleness()))};
}

}  // namespace

std::string EncodeFeedItem(const domain::FeedItem& item) {
  pb::FeedItem proto;
  proto.set_key(item.key);
  proto.set_position(item.position);
  proto.set_version(item.version);
  std::visit([&proto](const auto& body) { Encode(body, proto); }, item.body);
  return proto.SerializeAsString();
}

absl::StatusOr<domain::FeedItem> DecodeFeedItem(absl::string_view bytes) {
  Scratch<pb::FeedItem> scratch;
  pb::FeedItem& proto = *scratch;
  if (!proto.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) {
    return absl::InvalidArgumentError(
        absl::StrCat("bad FeedItem: ", bytes.size(), " bytes are not such a message"));
  }
  FieldReader read("FeedItem");
  d::FeedItem item{
      .key = proto.key(), .position = proto.position(), .version = proto.version(), .body = {}};
  switch (proto.body_case()) {
    case pb::FeedItem::kPrr:
      item.body = Decode(proto.prr(), read);
      break;
    case pb::FeedItem::kOperator:
      item.body = Decode(proto.operator_(), read);
      break;
    case pb::FeedItem::kTransfer:
      item.body = Decode(proto.transfer(), read);
      break;
    case pb::FeedItem::kAction:
      item.body = Decode(proto.action(), read);
      break;
    case pb::FeedItem::kApplication:
      item.body = Decode(proto.application(), read);
      break;
    case pb::FeedItem::kGrantKey:
      item.body = Decode(proto.grant_key(), read);
      break;
    case pb::FeedItem::kPolicy:
      item.body = Decode(proto.policy(), read);
      break;
    case pb::FeedItem::BODY_NOT_SET:
      return absl::UnimplementedError("bad FeedItem: its body is of a later version");
  }
  if (!read.status().ok()) return read.status();
  return item;
}

}  // namespace keping::wire
