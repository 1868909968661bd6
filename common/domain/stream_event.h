// What the centre finds and decides about nodes and their logs, part of the variant of
// common/domain/event.h.
//
//   Event event = LogForked{.node = node, .incarnation = incarnation, .seq = 17, …};
#ifndef KEPING_COMMON_DOMAIN_STREAM_EVENT_H_
#define KEPING_COMMON_DOMAIN_STREAM_EVENT_H_

#include <cstdint>
#include <vector>

#include "common/crypto/hash.h"
#include "common/domain/box.h"
#include "common/domain/ids.h"
#include "common/domain/serial_set.h"

namespace keping::domain {

// Two entries of one stream have the same seq: the machine was restored or cloned and went on
// twice. `branch` is the stream that the second one is kept as; its entries keep their own headers.
struct LogForked {
  NodeId node;
  IncarnationId incarnation;
  IncarnationId branch;
  uint64_t seq = 0;  // the first that differs
  crypto::Hash held_hash;
  crypto::Hash other_hash;

  friend bool operator==(const LogForked&, const LogForked&) = default;
};

// A node said that its log ends at `seq`, which the centre holds and more: it was set back.
struct LogRolledBack {
  NodeId node;
  IncarnationId incarnation;
  uint64_t seq = 0;
  crypto::Hash hash;
  uint64_t held_seq = 0;

  friend bool operator==(const LogRolledBack&, const LogRolledBack&) = default;
};

// A part of a node's log came that its key signed, without what is before it: entries after
// `held_seq` and before `first_seq` are missing. The node wrote its log up to `seq` at least.
struct LogGapFound {
  NodeId node;
  IncarnationId incarnation;
  uint64_t held_seq = 0;
  uint64_t first_seq = 0;
  uint64_t seq = 0;
  crypto::Hash hash;  // of entry `seq`

  friend bool operator==(const LogGapFound&, const LogGapFound&) = default;
};

// kLost: the machine is gone, with whatever its log said after the head. kRevoked: its identity is
// not believed after the head. kRetired: it delivered everything and prints no more.
enum class NodeEnd { kLost = 1, kRevoked = 2, kRetired = 3 };

// An incarnation of a node ends at a head; a later one of the same node may be enrolled.
struct NodeClosed {
  NodeId node;
  NodeEnd end = NodeEnd::kLost;
  IncarnationId incarnation;
  uint64_t seq = 0;   // of the last entry that the centre held
  crypto::Hash head;  // or empty at seq 0
  OperatorId by;
  OperatorId second;  // or empty
  DocumentNumber document;

  friend bool operator==(const NodeClosed&, const NodeClosed&) = default;
};

struct HeldLease {
  PrrId prr;
  LeaseEpoch epoch;

  friend bool operator==(const HeldLease&, const HeldLease&) = default;
};

// What a lost node held when it was declared lost: nobody knows what its log said last of them. A
// blank may be used and a record printed, until the blank is in somebody's hand again under a later
// incarnation, or the card turns up, or the lease is given to another office all the same.
struct TailLost {
  NodeId node;
  std::vector<IncarnationId> incarnations;  // of the node, up to then
  SerialSet blanks;
  std::vector<HeldLease> leases;
  std::vector<BoxId> boxes = {};

  friend bool operator==(const TailLost&, const TailLost&) = default;
};

// A node met a centre that was set back, and says what it had been told that the centre may have
// forgotten: the leases that it holds or gave back, and the transfers. Several events where one
// would be too large; the last one says so.
struct GenerationMet {
  struct Transfer {
    TransferId transfer;
    SerialSet serials;
    std::vector<Box> boxes = {};

    friend bool operator==(const Transfer&, const Transfer&) = default;
  };

  GenerationId generation;
  uint32_t order = 1;
  std::vector<HeldLease> leases;
  std::vector<Transfer> transfers;
  bool last = false;

  friend bool operator==(const GenerationMet&, const GenerationMet&) = default;
};

// Two officers believe what a revoked incarnation sent after its head, up to `seq`.
struct ClaimsAccepted {
  NodeId node;
  IncarnationId incarnation;
  uint64_t seq = 0;
  crypto::Hash head;
  OperatorId by;
  OperatorId second;
  DocumentNumber document;

  friend bool operator==(const ClaimsAccepted&, const ClaimsAccepted&) = default;
};

}  // namespace keping::domain

#endif  // KEPING_COMMON_DOMAIN_STREAM_EVENT_H_
