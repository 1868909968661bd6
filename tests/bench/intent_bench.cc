// From the click to the durable print intent, through the whole node, beside an append of the same
// bytes to a plain file of the same disk, each made durable; one of each in turn.
#include <fcntl.h>
#include <unistd.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "common/base/status_macros.h"
#include "common/domain/refusal.h"
#include "tests/bench/bench.h"
#include "tests/bench/bench_office.h"
#include "tests/bench/measure.h"
#include "tests/support/passing_store.h"

namespace keping::bench {
namespace {

constexpr size_t kRecordBytes = 30000;

// Notes what is written.
class NotingStore : public testing::PassingStore {
 public:
  using testing::PassingStore::PassingStore;

  absl::Status Write(const storage::WriteBatch& batch, storage::Durability durability) override {
    if (durability == storage::Durability::kSynced) ++synced_writes_;
    bytes_ += batch.byte_size();
    return testing::PassingStore::Write(batch, durability);
  }

  void Forget() { synced_writes_ = bytes_ = 0; }
  size_t synced_writes() const { return synced_writes_; }
  size_t bytes() const { return bytes_; }

 private:
  size_t synced_writes_ = 0;
  size_t bytes_ = 0;
};

// A plain file at whose end things are made durable.
class PlainFile {
 public:
  explicit PlainFile(const std::string& path)
      : file_(open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600)) {}
  ~PlainFile() { close(file_); }
  PlainFile(const PlainFile&) = delete;
  PlainFile& operator=(const PlainFile&) = delete;

  absl::Status Append(const std::string& bytes) {
    if (write(file_, bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size()) &&
        fdatasync(file_) == 0) {
      return absl::OkStatus();
    }
    return absl::UnavailableError("cannot append to a file in --dir and sync it");
  }

 private:
  const int file_;
};

struct Times {
  Samples intents;
  Samples appends;
  Samples intent_cpu;
  Samples append_cpu;
  Samples synced_writes;
  size_t bytes = 0;  // of the last intent
};

// Prints one card and times its intent alone.
absl::Status PrintCard(BenchOffice& office, NotingStore& store, size_t i, Times& times) {
  const edge::Print print = office.PrintOf(i);
  store.Forget();
  const double cpu_before = OwnCpuSeconds();
  const Stopwatch watch;
  KEPING_ASSIGN_OR_RETURN(const edge::Decision decision, office.node().Handle(print));
  times.intents.Add(watch.Microseconds());
  times.intent_cpu.Add((OwnCpuSeconds() - cpu_before) * 1e6);
  times.synced_writes.Add(static_cast<double>(store.synced_writes()));
  times.bytes = store.bytes();
  if (decision.refusal != domain::PrintRefusal::kNone) {
    return absl::FailedPreconditionError(
        absl::StrCat("print ", i, " was refused: ", domain::Describe(decision.refusal).sentence));
  }
  KEPING_RETURN_IF_ERROR(decision.status);
  return office.Finish(print);
}

absl::Status AppendBytes(PlainFile& file, Times& times) {
  const std::string block(times.bytes, 'x');
  const double cpu_before = OwnCpuSeconds();
  const Stopwatch watch;
  KEPING_RETURN_IF_ERROR(file.Append(block));
  times.appends.Add(watch.Microseconds());
  times.append_cpu.Add((OwnCpuSeconds() - cpu_before) * 1e6);
  return absl::OkStatus();
}

std::vector<Figure> FiguresOf(const Times& times, const std::string& conditions) {
  std::vector<Figure> figures;
  for (const auto& [name, q, bar] :
       {std::tuple{"intent p50", 0.5, 1.3}, std::tuple{"intent p99", 0.99, 2.0}}) {
    figures.push_back({.name = name,
                       .value = times.intents.Quantile(q),
                       .unit = "us",
                       .ceiling = times.appends.Quantile(q),
                       .ceiling_name = "append of the same bytes and fdatasync",
                       .conditions = conditions,
                       .bar = AtMostRatio(bar)});
  }
  figures.push_back({.name = "intent synced writes",
                     .value = times.synced_writes.Quantile(1),
                     .unit = "writes",
                     .ceiling = 1,
                     .ceiling_name = "one synced write",
                     .conditions = conditions,
                     .bar = AtMost(1)});
  return figures;
}

absl::StatusOr<std::vector<Figure>> RunIntent(const BenchOptions& options) {
  const size_t cards = options.quick ? 5 : 2000;
  KEPING_ASSIGN_OR_RETURN(const OfficeFolder folder, EnrolOffice(options.folder));
  KEPING_ASSIGN_OR_RETURN(auto rocks, OpenOfficeStore(folder));
  NotingStore store(std::move(rocks));
  KEPING_ASSIGN_OR_RETURN(auto office, BenchOffice::Open(folder, &store));
  KEPING_RETURN_IF_ERROR(office->Equip({.records = cards + 1, .record_bytes = kRecordBytes}));
  PlainFile file(options.folder + "/plain");
  // The first print opens the office day as well, and is not of the kind that is measured.
  Times first;
  KEPING_RETURN_IF_ERROR(PrintCard(*office, store, 0, first));
  Times times;
  times.bytes = first.bytes;
  for (size_t i = 1; i <= cards; ++i) {
    // Whoever comes second finds the disk as the first left it: they take turns.
    if (i % 2 == 0) KEPING_RETURN_IF_ERROR(AppendBytes(file, times));
    KEPING_RETURN_IF_ERROR(PrintCard(*office, store, i, times));
    if (i % 2 != 0) KEPING_RETURN_IF_ERROR(AppendBytes(file, times));
  }
  return FiguresOf(
      times,
      absl::StrFormat("%d prints of %d bytes, in turns with the appends; %.0f us of CPU each "
                      "(%.0f); %s",
                      cards, times.bytes, times.intent_cpu.Quantile(0.5),
                      times.append_cpu.Quantile(0.5), MachineConditions(options.folder)));
}

KEPING_BENCH("intent", "click to durable print intent, through the whole node", &RunIntent);

}  // namespace
}  // namespace keping::bench
