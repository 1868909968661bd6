#include "central_node/national/file_lane.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "central_node/national/national_registry.h"
#include "common/base/status_macros.h"
#include "keping/national/v1/national.pb.h"

namespace keping::central {
namespace {

using google::protobuf::Message;

// As a server's answer: so much is sealed and written at once.
constexpr size_t kMaxPageBytes = 2'000'000;

}  // namespace

struct FileLane::Reading {
  WaitingFile file;
  std::optional<uint64_t> done_end;  // of a file that lies in done/ already
  uint64_t base = 0;
  uint64_t cursor = 0;  // of the last page
  std::unique_ptr<exchange::NationalFile> rows;
  std::unique_ptr<Message> ahead;  // the first row of the next page
  bool ended = false;
  size_t told = 0;  // of the rejected rows

  uint64_t read() const { return base + rows->rows(); }
};

std::vector<WaitingFile> SettledFiles::Of(const std::vector<WaitingFile>& waiting) {
  const absl::Duration now = clock_.Now().monotonic;
  std::map<std::string, Look> looks;
  std::vector<WaitingFile> settled;
  for (const WaitingFile& file : waiting) {
    const auto before = looks_.find(file.name);
    const bool same = before != looks_.end() && before->second.stamp == file.stamp;
    const absl::Duration since = same ? before->second.since : now;
    looks[file.name] = {file.stamp, since};
    if (now - since >= kSettled) settled.push_back(file);
  }
  looks_ = std::move(looks);
  return settled;
}

FileLane::FileLane(const ExchangeFolder* folder, const time::Clock* clock, exchange::FileKind kind)
    : folder_(*folder), kind_(kind), settled_(clock) {}

FileLane::~FileLane() = default;

absl::StatusOr<LanePage> FileLane::Next(uint64_t cursor) {
  KEPING_RETURN_IF_ERROR(FinishIfRead(cursor));
  if (reading_ == nullptr) KEPING_RETURN_IF_ERROR(Choose(cursor));
  LanePage page{.rows = {}, .refused = {}, .cursor = cursor, .complete = reading_ == nullptr};
  if (reading_ == nullptr) return page;
  Fill(&page);
  if (reading_->ended) {
    // The list is there before anything is final.
    const absl::Status listed = folder_.WriteFindings(reading_->file, *reading_->rows);
    if (!listed.ok()) reading_.reset();
    KEPING_RETURN_IF_ERROR(listed);
  }
  return page;
}

absl::Status FileLane::FinishIfRead(uint64_t cursor) {
  if (reading_ == nullptr) return absl::OkStatus();
  if (cursor != reading_->cursor) {
    // A question that was asked before: the same rows again.
    const std::unique_ptr<Reading> before = std::move(reading_);
    if (cursor < before->base || cursor > before->cursor) return absl::OkStatus();
    return Begin(before->file, before->done_end, before->base, cursor);
  }
  if (!reading_->ended) return absl::OkStatus();
  const std::unique_ptr<Reading> read = std::move(reading_);
  if (read->done_end.has_value()) return absl::OkStatus();
  return folder_.Finish(read->file, read->base, read->cursor);
}

absl::Status FileLane::Choose(uint64_t cursor) {
  KEPING_ASSIGN_OR_RETURN(const std::vector<DoneFile> done, folder_.Done(kind_));
  for (const DoneFile& file : done) {
    if (file.end > cursor) return Begin(file.file, file.end, file.base, cursor);
  }
  KEPING_ASSIGN_OR_RETURN(const std::vector<WaitingFile> waiting, folder_.Waiting(kind_));
  const std::vector<WaitingFile> settled = settled_.Of(waiting);
  if (settled.empty()) return absl::OkStatus();
  return Begin(settled.front(), std::nullopt, cursor, cursor);
}

absl::Status FileLane::Begin(const WaitingFile& file, std::optional<uint64_t> end, uint64_t base,
                             uint64_t cursor) {
  KEPING_ASSIGN_OR_RETURN(auto rows, folder_.Read(file));
  auto reading = std::make_unique<Reading>();
  reading->file = file;
  reading->done_end = end;
  reading->base = base;
  reading->rows = std::move(rows);
  const std::unique_ptr<Message> passed = exchange::NewRow(kind_);
  while (reading->read() < cursor && reading->rows->Next(passed.get())) {
  }
  reading->ahead = exchange::NewRow(kind_);
  reading->ended = !reading->rows->Next(reading->ahead.get());
  reading_ = std::move(reading);
  return absl::OkStatus();
}

void FileLane::Fill(LanePage* page) {
  Reading& reading = *reading_;
  size_t bytes = 0;
  while (!reading.ended && page->rows.size() < kMaxNationalItems) {
    bytes += reading.ahead->ByteSizeLong();
    if (bytes > kMaxPageBytes && !page->rows.empty()) break;
    page->rows.push_back(std::exchange(reading.ahead, exchange::NewRow(kind_)));
    page->cursor = reading.read();
    reading.ended = !reading.rows->Next(reading.ahead.get());
  }
  // A file without one row takes a place too: its cursor says that it is done.
  if (reading.ended) {
    page->cursor = reading.done_end.value_or(std::max(reading.read(), reading.base + 1));
  }
  reading.cursor = page->cursor;
  const std::vector<exchange::Finding>& rejected = reading.rows->rejected();
  for (; reading.told < rejected.size(); ++reading.told) {
    page->refused.push_back(
        absl::StrCat(reading.file.name, " ", exchange::Sentence(rejected[reading.told])));
  }
}

}  // namespace keping::central
