// The counter's page, built from the sources beside this file and linked into the program.
//
//   http::Assets assets(CounterAssets());
#ifndef KEPING_EDGE_NODE_COUNTER_WEB_COUNTER_ASSETS_H_
#define KEPING_EDGE_NODE_COUNTER_WEB_COUNTER_ASSETS_H_

#include "absl/types/span.h"
#include "common/http/assets.h"

namespace keping::edge {

// Constants of the program; "/" is the page.
absl::Span<const http::Asset> CounterAssets();

}  // namespace keping::edge

#endif  // KEPING_EDGE_NODE_COUNTER_WEB_COUNTER_ASSETS_H_
