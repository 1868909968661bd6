#include "common/backup/last_backup.h"

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "common/files/file.h"

namespace keping::backup {
namespace {

constexpr char kFile[] = "/last_backup";
constexpr size_t kMaxBytes = 100;

std::optional<absl::Time> Read(const std::string& path) {
  const absl::StatusOr<std::string> text = files::ReadFile(path, kMaxBytes);
  absl::Time made_at;
  std::string problem;
  if (!text.ok() ||
      !absl::ParseTime(absl::RFC3339_full, absl::StripSuffix(*text, "\n"), &made_at, &problem)) {
    return std::nullopt;
  }
  return made_at;
}

}  // namespace

LastBackup::LastBackup(absl::string_view data_dir)
    : path_(absl::StrCat(data_dir, kFile)), made_at_(Read(path_)) {}

absl::Status LastBackup::Note(absl::Time made_at) {
  absl::MutexLock lock(&mutex_);
  made_at_ = made_at;
  const std::string text = absl::FormatTime(absl::RFC3339_full, made_at, absl::UTCTimeZone());
  return files::WriteFile(path_, absl::StrCat(text, "\n"), files::Access::kEveryoneReads);
}

std::optional<absl::Time> LastBackup::made_at() const {
  absl::MutexLock lock(&mutex_);
  return made_at_;
}

}  // namespace keping::backup
