// The district's machine: its disk, and the central node that runs there with its sync sessions and
// its national link, as the program puts them together.
//
//   Centre centre(&world, &laws, settings, keys);
//   centre.Attach(&national);
//   centre.PowerOn();
//   centre.Do([&](central::CentralNode& node, const time::Moment& now) {
//     return node.Handle(now, central::Dispatch{…}).status();
//   });
#ifndef KEPING_TESTS_SIM_CENTRE_H_
#define KEPING_TESTS_SIM_CENTRE_H_

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include "absl/functional/function_ref.h"
#include "central_node/national/national_link.h"
#include "central_node/store/central_node.h"
#include "central_node/sync_service/session_hub.h"
#include "common/crypto/signer.h"
#include "tests/sim/laws.h"
#include "tests/sim/link.h"
#include "tests/sim/watched_store.h"
#include "tests/sim/world.h"

namespace keping::sim {

struct CentreKeys {
  const crypto::Signer* signer = nullptr;
  const crypto::Verifier* verifier = nullptr;
};

// Not thread-safe. Everything that it points to outlives it.
class Centre : public CentreEnd {
 public:
  Centre(World* world, Laws* laws, central::Settings settings, CentreKeys keys);

  void Attach(central::NationalRegistry* registry) { registry_ = registry; }

  // Null while it is down.
  central::CentralNode* node() { return node_.get(); }
  WatchedStore& store() { return store_; }
  central::CentralOptions Options();
  // Counts the lives of the program: what was meant for one must not reach the next.
  uint64_t life() const { return life_; }

  void PowerOn();
  void Kill(Micros down_for);
  void CutPower(Micros down_for);
  // The database is set back to a copy made earlier, with the program down for `down_for`. `shown`:
  // only the database, so that the witness beside the keys tells; else the whole disk.
  void MakeBackup() { backup_ = store_.Backup(); }
  bool has_backup() const { return backup_.has_value(); }
  void RestoreBackup(Micros down_for, bool shown);
  // From now on the connections of this office prove that it was enrolled.
  void Certify(int office, const domain::IncarnationId& incarnation) {
    certified_[office] = incarnation;
  }
  // Called when the program dies: every stream ends.
  std::function<void()> on_down = [] {};

  // Runs a command; false when there is no node, or its store failed under it. Tells the nodes what
  // follows.
  bool Do(absl::FunctionRef<absl::Status(central::CentralNode&, const time::Moment&)> command);

  // ---- For what does not come over a link.
  const CentreKeys& keys() const { return keys_; }
  const MachineClock& clock() const { return clock_; }
  // The nodes are told what follows from it.
  void Pump() {
    if (listening()) hub_->Pump();
  }
  // The store failed under a call.
  void Failed() { EndSoon(); }
  // The connection of a node ends, if there is one.
  void Close(const domain::NodeId& node);

  // ---- CentreEnd.
  bool listening() const override { return node_ != nullptr && !ending_; }
  void Opened(uint64_t stream, int office, std::function<void(const sync::CentreFrame&)> send,
              std::function<void()> drop) override;
  bool Received(uint64_t stream, const sync::NodeFrame& frame) override;
  void Closed(uint64_t stream) override;

 private:
  void Stop();
  void EndSoon();

  World& world_;
  Laws& laws_;
  const central::Settings settings_;
  const CentreKeys keys_;
  base::Prng prng_;
  MachineClock clock_;
  WatchedStore store_;
  std::optional<storage::FaultyStore> backup_;
  std::optional<sync::Witness> witness_;  // as the next start finds it
  std::map<int, domain::IncarnationId> certified_;
  central::NationalRegistry* registry_ = nullptr;
  std::unique_ptr<central::CentralNode> node_;
  std::unique_ptr<central::SessionHub> hub_;
  std::unique_ptr<central::NationalLink> national_;
  uint64_t life_ = 0;
  bool ending_ = false;
};

}  // namespace keping::sim

#endif  // KEPING_TESTS_SIM_CENTRE_H_
