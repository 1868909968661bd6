// The national server, as a port: records, withdrawals and allotments after cursors, reports and
// requests for blanks with an answer per item. Every call is safe to repeat.
//
//   registry->PullWithdrawals(cursor, [](absl::StatusOr<WithdrawalsPage> page) { … });
#ifndef KEPING_CENTRAL_NODE_NATIONAL_NATIONAL_REGISTRY_H_
#define KEPING_CENTRAL_NODE_NATIONAL_NATIONAL_REGISTRY_H_

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "central_node/store/central_node.h"
#include "central_node/store/records.h"
#include "common/domain/event.h"

namespace keping::central {

// What one call may carry.
inline constexpr size_t kMaxNationalItems = 500;
// The same of reports that people carry: all of them go at once, since their answers take days.
inline constexpr size_t kMaxCarriedReports = 20'000;

// Cursors from here on count what came in files; those of a server stay below. Either side takes
// one of the other kind for the beginning: a district that goes from one to the other hears
// everything again, which changes nothing, and misses nothing.
inline constexpr uint64_t kFirstFileCursor = uint64_t{1} << 62;

// Nobody answered, and the call is made again later; any other error is an answer.
inline bool NotReached(const absl::Status& status) {
  return absl::IsUnavailable(status) || absl::IsDeadlineExceeded(status);
}

// `refused` has one sentence for each row that cannot be read, without personal data: good rows go
// in, bad ones are listed. `complete`: nothing more waits now.
struct RecordsPage {
  std::vector<ArrivedRecord> records;
  std::vector<std::string> refused;
  uint64_t cursor = 0;
  bool complete = false;
};

struct WithdrawalsPage {
  std::vector<domain::PrrWithdrawn> withdrawals;
  std::vector<std::string> refused;
  uint64_t cursor = 0;
  bool complete = false;
};

struct AllotmentsPage {
  std::vector<domain::AllotmentReceived> allotments;
  std::vector<std::string> refused;
  uint64_t cursor = 0;
};

// `done` is called exactly once for each call, later and on the caller's own thread. The codes are
// those of gRPC: Unavailable and DeadlineExceeded mean that the server was not reached. The caller
// asks one question at a time, and has stored an answer when it asks the next one.
class NationalRegistry {
 public:
  template <typename Answer>
  using Done = std::function<void(absl::StatusOr<Answer>)>;

  virtual ~NationalRegistry() = default;

  virtual void PullRecords(uint64_t cursor, Done<RecordsPage> done) = 0;
  virtual void PullWithdrawals(uint64_t cursor, Done<WithdrawalsPage> done) = 0;
  virtual void PullAllotments(uint64_t cursor, Done<AllotmentsPage> done) = 0;
  // At most kMaxNationalItems, or kMaxCarriedReports. An item without an answer was not dealt with:
  // report it again.
  virtual void Report(const std::vector<NamedReport>& items,
                      Done<std::vector<domain::ReportAnswered>> done) = 0;

  // At most kMaxNationalItems, or kMaxCarriedReports. An item without an answer is asked again.
  virtual void RequestBlanks(const std::vector<NamedRequest>& items,
                             Done<std::vector<RequestAnswer>> done) = 0;

  // People carry what goes through here. Report and RequestBlanks are then told of all that waits,
  // and of nothing when nothing does: they show them what to carry.
  virtual bool carried_by_people() const { return false; }
};

}  // namespace keping::central

#endif  // KEPING_CENTRAL_NODE_NATIONAL_NATIONAL_REGISTRY_H_
