#include "central_node/store/boxes.h"

#include <utility>

#include "central_node/core/case_policy.h"
#include "central_node/store/stored_row.h"
#include "common/base/status_macros.h"
#include "common/storage/key_space.h"

namespace keping::central {

absl::StatusOr<std::vector<BoxView>> ReadBoxes(const CentralNode& centre) {
  std::vector<BoxView> boxes;
  absl::Status status;
  KEPING_RETURN_IF_ERROR(centre.store().Scan(
      storage::kBoxRowPrefix, storage::PrefixEnd(storage::kBoxRowPrefix),
      [&](absl::string_view key, absl::string_view bytes) {
        absl::StatusOr<BoxRow> row = DecodeRow<BoxRow>(bytes);
        status = row.status();
        if (!row.ok()) return false;
        key.remove_prefix(storage::kBoxRowPrefix.size());
        boxes.push_back({.box = domain::BoxId::Of(key), .row = *std::move(row), .open_case = {}});
        return true;
      }));
  KEPING_RETURN_IF_ERROR(status);
  for (BoxView& box : boxes) {
    const domain::CaseId id = CaseIdFor(domain::CaseKind::kBoxDifference, box.box.value());
    KEPING_ASSIGN_OR_RETURN(const CaseRow row,
                            StoredRow<CaseRow>(centre, storage::kCaseRowPrefix, id.value()));
    if (row.revision > 0 && row.state != domain::CaseState::kClosed) box.open_case = id;
  }
  return boxes;
}

}  // namespace keping::central
