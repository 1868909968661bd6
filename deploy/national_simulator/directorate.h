// The simulated national directorate: hands out records, withdrawals and allotments by cursor, and
// takes reports into its ledger. All state is in memory.
//
//   Directorate directorate({.generator = {.seed = 1, .count = 200}, .blanks = 100});
//   PullRecordsResponse page = *directorate.PullRecords(request);
//
// Faults can be set for all that comes afterwards: what goes wrong between two centres goes wrong
// here too, and the ledger still has each report once.
//
// A cursor is the number of items handed out so far; one beyond the end is an error, since it means
// that the caller knows another centre (or the simulator was started anew).
#ifndef KEPING_DEPLOY_NATIONAL_SIMULATOR_DIRECTORATE_H_
#define KEPING_DEPLOY_NATIONAL_SIMULATOR_DIRECTORATE_H_

#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "deploy/bangli/allotment.h"
#include "deploy/bangli/generator.h"
#include "deploy/national_simulator/ledger.h"
#include "keping/national/v1/national.pb.h"

namespace keping::national_simulator {

// What befalls one call on its way.
struct CallFate {
  bool outage = false;  // it does not arrive
  bool lost = false;    // its answer does not
  absl::Duration delay;
};

struct DirectorateOptions {
  bangli::GeneratorOptions generator;
  uint64_t blanks = 8000;
  bool unlisted = false;  // the allotment says how many blanks there are, and not which
};

// Thread-safe. Errors are InvalidArgument, or NotFound for a record that does not exist.
class Directorate {
 public:
  explicit Directorate(const DirectorateOptions& options);

  absl::StatusOr<national::v1::PullRecordsResponse> PullRecords(
      const national::v1::PullRecordsRequest& request);
  absl::StatusOr<national::v1::PullWithdrawalsResponse> PullWithdrawals(
      const national::v1::PullWithdrawalsRequest& request);
  absl::StatusOr<national::v1::PullAllotmentsResponse> PullAllotments(
      const national::v1::PullAllotmentsRequest& request);
  absl::StatusOr<national::v1::ReportResponse> Report(const national::v1::ReportRequest& request);
  absl::StatusOr<national::v1::RequestBlanksResponse> RequestBlanks(
      const national::v1::RequestBlanksRequest& request);

  // A record that is withdrawn already keeps its version and first reason.
  absl::StatusOr<national::v1::WithdrawRecordResponse> WithdrawRecord(
      const national::v1::WithdrawRecordRequest& request);
  national::v1::GetLedgerResponse GetLedger() const;

  absl::Status SetFaults(const national::v1::Faults& faults);
  // Of the next call of NationalService; whoever carries calls asks once for each.
  CallFate NextFate();

 private:
  Directorate(const DirectorateOptions& options, bangli::Allotment allotment);

  // Where a page begins and ends that would have items from `cursor` to `end`, under the faults.
  struct Span {
    uint64_t begin;
    uint64_t end;
  };
  Span SpanLocked(uint64_t cursor, uint64_t end) const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  // An answer to each item of a report or of requests, under the faults.
  template <typename Answer, typename Items>
  void AnswerLocked(const Items& items, google::protobuf::RepeatedPtrField<Answer>* answers,
                    Answer (*book)(Ledger& ledger, const typename Items::value_type& item))
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  const bangli::Generator generator_;
  const std::set<std::string> prrs_;
  const bool unlisted_;
  const bangli::Allotment allotment_;

  mutable absl::Mutex mutex_;
  Ledger ledger_ ABSL_GUARDED_BY(mutex_);
  std::vector<national::v1::Withdrawal> withdrawals_ ABSL_GUARDED_BY(mutex_);
  uint64_t records_handed_out_ ABSL_GUARDED_BY(mutex_) = 0;
  uint64_t blanks_allotted_ ABSL_GUARDED_BY(mutex_) = 0;
  national::v1::Faults faults_ ABSL_GUARDED_BY(mutex_);
  uint64_t calls_ ABSL_GUARDED_BY(mutex_) = 0;
  uint64_t reports_ ABSL_GUARDED_BY(mutex_) = 0;
};

}  // namespace keping::national_simulator

#endif  // KEPING_DEPLOY_NATIONAL_SIMULATOR_DIRECTORATE_H_
