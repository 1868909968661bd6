// Machines that were copied with their whole disk: two nodes with one identity run at the same
// time, somebody prints at each of them, and both take their blanks from the same tray. Once its
// log is at the centre and the copy writes nothing any more, it is switched off for good.
//
//   Clones clones(&world, &matter, &chronicle, &laws, &centre, centre_signer, scenes);
//   clones.Start();
//   clones.done();           // none runs
#ifndef KEPING_TESTS_SIM_CLONES_H_
#define KEPING_TESTS_SIM_CLONES_H_

#include <memory>
#include <vector>

#include "tests/sim/centre.h"
#include "tests/sim/link.h"
#include "tests/sim/office.h"
#include "tests/sim/world.h"

namespace keping::sim {

// Somebody who prints one card after the other at a copied machine. Honest.
class CloneDesk {
 public:
  CloneDesk(World* world, Matter* matter, Office* office);

  void Look();
  // The printer is emptied.
  void Clear();

 private:
  void Settle(const edge::Job& open);
  void Print();

  World& world_;
  Matter& matter_;
  Office& office_;
};

// Not thread-safe. Everything that it points to outlives it.
class Clones {
 public:
  // The machine that is copied, and its link.
  struct Original {
    Office* office = nullptr;
    Link* link = nullptr;
  };

  Clones(World* world, Matter* matter, Chronicle* chronicle, Laws* laws, Centre* centre,
         const crypto::Signer* centre_signer, std::vector<Original> originals);

  void Start();
  // Act 2 begins.
  void Heal();
  void CentreDied();
  bool done() const;

 private:
  static constexpr Micros kRound = 10 * kMinute;

  struct Copy {
    std::unique_ptr<Office> office;
    std::unique_ptr<Link> link;
    std::unique_ptr<CloneDesk> desk;
    bool runs = true;
  };

  void Round();
  bool MayBeCopied(const Original& original) const;
  void Make(const Original& original);
  void LookAt(Copy& copy);

  World& world_;
  Matter& matter_;
  Chronicle& chronicle_;
  Laws& laws_;
  Centre& centre_;
  const crypto::Signer* const centre_signer_;
  const std::vector<Original> originals_;
  base::Prng prng_;
  std::vector<std::unique_ptr<Copy>> copies_;
};

}  // namespace keping::sim

#endif  // KEPING_TESTS_SIM_CLONES_H_
