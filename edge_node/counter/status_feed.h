// One status for all screens that watch it (common/rpc/live_feed.h).
//
//   StatusFeed feed({.read = …, .now = …, .after = …});
//   feed.Add(watcher);   // gets the status at once
#ifndef KEPING_EDGE_NODE_COUNTER_STATUS_FEED_H_
#define KEPING_EDGE_NODE_COUNTER_STATUS_FEED_H_

#include "common/rpc/live_feed.h"
#include "keping/edge/v1/screen.pb.h"

namespace keping::edge {

using StatusWatcher = rpc::LiveWatcher<v1::WatchStatusResponse>;
using StatusFeed = rpc::LiveFeed<v1::WatchStatusResponse>;

}  // namespace keping::edge

#endif  // KEPING_EDGE_NODE_COUNTER_STATUS_FEED_H_
