// What the national server sends: records, withdrawals, allotments, answers to reports. Each page
// comes in with the cursor behind it, in one batch.

#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "central_node/core/retention.h"
#include "central_node/store/central_node.h"
#include "common/base/status_macros.h"
#include "common/storage/key_space.h"
#include "keping/store/v1/central.pb.h"

namespace keping::central {

using storage::WriteBatch;

std::string CentralNode::EncodeCursors(const NationalCursors& cursors) const {
  keping::store::v1::NationalCursors proto;
  proto.set_records(cursors.records);
  proto.set_withdrawals(cursors.withdrawals);
  proto.set_allotments(cursors.allotments);
  return proto.SerializeAsString();
}

absl::Status CentralNode::CommitArrival(const time::Moment& now, const Input& input,
                                        WriteBatch extra, const NationalCursors& cursors) {
  extra.Put(storage::kNationalCursorsKey, EncodeCursors(cursors));
  KEPING_RETURN_IF_ERROR(Commit(now, Mode::kLive, input, extra).status());
  cursors_ = cursors;
  return absl::OkStatus();
}

absl::Status CentralNode::ReceiveRecords(const time::Moment& now,
                                         const std::vector<ArrivedRecord>& records,
                                         uint64_t cursor) {
  RecordsArrived arrived;
  WriteBatch sealed_records;
  std::set<std::string> seen;
  for (const ArrivedRecord& record : records) {
    const std::string key = SideRecordKey(record.prr, record.version);
    KEPING_ASSIGN_OR_RETURN(std::optional<std::string> sealed, store_->Get(key));
    // A repeated record keeps the bytes that its event names.
    if (sealed.has_value() || !seen.insert(key).second) continue;
    // What was destroyed does not come back.
    KEPING_ASSIGN_OR_RETURN(const std::optional<PrrRow> known, prrs_.Read(record.prr));
    if (known.has_value() && IsDestroyed(known->facts, record.version)) continue;
    sealed = SealSideRecord(record, sealed_, options_.random, sealed_records);
    arrived.records.push_back(
        {.prr = record.prr,
         .version = record.version,
         .village = record.village,
         .enrolled_at = record.enrolled_at,
         .nik_key = crypto::KeyedHash(options_.nik_lookup_key, {record.nik.Reveal()}),
         .record_digest = crypto::Sha256({*sealed}),
         .replaces = record.replaces});
  }
  NationalCursors cursors = cursors_;
  cursors.records = cursor;
  return CommitArrival(now, std::move(arrived), std::move(sealed_records), cursors);
}

absl::Status CentralNode::ReceiveWithdrawals(const time::Moment& now,
                                             const WithdrawalsArrived& arrived, uint64_t cursor) {
  NationalCursors cursors = cursors_;
  cursors.withdrawals = cursor;
  return CommitArrival(now, arrived, {}, cursors);
}

absl::Status CentralNode::ReceiveAllotments(const time::Moment& now,
                                            const AllotmentsArrived& arrived, uint64_t cursor) {
  NationalCursors cursors = cursors_;
  cursors.allotments = cursor;
  return CommitArrival(now, arrived, {}, cursors);
}

absl::Status CentralNode::ReceiveRequestAnswers(const time::Moment& now,
                                                const RequestAnswersArrived& arrived) {
  return Commit(now, Mode::kLive, arrived, {}).status();
}

std::vector<NamedRequest> CentralNode::PendingRequests() const {
  std::vector<NamedRequest> pending;
  for (const auto& [request, row] : resident_.centre.requests) {
    if (row.by.empty() || row.answered.has_value()) continue;
    pending.push_back({.item = row.fact.id.Hex(), .request = request, .row = row});
  }
  std::sort(pending.begin(), pending.end(), [](const NamedRequest& a, const NamedRequest& b) {
    return a.row.fact.seq < b.row.fact.seq;
  });
  return pending;
}

absl::Status CentralNode::ReceiveReportAnswers(const time::Moment& now,
                                               const ReportAnswersArrived& arrived) {
  return Commit(now, Mode::kLive, arrived, {}).status();
}

}  // namespace keping::central
