// What becomes of a person's command: durable or refused in words.
//
//   return Answer(node->Handle(clock->Now(), command), ports_.failed, *ports_.hub);
#ifndef KEPING_CENTRAL_NODE_CONSOLE_COMMAND_H_
#define KEPING_CENTRAL_NODE_CONSOLE_COMMAND_H_

#include <functional>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "central_node/core/input.h"
#include "central_node/sync_service/session_hub.h"

namespace keping::central {

// Lets the feeds go on when the store wrote. Of a store that failed, `failed` is told, and the
// answer is Unavailable; of a refusal the code says what the caller can do.
absl::Status Answer(const absl::StatusOr<CommandResult>& result,
                    const std::function<void(const absl::Status&)>& failed, SessionHub& hub);

}  // namespace keping::central

#endif  // KEPING_CENTRAL_NODE_CONSOLE_COMMAND_H_
