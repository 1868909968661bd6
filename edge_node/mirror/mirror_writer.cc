#include "edge_node/mirror/mirror_writer.h"

#include <sys/stat.h>

#include <filesystem>
#include <optional>
#include <system_error>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "common/base/status_macros.h"
#include "common/domain/entry.h"
#include "common/files/file.h"
#include "common/storage/key_space.h"
#include "common/sync/frames.h"

namespace keping::edge {
namespace {

namespace fs = std::filesystem;

std::string FileName(uint64_t number) {
  return absl::StrFormat("%06d%s", number, storage::kLogFileSuffix);
}

std::optional<uint64_t> NumberOf(const fs::path& path) {
  uint64_t number = 0;
  if (path.extension() != storage::kLogFileSuffix) return std::nullopt;
  if (!absl::SimpleAtoi(path.stem().string(), &number) || number == 0) return std::nullopt;
  return number;
}

bool AreOnOneDisk(const std::string& one, const std::string& other) {
  struct stat a {
  }, b{};
  return stat(one.c_str(), &a) == 0 && stat(other.c_str(), &b) == 0 && a.st_dev == b.st_dev;
}

absl::Status Contradiction(absl::string_view what) {
  return absl::FailedPreconditionError(absl::StrCat(
      "K-213: the mirror holds ", what,
      ". Either this node's database was set back, or the folder ",
      "belongs to another machine: leave the folder as it is and call the district office."));
}

}  // namespace

std::string MirrorWriter::StreamFolder() const {
  return absl::StrCat(options_.folder, "/", options_.node.value(), "-",
                      options_.incarnation.value());
}

absl::Status MirrorWriter::CatchUp(uint64_t head_seq) {
  absl::Status status;
  std::error_code error;
  if (open_ && !(file_ != nullptr ? file_->IsInPlace() : fs::is_directory(StreamFolder(), error))) {
    open_ = false;
    file_.reset();
  }
  if (!open_) status = Open(head_seq);
  while (status.ok() && entries_ < head_seq) status = WriteRun(head_seq);
  if (!status.ok()) {
    open_ = false;
    file_.reset();
  }
  return status;
}

absl::Status MirrorWriter::Open(uint64_t head_seq) {
  std::error_code error;
  if (!fs::is_directory(options_.folder, error)) {
    return absl::NotFoundError(absl::StrCat("there is no folder ", options_.folder,
                                            ": put the disk or stick back, or make the folder"));
  }
  on_disk_of_database_ = AreOnOneDisk(options_.folder, options_.database_folder);
  KEPING_RETURN_IF_ERROR(files::MakePrivateFolder(StreamFolder()));
  Found found;
  KEPING_RETURN_IF_ERROR(ReadFiles(&found));
  KEPING_RETURN_IF_ERROR(CheckAgainstLog(found.entries, head_seq));
  // From the first one on that is missing, or has no signature over it.
  entries_ = 0;
  for (uint64_t seq = 1; found.entries.contains(seq); ++seq) {
    if (found.signed_heads.contains(seq)) entries_ = seq;
  }
  open_ = true;
  return absl::OkStatus();
}

absl::Status MirrorWriter::ReadFiles(Found* found) {
  std::map<uint64_t, std::string> paths;
  std::error_code error;
  for (fs::directory_iterator it(StreamFolder(), error), end; !error && it != end;
       it.increment(error)) {
    if (const auto number = NumberOf(it->path())) paths[*number] = it->path().string();
  }
  if (error) {
    return absl::UnavailableError(
        absl::StrCat("cannot list ", StreamFolder(), " (", error.message(), "): check the disk"));
  }
  absl::Status contradiction;
  last_file_ = paths.empty() ? 0 : paths.rbegin()->first;
  reusable_.clear();
  for (const auto& [number, path] : paths) {
    const auto end = storage::ReadLogFile(
        path,
        [&](absl::string_view bytes) {
          const auto entry = domain::ParseEntry(bytes);
          if (!entry.ok()) return;
          const crypto::Hash hash = domain::HashEntryBytes(bytes);
          const auto [known, added] = found->entries.try_emplace(entry->header.seq, hash);
          if (!added && known->second != hash && contradiction.ok()) {
            contradiction = Contradiction(absl::StrCat("two entries ", entry->header.seq));
          }
        },
        [found](uint64_t seq, absl::string_view) { found->signed_heads.insert(seq); });
    // A file that was cut off in its first bytes says nothing, and is not added to.
    if (absl::IsInvalidArgument(end.status())) continue;
    KEPING_RETURN_IF_ERROR(end.status());
    if (number == last_file_ && end->whole && end->good_bytes < options_.rotate_at_bytes) {
      reusable_ = path;
    }
  }
  return contradiction;
}

absl::Status MirrorWriter::CheckAgainstLog(const std::map<uint64_t, crypto::Hash>& found,
                                           uint64_t head_seq) {
  if (found.empty()) return absl::OkStatus();
  const auto& [last, hash] = *found.rbegin();
  if (last > head_seq) {
    return Contradiction(
        absl::StrCat("entry ", last, ", and the log of this node ends at ", head_seq));
  }
  // The chain of hashes makes one of them speak for all before it.
  KEPING_ASSIGN_OR_RETURN(const auto own, options_.store->Get(storage::EntryKey(last)));
  if (own && domain::HashEntryBytes(*own) == hash) return absl::OkStatus();
  return Contradiction(absl::StrCat("another entry ", last, " than the log of this node"));
}

absl::Status MirrorWriter::NextFile() {
  if (file_ != nullptr && file_->size() < options_.rotate_at_bytes) return absl::OkStatus();
  if (file_ == nullptr && !reusable_.empty()) {
    KEPING_ASSIGN_OR_RETURN(file_, storage::LogFileWriter::Append(reusable_));
    reusable_.clear();
    return absl::OkStatus();
  }
  const std::string path = absl::StrCat(StreamFolder(), "/", FileName(last_file_ + 1));
  KEPING_ASSIGN_OR_RETURN(file_, storage::LogFileWriter::Create(path));
  ++last_file_;
  return absl::OkStatus();
}

absl::Status MirrorWriter::WriteRun(uint64_t head_seq) {
  KEPING_RETURN_IF_ERROR(NextFile());
  sync::Head head;
  size_t bytes = 0;
  KEPING_RETURN_IF_ERROR(options_.store->Scan(
      storage::EntryKey(entries_ + 1), storage::EntryKey(head_seq + 1),
      [&](absl::string_view, absl::string_view entry) {
        const bool first = bytes == 0;
        bytes += entry.size();
        if (!first && bytes > sync::kMaxSegmentBytes) return false;
        file_->AddEntry(entry);
        head = {head.seq == 0 ? entries_ + 1 : head.seq + 1, domain::HashEntryBytes(entry)};
        return true;
      }));
  if (head.seq == 0) {
    return absl::DataLossError(absl::StrCat("the log of this node has no entry ", entries_ + 1,
                                            " to mirror: call the district office"));
  }
  file_->AddHead(head.seq, options_.signer->Sign(
                               sync::HeadStatement(options_.node, options_.incarnation, head)));
  KEPING_RETURN_IF_ERROR(file_->Sync());
  entries_ = head.seq;
  return absl::OkStatus();
}

}  // namespace keping::edge
