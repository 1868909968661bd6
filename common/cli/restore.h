// `keping central restore`: a backup of the centre onto a machine that has none.
//
//   KEPING_ASSIGN_OR_RETURN(v1::RestoredCentre restored, RestoreCentre(request, now));
//
// Everything is checked before anything has its place: the manifest's signature and every hash, the
// keys, the restored database as `keping verify` checks one. The database is moved to its place
// last; a restore that is cut off before leaves what the centre refuses to start on
// (backup/restore_place.h) and is run again.
//
// What is restored is older than what the offices know. So the database is marked as one whose
// witness is kept beside the keys, and that witness is taken away: the centre begins its next
// generation at its next start, and gives nothing out before it has heard every office.
#ifndef KEPING_COMMON_CLI_RESTORE_H_
#define KEPING_COMMON_CLI_RESTORE_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "keping/cli/v1/backup.pb.h"

namespace keping::cli {

struct RestoreRequest {
  std::string backup;
  std::string config;      // of the central node that it is restored for
  std::string escrow_key;  // file with the private part; empty: the keys are in keys_dir already
  bool past_its_date = false;
  bool with_differences = false;
};

// InvalidArgument with K-288: no whole backup, or of another district; with K-290: the escrow key.
// FailedPrecondition with K-289: this is no place for it, or keys are missing. Nothing is restored
// then. Else the codes of the store and of files.
absl::StatusOr<v1::RestoredCentre> RestoreCentre(const RestoreRequest& request, absl::Time now);

}  // namespace keping::cli

#endif  // KEPING_COMMON_CLI_RESTORE_H_
