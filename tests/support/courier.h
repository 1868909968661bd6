// What a person carries between an office and its centre when no link does: the units of a bundle,
// without the files around them.
//
//   const LogStick log = TakeLog(*office.node);
//   KEPING_RETURN_IF_ERROR(DeliverLog(district, log, &outcome));
//   AnswerStick answer = TakeAnswer(district, log.hello);
//   KEPING_RETURN_IF_ERROR(DeliverAnswer(answer, *office.node, &outcome));
#ifndef KEPING_TESTS_SUPPORT_COURIER_H_
#define KEPING_TESTS_SUPPORT_COURIER_H_

#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "central_node/sync_service/carried_log.h"
#include "central_node/sync_service/node_answer.h"
#include "common/base/check.h"
#include "common/base/status_macros.h"
#include "edge_node/node/carried_answer.h"
#include "tests/support/little_district.h"

namespace keping::tests {

struct LogStick {
  sync::Hello hello;
  std::vector<sync::Segment> segments;
};
struct AnswerStick {
  edge::AnswerOrigin origin;
  std::vector<sync::CentreFrame> frames;
};

// From entry `from` on; 0: after what is proven.
inline LogStick TakeLog(const edge::EdgeNode& node, uint64_t from = 0) {
  const edge::FeedCursor& feed = node.store().feed_cursor();
  const storage::LogHead& head = node.store().log().head();
  LogStick stick{.hello = {.node = node.core().settings().node,
                           .incarnation = node.identity().incarnation,
                           .head = {head.seq, head.hash},
                           .feed_position = feed.position,
                           .feed_state = node.core().catalogue().state(),
                           .generation = feed.generation,
                           .software_version = {}},
                 .segments = {}};
  for (uint64_t next = from == 0 ? node.core().contact().proven_seq + 1 : from; next <= head.seq;) {
    stick.segments.push_back(*node.SegmentFrom(next));
    next += stick.segments.back().entries.size();
  }
  return stick;
}

inline absl::Status DeliverLog(LittleDistrict& district, const LogStick& stick,
                               central::CarriedLogOutcome* outcome) {
  central::CarriedLog log({.node = &district.centre(),
                           .verifier = &district.verifier(),
                           .clock = &district.clock(),
                           .failed = [](const absl::Status&) {}},
                          stick.hello.node);
  absl::Status status;
  for (const sync::Segment& segment : stick.segments) {
    status = log.Take(segment);
    if (!status.ok()) break;
  }
  *outcome = log.outcome();
  return status;
}

inline AnswerStick TakeAnswer(LittleDistrict& district, const sync::Hello& hello) {
  auto answer = central::NodeAnswer::Begin(
      {.node = &district.centre(), .signer = &district.centre_signer(), .clock = &district.clock()},
      hello);
  KEPING_CHECK(answer.ok(), "an answer of a test begins");
  AnswerStick stick;
  while (true) {
    auto frame = answer->Next();
    KEPING_CHECK(frame.ok(), "an answer of a test goes on");
    if (!frame->has_value()) break;
    stick.frames.push_back(**std::move(frame));
  }
  stick.origin = {.generation = answer->generation().id,
                  .generation_order = answer->generation().order,
                  .feed_from = answer->feed_from(),
                  .feed_to = answer->feed_to()};
  return stick;
}

inline absl::Status DeliverAnswer(const AnswerStick& stick, edge::EdgeNode& node,
                                  edge::AnswerOutcome* outcome) {
  KEPING_ASSIGN_OR_RETURN(edge::CarriedAnswer answer,
                          edge::CarriedAnswer::Begin(&node, stick.origin));
  absl::Status status;
  for (const sync::CentreFrame& frame : stick.frames) {
    status = answer.Take(frame);
    if (!status.ok()) break;
  }
  *outcome = answer.outcome();
  return status;
}

}  // namespace keping::tests

#endif  // KEPING_TESTS_SUPPORT_COURIER_H_
