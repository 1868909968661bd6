// Makes a backup of the centre's database while it works, and of its keys for whoever has the
// escrow key: files, piece by piece, and the signed manifest that says what they are.
//
//   KEPING_ASSIGN_OR_RETURN(SignedManifest manifest, MakeBackup(*store, order, on_piece, fixed));
//
// The rows are the ones of one moment (KvStore::Scan), read out of the database and not copied with
// its files: what was deleted before is in no byte of it.
#ifndef KEPING_COMMON_BACKUP_BACKUP_MAKER_H_
#define KEPING_COMMON_BACKUP_BACKUP_MAKER_H_

#include <cstdint>
#include <string>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "common/crypto/signer.h"
#include "common/keys/key_files.h"
#include "common/storage/kv_store.h"

namespace keping::backup {

// Fits on any stick's file system.
inline constexpr uint64_t kDefaultPartBytes = uint64_t{1} << 30;

struct BackupOrder {
  std::string district;
  std::string software;  // version of the program
  absl::Time made_at;
  absl::Time destroy_by;
  // Outlives the making.
  const crypto::Signer* signer = nullptr;
  // An Ed25519 public key, and what is sealed to it; both empty: the keys are left out.
  std::string escrow_key = {};
  keys::KeyFiles keys = {};
  uint64_t part_bytes = kDefaultPartBytes;
};

// A file is called database.001, database.002 …, keys.sealed: names without a folder.
using OnPiece = absl::FunctionRef<absl::Status(absl::string_view file, absl::string_view bytes)>;

struct SignedManifest {
  std::string text;
  std::string signature;
};

// Runs on any thread. `on_snapshot` is called once, as soon as it is settled which rows are inside:
// what is written later is not. FailedPrecondition: rows name a data key that `keys` does not have,
// or it is no database of a centre. Errors of `on_piece` end it and are passed on; else those of
// the store.
absl::StatusOr<SignedManifest> MakeBackup(const storage::KvStore& store, const BackupOrder& order,
                                          OnPiece on_piece, absl::FunctionRef<void()> on_snapshot);

}  // namespace keping::backup

#endif  // KEPING_COMMON_BACKUP_BACKUP_MAKER_H_
