#include "common/cli/log_files.h"

#include <algorithm>
#include <filesystem>
#include <map>
#include <system_error>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/status_macros.h"
#include "common/domain/entry.h"
#include "common/storage/log_file.h"

namespace keping::cli {
namespace {

namespace fs = std::filesystem;

std::vector<std::string> LogFilesIn(const std::string& folder) {
  std::vector<std::string> paths;
  std::error_code error;
  for (fs::directory_iterator it(folder, error), end; !error && it != end; it.increment(error)) {
    if (it->is_regular_file(error) && IsLogFile(it->path().string())) {
      paths.push_back(it->path().string());
    }
  }
  std::sort(paths.begin(), paths.end());
  return paths;
}

class Collector {
 public:
  absl::Status Read(const std::string& path) {
    const auto end = storage::ReadLogFile(
        path, [&](absl::string_view bytes) { AddEntry(path, bytes); },
        [this](uint64_t seq, absl::string_view signature) {
          heads_.try_emplace(seq, signature.data(), signature.size());
        });
    if (!absl::IsInvalidArgument(end.status())) return end.status();
    log_.problems.push_back(std::string(end.status().message()));
    return absl::OkStatus();
  }

  FiledLog Take() {
    sync::Segment run{.incarnation = incarnation_, .first_seq = 0, .entries = {}, .signature = {}};
    for (auto& [seq, bytes] : entries_) {
      if (run.entries.empty() || seq != run.first_seq + run.entries.size()) {
        log_.entries_unsigned += run.entries.size();
        run.entries.clear();
        run.first_seq = seq;
      }
      run.entries.push_back(std::move(bytes));
      const auto head = heads_.find(seq);
      if (head == heads_.end()) continue;
      run.signature = std::move(head->second);
      log_.segments.push_back(std::exchange(
          run,
          {.incarnation = incarnation_, .first_seq = seq + 1, .entries = {}, .signature = {}}));
    }
    log_.entries_unsigned += run.entries.size();
    return std::move(log_);
  }

 private:
  void AddEntry(const std::string& path, absl::string_view bytes) {
    const auto entry = domain::ParseEntry(bytes);
    if (!entry.ok()) {
      log_.problems.push_back(absl::StrCat(path, ": K-245: ", entry.status().message()));
      return;
    }
    if (log_.node.empty()) {
      log_.node = entry->header.node;
      incarnation_ = entry->header.incarnation;
    }
    const uint64_t seq = entry->header.seq;
    const auto [known, added] = entries_.try_emplace(seq, bytes.data(), bytes.size());
    if (added || known->second == bytes) return;
    log_.problems.push_back(absl::StrCat(path, ": K-251: got two different entries ", seq,
                                         ", want one: two machines wrote here, or one that was "
                                         "set back; the first one was taken"));
  }

  FiledLog log_;
  domain::IncarnationId incarnation_;
  std::map<uint64_t, std::string> entries_;
  std::map<uint64_t, std::string> heads_;
};

}  // namespace

bool IsLogFile(const std::string& path) {
  return fs::path(path).extension() == storage::kLogFileSuffix || storage::BeginsAsLogFile(path);
}

std::vector<std::vector<std::string>> FindLogFiles(const std::string& path) {
  std::error_code error;
  if (!fs::is_directory(path, error)) {
    if (IsLogFile(path)) return {{path}};
    return {};
  }
  if (auto files = LogFilesIn(path); !files.empty()) return {std::move(files)};
  std::vector<std::vector<std::string>> logs;
  for (fs::directory_iterator it(path, error), end; !error && it != end; it.increment(error)) {
    if (!it->is_directory(error)) continue;
    if (auto files = LogFilesIn(it->path().string()); !files.empty()) {
      logs.push_back(std::move(files));
    }
  }
  std::sort(logs.begin(), logs.end());
  return logs;
}

absl::StatusOr<FiledLog> ReadFiledLog(const std::vector<std::string>& files) {
  Collector collector;
  for (const std::string& path : files) KEPING_RETURN_IF_ERROR(collector.Read(path));
  return collector.Take();
}

}  // namespace keping::cli
