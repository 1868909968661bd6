#include "tests/bench/outage_session.h"

#include <memory>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "common/base/status_macros.h"
#include "common/crypto/random.h"
#include "common/crypto/signer.h"
#include "common/wire/feed_codec.h"
#include "tests/support/node_log.h"

namespace keping::bench {
namespace {

constexpr size_t kActBytes = 16;

// What the office's feed told it.
struct Known {
  domain::GenerationId generation;
  uint64_t position = 0;
  crypto::Hash state;
  std::vector<domain::PrrItem> records;
  std::vector<domain::BlankSerial> blanks;
  domain::TransferItem transfer;
};

absl::Status ReadKnown(const central::CentralNode& centre, const domain::NodeId& node,
                       Known& known) {
  known.generation = centre.resident().centre.generation;
  known.position = centre.feed_head(node);
  known.state = centre.feed_state(node);
  KEPING_ASSIGN_OR_RETURN(
      const sync::FeedBatch batch,
      centre.ReadFeed(
          node, 0,
          {.items = sync::kMaxBatchItems, .bytes = sync::kMaxBatchBytes, .with_records = false}));
  for (const std::string& bytes : batch.items) {
    KEPING_ASSIGN_OR_RETURN(domain::FeedItem item, wire::DecodeFeedItem(bytes));
    if (auto* prr = std::get_if<domain::PrrItem>(&item.body)) known.records.push_back(*prr);
    if (auto* transfer = std::get_if<domain::TransferItem>(&item.body)) known.transfer = *transfer;
  }
  known.transfer.serials.ForEach(
      [&known](const domain::BlankSerial& blank) { known.blanks.push_back(blank); });
  if (known.records.empty() || known.records.size() > known.blanks.size()) {
    return absl::FailedPreconditionError(
        absl::StrCat("got a feed with ", known.records.size(), " records and ", known.blanks.size(),
                     " blanks in one transfer, want records and a blank each"));
  }
  return absl::OkStatus();
}

class Office {
 public:
  Office(const edge::NodeKeys& keys, const crypto::Signer& signer, const Known& known)
      : signer_(signer), known_(known), log_(keys.node.value(), keys.incarnation.value()) {}

  void WorkWithoutLink() {
    domain::IncarnationOpened opened;
    opened.public_key = signer_.public_key();
    log_.Add(opened);
    domain::BlanksReceived received;
    received.act = NewAct();
    received.transfer = known_.transfer.transfer;
    received.operator_id = domain::OperatorId::Of(kOperator);
    received.received = known_.transfer.serials;
    log_.Add(received);
    for (size_t i = 0; i < known_.records.size(); ++i) {
      PrintCard(known_.records[i], known_.blanks[i]);
    }
  }

  // They all go out before the first is answered, and so in the first size.
  std::vector<sync::Segment> Segments() const {
    std::vector<sync::Segment> segments;
    for (uint64_t first = 1; first <= log_.size();) {
      uint64_t last = first;
      size_t bytes = log_.entries()[first - 1].size();
      while (last < log_.size() &&
             bytes + log_.entries()[last].size() <= sync::kFirstSegmentBytes) {
        bytes += log_.entries()[last++].size();
      }
      sync::Segment segment = log_.SegmentFrom(first, last);
      segment.signature =
          signer_.Sign(sync::HeadStatement(log_.node(), log_.incarnation(), HeadAt(last)));
      segments.push_back(std::move(segment));
      first = last + 1;
    }
    return segments;
  }

  sync::Hello Hello() const {
    return {.node = log_.node(),
            .incarnation = log_.incarnation(),
            .head = HeadAt(log_.size()),
            .locator = {},
            .feed_position = known_.position,
            .feed_state = known_.state,
            .generation = known_.generation,
            .oldest_unproven = absl::UnixEpoch(),
            .software_version = "bench"};
  }

 private:
  void PrintCard(const domain::PrrItem& record, const domain::BlankSerial& blank) {
    domain::PrintIntended intent;
    intent.act = NewAct();
    intent.prr = record.prr;
    intent.prr_version = record.prr_version;
    intent.blank = blank;
    intent.printer = domain::PrinterId::Of(kPrinter);
    intent.operator_id = domain::OperatorId::Of(kOperator);
    intent.lease_epoch = record.lease_epoch;
    intent.control_position = known_.position;
    intent.control_state = known_.state;
    intent.application_version = domain::ApplicationVersion::Of(kVersion);
    intent.offline = true;
    log_.Add(intent);
    log_.Add(domain::PrintSent{.act = intent.act, .printer_job = 1});
    log_.Add(domain::PrintCompleted{intent.act});
    log_.Add(domain::PrintVerified{intent.act, blank, intent.operator_id});
  }

  sync::Head HeadAt(uint64_t seq) const {
    return {.seq = seq, .hash = domain::HashEntryBytes(log_.entries()[seq - 1])};
  }

  // As a node makes them: so that the centre's rows of jobs lie as scattered.
  static domain::ActId NewAct() {
    return domain::ActId::Of(absl::BytesToHexString(crypto::RandomBytes(kActBytes)));
  }

  const crypto::Signer& signer_;
  const Known& known_;
  testing::NodeLog log_;
};

}  // namespace

absl::StatusOr<RecordedSession> RecordOutage(BenchCentre& centre, const edge::NodeKeys& keys) {
  KEPING_ASSIGN_OR_RETURN(const std::unique_ptr<crypto::Signer> signer,
                          crypto::MakeEd25519Signer(keys.log_seed));
  Known known;
  KEPING_RETURN_IF_ERROR(
      RunOn(centre.core(), [&] { return ReadKnown(centre.node(), keys.node, known); }));
  Office office(keys, *signer, known);
  office.WorkWithoutLink();
  return RecordedSession{.hello = office.Hello(), .segments = office.Segments()};
}

}  // namespace keping::bench
