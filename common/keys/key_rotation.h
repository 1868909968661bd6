// Changes the data key of a running node: makes the new key, lets the node seal under it at once,
// reseals the old records between the node's other work, and then destroys the old key.
//
//   KeyRotation rotation(std::move(data_keys), {.rotate = …, .reseal_some = …, .named = …,
//                                               .after = …});
//   rotation.Resume();                                  // what an earlier run left unfinished
//   rotation.Rotate();                                  // a person asks for it
//
// Every step is durable before the next one, so that a process that dies anywhere goes on at its
// next start: key file, list of named keys, new rows, old rows, list without the old key, end of
// the old key's file.
#ifndef KEPING_COMMON_KEYS_KEY_ROTATION_H_
#define KEPING_COMMON_KEYS_KEY_ROTATION_H_

#include <functional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/crypto/seal.h"
#include "common/keys/data_keys.h"

namespace keping::keys {

// Lives on the core thread of its node.
class KeyRotation {
 public:
  // The node, as far as this needs it (see common/storage/sealed_rows.h).
  struct Ports {
    std::function<absl::Status(const std::string& key)> rotate;
    std::function<absl::StatusOr<bool>()> reseal_some;
    std::function<const std::vector<crypto::KeyId>&()> named;
    // Runs a task on the core thread once the delay has passed.
    std::function<void(absl::Duration delay, std::function<void()> task)> after;
  };

  // Between two steps the core does its other work.
  static constexpr absl::Duration kPause = absl::Milliseconds(20);

  KeyRotation(DataKeys keys, Ports ports) : keys_(std::move(keys)), ports_(std::move(ports)) {}

  // Goes on where the last run stopped. To be called once, when the node has started.
  void Resume();

  // Returns the new key's id. K-211 or K-212 when it is not possible now. Else the errors of the
  // disk; a failure of the store ends the node, and the rotation goes on at its next start.
  absl::StatusOr<crypto::KeyId> Rotate();

 private:
  void Step();
  void DestroyOldKeys();

  DataKeys keys_;
  const Ports ports_;
};

}  // namespace keping::keys

#endif  // KEPING_COMMON_KEYS_KEY_ROTATION_H_
