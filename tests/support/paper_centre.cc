#include "tests/support/paper_centre.h"

#include <algorithm>
#include <utility>
#include <variant>

#include "absl/strings/str_cat.h"
#include "common/base/check.h"
#include "common/domain/entry.h"
#include "common/wire/event_codec.h"
#include "common/wire/feed_codec.h"

namespace keping::tests {
namespace {

const sync::Generation& TheGeneration() {
  static const auto* const generation = new sync::Generation{domain::GenerationId::Of("g1"), 1};
  return *generation;
}

}  // namespace

std::string FeedKeyOf(const PaperCentre::Body& body) {
  if (const auto* prr = std::get_if<domain::PrrItem>(&body)) return PrrFeedKey(prr->prr);
  if (const auto* person = std::get_if<domain::OperatorItem>(&body)) {
    return OperatorFeedKey(person->operator_id);
  }
  if (const auto* transfer = std::get_if<domain::TransferItem>(&body)) {
    return TransferFeedKey(transfer->transfer);
  }
  if (std::holds_alternative<domain::ApplicationItem>(body)) return domain::ApplicationFeedKey();
  if (std::holds_alternative<domain::GrantKeyItem>(body)) return domain::GrantKeyFeedKey();
  if (std::holds_alternative<domain::PolicyItem>(body)) return domain::PolicyFeedKey();
  return ActionFeedKey(std::get<domain::ActionItem>(body).action);
}

PaperCentre::PaperCentre(domain::NodeId node, const crypto::Signer* signer,
                         const time::Clock* clock)
    : node_(std::move(node)), signer_(signer), clock_(clock) {}

void PaperCentre::Tell(const Body& body) {
  domain::FeedItem& item = feed_[FeedKeyOf(body)];
  item.key = FeedKeyOf(body);
  item.position = ++position_;
  item.version += 1;
  item.body = body;
}

domain::PrrItem PaperCentre::Told(const domain::PrrId& prr) const {
  return std::get<domain::PrrItem>(feed_.at(PrrFeedKey(prr)).body);
}

std::vector<sync::CentreFrame> PaperCentre::Answer(const sync::NodeFrame& frame) {
  if (const auto* hello = std::get_if<sync::Hello>(&frame)) {
    auto answer = session_.OnHello(*hello, Compare(*hello), {position_, feed_state()},
                                   TheGeneration(), clock_->Now().wall);
    if (auto* problem = std::get_if<sync::Problem>(&answer)) return {*problem};
    const auto& welcome = std::get<sync::Welcome>(answer);
    if (entries_.empty() || welcome.problem.has_value()) return {welcome};
    return {welcome, SignedReceipt(held())};
  }
  if (const auto* ack = std::get_if<sync::FeedAck>(&frame)) {
    session_.OnFeedAck(*ack);
    return {};
  }
  return Ingest(std::get<sync::Segment>(frame));
}

// It knows one log, and whether a node comes with another.
sync::Standing PaperCentre::Compare(const sync::Hello& hello) const {
  sync::Standing standing{.held = held(), .common = held(), .problem = std::nullopt};
  if (hello.head.seq < held().seq) {
    standing.problem = sync::Problem{sync::ProblemKind::kRollback, "the node was set back"};
  } else if (hello.head.seq == held().seq && hello.head.hash != held().hash) {
    standing.problem = sync::Problem{sync::ProblemKind::kFork, "the node was cloned"};
  }
  if (standing.problem.has_value()) standing.common = {};
  return standing;
}

std::vector<sync::CentreFrame> PaperCentre::Batches() {
  std::vector<sync::CentreFrame> batches;
  while (session_.MaySendBatch(position_)) {
    std::vector<domain::FeedItem> items;
    for (const auto& [key, item] : feed_) {
      if (item.position > session_.feed_sent()) items.push_back(item);
    }
    std::sort(items.begin(), items.end(),
              [](const auto& a, const auto& b) { return a.position < b.position; });
    if (items.size() > batch_size_) items.resize(batch_size_);
    const uint64_t to = items.back().position;
    const sync::FeedBatch batch = SignedBatch(session_.feed_sent(), to, items, to == position_);
    session_.OnBatchSent(batch);
    batches.push_back(batch);
  }
  return batches;
}

sync::Receipt PaperCentre::SignedReceipt(sync::Head head) const {
  const auto first = domain::ParseEntry(entries_.front());
  sync::Receipt receipt{.node = node_,
                        .incarnation = first->header.incarnation,
                        .head = head,
                        .generation = TheGeneration().id,
                        .centre_time = clock_->Now().wall,
                        .signature = {}};
  receipt.signature = signer_->Sign(sync::ReceiptStatement(receipt));
  return receipt;
}

sync::FeedBatch PaperCentre::SignedBatch(uint64_t from, uint64_t to,
                                         const std::vector<domain::FeedItem>& items,
                                         bool at_head) const {
  sync::FeedBatch batch;
  batch.from = from;
  batch.to = to;
  for (const domain::FeedItem& item : items) batch.items.push_back(wire::EncodeFeedItem(item));
  batch.at_head = at_head;
  if (at_head) batch.state = feed_state();
  Sign(batch);
  return batch;
}

void PaperCentre::Sign(sync::FeedBatch& batch) const {
  batch.signature = signer_->Sign(sync::BatchStatement(node_, batch));
}

std::vector<domain::Event> PaperCentre::events() const {
  std::vector<domain::Event> events;
  for (const std::string& bytes : entries_) {
    const auto entry = domain::ParseEntry(bytes);
    auto event = wire::DecodeEvent(entry->header.type, entry->payload);
    KEPING_CHECK(event.ok(), "a node writes events that this version reads");
    events.push_back(*std::move(event));
  }
  return events;
}

crypto::Hash PaperCentre::feed_state() const {
  domain::FeedState state;
  for (const auto& [key, item] : feed_) state.Apply(key, 0, item.version);
  return state.hash();
}

std::vector<sync::CentreFrame> PaperCentre::Ingest(const sync::Segment& segment) {
  uint64_t seq = segment.first_seq;
  for (const std::string& bytes : segment.entries) {
    const auto entry = domain::ParseEntry(bytes);
    if (!entry.ok() || entry->header.seq != seq || seq > held().seq + 1 ||
        (seq == held().seq + 1 && entry->header.previous != held().hash) ||
        (seq <= held().seq && entries_[seq - 1] != bytes)) {
      complaints_.push_back(absl::StrCat("entry ", seq, " does not fit after ", held().seq));
      return {sync::Problem{sync::ProblemKind::kBadSegment, complaints_.back()}};
    }
    if (seq == held().seq + 1) entries_.push_back(bytes);
    ++seq;
  }
  return {SignedReceipt(held())};
}

sync::Head PaperCentre::held() const {
  if (entries_.empty()) return {};
  return {entries_.size(), domain::HashEntryBytes(entries_.back())};
}

}  // namespace keping::tests
