#include "edge_node/counter/desk_command.h"

#include "absl/strings/str_cat.h"
#include "common/base/status_macros.h"

namespace keping::edge {
namespace {

constexpr size_t kMaxNames = 10;
constexpr size_t kMaxNameBytes = 100;

}  // namespace

absl::StatusOr<Decision> Command(EdgeNode& node, const Input& input,
                                 const std::vector<SideRecord>& sides) {
  KEPING_ASSIGN_OR_RETURN(Decision decision, node.Handle(input, sides));
  KEPING_RETURN_IF_ERROR(decision.status);
  return decision;
}

absl::StatusOr<std::vector<std::string>> ReadPeople(absl::string_view field,
                                                    std::vector<std::string> names) {
  if (names.size() > kMaxNames) {
    return absl::InvalidArgumentError(
        absl::StrCat(field, ": got ", names.size(), " names, want at most ", kMaxNames));
  }
  for (const std::string& name : names) {
    if (!name.empty() && name.size() <= kMaxNameBytes) continue;
    return absl::InvalidArgumentError(
        absl::StrCat(field, ": got a name of ", name.size(), " bytes, want 1 to ", kMaxNameBytes));
  }
  return names;
}

}  // namespace keping::edge
