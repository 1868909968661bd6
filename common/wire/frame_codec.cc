#include "common/wire/frame_codec.h"

#include <string>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/string_view.h"
#include "common/base/utf8.h"
#include "common/domain/entry.h"
#include "common/wire/encoding.h"
#include "common/wire/field_reader.h"
#include "keping/sync/v1/sync.pb.h"

namespace keping::wire {
namespace {

namespace d = ::keping::domain;
namespace s = ::keping::sync;
namespace pb = ::keping::sync::v1;

void EncodePoint(const s::Head& head, pb::LogPoint& proto) {
  proto.set_seq(head.seq);
  proto.set_hash(Raw(head.hash));
}

void EncodeSegment(const s::Segment& segment, pb::Segment& proto) {
  proto.set_incarnation(segment.incarnation.value());
  proto.set_first_seq(segment.first_seq);
  for (const std::string& entry : segment.entries) proto.add_entries(entry);
  proto.set_signature(segment.signature);
}

void EncodeReceipt(const s::Receipt& frame, pb::Receipt& proto) {
  proto.set_node(frame.node.value());
  proto.set_incarnation(frame.incarnation.value());
  proto.set_seq(frame.head.seq);
  proto.set_hash(Raw(frame.head.hash));
  proto.set_generation(frame.generation.value());
  proto.set_signature(frame.signature);
  proto.set_centre_time_micros(absl::ToUnixMicros(frame.centre_time));
}

void EncodeProblem(const s::Problem& problem, pb::Problem& proto) {
  proto.set_kind(static_cast<pb::ProblemKind>(problem.kind));
  proto.set_detail(problem.detail);
}

void Encode(const s::Hello& frame, pb::SessionRequest& out) {
  pb::Hello& proto = *out.mutable_hello();
  proto.set_node(frame.node.value());
  proto.set_incarnation(frame.incarnation.value());
  proto.set_head_seq(frame.head.seq);
  proto.set_head_hash(Raw(frame.head.hash));
  proto.set_feed_position(frame.feed_position);
  proto.set_feed_state(Raw(frame.feed_state));
  proto.set_generation(frame.generation.value());
  proto.set_protocol_min(frame.protocol_min);
  proto.set_protocol_max(frame.protocol_max);
  proto.set_software_version(frame.software_version);
  if (frame.oldest_unproven != absl::InfiniteFuture()) {
    proto.set_oldest_unproven_micros(absl::ToUnixMicros(frame.oldest_unproven));
  }
  proto.set_locator(absl::StrJoin(frame.locator, ""));
}

void Encode(const s::Segment& frame, pb::SessionRequest& out) {
  EncodeSegment(frame, *out.mutable_segment());
}

void Encode(const s::FeedAck& frame, pb::SessionRequest& out) {
  out.mutable_feed_ack()->set_position(frame.position);
}

void Encode(const s::RecordWanted& frame, pb::SessionRequest& out) {
  pb::RecordWanted& proto = *out.mutable_record_wanted();
  proto.set_prr(frame.prr.value());
  proto.set_digest(Whole(frame.digest));
  proto.set_offset(frame.offset);
  proto.set_size(frame.size);
}

void Encode(const s::Admitted&, pb::SessionResponse& out) { out.mutable_admitted(); }

void Encode(const s::RecordPart& frame, pb::SessionResponse& out) {
  pb::RecordPart& proto = *out.mutable_record_part();
  proto.set_prr(frame.prr.value());
  proto.set_digest(Whole(frame.digest));
  proto.set_offset(frame.offset);
  proto.set_bytes(frame.bytes);
  proto.set_gone(frame.gone);
}

void Encode(const s::CentreSetBack& frame, pb::SessionRequest& out) {
  pb::CentreSetBack& proto = *out.mutable_centre_set_back();
  proto.set_generation(frame.generation.value());
  proto.set_generation_order(frame.generation_order);
  if (frame.receipt.has_value()) EncodeReceipt(*frame.receipt, *proto.mutable_receipt());
}

void Encode(const s::TailWanted& frame, pb::SessionRequest& out) {
  out.mutable_tail_wanted()->set_first_seq(frame.first_seq);
}

void Encode(const s::Welcome& frame, pb::SessionResponse& out) {
  pb::Welcome& proto = *out.mutable_welcome();
  proto.set_held_seq(frame.held.seq);
  proto.set_held_hash(Raw(frame.held.hash));
  proto.set_generation(frame.generation.value());
  proto.set_generation_order(frame.generation_order);
  proto.set_unheard(frame.unheard);
  proto.set_wait(frame.wait);
  proto.set_protocol(frame.protocol);
  proto.set_feed_from(frame.feed_from);
  proto.set_centre_time_micros(absl::ToUnixMicros(frame.centre_time));
  if (frame.common.seq > 0) EncodePoint(frame.common, *proto.mutable_common());
  if (frame.problem.has_value()) EncodeProblem(*frame.problem, *proto.mutable_problem());
}

void Encode(const s::Receipt& frame, pb::SessionResponse& out) {
  EncodeReceipt(frame, *out.mutable_receipt());
}

void Encode(const s::FeedBatch& frame, pb::SessionResponse& out) {
  pb::FeedBatch& proto = *out.mutable_feed_batch();
  proto.set_from(frame.from);
  proto.set_to(frame.to);
  for (const std::string& item : frame.items) proto.add_items(item);
  proto.set_at_head(frame.at_head);
  proto.set_state(Raw(frame.state));
  proto.set_signature(frame.signature);
}

void Encode(const s::Problem& frame, pb::SessionResponse& out) {
  EncodeProblem(frame, *out.mutable_problem());
}

void Encode(const s::LogTail& frame, pb::SessionResponse& out) {
  EncodeSegment(frame.segment, *out.mutable_log_tail()->mutable_segment());
}

s::Head GetHead(uint64_t seq, const std::string& hash, FieldReader& read) {
  return {seq, read.OptionalHash("hash", hash)};
}

s::Hello Decode(const pb::Hello& proto, FieldReader& read) {
  s::Hello hello{.node = read.Id<d::NodeId>("node", proto.node()),
                 .incarnation = read.Id<d::IncarnationId>("incarnation", proto.incarnation()),
                 .head = GetHead(proto.head_seq(), proto.head_hash(), read),
                 .feed_position = proto.feed_position(),
                 .feed_state = read.OptionalHash("feed_state", proto.feed_state()),
                 .generation = read.OptionalId<d::GenerationId>("generation", proto.generation()),
                 .oldest_unproven = proto.oldest_unproven_micros() == 0
                                        ? absl::InfiniteFuture()
                                        : absl::FromUnixMicros(proto.oldest_unproven_micros()),
                 .protocol_min = proto.protocol_min(),
                 .protocol_max = proto.protocol_max(),
                 .software_version = std::string(base::Utf8Prefix(proto.software_version(), 64))};
  for (const pb::LogPoint& point : proto.locator_points()) {
    if (hello.locator.size() == s::kMaxLocator || point.hash().size() < s::kLocatorHashBytes) break;
    hello.locator.push_back(point.hash().substr(0, s::kLocatorHashBytes));
  }
  for (absl::string_view rest = proto.locator();
       rest.size() >= s::kLocatorHashBytes && hello.locator.size() < s::kMaxLocator;
       rest.remove_prefix(s::kLocatorHashBytes)) {
    hello.locator.emplace_back(rest.substr(0, s::kLocatorHashBytes));
  }
  return hello;
}

s::Segment Decode(const pb::Segment& proto, FieldReader& read) {
  return {.incarnation = read.Id<d::IncarnationId>("incarnation", proto.incarnation()),
          .first_seq = proto.first_seq(),
          .entries = {proto.entries().begin(), proto.entries().end()},
          .signature = proto.signature()};
}

s::Problem Decode(const pb::Problem& proto, FieldReader& read) {
  return {.kind = read.EnumValue("kind", proto.kind(), s::ProblemKind::kClosed),
          .detail = std::string(base::Utf8Prefix(proto.detail(), 1024))};
}

s::Welcome Decode(const pb::Welcome& proto, FieldReader& read) {
  return {
      .held = GetHead(proto.held_seq(), proto.held_hash(), read),
      .common = GetHead(proto.common().seq(), proto.common().hash(), read),
      .problem = proto.has_problem() ? std::optional(Decode(proto.problem(), read)) : std::nullopt,
      .generation = read.Id<d::GenerationId>("generation", proto.generation()),
      .generation_order = proto.generation_order(),
      .unheard = proto.unheard(),
      .wait = proto.wait(),
      .protocol = proto.protocol(),
      .feed_from = proto.feed_from(),
      .centre_time = absl::FromUnixMicros(proto.centre_time_micros())};
}

s::Receipt Decode(const pb::Receipt& proto, FieldReader& read) {
  return {.node = read.Id<d::NodeId>("node", proto.node()),
          .incarnation = read.Id<d::IncarnationId>("incarnation", proto.incarnation()),
          .head = GetHead(proto.seq(), proto.hash(), read),
          .generation = read.Id<d::GenerationId>("generation", proto.generation()),
          .centre_time = absl::FromUnixMicros(proto.centre_time_micros()),
          .signature = proto.signature()};
}

s::RecordWanted Decode(const pb::RecordWanted& proto, FieldReader& read) {
  return {.prr = read.Id<d::PrrId>("prr", proto.prr()),
          .digest = read.Hash("digest", proto.digest()),
          .offset = proto.offset(),
          .size = proto.size()};
}

s::RecordPart Decode(const pb::RecordPart& proto, FieldReader& read) {
  return {.prr = read.Id<d::PrrId>("prr", proto.prr()),
          .digest = read.Hash("digest", proto.digest()),
          .offset = proto.offset(),
          .bytes = proto.bytes(),
          .gone = proto.gone()};
}

s::CentreSetBack Decode(const pb::CentreSetBack& proto, FieldReader& read) {
  return {
      .generation = read.OptionalId<d::GenerationId>("generation", proto.generation()),
      .generation_order = proto.generation_order(),
      .receipt = proto.has_receipt() ? std::optional(Decode(proto.receipt(), read)) : std::nullopt};
}

s::FeedBatch Decode(const pb::FeedBatch& proto, FieldReader& read) {
  return {.from = proto.from(),
          .to = proto.to(),
          .items = {proto.items().begin(), proto.items().end()},
          .at_head = proto.at_head(),
          .state = read.OptionalHash("state", proto.state()),
          .signature = proto.signature()};
}

absl::Status CheckUnit(const char* unit, int count, size_t max_count, size_t bytes) {
  if (static_cast<size_t>(count) <= max_count && bytes <= kMaxUnitBytes) return absl::OkStatus();
  return absl::InvalidArgumentError(absl::StrCat("bad ", unit, ": got ", count, " parts in ", bytes,
                                                 " bytes, want at most ", max_count, " parts in ",
                                                 kMaxUnitBytes, " bytes"));
}

template <typename Frame>
absl::StatusOr<Frame> Checked(Frame frame, const FieldReader& read) {
  if (!read.status().ok()) return read.status();
  return frame;
}

}  // namespace

void EncodeFrame(const sync::NodeFrame& frame, sync::v1::SessionRequest* proto) {
  std::visit([proto](const auto& alternative) { Encode(alternative, *proto); }, frame);
}

void EncodeFrame(const sync::CentreFrame& frame, sync::v1::SessionResponse* proto) {
  std::visit([proto](const auto& alternative) { Encode(alternative, *proto); }, frame);
}

absl::StatusOr<sync::NodeFrame> DecodeFrame(const sync::v1::SessionRequest& proto) {
  FieldReader read("SessionRequest");
  switch (proto.frame_case()) {
    case pb::SessionRequest::kHello:
      return Checked<s::NodeFrame>(Decode(proto.hello(), read), read);
    case pb::SessionRequest::kSegment: {
      absl::Status status = CheckUnit("segment", proto.segment().entries_size(),
                                      s::kMaxSegmentEntries, proto.ByteSizeLong());
      if (!status.ok()) return status;
      return Checked<s::NodeFrame>(Decode(proto.segment(), read), read);
    }
    case pb::SessionRequest::kFeedAck:
      return s::FeedAck{proto.feed_ack().position()};
    case pb::SessionRequest::kTailWanted:
      return s::TailWanted{proto.tail_wanted().first_seq()};
    case pb::SessionRequest::kRecordWanted:
      return Checked<s::NodeFrame>(Decode(proto.record_wanted(), read), read);
    case pb::SessionRequest::kCentreSetBack:
      return Checked<s::NodeFrame>(Decode(proto.centre_set_back(), read), read);
    case pb::SessionRequest::FRAME_NOT_SET:
      break;
  }
  return absl::InvalidArgumentError("bad SessionRequest: got no frame known to this version");
}

absl::StatusOr<sync::CentreFrame> DecodeFrame(const sync::v1::SessionResponse& proto) {
  FieldReader read("SessionResponse");
  switch (proto.frame_case()) {
    case pb::SessionResponse::kWelcome:
      return Checked<s::CentreFrame>(Decode(proto.welcome(), read), read);
    case pb::SessionResponse::kReceipt:
      return Checked<s::CentreFrame>(Decode(proto.receipt(), read), read);
    case pb::SessionResponse::kFeedBatch: {
      absl::Status status = CheckUnit("feed batch", proto.feed_batch().items_size(),
                                      s::kMaxBatchItems, proto.ByteSizeLong());
      if (!status.ok()) return status;
      return Checked<s::CentreFrame>(Decode(proto.feed_batch(), read), read);
    }
    case pb::SessionResponse::kProblem:
      return Checked<s::CentreFrame>(Decode(proto.problem(), read), read);
    case pb::SessionResponse::kLogTail: {
      const pb::Segment& segment = proto.log_tail().segment();
      absl::Status status = CheckUnit("log tail", segment.entries_size(), s::kMaxSegmentEntries,
                                      proto.ByteSizeLong());
      if (!status.ok()) return status;
      return Checked<s::CentreFrame>(s::LogTail{Decode(segment, read)}, read);
    }
    case pb::SessionResponse::kAdmitted:
      return s::Admitted();
    case pb::SessionResponse::kRecordPart: {
      absl::Status status = CheckUnit("record part", 1, 1, proto.ByteSizeLong());
      if (!status.ok()) return status;
      return Checked<s::CentreFrame>(Decode(proto.record_part(), read), read);
    }
    case pb::SessionResponse::FRAME_NOT_SET:
      break;
  }
  return absl::InvalidArgumentError("bad SessionResponse: got no frame known to this version");
}

}  // namespace keping::wire
