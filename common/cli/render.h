// What people see of an answer: tables and short sentences.
//
//   std::cout << RenderEdge(response, time);
#ifndef KEPING_COMMON_CLI_RENDER_H_
#define KEPING_COMMON_CLI_RENDER_H_

#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/cli/office_time.h"
#include "common/cli/requests.h"
#include "keping/cli/v1/upkeep.pb.h"
#include "keping/cli/v1/verify.pb.h"

namespace google::protobuf {
class Message;
}  // namespace google::protobuf

namespace keping::cli {

// Text that ends with a line break.
std::string RenderEdge(const EdgeResponse& response, const OfficeTime& time);
std::string RenderCentral(const CentralResponse& response, const OfficeTime& time);
std::string RenderVerify(const v1::VerifyReport& report);
std::string RenderKeyChange(const maintenance_api::RotateDataKeyResponse& rotated);
std::string RenderExportedLog(const v1::ExportedLog& exported);
std::string RenderSupportBundle(const v1::SupportBundle& bundle);

// The data key of either node's status, on one line.
template <typename DataKeyState>
std::string DescribeDataKey(const DataKeyState& key) {
  if (key.old_key_ids().empty()) return key.key_id().empty() ? "-" : key.key_id();
  return absl::StrCat(key.key_id(), ", replaces ", absl::StrJoin(key.old_key_ids(), ", "), ": ",
                      key.resealed_rows(), " records resealed so far");
}

// Protobuf's JSON with the names of the proto files; every primitive field is there.
std::string RenderJson(const google::protobuf::Message& message);
// The same on one line, for streams.
std::string RenderJsonLine(const google::protobuf::Message& message);

// A proto enum's value name without its prefix, in small letters: "CASE_STATE_OPEN" -> "open".
std::string PlainName(const std::string& value_name, const std::string& prefix);

// A role as the commands take it: "stock-keeper".
std::string RoleWord(log::v1::Role role);

// A sentence with the token of the page that follows; empty without one.
std::string MoreOf(const std::string& page_token);

// A long list of serials, cut for a table.
std::string Shortened(const std::string& serials);

}  // namespace keping::cli

#endif  // KEPING_COMMON_CLI_RENDER_H_
