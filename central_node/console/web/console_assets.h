// The console's page, built from the sources beside this file and linked into the program.
//
//   http::Assets assets(ConsoleAssets());
#ifndef KEPING_CENTRAL_NODE_CONSOLE_WEB_CONSOLE_ASSETS_H_
#define KEPING_CENTRAL_NODE_CONSOLE_WEB_CONSOLE_ASSETS_H_

#include "absl/types/span.h"
#include "common/http/assets.h"

namespace keping::central {

// Constants of the program; "/" is the page.
absl::Span<const http::Asset> ConsoleAssets();

}  // namespace keping::central

#endif  // KEPING_CENTRAL_NODE_CONSOLE_WEB_CONSOLE_ASSETS_H_
