#include "central_node/console/backup_console.h"

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "common/backup/escrow_key.h"
#include "common/base/status_macros.h"
#include "common/observability/log.h"

namespace keping::central {
namespace {

constexpr uint32_t kMaxKeepDays = 3650;

}  // namespace

absl::StatusOr<backup::BackupOrder> BackupConsole::Prepare(
    const maintenance::v1::BackupRequest& request) const {
  if (!request.escrow_key().empty() && request.escrow_key().size() != backup::kEscrowKeyBytes) {
    return absl::InvalidArgumentError(absl::StrCat("escrow_key: got ", request.escrow_key().size(),
                                                   " bytes, want ", backup::kEscrowKeyBytes));
  }
  if (request.keep_days() < 1 || request.keep_days() > kMaxKeepDays) {
    return absl::InvalidArgumentError(
        absl::StrCat("keep_days: got ", request.keep_days(), ", want 1 to ", kMaxKeepDays));
  }
  backup::BackupOrder order;
  order.district = ports_.district;
  order.software = KEPING_VERSION;
  order.made_at = ports_.clock->Now().wall;
  order.destroy_by = order.made_at + absl::Hours(24) * request.keep_days();
  order.signer = ports_.signer;
  order.escrow_key = request.escrow_key();
  if (!order.escrow_key.empty()) {
    KEPING_ASSIGN_OR_RETURN(order.keys,
                            keys::ReadKeyFiles(ports_.keys_dir, ports_.credentials_dir));
  }
  observability::LogInfo("backup_begins", {{"keys", order.keys.empty() ? "left out" : "sealed"}});
  return order;
}

}  // namespace keping::central
