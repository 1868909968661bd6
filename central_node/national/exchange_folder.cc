#include "central_node/national/exchange_folder.h"

#include <algorithm>
#include <optional>
#include <system_error>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_split.h"
#include "common/base/status_macros.h"
#include "common/files/file.h"

namespace keping::central {
namespace {

namespace fs = std::filesystem;
using exchange::FileKind;
using exchange::NationalFile;

constexpr char kIn[] = "/in";
constexpr char kOut[] = "/out";
constexpr char kDone[] = "/done";

absl::Status Cannot(absl::string_view what, const std::string& path, const std::error_code& why) {
  return absl::FailedPreconditionError(
      absl::StrCat("cannot ", what, " ", path, ": ", why.message(),
                   ". Want a folder that the central node may read and write"));
}

absl::StatusOr<FileStamp> StampOf(const std::string& path) {
  std::error_code error;
  FileStamp stamp;
  stamp.size = fs::file_size(path, error);
  if (!error) stamp.written = fs::last_write_time(path, error);
  if (error) return Cannot("look at", path, error);
  return stamp;
}

// The regular files of a folder, by name.
absl::StatusOr<std::vector<std::string>> NamesIn(const std::string& folder) {
  std::error_code error;
  std::vector<std::string> names;
  fs::directory_iterator at(folder, error);
  for (; !error && at != fs::directory_iterator(); at.increment(error)) {
    std::error_code gone;
    if (at->is_regular_file(gone)) names.push_back(at->path().filename().string());
  }
  if (error) return Cannot("list", folder, error);
  std::sort(names.begin(), names.end());
  return names;
}

// "000000000000-000000010000-records.csv", as Finish names it.
std::optional<DoneFile> ReadDoneName(const std::string& name) {
  const std::vector<std::string> parts = absl::StrSplit(name, absl::MaxSplits('-', 2));
  DoneFile done;
  if (parts.size() != 3 || !absl::SimpleAtoi(parts[0], &done.base) ||
      !absl::SimpleAtoi(parts[1], &done.end)) {
    return std::nullopt;
  }
  const auto type = exchange::TypeOfFile(parts[2]);
  if (!type.has_value()) return std::nullopt;
  done.file = {.name = parts[2], .path = name, .type = *type};
  return done;
}

}  // namespace

absl::StatusOr<ExchangeFolder> ExchangeFolder::Open(const std::string& path) {
  for (const char* part : {kIn, kOut, kDone}) {
    KEPING_RETURN_IF_ERROR(files::MakePrivateFolder(path + part));
  }
  return ExchangeFolder(path);
}

absl::StatusOr<std::vector<WaitingFile>> ExchangeFolder::Waiting(FileKind kind) const {
  KEPING_ASSIGN_OR_RETURN(const std::vector<std::string> names, NamesIn(path_ + kIn));
  std::vector<WaitingFile> files;
  for (const std::string& name : names) {
    const auto type = exchange::TypeOfFile(name);
    if (!type.has_value() || type->kind != kind) continue;
    WaitingFile file{.name = name, .path = absl::StrCat(path_, kIn, "/", name), .type = *type};
    const auto stamp = StampOf(file.path);
    if (!stamp.ok()) continue;  // taken away again
    file.stamp = *stamp;
    files.push_back(std::move(file));
  }
  return files;
}

absl::StatusOr<std::vector<DoneFile>> ExchangeFolder::Done(FileKind kind) const {
  KEPING_ASSIGN_OR_RETURN(const std::vector<std::string> names, NamesIn(path_ + kDone));
  std::vector<DoneFile> done;
  for (const std::string& name : names) {
    std::optional<DoneFile> file = ReadDoneName(name);
    if (!file.has_value() || file->file.type.kind != kind) continue;
    file->file.path = absl::StrCat(path_, kDone, "/", name);
    const auto stamp = StampOf(file->file.path);
    if (!stamp.ok()) continue;  // taken away again
    file->file.stamp = *stamp;
    done.push_back(*std::move(file));
  }
  std::sort(done.begin(), done.end(),
            [](const DoneFile& a, const DoneFile& b) { return a.end < b.end; });
  return done;
}

absl::StatusOr<std::unique_ptr<NationalFile>> ExchangeFolder::Read(const WaitingFile& file) const {
  KEPING_ASSIGN_OR_RETURN(exchange::Sources sources, exchange::SourcesIn(path_ + kIn));
  if (file.stamp.size > exchange::kMaxFileBytes) {
    return NationalFile::TooLarge(file.type, file.stamp.size);
  }
  KEPING_ASSIGN_OR_RETURN(std::string bytes, files::ReadFile(file.path, exchange::kMaxFileBytes));
  return NationalFile::Read(file.type, std::move(bytes), std::move(sources));
}

absl::Status ExchangeFolder::Finish(const WaitingFile& file, uint64_t base, uint64_t end) const {
  const auto stamp = StampOf(file.path);
  if (!stamp.ok() || *stamp != file.stamp) return absl::OkStatus();
  std::error_code error;
  const std::string to =
      absl::StrCat(path_, kDone, "/", absl::StrFormat("%012d-%012d-", base, end), file.name);
  fs::rename(file.path, to, error);
  return error ? Cannot("move to done/ the file", file.path, error) : absl::OkStatus();
}

absl::Status ExchangeFolder::WriteFindings(const WaitingFile& file,
                                           const NationalFile& read) const {
  KEPING_RETURN_IF_ERROR(WriteList(file.name + ".ditolak.csv", read.rejected()));
  return WriteList(file.name + ".peringatan.csv", read.warnings());
}

absl::Status ExchangeFolder::WriteList(const std::string& name,
                                       const std::vector<exchange::Finding>& findings) const {
  if (!findings.empty()) return WriteOut(name, exchange::FindingsCsv(findings));
  std::error_code error;
  const std::string path = absl::StrCat(path_, kOut, "/", name);
  fs::remove(path, error);
  return error ? Cannot("remove", path, error) : absl::OkStatus();
}

absl::Status ExchangeFolder::WriteOut(const std::string& name, absl::string_view content) const {
  return files::WriteFile(absl::StrCat(path_, kOut, "/", name), content,
                          files::Access::kEveryoneReads);
}

}  // namespace keping::central
