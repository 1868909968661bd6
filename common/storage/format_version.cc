#include "common/storage/format_version.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "common/base/status_macros.h"
#include "common/storage/key_space.h"

namespace keping::storage {
namespace {

// The mark is text, "keping PROGRAM VERSION", so that a person with a hex dump can read it.
constexpr absl::string_view kMagic = "keping";

struct Mark {
  std::string program;
  uint32_t version = 0;
};

absl::StatusOr<Mark> ParseMark(const std::string& text) {
  const std::vector<std::string> words = absl::StrSplit(text, ' ');
  Mark mark;
  if (words.size() != 3 || words[0] != kMagic || !absl::SimpleAtoi(words[2], &mark.version)) {
    return absl::DataLossError(
        "the database's format mark is damaged: restore the database from a backup");
  }
  mark.program = words[1];
  return mark;
}

absl::Status MarkEmptyStore(KvStore& store, uint32_t version, absl::string_view program) {
  auto last = store.Last("", "");
  KEPING_RETURN_IF_ERROR(last.status());
  if (last->has_value()) {
    return absl::DataLossError(
        "the database has no format mark although it holds data: check that its folder belongs to "
        "Keping, or restore it from a backup");
  }
  WriteBatch batch;
  batch.Put(kFormatVersionKey, absl::StrCat(kMagic, " ", program, " ", version));
  return store.Write(batch, Durability::kSynced);
}

}  // namespace

absl::Status CheckFormatVersion(KvStore& store, uint32_t supported, absl::string_view program) {
  KEPING_ASSIGN_OR_RETURN(const std::optional<std::string> text, store.Get(kFormatVersionKey));
  if (!text) return MarkEmptyStore(store, supported, program);
  KEPING_ASSIGN_OR_RETURN(const Mark mark, ParseMark(*text));
  if (mark.program != program) {
    return absl::FailedPreconditionError(absl::StrCat("got the database of the program ",
                                                      mark.program, ", want that of ", program,
                                                      ": correct the path in the configuration"));
  }
  if (mark.version > supported) {
    return absl::FailedPreconditionError(
        absl::StrCat("got a database of format ", mark.version, ", want ", supported,
                     " or older: it was written by a newer Keping, install that version"));
  }
  if (mark.version < supported) {
    return absl::FailedPreconditionError(
        absl::StrCat("got a database of format ", mark.version, ", want ", supported,
                     ": this version cannot migrate it, install the version that wrote it"));
  }
  return absl::OkStatus();
}

}  // namespace keping::storage
