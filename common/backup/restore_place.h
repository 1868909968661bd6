// Where a restore works until all of it is done: a folder in data_dir. While it is there and the
// database is not, a restore was cut off, and the centre must not begin with nothing instead.
//
//   const std::string draft = RestoreDraftOf(config.data_dir());
//   KEPING_RETURN_IF_ERROR(CheckNoRestoreCutOff(config.data_dir()));     // before the store opens
#ifndef KEPING_COMMON_BACKUP_RESTORE_PLACE_H_
#define KEPING_COMMON_BACKUP_RESTORE_PLACE_H_

#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "common/sync/witness.h"

namespace keping::backup {

inline constexpr char kRestoringFolder[] = "restoring";

// The folder of a node's database in its data_dir.
std::string DatabaseOf(absl::string_view data_dir);
std::string RestoreDraftOf(absl::string_view data_dir);

// FailedPrecondition with K-289 when a restore into this folder was cut off.
absl::Status CheckNoRestoreCutOff(const std::string& data_dir);

// FailedPrecondition with K-289 when there is no database although the witness says how far its log
// had come: a centre that began with nothing would be another one under the same keys.
absl::Status CheckDatabaseIsThere(const std::string& data_dir, const sync::Witness& witness);

}  // namespace keping::backup

#endif  // KEPING_COMMON_BACKUP_RESTORE_PLACE_H_
