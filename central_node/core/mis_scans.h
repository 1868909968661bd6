// Pairs a serial that was named in the place of another one: the book then has the one too many and
// the other too few, and one slip explains both.
//
//   for (const SerialPair& pair : PairMisScans(named, meant)) …pair.named, pair.meant…
//
// Of all largest sets of pairs the one is found that has the closest pair first, then the next
// closest, and so on; so it is the same for the same serials, whatever their order.
#ifndef KEPING_CENTRAL_NODE_CORE_MIS_SCANS_H_
#define KEPING_CENTRAL_NODE_CORE_MIS_SCANS_H_

#include <cstddef>
#include <vector>

#include "central_node/core/count_facts.h"
#include "common/domain/blank_serial.h"

namespace keping::central {

// An act named this serial at `used`.
struct NamedSerial {
  domain::BlankSerial serial;
  LogOrder used;
};

// This one was surely a blank of the tray until `seen`: only an act after it can have taken it.
struct MeantSerial {
  domain::BlankSerial serial;
  LogOrder seen;
};

struct SerialPair {
  domain::BlankSerial named;
  domain::BlankSerial meant;

  friend bool operator==(const SerialPair&, const SerialPair&) = default;
};

// More on one side are no slips: a whole tray lies elsewhere, or its order is shifted.
inline constexpr size_t kMostPaired = 128;

// The closest first. Empty when one side has more than kMostPaired.
std::vector<SerialPair> PairMisScans(const std::vector<NamedSerial>& named,
                                     const std::vector<MeantSerial>& meant);

}  // namespace keping::central

#endif  // KEPING_CENTRAL_NODE_CORE_MIS_SCANS_H_
