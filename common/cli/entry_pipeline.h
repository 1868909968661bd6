// Entries of many logs on their way from a store to their walks: while one lot is walked, which has
// an order, the next one is hashed and decoded on the other processors.
//
//   EntryPipeline pipeline;
//   for (…) pipeline.Add(walk_of(key), seq_of(key), value);
//   pipeline.Finish();
#ifndef KEPING_COMMON_CLI_ENTRY_PIPELINE_H_
#define KEPING_COMMON_CLI_ENTRY_PIPELINE_H_

#include <cstddef>
#include <cstdint>
#include <future>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "common/cli/log_walk.h"

namespace keping::cli {

// Not thread-safe. The walks outlive it, and are visited in the order in which entries were added.
class EntryPipeline {
 public:
  EntryPipeline() : filling_(std::make_unique<Lot>()) {}
  EntryPipeline(const EntryPipeline&) = delete;
  EntryPipeline& operator=(const EntryPipeline&) = delete;
  ~EntryPipeline();

  void Add(LogWalk* walk, uint64_t seq, absl::string_view bytes);
  // All that was added has been visited.
  void Finish();

 private:
  struct Place {
    LogWalk* walk = nullptr;
    uint64_t seq = 0;
    size_t end = 0;  // in the bytes of its lot
  };
  struct Lot {
    std::string bytes;
    std::vector<Place> places;
    std::vector<ReadEntry> read;
  };

  static void Read(Lot& lot);
  void Pass();

  std::unique_ptr<Lot> filling_;
  std::unique_ptr<Lot> reading_;
  std::future<void> read_;
};

}  // namespace keping::cli

#endif  // KEPING_COMMON_CLI_ENTRY_PIPELINE_H_
