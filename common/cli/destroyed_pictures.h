// Whether what the centre's log says was destroyed is gone from its database: the rows of the
// records and the keys that open them.
//
//   DestroyedPictures destroyed;
//   destroyed.Add(event);                         // every event of the centre's own log, in order
//   KEPING_RETURN_IF_ERROR(destroyed.Check(store, &report));
#ifndef KEPING_COMMON_CLI_DESTROYED_PICTURES_H_
#define KEPING_COMMON_CLI_DESTROYED_PICTURES_H_

#include <cstdint>
#include <map>
#include <set>
#include <string>

#include "absl/status/status.h"
#include "common/cli/conservation.h"
#include "common/storage/kv_store.h"
#include "keping/cli/v1/verify.pb.h"

namespace keping::cli {

// Not thread-safe.
class DestroyedPictures {
 public:
  void Add(const LoggedEvent& event);
  // Adds a difference for each that is there, and the number of records to the checks.
  absl::Status Check(const storage::KvStore& store, v1::StoreReport* report) const;

 private:
  struct Record {
    std::set<uint64_t> received;   // versions
    std::set<uint64_t> destroyed;  // of them
  };
  std::map<std::string, Record> records_;  // by PRR id
};

}  // namespace keping::cli

#endif  // KEPING_COMMON_CLI_DESTROYED_PICTURES_H_
