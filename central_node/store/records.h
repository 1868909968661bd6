// What lies in sealed rows beside the log: print-ready records as they come from the national
// centre, of which the core may know some parts only, and verifiers of first passwords.
//
//   KEPING_ASSIGN_OR_RETURN(ArrivedRecord record, ReadRecord(proto));   // at the rim, row by row
#ifndef KEPING_CENTRAL_NODE_STORE_RECORDS_H_
#define KEPING_CENTRAL_NODE_STORE_RECORDS_H_

#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "central_node/core/input.h"
#include "common/crypto/seal.h"
#include "common/domain/ids.h"
#include "common/domain/nik.h"
#include "common/storage/kv_store.h"

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

// Where the sealed side record of one version lies; the key is also what it is bound to.
std::string SideRecordKey(const domain::PrrId& prr, uint32_t version);

// What the operator confirms on the finished card, and the serialised record, opened for a feed.
struct OpenedRecord {
  std::string nik_tail;
  std::string bytes;
};

// NotFound when there is none; DataLoss when it does not open.
absl::StatusOr<OpenedRecord> OpenSideRecord(const storage::KvStore& store,
                                            const crypto::RecordCipher& cipher,
                                            const domain::PrrId& prr, uint32_t version);

// Where the sealed verifier of a person's first password lies; the key is also what it is bound to.
std::string FirstPasswordKey(const domain::NodeId& node, const domain::OperatorId& operator_id);

// The verifier's text, opened for a feed; empty when the centre gave no password, or the row does
// not open: a feed is not held up by it.
absl::StatusOr<std::string> OpenFirstPassword(const storage::KvStore& store,
                                              const crypto::RecordCipher& cipher,
                                              const domain::NodeId& node,
                                              const domain::OperatorId& operator_id);

// The key with which one node's telephone grants are made; empty when `grant_key` is.
std::string NodeGrantKey(absl::string_view grant_key, const domain::NodeId& node);

}  // namespace keping::central

#endif  // KEPING_CENTRAL_NODE_STORE_RECORDS_H_
