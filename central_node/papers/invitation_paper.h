// The list by which a village invites its people to come for their cards: day, hour, and the NIK
// with its middle masked, since the list hangs on a wall.
//
//   paper::Document list = InvitationPaper(words, invitations);
//
// Pure.
#ifndef KEPING_CENTRAL_NODE_PAPERS_INVITATION_PAPER_H_
#define KEPING_CENTRAL_NODE_PAPERS_INVITATION_PAPER_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/time/civil_time.h"
#include "common/paper/document.h"
#include "common/paper/words.h"

namespace keping::central {

struct VillageInvitations {
  struct Person {
    std::string masked_nik = {};
    std::optional<absl::CivilDay> day = {};  // nullopt: it is not known yet
    std::optional<uint32_t> hour = {};       // 8: from eight o'clock
  };

  std::string code = {};             // of the village
  std::string village = {};          // name and code
  std::string plan = {};             // of which plan, by the first digits of its id
  std::vector<Person> persons = {};  // by day and hour, those without last
};

paper::Document InvitationPaper(const paper::Words& words, const VillageInvitations& invitations);

}  // namespace keping::central

#endif  // KEPING_CENTRAL_NODE_PAPERS_INVITATION_PAPER_H_
