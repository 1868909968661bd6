// What a resident who asks for a card is told: a status and a date, and nothing else.
//
//   StatusAnswer answer = ResidentStatusOf(core, {prr});
//   // {kHandedOver, 27 April 2017}
#ifndef KEPING_EDGE_NODE_CORE_RESIDENT_STATUS_H_
#define KEPING_EDGE_NODE_CORE_RESIDENT_STATUS_H_

#include <optional>
#include <set>

#include "absl/time/civil_time.h"
#include "common/domain/ids.h"
#include "edge_node/core/edge_core.h"

namespace keping::edge {

enum class ResidentStatus {
  kUnknownHere = 1,  // no record of this NIK is at this office
  kWaiting,          // a record is here, and cannot be printed yet
  kScheduled,        // it stands in this office's print plan
  kPrinted,          // the card lies in this office
  kHandedOver,       // with the village head
  kDelivered,
  kAskOffice,  // withdrawn, called back, or at another office: a person must look
};

struct StatusAnswer {
  ResidentStatus status = ResidentStatus::kUnknownHere;
  std::optional<absl::CivilDay> since;  // of a card that exists
};

// Of all the records of one NIK the one that answers: the last enrolled that is not withdrawn, else
// the last enrolled; empty without any.
domain::PrrId RecordThatAnswers(const EdgeCore& core, const std::set<domain::PrrId>& records);

StatusAnswer ResidentStatusOf(const EdgeCore& core, const domain::PrrId& prr);

}  // namespace keping::edge

#endif  // KEPING_EDGE_NODE_CORE_RESIDENT_STATUS_H_
