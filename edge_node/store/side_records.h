// Names and other words of people that belong to an event and must not stand in its payload. Each
// is sealed under a key of its own and named by the hash of its ciphertext, which the event
// carries: a name is forgotten by destroying its key, and the chain stays whole.
//
//   SideRecord side = SealSideRecord({"I Made Astawa"}, random);
//   node.Handle(DestroyCards{…, .witnesses = side.name}, {side});
//   KEPING_ASSIGN_OR_RETURN(auto names, OpenSideRecord(side.ciphertext, side.key));
#ifndef KEPING_EDGE_NODE_STORE_SIDE_RECORDS_H_
#define KEPING_EDGE_NODE_STORE_SIDE_RECORDS_H_

#include <functional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "common/crypto/hash.h"

namespace keping::edge {

struct SideRecord {
  crypto::Hash name;  // of the ciphertext
  std::string ciphertext;
  std::string key;  // 32 bytes
};

// `draw` gives so many random bytes.
SideRecord SealSideRecord(const std::vector<std::string>& names,
                          const std::function<std::string(size_t)>& draw);

// DataLoss when key and ciphertext do not belong together.
absl::StatusOr<std::vector<std::string>> OpenSideRecord(absl::string_view ciphertext,
                                                        const std::string& key);

}  // namespace keping::edge

#endif  // KEPING_EDGE_NODE_STORE_SIDE_RECORDS_H_
