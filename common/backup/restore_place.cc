#include "common/backup/restore_place.h"

#include <filesystem>
#include <system_error>

#include "absl/strings/str_cat.h"
#include "common/base/status_macros.h"

namespace keping::backup {
namespace {

bool HasDatabase(const std::string& data_dir) {
  std::error_code ignored;
  return std::filesystem::exists(DatabaseOf(data_dir) + "/CURRENT", ignored);
}

}  // namespace

std::string DatabaseOf(absl::string_view data_dir) { return absl::StrCat(data_dir, "/db"); }

std::string RestoreDraftOf(absl::string_view data_dir) {
  return absl::StrCat(data_dir, "/", kRestoringFolder);
}

absl::Status CheckNoRestoreCutOff(const std::string& data_dir) {
  std::error_code ignored;
  if (HasDatabase(data_dir) || !std::filesystem::exists(RestoreDraftOf(data_dir), ignored)) {
    return absl::OkStatus();
  }
  return absl::FailedPreconditionError(
      absl::StrCat("K-289: a restore into ", data_dir,
                   " was cut off: run keping central restore again, then start the centre"));
}

absl::Status CheckDatabaseIsThere(const std::string& data_dir, const sync::Witness& witness) {
  if (witness.missing || witness.head.seq == 0 || HasDatabase(data_dir)) return absl::OkStatus();
  return absl::FailedPreconditionError(absl::StrCat(
      "K-289: got no database in ", data_dir, ", want the one whose log had come to entry ",
      witness.head.seq,
      ", as the witness in keys_dir says: restore it from its backup (keping "
      "central restore). Only where there is none, move the witness away: the district then begins "
      "with nothing, and every office enrols again"));
}

}  // namespace keping::backup
