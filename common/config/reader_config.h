// The readers of an edge node's configuration, and the profiles they stand for (common/scan).
//
//   for (const v1::ReaderConfig& reader : config.readers()) {
//     profiles[reader.counter()] = ProfileOf(reader);
//   }
#ifndef KEPING_COMMON_CONFIG_READER_CONFIG_H_
#define KEPING_COMMON_CONFIG_READER_CONFIG_H_

#include <string>

#include "absl/strings/string_view.h"
#include "common/config/problems.h"
#include "common/scan/reader_profile.h"
#include "keping/config/v1/edge.pb.h"

namespace keping::config {

// Of a reader that types; `reader` is valid.
scan::ReaderProfile ProfileOf(const v1::ReaderConfig& reader);

// The block that gives `profile` back: "readers { counter: "loket-1" … }", one field a line.
std::string ReaderBlock(absl::string_view counter, const scan::ReaderProfile& profile);

void ValidateReaders(const v1::EdgeConfig& config, Problems* problems);

}  // namespace keping::config

#endif  // KEPING_COMMON_CONFIG_READER_CONFIG_H_
