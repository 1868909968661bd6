// The live picture of the district (keping.central.v1.WatchService) over gRPC.
//
//   DistrictFeed feed({.read = [&] { return watch.Read(); }, .now = …, .after = …});
//   auto service = MakeWatchService(core.get(), &feed);
#ifndef KEPING_CENTRAL_NODE_CONSOLE_WATCH_SERVICE_H_
#define KEPING_CENTRAL_NODE_CONSOLE_WATCH_SERVICE_H_

#include <memory>

#include "absl/time/time.h"
#include "common/rpc/live_feed.h"
#include "keping/central/v1/watch.pb.h"

namespace grpc {
class Service;
}

namespace keping::runtime {
class CoreThread;
}

namespace keping::central {

using DistrictFeed = rpc::LiveFeed<v1::WatchDistrictResponse>;
inline constexpr absl::Duration kDistrictPause = absl::Milliseconds(500);

// Both outlive the service; `feed` is used on the core thread only. A client that is slow gets what
// changed since the last message that it took, as one.
std::unique_ptr<grpc::Service> MakeWatchService(runtime::CoreThread* core, DistrictFeed* feed);

}  // namespace keping::central

#endif  // KEPING_CENTRAL_NODE_CONSOLE_WATCH_SERVICE_H_
