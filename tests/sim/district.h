// The district office: enrols the nodes, certifies people, sends boxes of blanks, moves leases.
//
//   District district(&world, &matter, &chronicle, &causes, &centre, offices);
//   district.Start();
#ifndef KEPING_TESTS_SIM_DISTRICT_H_
#define KEPING_TESTS_SIM_DISTRICT_H_

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <vector>

#include "tests/sim/causes.h"
#include "tests/sim/centre.h"
#include "tests/sim/chronicle.h"
#include "tests/sim/link.h"
#include "tests/sim/matter.h"
#include "tests/sim/office.h"
#include "tests/sim/people.h"
#include "tests/sim/world.h"

namespace keping::sim {

// One office with everybody in it.
struct Post {
  Office* office = nullptr;
  Link* link = nullptr;
  People* people = nullptr;
};

// Not thread-safe. Everything that it points to outlives it.
class District {
 public:
  District(World* world, Matter* matter, Chronicle* chronicle, Causes* causes, Centre* centre,
           std::vector<Post> posts);

  void Start();
  // The centre's database was set back: what people told it since is told again, from paper.
  void OnCentreRestored();
  // A box is on its way there and not recorded yet.
  bool has_sent_ahead_to(const domain::NodeId& node) const {
    return sent_ahead_ && sent_ahead_->dispatch.node == node;
  }
  // Every enrolment and certificate is done, and no box waits to be packed or to be recorded.
  bool done() const;

 private:
  static constexpr Micros kRound = 30 * kMinute;

  void Round();
  void EnrolAndCertify();
  bool Enrol(const Office& office);
  bool Certify(int office);
  // Takes somebody's certificate back for some days; where the link is down nobody hears of it.
  void LetLapse();
  // Every box that ever left, under its number: the centre may have forgotten it.
  void RecordAgain();
  void DispatchWhereNeeded();
  // The box leaves by hand; its dispatch is written down hours later, under the number on its
  // paper.
  void SendAhead(int office, uint64_t quantity);
  void RecordSentAhead();
  void PackBoxes();
  void Pack(const domain::BlanksDispatched& dispatch);
  void PackStray(const domain::BlanksDispatched& dispatch, Box& box);
  // In boxes that never came, as far as the district has learned that by now.
  int64_t KnownLost(const domain::NodeId& node) const;
  void MoveSomeLease();
  // Often one that this office is about to print.
  domain::PrrId RecordToMove(Office& office);
  // The office may know of the request, and the centre not of the release.
  void CutAtRelease(Link& link);

  World& world_;
  Matter& matter_;
  Chronicle& chronicle_;
  Causes& causes_;
  Centre& centre_;
  const std::vector<Post> posts_;
  base::Prng prng_;
  std::set<int> enrolled_;
  std::set<int> certified_;
  Micros certify_from_;
  size_t packed_ = 0;    // of chronicle.dispatches
  size_t recorded_ = 0;  // of these, since the centre was last set back
  bool record_again_ = false;
  uint64_t transfers_ = 0;
  struct SentAhead {
    central::Dispatch dispatch;
    Micros recorded_at = 0;
  };
  // While a box is not recorded nothing else leaves: the books still hold its blanks.
  std::optional<SentAhead> sent_ahead_;
  std::set<domain::TransferId> packed_ahead_;
  domain::SerialSet astray_;  // in some other box than the books say
  std::map<int, Micros> lapsed_until_;
  std::vector<domain::BlanksDispatched> lost_;
};

}  // namespace keping::sim

#endif  // KEPING_TESTS_SIM_DISTRICT_H_
