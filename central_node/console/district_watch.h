// The district as it is now: the picture that all who watch it get, and what changed in it.
//
//   DistrictWatch watch({.node = node.get(), .hub = &hub, …});
//   v1::WatchDistrictResponse now = watch.Read();              // whole
//   v1::WatchDistrictResponse change = ChangeSince(before, now);
//
// Of what is proven only: an office's log up to its last receipt, and sessions that are open.
#ifndef KEPING_CENTRAL_NODE_CONSOLE_DISTRICT_WATCH_H_
#define KEPING_CENTRAL_NODE_CONSOLE_DISTRICT_WATCH_H_

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <utility>

#include "absl/time/civil_time.h"
#include "central_node/store/central_node.h"
#include "central_node/store/queries.h"
#include "central_node/sync_service/session_hub.h"
#include "common/time/clock.h"
#include "keping/central/v1/watch.pb.h"

namespace keping::central {

// Lives on the core thread.
class DistrictWatch {
 public:
  // All outlive it.
  struct Ports {
    CentralNode* node = nullptr;
    SessionHub* hub = nullptr;
    const time::Clock* clock = nullptr;
    uint32_t cards_per_day = 1;  // of an office, by the config
    std::function<bool()> national_connected;
    std::function<std::string()> national_problem;
    std::string run;  // the program's, random
  };

  explicit DistrictWatch(Ports ports) : ports_(std::move(ports)) {}

  // The whole picture. Its revision grows when it differs from the one before. Reading costs
  // microseconds for each office; the first time all cases are read.
  v1::WatchDistrictResponse Read();

 private:
  void FillOffices(v1::DistrictPicture& picture) const;
  void FillPrinters(const domain::NodeId& node, v1::OfficePicture& office) const;
  void FillCases(v1::CasesPicture& cases);
  absl::CivilDay Today() const;

  const Ports ports_;
  std::string last_bytes_;
  uint64_t revision_ = 0;
  std::optional<CaseTally> cases_before_;  // when this run of the program began
};

// What a client that has `before` must hear to have `now`; both are whole. The parts that are the
// same are left out.
v1::WatchDistrictResponse ChangeSince(const v1::WatchDistrictResponse& before,
                                      const v1::WatchDistrictResponse& now);

}  // namespace keping::central

#endif  // KEPING_CENTRAL_NODE_CONSOLE_DISTRICT_WATCH_H_
