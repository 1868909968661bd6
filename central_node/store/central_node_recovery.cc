// What a CentralNode reads from its store when it is opened.
#include <optional>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "central_node/store/central_node.h"
#include "common/base/status_macros.h"
#include "common/storage/key_space.h"
#include "keping/store/v1/central.pb.h"

namespace keping::central {
namespace {

using domain::NodeId;

// Visits the rows of a prefix, with the prefix cut off; the first error of `visit` ends it.
absl::Status ScanRows(const storage::KvStore& store, absl::string_view prefix,
                      absl::FunctionRef<absl::Status(absl::string_view, absl::string_view)> visit) {
  absl::Status status;
  KEPING_RETURN_IF_ERROR(store.Scan(prefix, storage::PrefixEnd(prefix),
                                    [&](absl::string_view key, absl::string_view value) {
                                      status = visit(key.substr(prefix.size()), value);
                                      return status.ok();
                                    }));
  return status;
}

// A key of one byte and a holder that may be empty.
absl::StatusOr<std::pair<uint8_t, NodeId>> ParseCountKey(absl::string_view key) {
  if (key.empty()) return absl::DataLossError("bad stored count: empty key, restore the database");
  const auto kind = static_cast<uint8_t>(key[0]);
  if (key.size() == 1) return std::make_pair(kind, NodeId());
  KEPING_ASSIGN_OR_RETURN(NodeId holder, NodeId::Parse(key.substr(1)));
  return std::make_pair(kind, std::move(holder));
}

absl::StatusOr<uint64_t> LastNumber(const storage::KvStore& store, absl::string_view prefix) {
  KEPING_ASSIGN_OR_RETURN(std::optional<storage::KeyAndValue> last,
                          store.Last(prefix, storage::PrefixEnd(prefix)));
  if (!last.has_value()) return uint64_t{0};
  return storage::ReadBigEndian64(last->first, prefix.size());
}

}  // namespace

absl::StatusOr<storage::SealedRows> CentralNode::OpenSealedRows(
    storage::KvStore* store, const crypto::RecordCipher& cipher,
    storage::SealedRows::Random random) {
  return storage::SealedRows::Open(store, cipher, std::move(random),
                                   {.prefixes = {std::string(storage::kSideRecordKeyPrefix),
                                                 std::string(storage::kFirstPasswordKeyPrefix)},
                                    .lost_key_advice = std::string(kLostDataKeyAdvice)});
}

absl::StatusOr<uint64_t> CentralNode::DropSideRecords(storage::KvStore& store) {
  storage::WriteBatch batch;
  uint64_t records = 0;
  for (const absl::string_view prefix :
       {storage::kSideRecordKeyPrefix, storage::kSideRecordPrefix, storage::kFirstPasswordKeyPrefix,
        storage::kFirstPasswordPrefix}) {
    KEPING_RETURN_IF_ERROR(store.Scan(prefix, storage::PrefixEnd(prefix),
                                      [&](absl::string_view key, absl::string_view) {
                                        batch.Delete(key);
                                        records += prefix == storage::kSideRecordPrefix;
                                        return true;
                                      }));
  }
  KEPING_ASSIGN_OR_RETURN(const auto bytes, store.Get(storage::kNationalCursorsKey));
  store::v1::NationalCursors cursors;
  if (bytes && !cursors.ParseFromString(*bytes)) {
    return absl::DataLossError("the national cursors do not parse: restore the database");
  }
  cursors.clear_records();
  batch.Put(storage::kNationalCursorsKey, cursors.SerializeAsString());
  batch.Delete(storage::kDataKeysKey);
  KEPING_RETURN_IF_ERROR(store.Write(batch, storage::Durability::kSynced));
  return records;
}

absl::Status CentralNode::RotateDataKey(const std::string& key) {
  if (broken_) return storage::ReopenNeeded();
  KEPING_RETURN_IF_ERROR(crypto::RecordCipher::FromKey(key).status());
  // A refusal is no failure of the store.
  if (sealed_.resealing()) return storage::RotationUnderWay();
  const absl::Status status = sealed_.StartRotation(key);
  return status.ok() ? status : Broken(status);
}

absl::StatusOr<bool> CentralNode::ResealSome() {
  if (broken_) return storage::ReopenNeeded();
  if (sealed_.resealing()) {
    if (absl::Status status = sealed_.ResealSome(); !status.ok()) return Broken(status);
  }
  return sealed_.resealing();
}

absl::Status CentralNode::LoadTables() {
  KEPING_ASSIGN_OR_RETURN(std::optional<std::string> bytes, store_->Get(storage::kCentreRowKey));
  if (bytes.has_value()) {
    KEPING_ASSIGN_OR_RETURN(resident_.centre, DecodeRow<CentreRow>(*bytes));
  }
  KEPING_RETURN_IF_ERROR(ScanRows(
      *store_, storage::kNodeRowPrefix, [&](absl::string_view key, absl::string_view value) {
        KEPING_ASSIGN_OR_RETURN(NodeId node, NodeId::Parse(key));
        KEPING_ASSIGN_OR_RETURN(resident_.nodes[node], DecodeRow<NodeRow>(value));
        return absl::OkStatus();
      }));
  KEPING_RETURN_IF_ERROR(ScanRows(
      *store_, storage::kNodeContactPrefix, [&](absl::string_view key, absl::string_view value) {
        KEPING_ASSIGN_OR_RETURN(NodeId node, NodeId::Parse(key));
        KEPING_ASSIGN_OR_RETURN(const uint64_t micros, storage::ReadBigEndian64(value));
        contacts_[node] = absl::FromUnixMicros(static_cast<int64_t>(micros));
        return absl::OkStatus();
      }));
  KEPING_RETURN_IF_ERROR(LoadBalances());
  KEPING_RETURN_IF_ERROR(LoadCounters());
  KEPING_RETURN_IF_ERROR(waiting_.Open(*store_));
  return lanes_.Open();
}

absl::Status CentralNode::LoadBalances() {
  KEPING_RETURN_IF_ERROR(ScanRows(
      *store_, storage::kBalancePrefix, [&](absl::string_view key, absl::string_view value) {
        KEPING_ASSIGN_OR_RETURN(const auto place, ParseCountKey(key));
        KEPING_ASSIGN_OR_RETURN(const uint64_t quantity, storage::ReadBigEndian64(value));
        balances_.Set({static_cast<ledger::Account>(place.first), place.second},
                      static_cast<int64_t>(quantity));
        return absl::OkStatus();
      }));
  return ScanRows(*store_, storage::kPrrTallyPrefix,
                  [&](absl::string_view key, absl::string_view value) {
                    KEPING_ASSIGN_OR_RETURN(const auto state, ParseCountKey(key));
                    KEPING_ASSIGN_OR_RETURN(const uint64_t count, storage::ReadBigEndian64(value));
                    prr_tally_[{static_cast<PrrState>(state.first), state.second}] =
                        static_cast<int64_t>(count);
                    return absl::OkStatus();
                  });
}

absl::Status CentralNode::LoadCounters() {
  KEPING_ASSIGN_OR_RETURN(last_move_, LastNumber(*store_, storage::kMovePrefix));
  KEPING_ASSIGN_OR_RETURN(last_outbox_, LastNumber(*store_, storage::kOutboxPrefix));
  KEPING_ASSIGN_OR_RETURN(std::optional<std::string> bytes,
                          store_->Get(storage::kNationalCursorsKey));
  if (bytes.has_value()) {
    keping::store::v1::NationalCursors proto;
    if (!proto.ParseFromString(*bytes)) {
      return absl::DataLossError("bad stored cursors of the national link: restore the database");
    }
    cursors_ = {.records = proto.records(),
                .withdrawals = proto.withdrawals(),
                .allotments = proto.allotments()};
  }
  return ScanRows(*store_, storage::kReportRowPrefix,
                  [&](absl::string_view, absl::string_view value) {
                    KEPING_ASSIGN_OR_RETURN(const ReportRow row, DecodeRow<ReportRow>(value));
                    if (row.state == ReportState::kPending) ++report_counts_.pending;
                    if (row.state == ReportState::kAccepted) ++report_counts_.accepted;
                    if (row.state == ReportState::kRejected) ++report_counts_.rejected;
                    return absl::OkStatus();
                  });
}

}  // namespace keping::central
