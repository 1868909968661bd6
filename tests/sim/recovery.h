// The administrators of the offices: a node that writes nothing any more is given a new identity
// some hours later, as keping-edge recover does it, once its log is at the centre. One that the
// district ended stays as it is.
//
//   Recovery recovery(&world, &chronicle, &centre, [&] { return keys.MakeSigner(); }, offices);
//   recovery.Start();
#ifndef KEPING_TESTS_SIM_RECOVERY_H_
#define KEPING_TESTS_SIM_RECOVERY_H_

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <vector>

#include "common/crypto/signer.h"
#include "tests/sim/centre.h"
#include "tests/sim/chronicle.h"
#include "tests/sim/office.h"
#include "tests/sim/world.h"

namespace keping::sim {

// Nothing of a frozen log would be lost by ending it here.
bool IsDelivered(const edge::EdgeNode& node);

// Not thread-safe. Everything that it points to outlives it.
class Recovery {
 public:
  using SignerSource = std::function<std::shared_ptr<const crypto::Signer>()>;

  Recovery(World* world, const Chronicle* chronicle, Centre* centre, SignerSource make_signer,
           std::vector<Office*> offices);

  void Start();

 private:
  static constexpr Micros kRound = 20 * kMinute;

  // One office that waits for its administrator.
  struct Call {
    Micros comes_at = 0;
    std::optional<OfficeKeys> next;  // enrolled at the centre
  };

  void Round();
  void LookAt(Office& office);
  void Interrupt(Office& office, Call& call);
  bool Enrol(const Office& office, Call& call);

  World& world_;
  const Chronicle& chronicle_;
  Centre& centre_;
  const SignerSource make_signer_;
  const std::vector<Office*> offices_;
  base::Prng prng_;
  std::map<Office*, Call> calls_;
  int incarnations_ = 0;
};

}  // namespace keping::sim

#endif  // KEPING_TESTS_SIM_RECOVERY_H_
