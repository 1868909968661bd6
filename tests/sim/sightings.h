// Who says in the logs that the centre holds where a blank was in hand, or was looked for in vain:
// what shows a lie about it. Read without the judges.
//
//   const Sightings sightings = FindSightings(kept.entries(), chronicle, lied_about);
//   for (const Sighting& one : sightings.at(serial)) if (one.Contradicts(booked)) …
#ifndef KEPING_TESTS_SIM_SIGHTINGS_H_
#define KEPING_TESTS_SIM_SIGHTINGS_H_

#include <map>
#include <vector>

#include "common/domain/blank_serial.h"
#include "common/domain/ids.h"
#include "common/domain/serial_set.h"
#include "common/ledger/balances.h"
#include "tests/sim/causes.h"
#include "tests/sim/chronicle.h"
#include "tests/sim/kept_logs.h"

namespace keping::sim {

struct Sighting {
  domain::NodeId node;
  bool there = true;  // else it was looked for in vain
  CaseOf shown_by;    // the case that says so, where none is about the blank itself

  // The books have it at another office, or where it was not found.
  bool Contradicts(const ledger::Place& booked) const { return there != (node == booked.holder); }
};

using Sightings = std::map<domain::BlankSerial, std::vector<Sighting>>;

// Of these blanks.
Sightings FindSightings(const std::vector<KeptEntry>& entries, const Chronicle& chronicle,
                        const domain::SerialSet& blanks);

}  // namespace keping::sim

#endif  // KEPING_TESTS_SIM_SIGHTINGS_H_
