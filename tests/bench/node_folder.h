// Folders with what nodes n0, n1 … need, for a program of its own that plays them all.
//
//   KEPING_ASSIGN_OR_RETURN(edge::NodeKeys keys, EnrolInFolder(*centre, NodeName(i),
//                                                              NodeFolder(root, i)));
//   …in the other program…
//   rpc::LoadTlsIdentity(NodeFolder(root, i));
#ifndef KEPING_TESTS_BENCH_NODE_FOLDER_H_
#define KEPING_TESTS_BENCH_NODE_FOLDER_H_

#include <cstddef>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "edge_node/sync_client/node_keys.h"

namespace keping::bench {

class BenchCentre;

inline std::string NodeName(size_t i) { return absl::StrCat("n", i); }
inline std::string IncarnationName(const std::string& node) { return absl::StrCat("i-", node); }
inline std::string NodeFolder(const std::string& root, size_t i) {
  return absl::StrCat(root, "/", NodeName(i));
}

inline std::vector<std::string> NodeNames(size_t count) {
  std::vector<std::string> names;
  for (size_t i = 0; i < count; ++i) names.push_back(NodeName(i));
  return names;
}

// Makes the folder and puts in what the node proves itself with.
absl::StatusOr<edge::NodeKeys> EnrolInFolder(BenchCentre& centre, const std::string& node,
                                             const std::string& folder);

}  // namespace keping::bench

#endif  // KEPING_TESTS_BENCH_NODE_FOLDER_H_
