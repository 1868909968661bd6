// `keping reader`: teaches how a card reader types, and shows what is understood. It asks no node.
//
//   RunReader({.act = ReaderAct::kTeach, .counter = "loket-1", .serial = "04A1B2C3D4E5F6"}, …);
//
// What the reader types comes from `in`, a line for each card.
#ifndef KEPING_COMMON_CLI_READER_H_
#define KEPING_COMMON_CLI_READER_H_

#include <istream>
#include <ostream>
#include <string>

#include "absl/status/statusor.h"

namespace keping::cli {

enum class ReaderAct { kTeach, kCheck };

struct ReaderRequest {
  ReaderAct act = ReaderAct::kTeach;
  std::string counter;
  std::string serial = {};  // to teach: of the card that is held to the reader
  std::string config = {};  // to check: the node's config
};

// To teach: reads one line and writes the config's block. To check: reads lines to their end and
// writes for each its serial, or its code and sentence. True when all was understood. Errors:
// InvalidArgument for a bad serial or config, NotFound for a counter without a reader that types,
// FailedPrecondition, beginning with the K-code, when nothing was learnt.
absl::StatusOr<bool> RunReader(const ReaderRequest& request, std::istream& in, std::ostream& out);

}  // namespace keping::cli

#endif  // KEPING_COMMON_CLI_READER_H_
