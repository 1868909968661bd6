// What `keping verify` is asked to look at.
#ifndef KEPING_COMMON_CLI_VERIFY_REQUEST_H_
#define KEPING_COMMON_CLI_VERIFY_REQUEST_H_

#include <string>
#include <vector>

namespace keping::cli {

struct VerifyRequest {
  std::vector<std::string> edges;         // data folders of edge nodes
  std::vector<std::string> centrals;      // data folders of central nodes
  std::vector<std::string> mirrors = {};  // mirror folders, or files of export-log
  // Keys folder of an edge node of the district, for the centre's public key; may be empty.
  std::string keys;
};

}  // namespace keping::cli

#endif  // KEPING_COMMON_CLI_VERIFY_REQUEST_H_
