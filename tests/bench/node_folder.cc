#include "tests/bench/node_folder.h"

#include <filesystem>
#include <fstream>

#include "common/base/status_macros.h"
#include "common/files/file.h"
#include "common/rpc/tls_identity.h"
#include "tests/bench/bench_centre.h"

namespace keping::bench {
namespace {

void WriteSecret(const std::string& folder, const char* name, const std::string& text) {
  const std::string path = absl::StrCat(folder, "/", name);
  std::ofstream(path) << text;
  std::filesystem::permissions(
      path, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
}

}  // namespace

absl::StatusOr<edge::NodeKeys> EnrolInFolder(BenchCentre& centre, const std::string& node,
                                             const std::string& folder) {
  KEPING_ASSIGN_OR_RETURN(edge::NodeKeys keys, centre.Enrol(node, IncarnationName(node)));
  KEPING_RETURN_IF_ERROR(files::MakePrivateFolder(folder));
  // Thousands of them: nothing is synced one by one.
  WriteSecret(folder, rpc::kAuthorityFile, keys.tls.authority_pem);
  WriteSecret(folder, rpc::kCertificateFile, keys.tls.certificate_pem);
  WriteSecret(folder, rpc::kKeyFile, keys.tls.key_pem);
  return keys;
}

}  // namespace keping::bench
