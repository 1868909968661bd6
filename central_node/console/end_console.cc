#include "central_node/console/end_console.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "central_node/console/command.h"
#include "central_node/core/node_end.h"
#include "central_node/store/queries.h"
#include "common/base/status_macros.h"
#include "common/wire/field_reader.h"

namespace keping::central {
namespace {

constexpr size_t kMaxClaims = 1000;

v1::ClaimedStream View(const ClaimsView& view) {
  v1::ClaimedStream stream;
  stream.set_node(view.node.value());
  stream.set_incarnation(view.incarnation.value());
  for (const auto& [end, fact] : view.stream.ends) {
    stream.add_ends(static_cast<log::v1::NodeEnd>(end));
  }
  stream.set_fact_seq(view.stream.seq);
  stream.set_claimed_seq(view.stream.claims_seq);
  for (const ClaimsView::Claim& claim : view.claims) {
    v1::Claim& proto = *stream.add_claims();
    proto.set_seq(claim.entry.ref.seq);
    proto.set_event(claim.entry.event.has_value() ? domain::EventName(*claim.entry.event)
                                                  : "unknown");
    proto.set_id(claim.entry.ref.id.Hex());
    proto.set_wall_micros(claim.entry.ref.wall_micros);
    proto.set_signed_(claim.signed_head);
  }
  return stream;
}

}  // namespace

absl::StatusOr<v1::CloseNodeResponse> EndConsole::CloseNode(const v1::CloseNodeRequest& request) {
  wire::FieldReader read("CloseNodeRequest");
  central::CloseNode command{
      .node = read.Id<domain::NodeId>("node", request.node()),
      .end = read.EnumValue("end", request.end(), domain::NodeEnd::kRetired),
      .by = read.Id<domain::OperatorId>("by", request.by()),
      .second = read.OptionalId<domain::OperatorId>("second", request.second()),
      .document = read.OptionalId<domain::DocumentNumber>("document", request.document())};
  KEPING_RETURN_IF_ERROR(read.status());
  command.holdings.unproven = ports_.hub->unproven(command.node);
  KEPING_RETURN_IF_ERROR(
      Answer(ports_.node->Handle(ports_.clock->Now(), command), ports_.failed, *ports_.hub));
  ports_.hub->Close(command.node, absl::PermissionDeniedError(
                                      absl::StrCat("K-255: the node was ", EndWord(command.end))));
  v1::CloseNodeResponse response;
  response.set_unsettled(ports_.node->resident().nodes.at(command.node).unsettled);
  return response;
}

absl::StatusOr<v1::ListClaimsResponse> EndConsole::ListClaims(
    const v1::ListClaimsRequest& request) {
  wire::FieldReader read("ListClaimsRequest");
  const auto node = read.OptionalId<domain::NodeId>("node", request.node());
  KEPING_RETURN_IF_ERROR(read.status());
  KEPING_ASSIGN_OR_RETURN(const std::vector<ClaimsView> views,
                          ReadClaims(*ports_.node, node, kMaxClaims, request.after_seq()));
  v1::ListClaimsResponse response;
  for (const ClaimsView& view : views) *response.add_streams() = View(view);
  return response;
}

absl::StatusOr<v1::AcceptClaimsResponse> EndConsole::AcceptClaims(
    const v1::AcceptClaimsRequest& request) {
  wire::FieldReader read("AcceptClaimsRequest");
  central::AcceptClaims command{
      .node = read.Id<domain::NodeId>("node", request.node()),
      .incarnation = read.OptionalId<domain::IncarnationId>("incarnation", request.incarnation()),
      .seq = request.up_to_seq(),
      .by = read.Id<domain::OperatorId>("by", request.by()),
      .second = read.OptionalId<domain::OperatorId>("second", request.second()),
      .document = read.OptionalId<domain::DocumentNumber>("document", request.document())};
  KEPING_RETURN_IF_ERROR(read.status());
  if (command.incarnation.empty()) {
    KEPING_ASSIGN_OR_RETURN(std::vector<ClaimsView> views,
                            ReadClaims(*ports_.node, command.node, 1));
    // What was accepted before counts only for whoever asks again for the same.
    const auto open = std::stable_partition(views.begin(), views.end(), [](const ClaimsView& view) {
      return view.stream.accepted_seq < view.stream.claims_seq;
    });
    if (open != views.begin()) views.erase(open, views.end());
    if (views.size() != 1) {
      return absl::InvalidArgumentError(
          absl::StrCat("got no incarnation, and ", views.size(), " of ", command.node.value(),
                       " sent claims, want exactly one or its name; see keping central claims"));
    }
    command.incarnation = views.front().incarnation;
  }
  KEPING_RETURN_IF_ERROR(
      Answer(ports_.node->Handle(ports_.clock->Now(), command), ports_.failed, *ports_.hub));
  v1::AcceptClaimsResponse response;
  response.set_fact_seq(
      ports_.node->resident().nodes.at(command.node).streams.at(command.incarnation).seq);
  return response;
}

}  // namespace keping::central
