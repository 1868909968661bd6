// Whether the book of ribbons, films and cleaning cards rests on what the logs say of them: it is
// reckoned from facts in the rows of the centre and of its nodes, and from nothing else.
//
//   SupplyFacts supplies;
//   supplies.Add(event);                          // every event of all logs
//   KEPING_RETURN_IF_ERROR(supplies.Check(store, &report));
#ifndef KEPING_COMMON_CLI_SUPPLY_FACTS_H_
#define KEPING_COMMON_CLI_SUPPLY_FACTS_H_

#include <map>
#include <string>

#include "absl/status/status.h"
#include "common/cli/conservation.h"
#include "common/crypto/hash.h"
#include "common/storage/kv_store.h"
#include "keping/cli/v1/verify.pb.h"

namespace keping::cli {

// Not thread-safe.
class SupplyFacts {
 public:
  void Add(const LoggedEvent& event);
  // Adds a difference for each fact that only one side knows, or knows otherwise, and the number of
  // facts to the checks. DataLoss: a row does not parse.
  absl::Status Check(const storage::KvStore& store, v1::StoreReport* report) const;

 private:
  struct Moved {
    std::string node;     // whose row says it; empty: the centre's
    std::string payload;  // of the event, as logs and rows keep it

    friend bool operator==(const Moved&, const Moved&) = default;
  };
  using Facts = std::map<crypto::Hash, Moved>;

  static absl::Status ReadRows(const storage::KvStore& store, Facts& facts);
  static std::string InWords(const Facts& facts, Facts::const_iterator fact);

  Facts logged_;
};

}  // namespace keping::cli

#endif  // KEPING_COMMON_CLI_SUPPLY_FACTS_H_
