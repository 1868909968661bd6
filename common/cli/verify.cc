#include "common/cli/verify.h"

#include <filesystem>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/base/status_macros.h"
#include "common/cli/store_report.h"
#include "common/files/file.h"
#include "common/storage/key_space.h"
#include "common/storage/rocksdb_store.h"

namespace keping::cli {
namespace {

constexpr char kCentreKeyFile[] = "centre.pub";
constexpr size_t kPublicKeySize = 32;
constexpr size_t kMaxLineBytes = 256;

absl::StatusOr<std::string> ReadCentreKey(const std::string& keys) {
  if (keys.empty()) return std::string();
  const std::string path = files::ResolvePath(keys, kCentreKeyFile);
  KEPING_ASSIGN_OR_RETURN(std::string text, files::ReadFile(path, kMaxLineBytes));
  const std::string line(absl::StripAsciiWhitespace(text));
  const std::string key = absl::HexStringToBytes(line);
  if (line.size() == 2 * kPublicKeySize && absl::BytesToHexString(key) == line) return key;
  return absl::InvalidArgumentError(absl::StrCat("cannot use ", path, ": got ", line.size(),
                                                 " characters, want ", 2 * kPublicKeySize,
                                                 " hexadecimal digits"));
}

// Whose database it is, by its format mark; one without a mark is taken at its word.
absl::Status CheckProgram(const storage::KvStore& store, absl::string_view path,
                          absl::string_view program) {
  KEPING_ASSIGN_OR_RETURN(const auto mark, store.Get(storage::kFormatVersionKey));
  if (!mark || absl::StartsWith(*mark, absl::StrCat("keping ", program, " "))) {
    return absl::OkStatus();
  }
  return absl::FailedPreconditionError(
      absl::StrCat("database ", path, ": got one marked \"", absl::CEscape(*mark),
                   "\", want that of the program ", program, ": give the right folder"));
}

// The copies of the log that an office has: of a log that was forked, its branch from where the two
// part, and what they share.
EntryHashes CopiesOf(const LogHashes& copies, const LogHashes::key_type& stream,
                     const EntryHashes& own) {
  EntryHashes held = copies.at(stream);
  for (const auto& [name, branch] : copies) {
    if (name.first != stream.first || name == stream || branch.empty()) continue;
    const auto [first, hash] = *branch.begin();
    const auto entry = own.find(first);
    if (entry == own.end() || entry->second != hash) continue;
    held.erase(held.lower_bound(first), held.end());
    held.insert(branch.begin(), branch.end());
  }
  return held;
}

// Copies of a log against the office's own; `holder` has the copies.
void CompareLogs(const char* holder, const LogHashes& copies, const LogHashes& at_offices,
                 v1::VerifyReport* report) {
  uint64_t compared = 0;
  for (const auto& [stream, unused] : copies) {
    const auto own = at_offices.find(stream);
    if (own == at_offices.end()) continue;
    for (const auto& [seq, hash] : CopiesOf(copies, stream, own->second)) {
      const auto entry = own->second.find(seq);
      const bool same = entry != own->second.end() && entry->second == hash;
      ++compared;
      if (same) continue;
      const bool lost = entry == own->second.end();
      AddDifference(
          report, lost ? "entry_lost_at_office" : "copies_differ",
          absl::StrCat("node ", stream.first, ", entry ", seq),
          absl::StrCat("got ",
                       lost ? "no such entry"
                            : absl::StrCat("another entry (", entry->second.ShortHex(), ")"),
                       ", want ", hash.ShortHex(), " as ", holder, " holds it"));
    }
  }
  AddCheck(report, "entries_compared", compared);
}

// Neither needs to hold all of the other's entries, but both the same ones.
void CompareMirrors(const LogHashes& mirrored, const LogHashes& at_centre,
                    v1::VerifyReport* report) {
  LogHashes common;
  for (const auto& [stream, hashes] : mirrored) {
    const auto held = at_centre.find(stream);
    if (held == at_centre.end()) continue;
    for (const auto& [seq, hash] : hashes) {
      if (held->second.contains(seq)) common[stream][seq] = hash;
    }
  }
  CompareLogs("the mirror", common, at_centre, report);
}

bool Passed(const v1::VerifyReport& report) {
  bool passed = report.differences().empty();
  for (const v1::StoreReport& store : report.stores()) {
    passed = passed && store.differences().empty();
  }
  return passed;
}

}  // namespace

absl::StatusOr<std::unique_ptr<storage::KvStore>> OpenStoppedStore(const std::string& folder,
                                                                   absl::string_view program) {
  const std::string path = DatabaseIn(folder);
  auto store = storage::OpenRocksDbStoreReadOnly(path);
  if (absl::IsFailedPrecondition(store.status()) &&
      absl::StrContains(store.status().message(), "is open in another process")) {
    return absl::FailedPreconditionError(absl::StrCat(
        "database ", path,
        " is in use: the node is running. Stop it first, and start it again afterwards"));
  }
  KEPING_RETURN_IF_ERROR(store.status());
  KEPING_RETURN_IF_ERROR(CheckProgram(**store, path, program));
  return store;
}

std::string DatabaseIn(const std::string& folder) {
  std::error_code ignored;
  const std::filesystem::path inner = std::filesystem::path(folder) / "db";
  const bool is_database =
      std::filesystem::exists(std::filesystem::path(folder) / "CURRENT", ignored);
  return !is_database && std::filesystem::is_directory(inner, ignored) ? inner.string() : folder;
}

absl::StatusOr<v1::VerifyReport> Verify(const VerifyRequest& request) {
  KEPING_ASSIGN_OR_RETURN(const std::string centre_key, ReadCentreKey(request.keys));
  v1::VerifyReport report;
  LogHashes at_centre;
  LogHashes at_offices;
  for (const std::string& folder : request.centrals) {
    KEPING_ASSIGN_OR_RETURN(const auto store, OpenStoppedStore(folder, "central"));
    v1::StoreReport* part = report.add_stores();
    part->set_path(folder);
    KEPING_RETURN_IF_ERROR(VerifyCentralStore(*store, part, &at_centre));
  }
  for (const std::string& folder : request.edges) {
    KEPING_ASSIGN_OR_RETURN(const auto store, OpenStoppedStore(folder, "edge"));
    v1::StoreReport* part = report.add_stores();
    part->set_path(folder);
    KEPING_RETURN_IF_ERROR(VerifyEdgeStore(*store, centre_key, part, &at_offices));
  }
  LogHashes mirrored;
  for (const std::string& path : request.mirrors) {
    KEPING_RETURN_IF_ERROR(VerifyMirror(path, &report, &mirrored));
  }
  if (!at_centre.empty() && !at_offices.empty()) {
    CompareLogs("the centre", at_centre, at_offices, &report);
  }
  if (!mirrored.empty() && !at_offices.empty()) {
    CompareLogs("the mirror", mirrored, at_offices, &report);
  }
  if (!mirrored.empty() && !at_centre.empty()) CompareMirrors(mirrored, at_centre, &report);
  report.set_passed(Passed(report));
  return report;
}

}  // namespace keping::cli
