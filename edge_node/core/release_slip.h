// The slip with which a printer moves to another office: one line that a person can print, type or
// scan, with a check that catches a wrong digit.
//
//   std::string line = FormatSlip({.printer = printer, .from = node, .day = day, .fed_today = 31,
//   …});
//   // "KEPING-SLIP p1 susut 2017-04-27 31 1031 <64 hex digits> 5F0C21AB"
//   absl::StatusOr<ReleaseSlip> slip = ParseSlip(line);
#ifndef KEPING_EDGE_NODE_CORE_RELEASE_SLIP_H_
#define KEPING_EDGE_NODE_CORE_RELEASE_SLIP_H_

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "common/crypto/hash.h"
#include "common/domain/ids.h"

namespace keping::edge {

struct ReleaseSlip {
  domain::PrinterId printer;
  domain::NodeId from;
  absl::CivilDay day;
  uint32_t fed_today = 0;
  uint64_t wear = 0;
  crypto::Hash event;  // id of the PrinterReleased entry

  friend bool operator==(const ReleaseSlip&, const ReleaseSlip&) = default;
};

std::string FormatSlip(const ReleaseSlip& slip);

// Spaces may be of any number, letters of any case. InvalidArgument (K-162) says what is wrong.
absl::StatusOr<ReleaseSlip> ParseSlip(absl::string_view line);

}  // namespace keping::edge

#endif  // KEPING_EDGE_NODE_CORE_RELEASE_SLIP_H_
