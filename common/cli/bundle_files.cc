#include "common/cli/bundle_files.h"

#include <algorithm>
#include <filesystem>
#include <map>
#include <optional>
#include <system_error>
#include <tuple>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "common/base/status_macros.h"

namespace keping::cli {
namespace {

using bundle::ParsedHead;

// As much of it as a head may have.
absl::StatusOr<std::string> ReadStart(const std::string& path, uint64_t file_bytes) {
  std::string start;
  KEPING_RETURN_IF_ERROR(files::ReadRange(
      path, 0, std::min<uint64_t>(file_bytes, bundle::kMaxHeadBytes), [&](absl::string_view piece) {
        start.append(piece.data(), piece.size());
        return absl::OkStatus();
      }));
  return start;
}

// By its name or by its first bytes.
bool IsMeantAsBundle(const std::string& path, absl::string_view start) {
  const std::string name = std::filesystem::path(path).filename().string();
  return absl::StrContains(name, ".kbundle") || bundle::BeginsAsBundle(start);
}

absl::Status CheckPiece(const std::string& path, uint64_t file_bytes, const ParsedHead& head) {
  if (file_bytes != head.bytes + head.part.size) {
    return absl::InvalidArgumentError(absl::StrCat("K-245: got ", file_bytes, " bytes, want ",
                                                   head.bytes + head.part.size,
                                                   "; copy the file again"));
  }
  crypto::RunningHash hash;
  KEPING_RETURN_IF_ERROR(
      files::ReadRange(path, head.bytes, head.part.size, [&](absl::string_view piece) {
        hash.Update(piece);
        return absl::OkStatus();
      }));
  if (hash.Finish() == head.part.piece_hash) return absl::OkStatus();
  return absl::InvalidArgumentError("K-245: the file is damaged; copy it again");
}

class Search {
 public:
  absl::Status LookInto(const std::string& path) {
    std::error_code error;
    if (!std::filesystem::is_directory(path, error)) return LookAt(path, false);
    std::filesystem::directory_iterator entry(path, error);
    for (; !error && entry != std::filesystem::directory_iterator(); entry.increment(error)) {
      if (!entry->is_regular_file(error)) continue;
      KEPING_RETURN_IF_ERROR(LookAt(entry->path().string(), true));
    }
    if (!error) return absl::OkStatus();
    return absl::UnavailableError(absl::StrCat("cannot read ", path, ": ", error.message()));
  }
  size_t files() const { return files_; }

  FoundBundles Take() {
    FoundBundles found{.bundles = {}, .damaged = std::move(damaged_)};
    for (auto& [set_id, parts] : sets_) found.bundles.push_back({set_id, std::move(parts)});
    std::sort(found.bundles.begin(), found.bundles.end(),
              [](const auto& a, const auto& b) { return OrderOf(a) < OrderOf(b); });
    return found;
  }

 private:
  static std::tuple<std::string, uint64_t, absl::Time, std::string> OrderOf(
      const FoundBundle& found) {
    const bundle::Manifest& manifest = found.parts.first().manifest;
    return {manifest.sender.value(), manifest.first_seq, manifest.made_at, found.set_id};
  }

  absl::Status LookAt(const std::string& path, bool may_be_anything) {
    KEPING_ASSIGN_OR_RETURN(const uint64_t bytes, files::FileSize(path));
    KEPING_ASSIGN_OR_RETURN(const std::string start, ReadStart(path, bytes));
    ++files_;
    if (may_be_anything && !IsMeantAsBundle(path, start)) return absl::OkStatus();
    const absl::StatusOr<ParsedHead> head = bundle::ParsePartHead(start);
    absl::Status status = head.status();
    if (status.ok()) status = CheckPiece(path, bytes, *head);
    if (absl::IsInvalidArgument(status)) {
      damaged_.push_back(absl::StrCat(path, ": ", status.message()));
      return absl::OkStatus();
    }
    KEPING_RETURN_IF_ERROR(status);
    return sets_[bundle::SetIdOf(head->part.manifest)].Add(*head, path);
  }

