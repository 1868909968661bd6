#include "central_node/console/bundle_console.h"

#include <algorithm>
#include <optional>
#include <string>

#include "absl/strings/str_cat.h"
#include "central_node/store/carried_hello.h"
#include "central_node/sync_service/carried_log.h"
#include "central_node/sync_service/node_answer.h"
#include "common/base/status_macros.h"
#include "common/crypto/x509.h"
#include "common/domain/entry.h"
#include "common/wire/field_reader.h"
#include "common/wire/frame_codec.h"
#include "keping/sync/v1/sync.pb.h"

namespace keping::central {
namespace {

namespace v1 = maintenance::v1;

domain::NodeId Centre() { return domain::NodeId::Of(crypto::kCentralNodeId); }

// NotFound with K-247: the incarnation is not enrolled here.
absl::StatusOr<const NodeRow*> SenderOf(const CentralNode& centre, const domain::NodeId& node,
                                        const domain::IncarnationId& incarnation) {
  const auto row = centre.resident().nodes.find(node);
  if (row != centre.resident().nodes.end() && row->second.streams.contains(incarnation)) {
    return &row->second;
  }
  return absl::NotFoundError(absl::StrCat("K-247: this is from ", node.value(), " in incarnation ",
                                          incarnation.value(), ", which is not enrolled here"));
}

class AnswerBundle : public bundle::Outgoing {
 public:
  AnswerBundle(NodeAnswer answer, const sync::Hello& hello, absl::Time made_at)
      : answer_(std::move(answer)),
        node_(hello.node),
        incarnation_(hello.incarnation),
        made_at_(made_at) {}

  absl::StatusOr<std::optional<std::string>> NextUnit() override {
    KEPING_ASSIGN_OR_RETURN(const std::optional<sync::CentreFrame> frame, answer_.Next());
    if (!frame.has_value()) return std::optional<std::string>();
    sync::v1::SessionResponse proto;
    wire::EncodeFrame(*frame, &proto);
    return std::optional<std::string>(proto.SerializeAsString());
  }
  bundle::Manifest manifest() const override {
    bundle::Manifest manifest{.kind = bundle::Kind::kAnswer,
                              .sender = Centre(),
                              .sender_incarnation = {},
                              .sender_key = {},
                              .recipient = node_,
                              .recipient_incarnation = incarnation_,
                              .made_at = made_at_,
                              .generation = answer_.generation().id};
    manifest.head = answer_.held();
    manifest.feed_from = answer_.feed_from();
    manifest.feed_to = answer_.feed_to();
    manifest.generation_order = answer_.generation().order;
    return manifest;
  }
  std::string recipient_key() const override { return answer_.node_key(); }

 private:
  NodeAnswer answer_;
  const domain::NodeId node_;
  const domain::IncarnationId incarnation_;
  const absl::Time made_at_;
};

// What was taken of a log.
v1::BundleImport Imported(const BundleConsole::Ports& ports, const domain::NodeId& node,
                          const domain::IncarnationId& incarnation,
                          const CarriedLogOutcome& outcome) {
  v1::BundleImport imported;
  imported.set_kind(bundle::KindName(bundle::Kind::kLog));
  imported.set_sender(node.value());
  imported.set_entries_new(outcome.entries_new);
  imported.set_entries_known(outcome.entries_known);
  const auto held = ports.node->held(node, incarnation);
  imported.set_held_seq(std::max(outcome.held.seq, held.has_value() ? held->seq : 0));
  for (const std::string& note : outcome.notes) imported.add_notes(note);
  if (outcome.entries_claimed > 0) {
    imported.add_notes(
        absl::StrCat("K-255: ", outcome.entries_claimed,
                     " entries are of a node that was revoked or retired: they are kept as "
                     "claims (keping central claims), and proven to nobody"));
  }
  if (ports.node->resident().nodes.at(node).active != incarnation) {
    imported.add_notes(absl::StrCat("These entries are of ", node.value(),
                                    "'s earlier incarnation ", incarnation.value()));
  }
  return imported;
}

class LogBundle : public rpc::IncomingBundle {
 public:
  LogBundle(const BundleConsole::Ports& ports, const bundle::Manifest& manifest, const NodeRow& row)
      : ports_(ports),
        manifest_(manifest),
        is_active_(row.active == manifest.sender_incarnation),
        sender_key_(row.streams.at(manifest.sender_incarnation).public_key),
        log_({.node = ports.node,
              .verifier = ports.verifier,
              .clock = ports.clock,
              .failed = ports.failed},
             manifest.sender) {}

  const std::string& sender_key() const override { return sender_key_; }

