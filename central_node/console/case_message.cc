#include "central_node/console/case_message.h"

namespace keping::central {

void FillCase(const CaseView& view, v1::Case& proto) {
  proto.set_case_id(view.id.value());
  // The numbers are the same in both.
  proto.set_kind(static_cast<log::v1::CaseKind>(view.row.kind));
  proto.set_state(static_cast<log::v1::CaseState>(view.row.state));
  proto.set_revision(view.row.revision);
  proto.set_prr(view.row.prr.value());
  if (view.row.blank.has_value()) proto.set_blank(view.row.blank->text());
  proto.set_node(view.row.node.value());
  for (const crypto::Hash& event : view.row.evidence) proto.add_evidence(event.Hex());
  proto.set_proposal(view.policy->proposal);
  proto.set_code(view.policy->code);
}

}  // namespace keping::central
