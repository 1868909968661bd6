#include "edge_node/maintenance/bundles.h"

#include <algorithm>
#include <optional>
#include <string>

#include "absl/strings/str_cat.h"
#include "common/base/status_macros.h"
#include "common/crypto/x509.h"
#include "common/wire/field_reader.h"
#include "common/wire/frame_codec.h"
#include "edge_node/node/carried_answer.h"
#include "keping/sync/v1/sync.pb.h"

namespace keping::edge {
namespace {

namespace v1 = maintenance::v1;

domain::NodeId Centre() { return domain::NodeId::Of(crypto::kCentralNodeId); }

class LogBundle : public bundle::Outgoing {
 public:
  LogBundle(const EdgeNode* node, uint64_t from_seq)
      : node_(*node), first_seq_(from_seq), next_seq_(from_seq), made_at_(node->Now().wall) {}

  absl::StatusOr<std::optional<std::string>> NextUnit() override {
    if (next_seq_ > node_.store().log().head().seq) return std::optional<std::string>();
    KEPING_ASSIGN_OR_RETURN(const sync::Segment segment, node_.SegmentFrom(next_seq_));
    next_seq_ += segment.entries.size();
    sync::v1::SessionRequest proto;
    wire::EncodeFrame(sync::NodeFrame(segment), &proto);
    return std::optional<std::string>(proto.SerializeAsString());
  }

  bundle::Manifest manifest() const override {
    const storage::LogHead& head = node_.store().log().head();
    const FeedCursor& feed = node_.store().feed_cursor();
    bundle::Manifest manifest{.kind = bundle::Kind::kLog,
                              .sender = node_.core().settings().node,
                              .sender_incarnation = node_.identity().incarnation,
                              .sender_key = {},
                              .recipient = Centre(),
                              .recipient_incarnation = {},
                              .made_at = made_at_,
                              .generation = feed.generation};
    if (next_seq_ > first_seq_) {
      manifest.first_seq = first_seq_;
      manifest.last_seq = next_seq_ - 1;
    }
    manifest.head = {head.seq, head.hash};
    manifest.feed_from = manifest.feed_to = node_.wants_whole_feed() ? 0 : feed.position;
    manifest.feed_state = node_.core().catalogue().state();
    manifest.generation_order = feed.generation_order;
    return manifest;
  }

  std::string recipient_key() const override { return node_.identity().centre_public_key; }

 private:
  const EdgeNode& node_;
  const uint64_t first_seq_;
  uint64_t next_seq_;
  const absl::Time made_at_;
};

class AnswerBundle : public rpc::IncomingBundle {
 public:
  AnswerBundle(const EdgeNode* node, CarriedAnswer answer, const std::function<void()>& taken)
      : node_(*node), answer_(std::move(answer)), taken_(taken) {}

  const std::string& sender_key() const override { return node_.identity().centre_public_key; }

  absl::Status OnUnit(absl::string_view unit) override {
    sync::v1::SessionResponse proto;
    if (!proto.ParseFromArray(unit.data(), static_cast<int>(unit.size()))) {
      return absl::InvalidArgumentError("K-245: the bundle holds a frame that cannot be read");
    }
    KEPING_ASSIGN_OR_RETURN(const sync::CentreFrame frame, wire::DecodeFrame(proto));
    return answer_.Take(frame);
  }

  absl::StatusOr<v1::BundleImport> OnEnd() override {
    const AnswerOutcome& outcome = answer_.outcome();
    v1::BundleImport imported;
    imported.set_kind(bundle::KindName(bundle::Kind::kAnswer));
    imported.set_sender(crypto::kCentralNodeId);
    imported.set_proven_seq(node_.core().contact().proven_seq);
    imported.set_receipt_newer(outcome.receipt_newer);
    if (outcome.centre_time > absl::InfinitePast()) {
      imported.set_centre_time_micros(absl::ToUnixMicros(outcome.centre_time));
    }
    imported.set_items_new(outcome.items_new);
    imported.set_feed_position(node_.store().feed_cursor().position);
    for (const std::string& note : outcome.notes) imported.add_notes(note);
    if (outcome.items_new > 0) taken_();
    return imported;
  }

 private:
  const EdgeNode& node_;
  CarriedAnswer answer_;
  const std::function<void()>& taken_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<bundle::Outgoing>> Bundles::OpenExport(
    const v1::OpenExportRequest& request) {
  if (!request.lent_transfer().empty()) return lendings_.OpenSlip(request);
  if (!request.borrow_from().empty()) {
    wire::FieldReader read("OpenExportRequest");
    const auto lender = read.Id<domain::NodeId>("borrow_from", request.borrow_from());
    KEPING_RETURN_IF_ERROR(read.status());
    return lendings_.OpenRequest(lender);
  }
  if ((!request.to_node().empty() && request.to_node() != crypto::kCentralNodeId) ||
      request.whole_feed()) {
    return absl::InvalidArgumentError(
        "to_node, whole_feed: got one, want none: an office exports its log, which is for the "
        "centre. Feeds are exported at the centre");
  }
  const uint64_t head = node_->store().log().head().seq;
  const uint64_t proven = node_->core().contact().proven_seq;
  const uint64_t from = request.from_seq() == 0 ? std::min(proven, head) + 1 : request.from_seq();
  if (from > head + 1) {
    return absl::OutOfRangeError(
        absl::StrCat("from_seq: got ", from, ", want at most ", head + 1, ", where the log ends"));
  }
  return std::make_unique<LogBundle>(node_, from);
}

absl::StatusOr<std::unique_ptr<rpc::IncomingBundle>> Bundles::OpenImport(
    const bundle::Manifest& manifest) {
  if (manifest.kind == bundle::Kind::kRequest || manifest.kind == bundle::Kind::kSlip) {
    return lendings_.OpenImport(manifest);
  }
  const domain::NodeId& self = node_->core().settings().node;
  const bool for_us = manifest.kind == bundle::Kind::kAnswer && manifest.sender == Centre() &&
                      manifest.recipient == self &&
                      manifest.recipient_incarnation == node_->identity().incarnation;
  if (!for_us) {
    return absl::InvalidArgumentError(
        absl::StrCat("K-246: this is a bundle of kind ", bundle::KindName(manifest.kind), " from ",
                     manifest.sender.value(), " for ", manifest.recipient.value(),
                     manifest.recipient_incarnation.empty()
                         ? ""
                         : absl::StrCat(" in incarnation ", manifest.recipient_incarnation.value()),
                     ", want an answer of the centre for ", self.value(), " in incarnation ",
                     node_->identity().incarnation.value()));
  }
  KEPING_ASSIGN_OR_RETURN(
      CarriedAnswer answer,
      CarriedAnswer::Begin(node_, {.generation = manifest.generation,
                                   .generation_order = manifest.generation_order,
                                   .feed_from = manifest.feed_from,
                                   .feed_to = manifest.feed_to}));
  return std::make_unique<AnswerBundle>(node_, std::move(answer), taken_);
}

}  // namespace keping::edge
