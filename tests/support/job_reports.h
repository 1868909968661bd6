// Collects a printer's reports, from whatever thread they come, in the order they were made.
//
//   JobReports reports;
//   printer.Submit(job, reports.callback());
//   ASSERT_TRUE(reports.AwaitSize(2));
//   EXPECT_THAT(reports.states(), ElementsAre(JobState::kAccepted, JobState::kCompleted));
#ifndef KEPING_TESTS_SUPPORT_JOB_REPORTS_H_
#define KEPING_TESTS_SUPPORT_JOB_REPORTS_H_

#include <cstddef>
#include <vector>

#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "edge_node/printing/printer.h"

namespace keping::tests {

// Thread-safe. Must outlive the printer that reports into it.
class JobReports {
 public:
  edge::Printer::JobCallback callback() {
    return [this](const edge::JobReport& report) {
      absl::MutexLock lock(&mutex_);
      reports_.push_back(report);
    };
  }
  size_t size() const {
    absl::MutexLock lock(&mutex_);
    return reports_.size();
  }
  edge::JobReport at(size_t i) const {
    absl::MutexLock lock(&mutex_);
    return reports_.at(i);
  }
  edge::JobReport back() const {
    absl::MutexLock lock(&mutex_);
    return reports_.at(reports_.size() - 1);
  }
  std::vector<edge::JobState> states() const {
    absl::MutexLock lock(&mutex_);
    std::vector<edge::JobState> states;
    for (const edge::JobReport& report : reports_) states.push_back(report.state);
    return states;
  }
  // False if there are not so many reports after a minute.
  [[nodiscard]] bool AwaitSize(size_t size) const {
    absl::MutexLock lock(&mutex_);
    auto enough = [&] { return reports_.size() >= size; };
    return mutex_.AwaitWithTimeout(absl::Condition(&enough), absl::Minutes(1));
  }

 private:
  mutable absl::Mutex mutex_;
  std::vector<edge::JobReport> reports_;
};

}  // namespace keping::tests

#endif  // KEPING_TESTS_SUPPORT_JOB_REPORTS_H_
