// The link to the national server: visits it again and again, brings what came into the store, and
// reports what waits in the outbox. The district goes on without it.
//
//   NationalLink link({.registry = &registry, .node = centre.get(), …}, poll, seed);
//   link.Start();
//   link.connected(); link.problem();   // for screens
//
// One visit: withdrawals, then reports, then allotments, then records, then requests for blanks,
// each until nothing waits. Withdrawals come first, so that no card is printed for a dead person
// because 10,000 records stood in line before; records last, since offices have enough of them to
// go on with. Whatever is answered is stored with its cursor before the next question, so that a
// visit may end anywhere.
//
// A server that is not reached ends the visit, and is left alone for a while (circuit_breaker.h).
// One that refuses a question is asked the others all the same.
#ifndef KEPING_CENTRAL_NODE_NATIONAL_NATIONAL_LINK_H_
#define KEPING_CENTRAL_NODE_NATIONAL_NATIONAL_LINK_H_

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "central_node/core/remark.h"
#include "central_node/national/circuit_breaker.h"
#include "central_node/national/national_registry.h"
#include "central_node/store/central_node.h"
#include "common/time/clock.h"

namespace keping::central {

// Not thread-safe: lives on the thread on which registry and timers call back. They outlive it.
class NationalLink {
 public:
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
  bool connected() const { return breaker_.state() == CircuitBreaker::State::kClosed; }
  // Whether the server is asked, since when it answers or does not, and when it is tried again.
  const CircuitBreaker& breaker() const { return breaker_; }
  // The last failure; in plain English words, or empty.
  const std::optional<Remark>& remark() const { return problem_; }
  std::string problem() const { return problem_.has_value() ? problem_->text : ""; }

 private:
  void BeginVisit();
  void PullWithdrawals();
  void Report();
  void PullAllotments();
  void PullRecords();
  void RequestBlanks();
  void EndVisit();

  void OnWithdrawals(const WithdrawalsPage& page);
  void OnAnswers(size_t asked, const std::vector<domain::ReportAnswered>& answers);
  void OnAllotments(const AllotmentsPage& page);
  void OnRecords(const RecordsPage& page);
  void OnRequestAnswers(const std::vector<RequestAnswer>& answers);

  // An answer's handler; a refused question is followed by those of the `next` lane.
  template <typename Answer, typename Handle>
  std::function<void(absl::StatusOr<Answer>)> Then(void (NationalLink::*next)(), Handle handle);
  // Notes what the visit is not all right for, and goes on with the next lane.
  void GoOnAfter(const absl::Status& refusal, void (NationalLink::*next)());
  // Whether the arrival is durable; else the program is told.
  bool Stored(const absl::Status& status);
  void LogRefused(const char* lane, const std::vector<std::string>& refused) const;
  void OnFailure(const absl::Status& status);
  void VisitAfter(absl::Duration delay);

  const Ports ports_;
  const absl::Duration poll_;
  CircuitBreaker breaker_;
  bool stopped_ = false;
  size_t unanswered_ = 0;  // reports of the present visit
  absl::Status refusal_;   // the first one of the present visit
  std::optional<Remark> problem_;
};

}  // namespace keping::central

#endif  // KEPING_CENTRAL_NODE_NATIONAL_NATIONAL_LINK_H_
