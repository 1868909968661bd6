// `keping central watch`: the district as it is, a line for each thing that changes.
//
//   absl::Status ended = WatchDistrict({.socket = socket}, [&](const Change& change) { … });
#ifndef KEPING_COMMON_CLI_WATCH_DISTRICT_H_
#define KEPING_COMMON_CLI_WATCH_DISTRICT_H_

#include <functional>
#include <string>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "keping/central/v1/watch.pb.h"

namespace keping::cli {

struct WatchRequest {
  bool once = false;  // the whole picture, and no more
};

// Calls `on_change` for each message but empty ones, until it returns false. A centre that stops is
// waited for: `on_lost` is told, and the next message is the whole picture again. Returns OK, or
// why it cannot be watched.
absl::Status WatchDistrict(
    const std::string& socket,
    absl::FunctionRef<bool(const central::v1::WatchDistrictResponse&)> on_change,
    absl::FunctionRef<void()> on_lost);

// A line for each part of a message; `at` is the time of its arrival, as text.
std::string RenderChange(const central::v1::WatchDistrictResponse& change, const std::string& at);

}  // namespace keping::cli

#endif  // KEPING_COMMON_CLI_WATCH_DISTRICT_H_
