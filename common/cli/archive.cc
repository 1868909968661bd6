#include "common/cli/archive.h"

#include <archive.h>
#include <archive_entry.h>
#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <memory>

#include "absl/cleanup/cleanup.h"
#include "absl/strings/str_cat.h"
#include "common/base/status_macros.h"

namespace keping::cli {
namespace {

using Writer = std::unique_ptr<archive, decltype(&archive_write_free)>;
using Entry = std::unique_ptr<archive_entry, decltype(&archive_entry_free)>;

absl::Status Check(int result, archive* writer, const std::string& path) {
  if (result == ARCHIVE_OK) return absl::OkStatus();
  const char* text = archive_error_string(writer);
  const std::string message =
      absl::StrCat("cannot write ", path, ": ", text == nullptr ? "the disk failed" : text);
  return archive_errno(writer) == ENOSPC
             ? absl::ResourceExhaustedError(absl::StrCat(message, "; free some space there"))
             : absl::UnavailableError(message);
}

absl::Status AddFile(archive* writer, const ArchivedFile& file, absl::Time now,
                     const std::string& path) {
  const Entry entry(archive_entry_new(), &archive_entry_free);
  archive_entry_set_pathname(entry.get(), file.name.c_str());
  archive_entry_set_filetype(entry.get(), AE_IFREG);
  archive_entry_set_perm(entry.get(), 0600);
  archive_entry_set_size(entry.get(), static_cast<la_int64_t>(file.content.size()));
  archive_entry_set_mtime(entry.get(), absl::ToTimeT(now), 0);
  KEPING_RETURN_IF_ERROR(Check(archive_write_header(writer, entry.get()), writer, path));
  const la_ssize_t written = archive_write_data(writer, file.content.data(), file.content.size());
  return Check(written == static_cast<la_ssize_t>(file.content.size()) ? ARCHIVE_OK : ARCHIVE_FATAL,
               writer, path);
}

absl::Status WriteTo(int descriptor, const std::vector<ArchivedFile>& files, absl::Time now,
                     const std::string& path) {
  const Writer owner(archive_write_new(), &archive_write_free);
  archive* const writer = owner.get();
  KEPING_RETURN_IF_ERROR(Check(archive_write_add_filter_zstd(writer), writer, path));
  KEPING_RETURN_IF_ERROR(Check(archive_write_set_format_pax_restricted(writer), writer, path));
  KEPING_RETURN_IF_ERROR(Check(archive_write_open_fd(writer, descriptor), writer, path));
  for (const ArchivedFile& file : files) {
    KEPING_RETURN_IF_ERROR(AddFile(writer, file, now, path));
  }
  return Check(archive_write_close(writer), writer, path);
}

absl::Status CannotMake(int error, const std::string& path) {
  const std::string text = absl::StrCat("cannot write ", path, ": ", strerror(error));
  if (error == EEXIST) return absl::AlreadyExistsError(absl::StrCat(text, "; give a new name"));
  if (error == ENOENT) return absl::NotFoundError(absl::StrCat(text, "; check the folder"));
  return absl::PermissionDeniedError(absl::StrCat(text, "; give a folder that can be written"));
}

}  // namespace

absl::Status WriteArchive(const std::string& path, const std::vector<ArchivedFile>& files,
                          absl::Time now) {
  const int descriptor = open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (descriptor < 0) return CannotMake(errno, path);
  const absl::Cleanup close_file = [descriptor] { close(descriptor); };
  absl::Status status = WriteTo(descriptor, files, now, path);
  if (status.ok() && fsync(descriptor) != 0) {
    status = absl::UnavailableError(absl::StrCat("cannot sync ", path, ": ", strerror(errno)));
  }
  if (!status.ok()) unlink(path.c_str());
  return status;
}

}  // namespace keping::cli