  std::map<std::string, bundle::PartSet> sets_;
  std::vector<std::string> damaged_;
  size_t files_ = 0;  // looked at
};

absl::Status ReadSpans(const FoundBundle& found,
                       absl::FunctionRef<absl::Status(absl::string_view)> on_piece) {
  for (const bundle::PartSet::Span& span : found.parts.Spans()) {
    KEPING_RETURN_IF_ERROR(files::ReadRange(span.file, span.skip, span.size, on_piece));
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<FoundBundles> FindBundles(const std::vector<std::string>& paths) {
  Search search;
  for (const std::string& path : paths) KEPING_RETURN_IF_ERROR(search.LookInto(path));
  FoundBundles found = search.Take();
  if (!found.bundles.empty() || !found.damaged.empty()) return found;
  return absl::NotFoundError(absl::StrCat(
      "got no bundle among the ", search.files(), " files of ", absl::StrJoin(paths, ", "),
      ", want files that keping bundle export wrote, or a folder of them"));
}

absl::Status ReadBody(const FoundBundle& found,
                      absl::FunctionRef<absl::Status(absl::string_view piece)> on_piece) {
  crypto::RunningHash hash;
  KEPING_RETURN_IF_ERROR(ReadSpans(found, [&](absl::string_view piece) {
    hash.Update(piece);
    return absl::OkStatus();
  }));
  if (hash.Finish() != found.parts.first().manifest.body_hash) {
    return absl::InvalidArgumentError(
        absl::StrCat("K-245: the parts of bundle ", found.set_id,
                     " do not make the whole that its sender signed; have it exported again"));
  }
  return ReadSpans(found, on_piece);
}

bool IsTaken(const std::string& to) {
  std::error_code ignored;
  return std::filesystem::exists(to, ignored) || std::filesystem::exists(to + ".001", ignored);
}

absl::StatusOr<std::unique_ptr<BundleWriter>> BundleWriter::Create(const std::string& to,
                                                                   uint64_t split_bytes) {
  if (IsTaken(to)) {
    return absl::AlreadyExistsError(
        absl::StrCat(to, " is there already, and is never overwritten; choose another name"));
  }
  std::error_code ignored;
  std::filesystem::remove(to + ".body", ignored);  // of a run that was interrupted
  KEPING_ASSIGN_OR_RETURN(auto body, files::NewFile::Create(to + ".body"));
  return std::unique_ptr<BundleWriter>(new BundleWriter(to, split_bytes, std::move(body)));
}

BundleWriter::~BundleWriter() {
  std::error_code ignored;
  std::filesystem::remove(BodyPath(), ignored);
}

absl::Status BundleWriter::Append(absl::string_view body) {
  bytes_ += body.size();
  return body_->Append(body);
}

absl::StatusOr<std::vector<std::string>> BundleWriter::Finish(const std::string& manifest,
                                                              const std::string& signature) {
  KEPING_RETURN_IF_ERROR(body_->Finish());
  const uint64_t room = split_bytes_ == 0 ? bytes_ : split_bytes_ - bundle::kMaxHeadBytes;
  const uint64_t count = std::max<uint64_t>(1, (bytes_ + room - 1) / std::max<uint64_t>(1, room));
  if (count > bundle::kMaxParts) {
    return absl::InvalidArgumentError(absl::StrCat("--split: got ", split_bytes_,
                                                   " bytes for a "
                                                   "bundle of ",
                                                   bytes_, ", which makes ", count,
                                                   " files, want at most ", bundle::kMaxParts));
  }
  std::vector<std::string> paths;
  for (uint32_t i = 1; i <= count; ++i) {
    const uint64_t offset = (i - 1) * room;
    paths.push_back(count == 1 ? to_ : absl::StrFormat("%s.%03u", to_, i));
    KEPING_RETURN_IF_ERROR(WritePart(paths.back(), {.manifest = manifest,
                                                    .signature = signature,
                                                    .index = i,
                                                    .count = static_cast<uint32_t>(count),
                                                    .offset = offset,
                                                    .size = std::min(room, bytes_ - offset),
                                                    .piece_hash = {}}));
  }
  return paths;
}

absl::Status BundleWriter::WritePart(const std::string& path, bundle::PartHead head) const {
  crypto::RunningHash hash;
  KEPING_RETURN_IF_ERROR(
      files::ReadRange(BodyPath(), head.offset, head.size, [&](absl::string_view piece) {
        hash.Update(piece);
        return absl::OkStatus();
      }));
  head.piece_hash = hash.Finish();
  KEPING_ASSIGN_OR_RETURN(const auto file, files::NewFile::Create(path));
  KEPING_RETURN_IF_ERROR(file->Append(bundle::EncodePartHead(head)));
  KEPING_RETURN_IF_ERROR(
      files::ReadRange(BodyPath(), head.offset, head.size,
                       [&](absl::string_view piece) { return file->Append(piece); }));
  return file->Finish();
}

}  // namespace keping::cli
