#include "central_node/console/remark_message.h"

namespace keping::central {

static_assert(static_cast<int>(RemarkKind::kNationalRefusedReport) == v1::RemarkKind_MAX);

void FillRemark(const Remark& remark, v1::Remark& proto) {
  proto.set_kind(static_cast<v1::RemarkKind>(remark.kind));
  for (const RemarkValue& one : remark.values) {
    v1::RemarkValue& value = *proto.add_values();
    value.set_name(one.name);
    value.set_value(one.value);
  }
  for (const Remark& part : remark.parts) FillRemark(part, *proto.add_parts());
}

}  // namespace keping::central
