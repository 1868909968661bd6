#include "common/storage/ballast.h"

#include <fcntl.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <filesystem>

#include "absl/strings/str_cat.h"

namespace keping::storage {

uint64_t FreeBytes(const std::string& path) {
  struct statvfs disk {};
  if (statvfs(path.c_str(), &disk) != 0) return 0;
  return static_cast<uint64_t>(disk.f_bavail) * disk.f_frsize;
}

bool KeepBallast(const std::string& path) {
  std::error_code ignored;
  const std::filesystem::path file_path(path);
  if (std::filesystem::file_size(file_path, ignored) == kBallastBytes && !ignored) return true;
  if (FreeBytes(file_path.parent_path().string()) < 2 * kBallastBytes) return false;
  const int file = open(path.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
  if (file < 0) return false;
  const bool made = posix_fallocate(file, 0, static_cast<off_t>(kBallastBytes)) == 0;
  close(file);
  if (!made) GiveUpBallast(path);
  return made;
}

bool GiveUpBallast(const std::string& path) { return unlink(path.c_str()) == 0; }

absl::StatusOr<std::unique_ptr<KvStore>> OpenWithBallast(
    const std::string& ballast, const OpenStore& open,
    const std::function<void()>& ballast_given_up) {
  auto store = open();
  if (absl::IsResourceExhausted(store.status()) && GiveUpBallast(ballast)) {
    ballast_given_up();
    store = open();
  }
  if (store.ok()) KeepBallast(ballast);
  return store;
}

absl::Status DiskFull(const absl::Status& cause, absl::string_view folder,
                      absl::string_view way_out) {
  if (!absl::IsResourceExhausted(cause)) return cause;
  return absl::ResourceExhaustedError(absl::StrCat(
      "K-215: ", cause.message(), ". Free at least ", kBallastBytes >> 20, " MB on the disk of ",
      folder, "; nothing that was acknowledged is lost. ", way_out));
}

}  // namespace keping::storage
