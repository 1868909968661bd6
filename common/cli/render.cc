#include "common/cli/render.h"

#include <google/protobuf/util/json_util.h>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/strip.h"
#include "common/base/check.h"

namespace keping::cli {
namespace {

std::string Json(const google::protobuf::Message& message, bool whitespace) {
  google::protobuf::util::JsonPrintOptions options;
  options.add_whitespace = whitespace;
  options.always_print_primitive_fields = true;
  options.preserve_proto_field_names = true;
  std::string json;
  const auto status = google::protobuf::util::MessageToJsonString(message, &json, options);
  KEPING_CHECK(status.ok(), "a message of our own protos has a JSON form");
  return json;
}

}  // namespace

std::string RenderJson(const google::protobuf::Message& message) { return Json(message, true); }

std::string RenderJsonLine(const google::protobuf::Message& message) {
  return Json(message, false) + "\n";
}

std::string PlainName(const std::string& value_name, const std::string& prefix) {
  return absl::AsciiStrToLower(absl::StripPrefix(value_name, prefix));
}

std::string RoleWord(log::v1::Role role) {
  return absl::StrReplaceAll(PlainName(log::v1::Role_Name(role), "ROLE_"), {{"_", "-"}});
}

std::string MoreOf(const std::string& page_token) {
  return page_token.empty() ? "" : absl::StrCat("There are more: --after ", page_token, "\n");
}

std::string Shortened(const std::string& serials) {
  constexpr size_t kShown = 60;
  return serials.size() <= kShown ? serials : absl::StrCat(serials.substr(0, kShown), "…");
}

}  // namespace keping::cli
