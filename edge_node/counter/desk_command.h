// What the desks share: a command to the node, and what a paper form adds to it.
//
//   KEPING_ASSIGN_OR_RETURN(const Decision decision, Command(*node, WithForm(request, count,
//   read)));
#ifndef KEPING_EDGE_NODE_COUNTER_DESK_COMMAND_H_
#define KEPING_EDGE_NODE_COUNTER_DESK_COMMAND_H_

#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "common/wire/field_reader.h"
#include "edge_node/node/edge_node.h"
#include "keping/edge/v1/stock.pb.h"

namespace keping::edge {

// The decision when it was taken; its error when it was refused.
absl::StatusOr<Decision> Command(EdgeNode& node, const Input& input,
                                 const std::vector<SideRecord>& sides = {});

// The act as it is, or as a late entry when the request names a paper form.
template <typename Request, typename Act>
Input WithForm(const Request& request, Act act, wire::FieldReader& read) {
  if (!request.has_late()) return act;
  return LateEntry{.form = read.Id<domain::DocumentNumber>("late.number", request.late().number()),
                   .stated_at = absl::FromUnixMicros(request.late().stated_at_micros()),
                   .what = std::move(act)};
}

// Names as people wrote them; InvalidArgument when there are too many, or one is too long.
absl::StatusOr<std::vector<std::string>> ReadPeople(absl::string_view field,
                                                    std::vector<std::string> names);

}  // namespace keping::edge

#endif  // KEPING_EDGE_NODE_COUNTER_DESK_COMMAND_H_
