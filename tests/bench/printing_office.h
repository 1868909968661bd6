// An office of a bench that prints one record after the other, each on a chip of its own, and its
// centre, which is fed with its log: what its facts cost the judges, and what an audit of it takes.
//
//   PrintingOffice office(*centre, {.node = "kintamani", .district = "51.06.01"});
//   KEPING_RETURN_IF_ERROR(office.Begin());
//   KEPING_RETURN_IF_ERROR(office.Prepare(5'000));          // cards, in the log and not judged
//   KEPING_ASSIGN_OR_RETURN(double seconds, office.Judge());
#ifndef KEPING_TESTS_BENCH_PRINTING_OFFICE_H_
#define KEPING_TESTS_BENCH_PRINTING_OFFICE_H_

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "central_node/store/central_node.h"
#include "common/storage/kv_store.h"
#include "common/time/clock.h"
#include "tests/support/node_log.h"

namespace keping::bench {

// The moment in which all of this happens.
time::Moment BenchMoment();

struct PrintingOfficeOptions {
  std::string node;
  std::string district;  // of its villages, such as "51.06.01"
};

// A centre for such offices, over `store`, which outlives it.
absl::StatusOr<std::unique_ptr<central::CentralNode>> OpenCentreOf(
    storage::KvStore* store, const std::vector<PrintingOfficeOptions>& offices);

// The centre outlives it.
class PrintingOffice {
 public:
  static constexpr uint64_t kFactsPerCard = 4;
  static constexpr uint64_t kSegmentEntries = 250;

  PrintingOffice(central::CentralNode& centre, PrintingOfficeOptions options);

  absl::Status Begin();

  // Blanks and records for so many more cards, and their facts; not judged yet.
  absl::Status Prepare(uint64_t cards);
  // All cards that were printed since go to a village head, and are answered as delivered.
  void HandOver();
  // The last so many cards are counted, whose chips are in no order.
  void Count(uint64_t blanks);

  // Seconds until all that was prepared is judged and durable.
  absl::StatusOr<double> Judge();

  uint64_t facts() const { return log_.size(); }
  uint64_t cards() const { return printed_; }

 private:
  std::string Prr(uint64_t card) const;
  // A chip's UID: seven bytes, in no order.
  std::string Uid(uint64_t card) const;
  domain::SerialSet Uids(uint64_t first, uint64_t end) const;
  absl::Status Supply(uint64_t cards);
  absl::Status SupplyBlanks(uint64_t first, uint64_t count);
  absl::Status SupplyRecords(uint64_t first, uint64_t count);
  void Print(uint64_t card);

  central::CentralNode& centre_;
  const PrintingOfficeOptions options_;
  const time::Moment now_ = BenchMoment();
  testing::NodeLog log_;
  uint64_t printed_ = 0;
  uint64_t handed_over_ = 0;
  uint64_t taken_ = 0;
};

}  // namespace keping::bench

#endif  // KEPING_TESTS_BENCH_PRINTING_OFFICE_H_
