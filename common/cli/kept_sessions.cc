#include "common/cli/kept_sessions.h"

#include <filesystem>
#include <system_error>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "common/base/status_macros.h"
#include "common/crypto/hash.h"
#include "common/files/file.h"

namespace keping::cli {
namespace {

namespace fs = std::filesystem;

constexpr size_t kMaxBytes = 1024;
constexpr char kEnding[] = ".session";

// "rai\nTOKEN\n"; an empty one where that is not what is in the file.
KeptSession ReadSession(const std::string& path) {
  const absl::StatusOr<std::string> text = files::ReadFile(path, kMaxBytes);
  if (!text.ok()) return {};
  const std::vector<std::string> lines = absl::StrSplit(*text, '\n');
  if (lines.size() != 3) return {};
  return {.officer = lines[0], .token = lines[1]};
}

}  // namespace

KeptSessions::KeptSessions(const std::string& runtime_folder, const std::string& socket) {
  if (runtime_folder.empty()) return;
  std::error_code error;
  const fs::path whole = fs::absolute(socket, error);
  folder_ = absl::StrCat(runtime_folder, "/keping/",
                         crypto::Sha256({error ? socket : whole.string()}).Hex());
}

std::string KeptSessions::PathOf(const std::string& officer) const {
  return absl::StrCat(folder_, "/", crypto::Sha256({officer}).Hex(), kEnding);
}

absl::Status KeptSessions::CanKeep() const {
  if (!folder_.empty()) return absl::OkStatus();
  return absl::FailedPreconditionError(
      "got no runtime folder of this user to keep the session in, want XDG_RUNTIME_DIR to name "
      "one. "
      "Or leave sign-in out, and name yourself with --by in each command; a first password is "
      "changed by keping central password too");
}

absl::Status KeptSessions::Keep(const KeptSession& session) const {
  KEPING_RETURN_IF_ERROR(CanKeep());
  KEPING_RETURN_IF_ERROR(files::MakePrivateFolder(folder_));
  return files::WriteFile(PathOf(session.officer),
                          absl::StrCat(session.officer, "\n", session.token, "\n"),
                          files::Access::kOwnerOnly);
}

absl::StatusOr<KeptSession> KeptSessions::Find(const std::string& officer) const {
  if (folder_.empty()) return KeptSession();
  if (!officer.empty()) return ReadSession(PathOf(officer));
  KeptSession found;
  std::error_code error;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder_, error)) {
    if (!absl::EndsWith(entry.path().string(), kEnding)) continue;
    KeptSession session = ReadSession(entry.path());
    if (session.empty()) continue;
    if (!found.empty()) {
      return absl::InvalidArgumentError(absl::StrCat(
          found.officer, " and ", session.officer,
          " are signed in here: say with --by which of them does it, or sign one out"));
    }
    found = std::move(session);
  }
  return found;
}

void KeptSessions::Forget(const std::string& officer) const {
  std::error_code ignored;
  if (!folder_.empty()) fs::remove(PathOf(officer), ignored);
}

}  // namespace keping::cli
