// A message with all its parts in one piece of memory, for the time of one call: events and rows
// are many small messages in one, and nodes read them by the hundred thousand when they start.
//
//   Scratch<pb::PrrRow> scratch;
//   pb::PrrRow& proto = *scratch;
#ifndef KEPING_COMMON_WIRE_SCRATCH_H_
#define KEPING_COMMON_WIRE_SCRATCH_H_

#include "google/protobuf/arena.h"

namespace keping::wire {

// Not thread-safe.
template <typename Proto>
class Scratch {
 public:
  Scratch() : arena_(Options()), message_(google::protobuf::Arena::CreateMessage<Proto>(&arena_)) {}
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;

  Proto& operator*() { return *message_; }

 private:
  google::protobuf::ArenaOptions Options() {
    google::protobuf::ArenaOptions options;
    options.initial_block = block_;
    options.initial_block_size = sizeof(block_);
    return options;
  }

  alignas(8) char block_[4096];
  google::protobuf::Arena arena_;
  Proto* const message_;
};

}  // namespace keping::wire

#endif  // KEPING_COMMON_WIRE_SCRATCH_H_
