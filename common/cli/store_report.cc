#include "common/cli/store_report.h"

#include "absl/strings/str_cat.h"
#include "common/base/status_macros.h"
#include "common/storage/key_space.h"

namespace keping::cli {

absl::Status ScanPrefix(
    const storage::KvStore& store, absl::string_view prefix,
    absl::FunctionRef<absl::Status(absl::string_view key, absl::string_view value)> visit) {
  absl::Status status;
  KEPING_RETURN_IF_ERROR(store.Scan(prefix, storage::PrefixEnd(prefix),
                                    [&](absl::string_view key, absl::string_view value) {
                                      status = visit(key.substr(prefix.size()), value);
                                      return status.ok();
                                    }));
  return status;
}

absl::Status Unreadable(absl::string_view what) {
  return absl::DataLossError(
      absl::StrCat("got ", what,
                   " that does not parse, want what this version writes: keep a copy "
                   "of the database, then restore it from a backup"));
}

}  // namespace keping::cli
