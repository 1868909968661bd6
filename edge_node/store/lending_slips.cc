// The slips of lendings that an EdgeStore keeps.
#include <utility>

#include "common/base/status_macros.h"
#include "common/storage/key_space.h"
#include "common/wire/field_reader.h"
#include "edge_node/store/edge_store.h"
#include "keping/store/v1/edge.pb.h"

namespace keping::edge {

absl::Status EdgeStore::PutSlip(const LendingSlip& slip, EdgeCore& core) {
  keping::store::v1::LendingSlip row;
  row.set_from(slip.from.value());
  row.set_blanks(slip.blanks.ToString());
  storage::WriteBatch batch;
  batch.Put(absl::StrCat(storage::kLendingSlipPrefix, slip.transfer.value()),
            row.SerializeAsString());
  KEPING_RETURN_IF_ERROR(kv_->Write(batch, storage::Durability::kSynced));
  core.ApplySlip(slip);
  return absl::OkStatus();
}

absl::Status EdgeStore::LoadSlips(EdgeCore& core) {
  wire::FieldReader read("LendingSlip");
  const absl::string_view prefix = storage::kLendingSlipPrefix;
  KEPING_RETURN_IF_ERROR(kv_->Scan(
      prefix, storage::PrefixEnd(prefix), [&](absl::string_view key, absl::string_view value) {
        keping::store::v1::LendingSlip row;
        if (!row.ParseFromArray(value.data(), static_cast<int>(value.size()))) row.Clear();
        core.ApplySlip(
            {.transfer = read.Id<domain::TransferId>("transfer", key.substr(prefix.size())),
             .from = read.Id<domain::NodeId>("from", row.from()),
             .blanks = read.Serials("blanks", row.blanks())});
        return read.status().ok();
      }));
  if (read.status().ok()) return absl::OkStatus();
  return absl::DataLossError(
      absl::StrCat("a stored lending slip is damaged: ", read.status().message()));
}

}  // namespace keping::edge
