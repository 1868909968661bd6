// The link to the national server: visits it again and again, brings what came into the store, and
// reports what waits in the outbox. The district goes on without it.
//
//   NationalLink link({.registry = &registry, .node = centre.get(), …}, poll, seed);
//   link.Start();
//   link.connected(); link.problem();   // for screens
//
// One visit: withdrawals, then reports, then allotments, then records, each until nothing waits.
// Whatever is answered is stored with its cursor before the next question, so that a visit may end
// anywhere.
#ifndef KEPING_CENTRAL_NODE_NATIONAL_NATIONAL_LINK_H_
#define KEPING_CENTRAL_NODE_NATIONAL_NATIONAL_LINK_H_

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "central_node/national/national_registry.h"
#include "central_node/store/central_node.h"
#include "common/runtime/backoff.h"
#include "common/time/clock.h"

namespace keping::central {

// Not thread-safe: lives on the thread on which registry and timers call back. They outlive it.
class NationalLink {
 public:
  // Between attempts while the server is not reached: soon at first, so that a healed link is
  // noticed within seconds; after so many failures at most every poll.
  static constexpr absl::Duration kFirstRetry = absl::Milliseconds(500);
  static constexpr absl::Duration kMaxFirstRetries = absl::Seconds(5);
  static constexpr int kFirstRetries = 60;

  struct Ports {
    NationalRegistry* registry = nullptr;
    CentralNode* node = nullptr;
    const time::Clock* clock = nullptr;
    // Calls `task` once, after `delay`.
    std::function<void(absl::Duration delay, std::function<void()> task)> after;
    // Something arrived: the feeds may go on.
    std::function<void()> arrived;
    // The store failed: the central node is finished.
    std::function<void(const absl::Status&)> failed;
  };

  // `poll` is the pause between two visits.
  NationalLink(Ports ports, absl::Duration poll, uint64_t seed);

  void Start();
  // No further visit is begun; answers that still come are not stored.
  void Stop() { stopped_ = true; }

  // The last exchange succeeded.
  bool connected() const { return connected_; }
  // The last failure in plain words, or empty.
  const std::string& problem() const { return problem_; }

 private:
  void PullWithdrawals();
  void Report();
  void PullAllotments();
  void PullRecords();
  void EndVisit();

  void OnWithdrawals(const WithdrawalsPage& page);
  void OnAnswers(size_t asked, const std::vector<domain::ReportAnswered>& answers);
  void OnAllotments(const AllotmentsPage& page);
  void OnRecords(const RecordsPage& page);

  // An answer's handler: what failed ends the visit, and is tried again later.
  template <typename Answer, typename Handle>
  std::function<void(absl::StatusOr<Answer>)> Then(Handle handle);
  // Whether the arrival is durable; else the program is told.
  bool Stored(const absl::Status& status);
  void LogRefused(const char* lane, const std::vector<std::string>& refused) const;
  void OnFailure(const absl::Status& status);
  void VisitAfter(absl::Duration delay);

  const Ports ports_;
  const absl::Duration poll_;
  runtime::Backoff first_backoff_;
  runtime::Backoff long_backoff_;
  int failures_ = 0;
  bool stopped_ = false;
  bool connected_ = false;
  size_t unanswered_ = 0;  // reports of the present visit
  std::string problem_;
};

}  // namespace keping::central

#endif  // KEPING_CENTRAL_NODE_NATIONAL_NATIONAL_LINK_H_
