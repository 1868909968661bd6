// For how many working days this office could print with no link to anybody, and what would run
// out first.
//
//   Autonomy autonomy = AutonomyOf(core, now);
//   autonomy.days;                       // 4
//   autonomy.supplies.front().supply;    // Supply::kBlanks
#ifndef KEPING_EDGE_NODE_CORE_AUTONOMY_H_
#define KEPING_EDGE_NODE_CORE_AUTONOMY_H_

#include <cstdint>
#include <optional>
#include <vector>

#include "common/time/clock.h"
#include "edge_node/core/edge_core.h"

namespace keping::edge {

// kContact: printing stops after so long without a receipt.
enum class Supply { kRecords = 1, kBlanks, kRibbons, kFilms, kContact, kOperators, kPrinters };

// "records", "blanks" …
const char* SupplyName(Supply supply);

struct SupplyLeft {
  Supply supply = Supply::kRecords;
  std::optional<uint64_t> cards;  // what it is good for; nullopt where cards do not use it up
  uint64_t days = 0;              // whole working days at the pace
};

struct Autonomy {
  uint64_t cards_per_day = 0;  // the pace; 0: no printer is in service
  uint64_t days = 0;           // 0 while printing is locked
  // In the order of running out. Ribbons and films are left out where none was ever installed.
  std::vector<SupplyLeft> supplies;
};

// The pace is that of the last ten office days with a card, at most what the printers may feed;
// before the first card it is what they may.
Autonomy AutonomyOf(const EdgeCore& core, const time::Moment& now);

}  // namespace keping::edge

#endif  // KEPING_EDGE_NODE_CORE_AUTONOMY_H_
