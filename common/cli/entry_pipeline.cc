#include "common/cli/entry_pipeline.h"

#include <utility>

#include "common/cli/parallel.h"

namespace keping::cli {
namespace {

constexpr size_t kLotEntries = 4096;
constexpr size_t kLotBytes = size_t{8} << 20;

}  // namespace

EntryPipeline::~EntryPipeline() {
  if (read_.valid()) read_.wait();
}

void EntryPipeline::Add(LogWalk* walk, uint64_t seq, absl::string_view bytes) {
  filling_->bytes.append(bytes.data(), bytes.size());
  filling_->places.push_back({walk, seq, filling_->bytes.size()});
  if (filling_->places.size() >= kLotEntries || filling_->bytes.size() >= kLotBytes) Pass();
}

void EntryPipeline::Finish() {
  Pass();
  Pass();
}

void EntryPipeline::Read(Lot& lot) {
  lot.read.resize(lot.places.size());
  InParallel(lot.places.size(), [&lot](size_t begin, size_t end) {
    for (size_t i = begin; i < end; ++i) {
      const size_t from = i == 0 ? 0 : lot.places[i - 1].end;
      lot.read[i] =
          ReadEntryFrom(absl::string_view(lot.bytes).substr(from, lot.places[i].end - from));
    }
  });
}

// The lot that was read is walked while the one that was filled is read.
void EntryPipeline::Pass() {
  if (read_.valid()) read_.get();
  std::unique_ptr<Lot> walking = std::exchange(reading_, std::exchange(filling_, nullptr));
  filling_ = std::make_unique<Lot>();
  if (!reading_->places.empty()) {
    read_ = std::async(std::launch::async, [lot = reading_.get()] { Read(*lot); });
  }
  if (walking == nullptr) return;
  for (size_t i = 0; i < walking->places.size(); ++i) {
    walking->places[i].walk->Visit(walking->places[i].seq, std::move(walking->read[i]));
  }
}

}  // namespace keping::cli
