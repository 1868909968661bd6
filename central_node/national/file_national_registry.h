// NationalRegistry through files that people carry, for a district whose link to the national
// server is down for weeks, or was never there. deploy/README.md describes the folder and the
// columns.
//
//   KEPING_ASSIGN_OR_RETURN(auto registry, FileNationalRegistry::Open(config.exchange_dir(), {…}));
#ifndef KEPING_CENTRAL_NODE_NATIONAL_FILE_NATIONAL_REGISTRY_H_
#define KEPING_CENTRAL_NODE_NATIONAL_FILE_NATIONAL_REGISTRY_H_

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "central_node/national/carried_reports.h"
#include "central_node/national/carried_requests.h"
#include "central_node/national/exchange_folder.h"
#include "central_node/national/file_lane.h"
#include "central_node/national/national_registry.h"
#include "common/time/clock.h"

namespace keping::central {

// Called on the core thread. Files are read where `work` runs its tasks, one after the other; that
// has ended before this object does.
class FileNationalRegistry : public NationalRegistry {
 public:
  struct Ports {
    const time::Clock* clock = nullptr;
    std::function<void(std::function<void()> task)> work;
    // Back to the caller's thread.
    std::function<void(std::function<void()> task)> answer;
  };

  // Makes the folders in, out and done where they are missing.
  static absl::StatusOr<std::unique_ptr<FileNationalRegistry>> Open(const std::string& folder,
                                                                    Ports ports);

  void PullRecords(uint64_t cursor, Done<RecordsPage> done) override;
  void PullWithdrawals(uint64_t cursor, Done<WithdrawalsPage> done) override;
  void PullAllotments(uint64_t cursor, Done<AllotmentsPage> done) override;
  void Report(const std::vector<NamedReport>& items,
              Done<std::vector<domain::ReportAnswered>> done) override;
  void RequestBlanks(const std::vector<NamedRequest>& items,
                     Done<std::vector<RequestAnswer>> done) override;
  bool carried_by_people() const override { return true; }

 private:
  FileNationalRegistry(ExchangeFolder folder, Ports ports);

  // What was given last is durable when the next question comes.
  absl::Status FinishFiles();
  // One page of a lane. `read` puts its rows into a page of the kind.
  template <typename Page, typename Read>
  void Pull(FileLane* lane, uint64_t cursor, Done<Page> done, Read read);

  const ExchangeFolder folder_;
  const Ports ports_;
  FileLane records_;
  FileLane withdrawals_;
  FileLane allotments_;
  CarriedReports reports_;
  CarriedRequests requests_;
};

}  // namespace keping::central

#endif  // KEPING_CENTRAL_NODE_NATIONAL_FILE_NATIONAL_REGISTRY_H_
