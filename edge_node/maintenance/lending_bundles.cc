#include "edge_node/maintenance/lending_bundles.h"

#include <optional>

#include "absl/strings/str_cat.h"
#include "common/base/status_macros.h"
#include "common/bundle/sender_proof.h"
#include "common/domain/entry.h"
#include "common/wire/event_codec.h"
#include "common/wire/field_reader.h"
#include "common/wire/frame_codec.h"
#include "keping/sync/v1/sync.pb.h"

namespace keping::edge {
namespace {

namespace v1 = maintenance::v1;

// One unit, or none.
class Prepared : public bundle::Outgoing {
 public:
  Prepared(bundle::Manifest manifest, std::string recipient_key, std::optional<std::string> unit)
      : manifest_(std::move(manifest)),
        recipient_key_(std::move(recipient_key)),
        unit_(std::move(unit)) {}

  absl::StatusOr<std::optional<std::string>> NextUnit() override {
    return std::exchange(unit_, std::nullopt);
  }
  bundle::Manifest manifest() const override { return manifest_; }
  std::string recipient_key() const override { return recipient_key_; }

 private:
  const bundle::Manifest manifest_;
  const std::string recipient_key_;
  std::optional<std::string> unit_;
};

absl::Status BadSlip(absl::string_view why) {
  return absl::InvalidArgumentError(absl::StrCat(
      "K-245: the slip holds something else than one lending that its office signed: ", why,
      ". Have it exported again"));
}

// The lending in the one entry of a segment that `manifest`'s sender signed.
absl::StatusOr<domain::BlanksLent> ReadLending(const sync::Segment& segment,
                                               const bundle::Manifest& manifest,
                                               const crypto::Verifier& verifier) {
  if (segment.entries.size() != 1) return BadSlip("not one entry");
  const std::string& bytes = segment.entries.front();
  const sync::Head head{segment.first_seq, domain::HashEntryBytes(bytes)};
  const bool is_signed = verifier.Verify(
      manifest.sender_key, sync::HeadStatement(manifest.sender, manifest.sender_incarnation, head),
      segment.signature);
  if (!is_signed) return BadSlip("its signature");
  const absl::StatusOr<domain::Entry> entry = domain::ParseEntry(bytes);
  if (!entry.ok()) return BadSlip(entry.status().message());
  const domain::EntryHeader& header = entry->header;
  if (header.node != manifest.sender || header.incarnation != manifest.sender_incarnation ||
      header.seq != segment.first_seq) {
    return BadSlip("an entry of another log");
  }
  const absl::StatusOr<domain::Event> event = wire::DecodeEvent(header.type, entry->payload);
  if (!event.ok()) return BadSlip(event.status().message());
  const auto* lent = std::get_if<domain::BlanksLent>(&*event);
  if (lent == nullptr || lent->to != manifest.recipient) return BadSlip("another act");
  return *lent;
}

class SlipBundle : public rpc::IncomingBundle {
 public:
  SlipBundle(EdgeNode* node, bundle::Manifest manifest)
      : node_(*node), manifest_(std::move(manifest)) {}

  const std::string& sender_key() const override { return manifest_.sender_key; }

  absl::Status OnUnit(absl::string_view unit) override {
    sync::v1::SessionRequest proto;
    if (!proto.ParseFromArray(unit.data(), static_cast<int>(unit.size()))) {
      return BadSlip("a frame that cannot be read");
    }
    KEPING_ASSIGN_OR_RETURN(const sync::NodeFrame frame, wire::DecodeFrame(proto));
    const auto* segment = std::get_if<sync::Segment>(&frame);
    if (segment == nullptr) return BadSlip("another frame");
    KEPING_ASSIGN_OR_RETURN(domain::BlanksLent lent,
                            ReadLending(*segment, manifest_, *node_.identity().verifier));
    imported_.set_transfer(lent.transfer.value());
    imported_.set_blanks(lent.blanks.size());
    KEPING_ASSIGN_OR_RETURN(const bool is_new, node_.TakeSlip({.transfer = lent.transfer,
                                                               .from = manifest_.sender,
                                                               .blanks = lent.blanks}));
    if (node_.core().Received(lent.transfer)) {
      imported_.add_notes("They were scanned here already");
    } else if (!is_new) {
      imported_.add_notes("The slip was here already; what it names is still to be scanned");
    }
    return absl::OkStatus();
  }

  absl::StatusOr<v1::BundleImport> OnEnd() override {
    imported_.set_kind(bundle::KindName(manifest_.kind));
    imported_.set_sender(manifest_.sender.value());
    return imported_;
  }

