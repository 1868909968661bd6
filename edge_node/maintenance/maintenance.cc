#include "edge_node/maintenance/maintenance.h"

#include "common/base/status_macros.h"
#include "common/domain/entry.h"
#include "common/sync/frames.h"

namespace keping::edge {
namespace {

// Well below gRPC's limit of 4 MB a message.
constexpr size_t kMaxPageBytes = size_t{1} << 20;
constexpr uint64_t kMaxPageEntries = 10'000;

}  // namespace

absl::StatusOr<maintenance::v1::RotateDataKeyResponse> Maintenance::RotateDataKey() {
  KEPING_ASSIGN_OR_RETURN(const crypto::KeyId key, rotation_->Rotate());
  maintenance::v1::RotateDataKeyResponse response;
  response.set_key_id(key.value());
  return response;
}

absl::StatusOr<maintenance::v1::ReadLogResponse> Maintenance::ReadLog(
    const maintenance::v1::ReadLogRequest& request) {
  if (request.from_seq() == 0) return absl::InvalidArgumentError("from_seq: got 0, want 1 or more");
  const storage::EventLog& log = node_->store().log();
  maintenance::v1::ReadLogResponse response;
  response.set_log_entries(log.head().seq);
  KEPING_RETURN_IF_ERROR(log.Read(request.from_seq(), kMaxPageEntries, kMaxPageBytes,
                                  [&response](uint64_t, absl::string_view bytes) {
                                    response.add_entries(bytes.data(), bytes.size());
                                    return true;
                                  }));
  if (response.entries().empty()) return response;
  const sync::Head head{request.from_seq() + static_cast<uint64_t>(response.entries_size()) - 1,
                        domain::HashEntryBytes(*response.entries().rbegin())};
  response.set_signature(node_->identity().signer->Sign(
      sync::HeadStatement(node_->core().settings().node, node_->identity().incarnation, head)));
  return response;
}

}  // namespace keping::edge
