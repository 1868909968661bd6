#include "edge_node/sync_client/node_keys.h"

#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "common/base/status_macros.h"
#include "common/crypto/key_file.h"
#include "common/crypto/random.h"
#include "common/crypto/signer.h"
#include "common/crypto/x509.h"
#include "common/files/file.h"

namespace keping::edge {
namespace {

constexpr char kLogKeyFile[] = "log.key";
constexpr char kIncarnationFile[] = "incarnation";
constexpr char kCentreKeyFile[] = "centre.pub";
constexpr size_t kPublicKeySize = 32;
constexpr size_t kIncarnationEntropySize = 16;
constexpr size_t kMaxLineBytes = 256;

absl::StatusOr<std::string> ReadLine(const std::string& path) {
  KEPING_ASSIGN_OR_RETURN(std::string text, files::ReadFile(path, kMaxLineBytes));
  return std::string(absl::StripAsciiWhitespace(text));
}

absl::StatusOr<std::string> LoadOrMakeTlsKey(const std::string& path) {
  absl::StatusOr<std::string> pem = crypto::LoadSecretFile(path);
  if (!absl::IsNotFound(pem.status())) return pem;
  KEPING_ASSIGN_OR_RETURN(std::string made, crypto::MakePrivateKey());
  KEPING_RETURN_IF_ERROR(crypto::CreateSecretFile(path, made));
  return made;
}

absl::StatusOr<domain::IncarnationId> LoadOrMakeIncarnation(const std::string& path) {
  absl::StatusOr<std::string> line = ReadLine(path);
  if (line.ok()) return domain::IncarnationId::Parse(*line);
  if (!absl::IsNotFound(line.status())) return line.status();
  const std::string id = absl::BytesToHexString(crypto::RandomBytes(kIncarnationEntropySize));
  KEPING_RETURN_IF_ERROR(
      files::WriteFile(path, absl::StrCat(id, "\n"), files::Access::kEveryoneReads));
  return domain::IncarnationId::Parse(id);
}

absl::StatusOr<std::string> ReadCentreKey(const std::string& path) {
  KEPING_ASSIGN_OR_RETURN(std::string line, ReadLine(path));
  std::string key = absl::HexStringToBytes(line);
  if (line.size() == 2 * kPublicKeySize && absl::BytesToHexString(key) == line) return key;
  return absl::InvalidArgumentError(absl::StrCat("cannot use ", path, ": got ", line.size(),
                                                 " characters, want ", 2 * kPublicKeySize,
                                                 " hexadecimal digits; enrol the node again"));
}

}  // namespace

bool IsEnrolled(const std::string& keys_dir) {
  const std::string path = files::ResolvePath(keys_dir, rpc::kCertificateFile);
  return !absl::IsNotFound(files::ReadFile(path, kMaxLineBytes).status());
}

absl::StatusOr<NodeKeys> LoadNodeKeys(const std::string& keys_dir) {
  if (!IsEnrolled(keys_dir)) {
    return absl::NotFoundError(
        absl::StrCat("this node is not enrolled: got no certificate in ", keys_dir,
                     ", want the keys of an enrolled node; enrol it with a code from the centre"));
  }
  NodeKeys keys;
  KEPING_RETURN_IF_ERROR(rpc::FinishReplacement(keys_dir));
  KEPING_ASSIGN_OR_RETURN(keys.tls, rpc::LoadTlsIdentity(keys_dir));
  KEPING_ASSIGN_OR_RETURN(crypto::CertificateFacts facts,
                          crypto::ReadCertificate(keys.tls.certificate_pem));
  KEPING_ASSIGN_OR_RETURN(keys.node, domain::NodeId::Parse(facts.node_id));
  KEPING_ASSIGN_OR_RETURN(keys.log_seed,
                          crypto::LoadSecretFile(files::ResolvePath(keys_dir, kLogKeyFile)));
  KEPING_ASSIGN_OR_RETURN(std::string incarnation,
                          ReadLine(files::ResolvePath(keys_dir, kIncarnationFile)));
  KEPING_ASSIGN_OR_RETURN(keys.incarnation, domain::IncarnationId::Parse(incarnation));
  KEPING_ASSIGN_OR_RETURN(keys.centre_public_key,
                          ReadCentreKey(files::ResolvePath(keys_dir, kCentreKeyFile)));
  return keys;
}

absl::StatusOr<OwnKeys> LoadOrMakeOwnKeys(const std::string& keys_dir) {
  KEPING_RETURN_IF_ERROR(files::MakePrivateFolder(keys_dir));
  OwnKeys keys;
  KEPING_ASSIGN_OR_RETURN(keys.tls_key_pem,
                          LoadOrMakeTlsKey(files::ResolvePath(keys_dir, rpc::kKeyFile)));
  KEPING_ASSIGN_OR_RETURN(keys.log_seed,
                          crypto::LoadOrCreateKeyFile(files::ResolvePath(keys_dir, kLogKeyFile),
                                                      crypto::kSignerSeedSize));
  KEPING_ASSIGN_OR_RETURN(keys.incarnation,
                          LoadOrMakeIncarnation(files::ResolvePath(keys_dir, kIncarnationFile)));
  return keys;
}

absl::Status StoreEnrolment(const std::string& keys_dir, const rpc::TlsIdentity& tls,
                            absl::string_view centre_public_key) {
  KEPING_RETURN_IF_ERROR(
      files::WriteFile(files::ResolvePath(keys_dir, kCentreKeyFile),
                       absl::StrCat(absl::BytesToHexString(centre_public_key), "\n"),
                       files::Access::kEveryoneReads));
  return rpc::StoreTlsIdentity(keys_dir, tls);
}

}  // namespace keping::edge