 private:
  EdgeNode& node_;
  const bundle::Manifest manifest_;
  v1::BundleImport imported_;
};

}  // namespace

absl::StatusOr<bundle::Manifest> LendingBundles::Draft(bundle::Kind kind,
                                                       const domain::NodeId& recipient) const {
  const OfficePapers papers = papers_();
  const EdgeIdentity& identity = node_->identity();
  const domain::NodeId& self = node_->core().settings().node;
  KEPING_ASSIGN_OR_RETURN(std::string proof,
                          bundle::MakeKeyProof(papers.key, {self, identity.incarnation,
                                                            identity.signer->public_key()}));
  bundle::Manifest manifest{.kind = kind,
                            .sender = self,
                            .sender_incarnation = identity.incarnation,
                            .sender_key = identity.signer->public_key(),
                            .recipient = recipient,
                            .recipient_incarnation = {},
                            .made_at = node_->Now().wall,
                            .generation = {}};
  const storage::LogHead& head = node_->store().log().head();
  manifest.head = {head.seq, head.hash};
  manifest.certificate = papers.certificate;
  manifest.key_proof = std::move(proof);
  return manifest;
}

absl::StatusOr<std::unique_ptr<bundle::Outgoing>> LendingBundles::OpenRequest(
    const domain::NodeId& lender) const {
  KEPING_ASSIGN_OR_RETURN(bundle::Manifest manifest, Draft(bundle::Kind::kRequest, lender));
  // There is nothing inside to be sealed from anybody.
  std::string own_key = manifest.sender_key;
  return std::make_unique<Prepared>(std::move(manifest), std::move(own_key), std::nullopt);
}

absl::Status LendingBundles::CheckRequest(const bundle::Manifest& asked,
                                          const Lending& lent) const {
  const domain::NodeId& self = node_->core().settings().node;
  if (asked.kind != bundle::Kind::kRequest || asked.recipient != self || asked.sender != lent.to) {
    return absl::InvalidArgumentError(absl::StrCat(
        "K-246: this is a ", bundle::KindName(asked.kind), " from ", asked.sender.value(), " for ",
        asked.recipient.value(), ", want a request from ", lent.to.value(), " for ", self.value(),
        ": what was lent to ", lent.to.value(), " is sealed to the key in its request"));
  }
  return bundle::CheckSender(asked, papers_().authority);
}

absl::StatusOr<std::unique_ptr<bundle::Outgoing>> LendingBundles::OpenSlip(
    const v1::OpenExportRequest& request) const {
  wire::FieldReader read("OpenExportRequest");
  const auto transfer = read.Id<domain::TransferId>("lent_transfer", request.lent_transfer());
  KEPING_RETURN_IF_ERROR(read.status());
  const Lending* lent = node_->core().lendings().Given(transfer);
  if (lent == nullptr || lent->seq == 0) {
    return absl::NotFoundError(absl::StrCat(
        "K-268: ", lent == nullptr ? "nothing was lent here" : "an earlier incarnation lent",
        " under number ", transfer.value(),
        lent == nullptr ? ". keping edge stock lendings lists the numbers"
                        : ". The other office receives it by the number on its paper"));
  }
  if (request.request_manifest().size() > bundle::kMaxManifestBytes) {
    return absl::InvalidArgumentError("K-245: the request is larger than any request");
  }
  KEPING_ASSIGN_OR_RETURN(const bundle::Manifest asked,
                          bundle::ParseManifest(request.request_manifest()));
  KEPING_RETURN_IF_ERROR(CheckRequest(asked, *lent));
  KEPING_RETURN_IF_ERROR(bundle::CheckSignature(request.request_manifest(),
                                                request.request_signature(), asked.sender_key,
                                                *node_->identity().verifier));
  KEPING_ASSIGN_OR_RETURN(bundle::Manifest manifest, Draft(bundle::Kind::kSlip, lent->to));
  manifest.recipient_incarnation = asked.sender_incarnation;
  manifest.first_seq = manifest.last_seq = lent->seq;
  KEPING_ASSIGN_OR_RETURN(const sync::Segment segment,
                          node_->SegmentFrom(lent->seq, /*max_entries=*/1));
  sync::v1::SessionRequest proto;
  wire::EncodeFrame(sync::NodeFrame(segment), &proto);
  return std::make_unique<Prepared>(std::move(manifest), asked.sender_key,
                                    proto.SerializeAsString());
}

absl::StatusOr<std::unique_ptr<rpc::IncomingBundle>> LendingBundles::OpenImport(
    const bundle::Manifest& manifest) {
  const domain::NodeId& self = node_->core().settings().node;
  if (manifest.kind == bundle::Kind::kRequest) {
    return absl::InvalidArgumentError(absl::StrCat(
        "K-246: this is a request of ", manifest.sender.value(), " for blanks of ",
        manifest.recipient.value(), ", which is not imported: lend (keping edge stock lend ",
        manifest.sender.value(),
        " …), and name the file in keping bundle export --slip NUMBER --request FILE"));
  }
  if (manifest.recipient != self ||
      manifest.recipient_incarnation != node_->identity().incarnation) {
    return absl::InvalidArgumentError(absl::StrCat(
        "K-246: this is a slip from ", manifest.sender.value(), " for ", manifest.recipient.value(),
        " in incarnation ", manifest.recipient_incarnation.value(), ", want one for ", self.value(),
        " in incarnation ", node_->identity().incarnation.value(),
        ". Of an earlier incarnation: send a new request"));
  }
  KEPING_RETURN_IF_ERROR(bundle::CheckSender(manifest, papers_().authority));
  return std::make_unique<SlipBundle>(node_, manifest);
}

}  // namespace keping::edge
