// The whole independent audit of a district, as `keping verify --central` makes it: the chain of
// every log, every signature, and every blank counted again from the raw logs and compared with
// books, journal and rows.
#include <algorithm>
#include <cstdio>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "common/base/status_macros.h"
#include "common/cli/verify.h"
#include "common/crypto/hash.h"
#include "common/storage/key_space.h"
#include "common/storage/rocksdb_store.h"
#include "tests/bench/bench.h"
#include "tests/bench/measure.h"
#include "tests/bench/printing_office.h"

namespace keping::bench {
namespace {

constexpr double kBarSeconds = 5;
constexpr double kBarRatio = 4;
constexpr uint64_t kCardsAtOnce = 5'000;
// Allotted, dispatched, received, printed, handed over, delivered.
constexpr uint64_t kMovesPerCard = 6;

// What the audit reads: the logs with their signatures, and what the centre made of them.
constexpr absl::string_view kAudited[] = {storage::kEntryPrefix,          storage::kNodeEntryPrefix,
                                          storage::kNodeSignedHeadPrefix, storage::kNodeRowPrefix,
                                          storage::kBalancePrefix,        storage::kMovePrefix,
                                          storage::kBlankRowPrefix};

std::vector<PrintingOfficeOptions> Offices(int count) {
  std::vector<PrintingOfficeOptions> offices;
  for (int i = 1; i <= count; ++i) {
    offices.push_back(
        {.node = absl::StrCat("office-", i), .district = absl::StrFormat("51.06.%02d", i)});
  }
  return offices;
}

// A district whose offices printed and delivered so many cards each.
absl::Status Work(const std::string& database, const std::vector<PrintingOfficeOptions>& offices,
                  uint64_t cards) {
  KEPING_ASSIGN_OR_RETURN(
      const auto store,
      storage::OpenRocksDbStore(
          database, {.block_cache_bytes = central::CentralNode::kBlockCacheBytes, .log = {}}));
  KEPING_ASSIGN_OR_RETURN(const auto centre, OpenCentreOf(store.get(), offices));
  for (const PrintingOfficeOptions& options : offices) {
    PrintingOffice office(*centre, options);
    KEPING_RETURN_IF_ERROR(office.Begin());
    while (office.cards() < cards) {
      KEPING_RETURN_IF_ERROR(office.Prepare(std::min(kCardsAtOnce, cards - office.cards())));
      office.HandOver();
      KEPING_RETURN_IF_ERROR(office.Judge().status());
    }
  }
  return absl::OkStatus();
}

struct Sequential {
  double seconds = 0;
  uint64_t bytes = 0;
};

// The same bytes in one file, read from its beginning to its end and hashed.
absl::StatusOr<Sequential> ReadAndHash(const std::string& database, const std::string& path) {
  std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::fopen(path.c_str(), "w+b"),
                                                       &std::fclose);
  if (file == nullptr) return absl::UnavailableError(absl::StrCat("cannot write ", path));
  {
    KEPING_ASSIGN_OR_RETURN(const auto store, storage::OpenRocksDbStoreReadOnly(database));
    for (const absl::string_view prefix : kAudited) {
      KEPING_RETURN_IF_ERROR(store->Scan(prefix, storage::PrefixEnd(prefix),
                                         [&](absl::string_view key, absl::string_view value) {
                                           std::fwrite(key.data(), 1, key.size(), file.get());
                                           std::fwrite(value.data(), 1, value.size(), file.get());
                                           return true;
                                         }));
    }
  }
  std::rewind(file.get());
  Sequential result;
  std::string buffer(size_t{1} << 20, '\0');
  const Stopwatch watch;
  crypto::RunningHash hash;
  while (const size_t got = std::fread(buffer.data(), 1, buffer.size(), file.get())) {
    hash.Update(absl::string_view(buffer.data(), got));
    result.bytes += got;
  }
  hash.Finish();
  result.seconds = watch.Seconds();
  return result;
}

uint64_t Checked(const cli::v1::StoreReport& report, absl::string_view name) {
  for (const cli::v1::Check& check : report.checks()) {
    if (check.name() == name) return check.count();
  }
  return 0;
}

absl::StatusOr<std::vector<Figure>> RunVerify(const BenchOptions& options) {
  const std::vector<PrintingOfficeOptions> offices = Offices(options.quick ? 2 : 10);
  const uint64_t moves = options.quick ? 6'000 : 1'000'000;
  const uint64_t cards = moves / kMovesPerCard / offices.size() + 1;
  const std::string database = options.folder + "/db";
  KEPING_RETURN_IF_ERROR(Work(database, offices, cards));
  KEPING_ASSIGN_OR_RETURN(const Sequential floor,
                          ReadAndHash(database, options.folder + "/same_bytes"));
  const Stopwatch watch;
  KEPING_ASSIGN_OR_RETURN(const cli::v1::VerifyReport report,
                          cli::Verify({.edges = {}, .centrals = {database}, .keys = {}}));
  const double seconds = watch.Seconds();
  if (!report.passed()) {
    return absl::InternalError(absl::StrCat("the audit of a district in order found: ",
                                            report.stores(0).differences(0).sentence()));
  }
  const cli::v1::StoreReport& centre = report.stores(0);
  const std::string conditions = absl::StrCat(
      cards * offices.size() * kMovesPerCard, " moves of ", cards * offices.size(), " blanks in ",
      Checked(centre, "journal_moves"), " lines of the journal, ", Checked(centre, "node_entries"),
      " entries of ", offices.size(), " offices under ", Checked(centre, "signed_heads"),
      " signatures, ", floor.bytes >> 20, " MB, ", MachineConditions(options.folder));
  const std::string ceiling = "the same bytes read from one file and hashed";
  return std::vector<Figure>{{.name = "verify",
                              .value = seconds,
                              .unit = "s",
                              .ceiling = floor.seconds,
                              .ceiling_name = ceiling,
                              .conditions = conditions,
                              .bar = AtMostRatio(kBarRatio)},
                             {.name = "verify time",
                              .value = seconds,
                              .unit = "s",
                              .ceiling = kBarSeconds,
                              .ceiling_name = "its bar",
                              .conditions = conditions,
                              .bar = AtMost(kBarSeconds)}};
}

KEPING_BENCH("verify", "the independent audit of a district with a million moves", &RunVerify);

}  // namespace
}  // namespace keping::bench
