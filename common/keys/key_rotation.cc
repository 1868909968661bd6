#include "common/keys/key_rotation.h"

#include "common/base/status_macros.h"
#include "common/observability/log.h"
#include "common/storage/sealed_rows.h"

namespace keping::keys {

void KeyRotation::Resume() {
  if (ports_.named().size() > 1) {
    observability::LogInfo("data_key_change_goes_on", {{"key", ports_.named().back().value()}});
    ports_.after(kPause, [this] { Step(); });
  } else {
    DestroyOldKeys();
  }
}

absl::StatusOr<crypto::KeyId> KeyRotation::Rotate() {
  if (ports_.named().size() > 1) return storage::RotationUnderWay();
  KEPING_ASSIGN_OR_RETURN(const std::string key, keys_.MakeNext());
  KEPING_RETURN_IF_ERROR(ports_.rotate(key));
  observability::LogInfo("data_key_changed", {{"key", ports_.named().back().value()}});
  ports_.after(kPause, [this] { Step(); });
  return ports_.named().back();
}

void KeyRotation::Step() {
  const absl::StatusOr<bool> more = ports_.reseal_some();
  // The node's store failed: the node says so, and ends.
  if (!more.ok()) return;
  if (*more) {
    ports_.after(kPause, [this] { Step(); });
  } else {
    DestroyOldKeys();
  }
}

void KeyRotation::DestroyOldKeys() {
  const size_t before = keys_.secrets().size();
  const auto left = keys_.DestroyAllBut(ports_.named());
  if (!left.ok()) {
    observability::LogError("old_data_key_not_destroyed", {{"reason", left.status().message()}});
    return;
  }
  for (const std::string& name : *left) {
    observability::LogWarning("old_data_key_is_a_credential", {{"take_out_of_the_service", name}});
  }
  if (const size_t destroyed = before - keys_.secrets().size(); destroyed > 0) {
    observability::LogInfo("old_data_key_destroyed", {{"keys", destroyed}});
  }
}

}  // namespace keping::keys
