// What happened to the data of persons: who looked at a record, and whose pictures were destroyed.
//
//   KEPING_ASSIGN_OR_RETURN(std::vector<PersonalRead> reads, ReadsOf(centre, prr));
//   KEPING_ASSIGN_OR_RETURN(Destructions page, ReadDestructions(centre, {}, 200));
#ifndef KEPING_CENTRAL_NODE_STORE_PERSONAL_DATA_H_
#define KEPING_CENTRAL_NODE_STORE_PERSONAL_DATA_H_

#include <cstddef>
#include <vector>

#include "absl/status/statusor.h"
#include "central_node/store/central_node.h"
#include "central_node/store/trace.h"

namespace keping::central {

struct PersonalRead {
  TracedFact fact;
  domain::PersonalDataRead read;
  // The records of an office's day were looked at together, when it held this one's lease: this one
  // may have been among them.
  bool of_plan = false;
};

// All looks at a record, at the district and at the offices; in the order of TracedFacts. What an
// office was asked for by a NIK under which it found no record names none, and is not among them:
// its keyed hash is made with a key that never leaves the office.
absl::StatusOr<std::vector<PersonalRead>> ReadsOf(const CentralNode& centre,
                                                  const domain::PrrId& prr);

struct Destruction {
  domain::PrrId prr;
  TracedFacts facts;  // of the district, and of the offices that had the record
};
struct Destructions {
  std::vector<Destruction> records;
  bool complete = false;
};
// Records whose pictures the district destroyed, by their ids, after `after`.
absl::StatusOr<Destructions> ReadDestructions(const CentralNode& centre, const domain::PrrId& after,
                                              size_t limit);

}  // namespace keping::central

#endif  // KEPING_CENTRAL_NODE_STORE_PERSONAL_DATA_H_
