#include "edge_node/store/side_records.h"

#include "common/base/check.h"
#include "common/base/status_macros.h"
#include "common/crypto/seal.h"
#include "keping/store/v1/edge.pb.h"

namespace keping::edge {
namespace {

constexpr absl::string_view kContext = "keping-side-record-v1";

}  // namespace

SideRecord SealSideRecord(const std::vector<std::string>& names,
                          const std::function<std::string(size_t)>& draw) {
  store::v1::SideNames plain;
  for (const std::string& name : names) plain.add_names(name);
  SideRecord side;
  side.key = draw(crypto::kSealKeySize);
  const auto cipher = crypto::RecordCipher::FromKey(side.key);
  KEPING_CHECK(cipher.ok(), "a random key has the right size");
  side.ciphertext =
      cipher->SealWithNonce(plain.SerializeAsString(), kContext, draw(crypto::kSealNonceSize));
  side.name = crypto::Sha256({side.ciphertext});
  return side;
}

absl::StatusOr<std::vector<std::string>> OpenSideRecord(absl::string_view ciphertext,
                                                        const std::string& key) {
  KEPING_ASSIGN_OR_RETURN(const auto cipher, crypto::RecordCipher::FromKey(key));
  KEPING_ASSIGN_OR_RETURN(const std::string plain, cipher.Open(ciphertext, kContext));
  store::v1::SideNames names;
  if (!names.ParseFromString(plain)) {
    return absl::DataLossError("got a side record that does not parse, want names");
  }
  return std::vector<std::string>(names.names().begin(), names.names().end());
}

}  // namespace keping::edge
