// When the people of a village come for their cards: a day on which the village is ready, and an
// hour, so that not everybody comes at once.
//
//   const InvitationList list = InvitationsOf(plan, village);
//   list.invitations[0];   // {prr, 9 May, 8 o'clock}
//
// The plan knows no persons: who is behind a PRR, and the masked NIK, the shell puts in.
#ifndef KEPING_CENTRAL_NODE_PLANNER_INVITATIONS_H_
#define KEPING_CENTRAL_NODE_PLANNER_INVITATIONS_H_

#include <cstdint>
#include <vector>

#include "absl/time/civil_time.h"
#include "central_node/planner/plan.h"
#include "common/domain/ids.h"

namespace keping::planner {

struct Invitation {
  domain::PrrId prr;
  absl::CivilDay day;
  uint32_t hour = 0;  // 8: from eight o'clock
};

struct InvitationList {
  domain::VillageCode village;
  std::vector<Invitation> invitations;  // by day and hour, within an hour in the order of printing
  std::vector<domain::PrrId> not_yet;   // the plan prints them too late, or not at all
};

// A card can be fetched after the day on which it is printed: on the village's ready days, at most
// so many persons as it said, and once those are over (or if it named none) on any working day of
// its kecamatan's office.
InvitationList InvitationsOf(const Plan& plan, const domain::VillageCode& village);

}  // namespace keping::planner

#endif  // KEPING_CENTRAL_NODE_PLANNER_INVITATIONS_H_
