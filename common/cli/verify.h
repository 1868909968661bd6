// `keping verify`: opens the stores of stopped nodes for reading only, and mirrored logs, walks
// their entries, and counts the blanks again from the raw events.
//
//   VerifyRequest request{.edges = {"/var/lib/keping/susut"}, .central = …, .keys = …};
//   KEPING_ASSIGN_OR_RETURN(v1::VerifyReport report, Verify(request));
//   report.passed();
#ifndef KEPING_COMMON_CLI_VERIFY_H_
#define KEPING_COMMON_CLI_VERIFY_H_

#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "common/cli/log_walk.h"
#include "common/cli/verify_request.h"
#include "common/crypto/hash.h"
#include "common/crypto/signer.h"
#include "common/storage/kv_store.h"
#include "keping/cli/v1/verify.pb.h"

namespace keping::cli {

// Hashes of one log by seq, under (node, incarnation): what two stores that hold the same log are
// compared by.
using LogHashes = std::map<std::pair<std::string, std::string>, EntryHashes>;

// All stores, and whether they agree. An error means that a store could not be read; what is wrong
// with its contents is in the report.
absl::StatusOr<v1::VerifyReport> Verify(const VerifyRequest& request);

// One open store. `centre_public_key` is empty when it is not known.
absl::Status VerifyEdgeStore(const storage::KvStore& store, const std::string& centre_public_key,
                             v1::StoreReport* report, LogHashes* logs);
// `verifier`: of the nodes' signatures; null: Ed25519.
absl::Status VerifyCentralStore(const storage::KvStore& store, v1::StoreReport* report,
                                LogHashes* logs, const crypto::Verifier* verifier = nullptr);

// A mirror folder, one log in it, or a file of `keping edge export-log`: adds a store for each log.
absl::Status VerifyMirror(const std::string& path, v1::VerifyReport* report, LogHashes* logs);

// The store of a node that does not run, for reading only. FailedPrecondition: it runs, or it is
// another program's. Else the codes of storage::OpenRocksDbStoreReadOnly.
absl::StatusOr<std::unique_ptr<storage::KvStore>> OpenStoppedStore(const std::string& folder,
                                                                   absl::string_view program);

// The folder of the database: `folder` itself, or "db" in it.
std::string DatabaseIn(const std::string& folder);

}  // namespace keping::cli

#endif  // KEPING_COMMON_CLI_VERIFY_H_
