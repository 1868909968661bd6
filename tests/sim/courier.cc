#include "tests/sim/courier.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "central_node/store/carried_hello.h"
#include "central_node/sync_service/carried_log.h"
#include "central_node/sync_service/node_answer.h"

namespace keping::sim {
namespace {

constexpr char kRepeated[] = "a repeated stick";
constexpr char kTaken[] = "a stick is taken";
constexpr Micros kTryAgain = kHour;

// Of the centre that countersigned this node's log last.
domain::GenerationId ReceiptGeneration(const edge::EdgeNode& node) {
  const std::optional<sync::Receipt>& receipt = node.store().last_receipt();
  return receipt.has_value() ? receipt->generation : domain::GenerationId();
}

}  // namespace

void Courier::Round(Micros span) {
  for (const Way& way : ways_) {
    if (way.office->node() == nullptr || !world_.plan().courier.Strikes(prng_, span)) continue;
    // With a link some carry a stick all the same.
    if (way.link->line_up() && !prng_.Chance(1, 4)) continue;
    world_.Count("stick");
    Send(Pack(*way.office));
  }
}

Courier::LogStick Courier::Pack(Office& office) {
  const edge::EdgeNode& node = *office.node();
  const storage::LogHead& head = node.store().log().head();
  const edge::FeedCursor& feed = node.store().feed_cursor();
  LogStick stick{.office = &office,
                 .hello = {.node = office.id(),
                           .incarnation = node.identity().incarnation,
                           .head = {head.seq, head.hash},
                           .feed_position = node.wants_whole_feed() ? 0 : feed.position,
                           .feed_state = node.core().catalogue().state(),
                           .generation = feed.generation,
                           .software_version = {}},
                 .segments = {},
                 .made_at = node.Now().wall};
  uint64_t next = std::min(node.core().contact().proven_seq, head.seq) + 1;
  if (prng_.Chance(1, 6)) next = prng_.Between(1, static_cast<int64_t>(next));
  // Some carry only what is new since the last stick, and that one may be lost.
  uint64_t& packed_up_to = packed_up_to_[stick.hello.incarnation];
  if (packed_up_to >= next && prng_.Chance(1, 3)) next = packed_up_to + 1;
  packed_up_to = head.seq;
  while (next <= head.seq) {
    auto segment = node.SegmentFrom(next);
    if (!segment.ok()) break;
    next += segment->entries.size();
    stick.segments.push_back(*std::move(segment));
  }
  if (!stick.segments.empty() && prng_.Chance(1, 10)) {
    world_.Count("stick_part_missing");
    const auto part = static_cast<ptrdiff_t>(prng_.Below(stick.segments.size()));
    stick.segments.erase(stick.segments.begin() + part);
  }
  return stick;
}

template <typename Stick>
void Courier::Send(const Stick& stick) {
  if (prng_.Chance(1, 5)) return world_.Count("stick_lost");
  const auto on_its_way = [this] {
    // Some lie in a drawer for days.
    return prng_.Chance(1, 4) ? prng_.Between(kDay, 5 * kDay) : prng_.Between(kHour, 12 * kHour);
  };
  Later(stick, on_its_way());
  if (!prng_.Chance(1, 4)) return;
  world_.Count("stick_twice");
  Later(stick, on_its_way());
}

// ---- A log at the centre.

bool Courier::LeavesHole(const LogStick& stick, uint64_t held) {
  uint64_t next = held + 1;
  for (const sync::Segment& segment : stick.segments) {
    if (segment.first_seq > next) return true;
    next = std::max(next, segment.first_seq + segment.entries.size());
  }
  return false;
}

// What is missing before a part of the log is a case, from the moment on.
void Courier::CheckHole(const LogStick& stick) {
  world_.Count("stick_hole");
  const CaseOf gap{domain::CaseKind::kLogGap,
                   absl::StrCat(stick.hello.node.value(), "\n", stick.hello.incarnation.value())};
  const bool ended = chronicle_.office(stick.office->index()).end.has_value();
  if (ended || chronicle_.HasCase(gap)) return;
  world_.Break("shown by a case", absl::StrCat("a stick of ", stick.hello.node.value(),
                                               " left a gap, and no case says so"));
}

absl::Status Courier::TakeAtCentre(const LogStick& stick) {
  central::CarriedLog log({.node = centre_.node(),
                           .verifier = centre_.keys().verifier,
                           .clock = &centre_.clock(),
                           .failed = [this](const absl::Status&) { centre_.Failed(); }},
                          stick.hello.node);
  const uint64_t before = centre_.node()->log_head().seq;
  for (const sync::Segment& segment : stick.segments) {
    const absl::Status taken = log.Take(segment);
    if (!taken.ok()) return taken;
  }
  const bool nothing_new = log.outcome().entries_new == 0 && log.outcome().entries_claimed == 0;
  if (nothing_new && centre_.node()->log_head().seq != before) {
    world_.Break(kRepeated, absl::StrCat("a stick of ", stick.hello.node.value(),
                                         " brought nothing new, and the centre wrote something"));
  }
  if (log.outcome().entries_new > 0) world_.Count("stick_news");
  const absl::Status kept = central::PutCarriedHello(centre_.store(), stick.hello, stick.made_at);
  if (!kept.ok()) centre_.Failed();
  return kept;
}

void Courier::Arrive(const LogStick& stick) {
  if (!centre_.listening()) return Later(stick, kTryAgain);
  const auto held = centre_.node()->held(stick.hello.node, stick.hello.incarnation);
  // An office that is not enrolled: the stick is put aside.
  if (!held) return;
  const bool upset = chronicle_.WasUpset(stick.office->index());
  const bool hole = LeavesHole(stick, held->seq);
  const absl::Status taken = TakeAtCentre(stick);
  if (!centre_.listening()) return Later(stick, kTryAgain);
  if (hole && !upset) CheckHole(stick);
  if (!taken.ok() && !hole && !upset) {
    world_.Break(
        kTaken, absl::StrCat("the centre holds entry ", held->seq, " of ", stick.hello.node.value(),
                             " and refused a stick: ", std::string(taken.message())));
  }
  if (!taken.ok()) world_.Count("stick_refused");
  centre_.Pump();
  if (prng_.Chance(4, 5)) Answer(*stick.office);
}

void Courier::Answer(Office& office) {
  const auto hello = central::ReadCarriedHello(centre_.store(), office.id());
  if (!hello.ok() || !hello->has_value()) return;
  auto answer = central::NodeAnswer::Begin(
      {.node = centre_.node(), .signer = centre_.keys().signer, .clock = &centre_.clock()},
      **hello);
  // Of a log that the centre does not know any more.
  if (!answer.ok()) return;
  laws_.OnHello(**hello);
  AnswerStick stick{.office = &office,
                    .incarnation = (*hello)->incarnation,
                    .origin = {},
                    .frames = {},
                    .made_at = world_.TrueTime()};
  while (true) {
    auto frame = answer->Next();
    if (!frame.ok() || !frame->has_value()) break;
    laws_.OnCentreSends(office.index(), centre_.store(), **frame);
    stick.frames.push_back(**std::move(frame));
  }
  stick.origin = {.generation = answer->generation().id,
                  .generation_order = answer->generation().order,
                  .feed_from = answer->feed_from(),
                  .feed_to = answer->feed_to()};
  Send(stick);
}

// ---- An answer at the office.

void Courier::Arrive(const AnswerStick& stick) {
  Office& office = *stick.office;
  if (office.node() == nullptr) return Later(stick, kTryAgain);
  // Its manifest names another incarnation, and the node does not open it (K-246).
  if (stick.incarnation != office.keys().incarnation) return world_.Count("stick_outlived");
  world_.Count("stick_answer");
  const edge::Contact before = office.node()->core().contact();
  const edge::FeedCursor fed = office.node()->store().feed_cursor();
  const auto generation = ReceiptGeneration(*office.node());
  const uint32_t known = std::max(fed.generation_order, office.node()->core().met().order);
  (void)office.Carry(stick.origin, stick.frames);
  if (office.node() == nullptr) return;
  const edge::Contact& after = office.node()->core().contact();
  if (after.received_at > std::max(before.received_at, stick.made_at)) {
    world_.Break("no fresh contact",
                 absl::StrCat(office.id().value(), " took an answer of ",
                              absl::FormatDuration(world_.TrueTime() - stick.made_at),
                              " ago for contact of later"));
  }
  const edge::FeedCursor& feed = office.node()->store().feed_cursor();
  // A centre that was set back and says so holds less than it held in its generation before.
  const bool of_one_centre =
      ReceiptGeneration(*office.node()) == generation || stick.origin.generation_order < known;
  if ((of_one_centre && after.proven_seq < before.proven_seq) ||
      (feed.generation == fed.generation && feed.position < fed.position)) {
    world_.Break(kRepeated,
                 absl::StrCat("an old answer took something back at ", office.id().value(),
                              ": the feed is at ", feed.position, ", was at ", fed.position,
                              "; proven is entry ", after.proven_seq, ", was ", before.proven_seq));
  }
}

}  // namespace keping::sim
