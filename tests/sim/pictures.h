// The pictures of the records: a district that keeps them for a few days only, and the laws of
// that.
//
//   Pictures pictures(&world, &chronicle, &centre);
//   pictures.Round();                        // each hour, when the days have ended
//   pictures.CheckGone(kept);                // Law: gone in time
//
//   never too early   none are destroyed before the card was given out or burnt, by some log, and
//                     the policy's working days of that office have passed since
//   gone in time      of a record with one card, about which nobody ever had a question, and whose
//                     office's clock was not behind the centre's, they are gone after these days
#ifndef KEPING_TESTS_SIM_PICTURES_H_
#define KEPING_TESTS_SIM_PICTURES_H_

#include <cstddef>
#include <cstdint>
#include <map>
#include <utility>

#include "tests/sim/centre.h"
#include "tests/sim/chronicle.h"
#include "tests/sim/kept_logs.h"
#include "tests/sim/world.h"

namespace keping::sim {

// Not thread-safe. Everything that it points to outlives it.
class Pictures {
 public:
  // `by`, `second`: officers who may set the policy.
  Pictures(World* world, Chronicle* chronicle, Centre* centre, domain::OperatorId by,
           domain::OperatorId second)
      : world_(*world),
        chronicle_(*chronicle),
        centre_(*centre),
        by_(std::move(by)),
        second_(std::move(second)),
        days_(world->plan().picture_days) {}

  bool on() const { return days_ > 0; }
  // The officers are there.
  void Round();
  void CheckGone(const KeptLogs& kept);

 private:
  // When a card left for good, by the clock of its office.
  using GoneAt = std::map<domain::BlankSerial, int64_t>;

  void SetPolicy();
  void CheckDestroyed(const domain::PicturesDestroyed& destroyed);
  GoneAt CardsGone() const;
  bool DaysPassed(const HeardCard& card, const GoneAt& gone) const;
  bool AnyCaseOf(const HeardCard& card) const;

  World& world_;
  Chronicle& chronicle_;
  Centre& centre_;
  const domain::OperatorId by_;
  const domain::OperatorId second_;
  const uint32_t days_;
  size_t looked_at_ = 0;  // of the centre's log
  int set_backs_ = 0;
};

}  // namespace keping::sim

#endif  // KEPING_TESTS_SIM_PICTURES_H_
