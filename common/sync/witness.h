// What is known outside a database of how far its log had come: a database that is set back, or
// copied to another machine, does not fit it.
//
//   if (witness.missing || log.HeadAt(witness.head.seq)…) …
#ifndef KEPING_COMMON_SYNC_WITNESS_H_
#define KEPING_COMMON_SYNC_WITNESS_H_

#include "common/domain/ids.h"
#include "common/sync/frames.h"

namespace keping::sync {

// A lower bound of the log, kept where a restored database does not take it back with it.
struct Witness {
  domain::IncarnationId incarnation;
  Head head;
  // The machine is not the one that the node was bound to.
  bool other_machine = false;
  // There was none, and there should be.
  bool missing = false;
};

}  // namespace keping::sync

#endif  // KEPING_COMMON_SYNC_WITNESS_H_
