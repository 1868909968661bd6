// What lies in sealed rows beside the log: print-ready records as they come from the national
// centre, of which the core may know some parts only, and verifiers of passwords: first ones of the
// offices' people, and those of the district's officers, who are of no node.
//
//   KEPING_ASSIGN_OR_RETURN(ArrivedRecord record, ReadRecord(proto));   // at the rim, row by row
#ifndef KEPING_CENTRAL_NODE_STORE_RECORDS_H_
#define KEPING_CENTRAL_NODE_STORE_RECORDS_H_

#include <cstdint>
#include <functional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "central_node/core/input.h"
#include "common/domain/ids.h"
#include "common/domain/nik.h"
#include "common/storage/kv_store.h"
#include "common/storage/sealed_rows.h"

namespace keping::national::v1 {
class Record;
}  // namespace keping::national::v1

namespace keping::central {

struct ArrivedRecord {
  domain::PrrId prr;
  uint32_t version = 1;
  domain::VillageCode village;
  absl::Time enrolled_at;
  domain::Nik nik;
  domain::PrrId replaces;
  std::string bytes;  // serialised keping.national.v1.Record: personal data
};

// InvalidArgument that names the field, never its content.
absl::StatusOr<ArrivedRecord> ReadRecord(const national::v1::Record& proto);

// Where the side record of one version lies. It is sealed under a key of its own, so that the event
// that names the hash of these bytes stays true when the data key changes.
std::string SideRecordKey(const domain::PrrId& prr, uint32_t version);
// Where that key lies, sealed under the data key. Each is bound to its place.
std::string SideRecordKeyKey(const domain::PrrId& prr, uint32_t version);

// Where it stands who looked at the data of a record: see storage::kReadPrefix. Empty: at those of
// a day's plan.
std::string ReadKey(const domain::PrrId& prr, const FactRef& read);

// Puts the record and its key into `batch`; returns the record as it is stored. `draw` gives random
// bytes.
std::string SealSideRecord(const ArrivedRecord& record, const storage::SealedRows& rows,
                           const std::function<std::string(size_t)>& draw,
                           storage::WriteBatch& batch);

// What the operator confirms on the finished card, and the serialised record, opened for a feed.
struct OpenedRecord {
  std::string nik_tail;
  std::string bytes;
};

// NotFound when there is none; DataLoss when it does not open.
absl::StatusOr<OpenedRecord> OpenSideRecord(const storage::KvStore& store,
                                            const storage::SealedRows& rows,
                                            const domain::PrrId& prr, uint32_t version);

// Puts the verifier of a person's first password and its own key into `batch`, as for records.
std::string SealFirstPassword(absl::string_view verifier, const domain::NodeId& node,
                              const domain::OperatorId& operator_id,
                              const storage::SealedRows& rows,
                              const std::function<std::string(size_t)>& draw,
                              storage::WriteBatch& batch);

// The verifier's text; empty when the centre gave no password. DataLoss when it did and the row
// does not open: that somebody has no password must never be believed of a damaged one.
absl::StatusOr<std::string> OpenFirstPassword(const storage::KvStore& store,
                                              const storage::SealedRows& rows,
                                              const domain::NodeId& node,
                                              const domain::OperatorId& operator_id);

// Forgets the passwords of the district's officers; returns how many there were.
absl::StatusOr<uint64_t> ForgetOfficerPasswords(storage::KvStore& store);

// The key with which one node's telephone grants are made; empty when `grant_key` is.
std::string NodeGrantKey(absl::string_view grant_key, const domain::NodeId& node);

}  // namespace keping::central

#endif  // KEPING_CENTRAL_NODE_STORE_RECORDS_H_
