#include "common/cli/render.h"

#include <google/protobuf/util/json_util.h>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "common/base/check.h"

namespace keping::cli {

std::string RenderJson(const google::protobuf::Message& message) {
  google::protobuf::util::JsonPrintOptions options;
  options.add_whitespace = true;
  options.always_print_primitive_fields = true;
  options.preserve_proto_field_names = true;
  std::string json;
  const auto status = google::protobuf::util::MessageToJsonString(message, &json, options);
  KEPING_CHECK(status.ok(), "a message of our own protos has a JSON form");
  return json;
}

std::string PlainName(const std::string& value_name, const std::string& prefix) {
  return absl::AsciiStrToLower(absl::StripPrefix(value_name, prefix));
}

std::string Shortened(const std::string& serials) {
  constexpr size_t kShown = 60;
  return serials.size() <= kShown ? serials : absl::StrCat(serials.substr(0, kShown), "…");
}

}  // namespace keping::cli