  absl::Status OnUnit(absl::string_view unit) override {
    sync::v1::SessionRequest proto;
    if (!proto.ParseFromArray(unit.data(), static_cast<int>(unit.size()))) {
      return absl::InvalidArgumentError("K-245: the bundle holds a frame that cannot be read");
    }
    KEPING_ASSIGN_OR_RETURN(const sync::NodeFrame frame, wire::DecodeFrame(proto));
    const auto* segment = std::get_if<sync::Segment>(&frame);
    if (segment == nullptr || segment->incarnation != manifest_.sender_incarnation) {
      return absl::InvalidArgumentError("K-245: the bundle holds a frame that no log carries");
    }
    return log_.Take(*segment);
  }

  absl::StatusOr<v1::BundleImport> OnEnd() override {
    KEPING_RETURN_IF_ERROR(KeepHello());
    ports_.hub->Pump();
    return Imported(ports_, manifest_.sender, manifest_.sender_incarnation, log_.outcome());
  }

 private:
  absl::Status KeepHello() {
    if (!is_active_) return absl::OkStatus();
    const absl::Status kept = PutCarriedHello(*ports_.store,
                                              {.node = manifest_.sender,
                                               .incarnation = manifest_.sender_incarnation,
                                               .head = manifest_.head,
                                               .feed_position = manifest_.feed_to,
                                               .feed_state = manifest_.feed_state,
                                               .generation = manifest_.generation,
                                               .software_version = {}},
                                              manifest_.made_at);
    if (!kept.ok()) ports_.failed(kept);
    return kept;
  }

  const BundleConsole::Ports& ports_;
  const bundle::Manifest manifest_;
  const bool is_active_;
  const std::string sender_key_;
  CarriedLog log_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<bundle::Outgoing>> BundleConsole::OpenExport(
    const v1::OpenExportRequest& request) {
  if (request.to_node().empty() || !request.borrow_from().empty() ||
      !request.lent_transfer().empty()) {
    return absl::InvalidArgumentError(
        "to_node: got none, or something that offices send each other, want the node that the "
        "answer is for (keping bundle export --for NODE)");
  }
  wire::FieldReader read("OpenExportRequest");
  const auto node = read.Id<domain::NodeId>("to_node", request.to_node());
  KEPING_RETURN_IF_ERROR(read.status());
  const auto row = ports_.node->resident().nodes.find(node);
  if (row == ports_.node->resident().nodes.end() || row->second.active.empty()) {
    return absl::NotFoundError(absl::StrCat("got node ", node.value(),
                                            ", want one that is enrolled: an answer is sealed "
                                            "to its key, which it makes when it enrols"));
  }
  sync::Hello hello;
  hello.node = node;
  hello.incarnation = row->second.active;
  KEPING_ASSIGN_OR_RETURN(std::optional<sync::Hello> known, ReadCarriedHello(*ports_.store, node));
  if (known.has_value() && known->incarnation == hello.incarnation) hello = *std::move(known);
  if (request.whole_feed()) {
    hello.feed_position = 0;
    hello.generation = {};
  }
  KEPING_ASSIGN_OR_RETURN(
      NodeAnswer answer,
      NodeAnswer::Begin({.node = ports_.node, .signer = ports_.signer, .clock = ports_.clock},
                        hello));
  return std::make_unique<AnswerBundle>(std::move(answer), hello, ports_.clock->Now().wall);
}

absl::StatusOr<std::unique_ptr<rpc::IncomingBundle>> BundleConsole::OpenImport(
    const bundle::Manifest& manifest) {
  if (manifest.kind != bundle::Kind::kLog || manifest.recipient != Centre()) {
    return absl::InvalidArgumentError(
        absl::StrCat("K-246: this is a bundle of kind ", bundle::KindName(manifest.kind), " from ",
                     manifest.sender.value(), " for ", manifest.recipient.value(),
                     ", want a log of a node for the centre"));
  }
  KEPING_ASSIGN_OR_RETURN(const NodeRow* row,
                          SenderOf(*ports_.node, manifest.sender, manifest.sender_incarnation));
  return std::make_unique<LogBundle>(ports_, manifest, *row);
}

absl::StatusOr<v1::BundleImport> BundleConsole::TakeLog(const v1::TakeLogRequest& request) {
  const auto first = domain::ParseEntry(request.entries().empty() ? "" : request.entries(0));
  if (!first.ok()) {
    return absl::InvalidArgumentError(absl::StrCat("K-245: ", first.status().message()));
  }
  const domain::EntryHeader& header = first->header;
  KEPING_RETURN_IF_ERROR(SenderOf(*ports_.node, header.node, header.incarnation).status());
  CarriedLog log({.node = ports_.node,
                  .verifier = ports_.verifier,
                  .clock = ports_.clock,
                  .failed = ports_.failed},
                 header.node);
  KEPING_RETURN_IF_ERROR(log.Take({.incarnation = header.incarnation,
                                   .first_seq = header.seq,
                                   .entries = {request.entries().begin(), request.entries().end()},
                                   .signature = request.signature()}));
  ports_.hub->Pump();
  return Imported(ports_, header.node, header.incarnation, log.outcome());
}

}  // namespace keping::central
