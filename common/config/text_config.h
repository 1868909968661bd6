// A program's configuration: one typed proto text file, refused as a whole with every reason found.
//
//   EdgeConfig config;
//   KEPING_RETURN_IF_ERROR(ParseTextConfig("/etc/keping/edge.textproto", &config));
//
// Errors read `edge.textproto:3:1: got unknown field "node", want one of: node_id, …`.
#ifndef KEPING_COMMON_CONFIG_TEXT_CONFIG_H_
#define KEPING_COMMON_CONFIG_TEXT_CONFIG_H_

#include <string>

#include "absl/status/status.h"

namespace google::protobuf {
class Message;
}

namespace keping::config {

// Fills `message` from the file. InvalidArgument, one line per error, for text that is not a
// `message`: unknown and doubled fields are errors, and so is text that is not UTF-8. The codes of
// files::ReadFile for a file that cannot be read.
absl::Status ParseTextConfig(const std::string& path, google::protobuf::Message* message);

}  // namespace keping::config

#endif  // KEPING_COMMON_CONFIG_TEXT_CONFIG_H_
