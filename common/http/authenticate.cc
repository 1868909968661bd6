#include "common/http/authenticate.h"

#include <openssl/crypto.h>

#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/base/status_macros.h"
#include "common/crypto/key_file.h"
#include "common/crypto/random.h"

namespace keping::http {
namespace {

constexpr size_t kTokenBytes = 20;
constexpr size_t kShortestToken = 16;
constexpr char kScheme[] = "Bearer ";

absl::StatusOr<std::string> LoadOrCreateToken(const std::string& path) {
  absl::StatusOr<std::string> content = crypto::LoadSecretFile(path);
  if (absl::IsNotFound(content.status())) {
    const std::string token = absl::BytesToHexString(crypto::RandomBytes(kTokenBytes));
    KEPING_RETURN_IF_ERROR(crypto::CreateSecretFile(path, absl::StrCat(token, "\n")));
    return token;
  }
  KEPING_RETURN_IF_ERROR(content.status());
  std::string token(absl::StripAsciiWhitespace(*content));
  if (token.size() >= kShortestToken) return token;
  return absl::InvalidArgumentError(
      absl::StrCat("the token in ", path, " is too short: got ", token.size(), " characters, want ",
                   kShortestToken, " or more; delete the file and a new one is made"));
}

bool SameSecret(absl::string_view got, absl::string_view want) {
  return got.size() == want.size() && CRYPTO_memcmp(got.data(), want.data(), want.size()) == 0;
}

}  // namespace

absl::StatusOr<Authenticate> RequireTokenFile(const std::string& path) {
  KEPING_ASSIGN_OR_RETURN(const std::string token, LoadOrCreateToken(path));
  return Authenticate([token](const Headers& headers) -> absl::StatusOr<std::string> {
    const absl::string_view header = headers.Get("authorization");
    if (absl::StartsWithIgnoreCase(header, kScheme) &&
        SameSecret(absl::StripAsciiWhitespace(header.substr(sizeof(kScheme) - 1)), token)) {
      return std::string("token");
    }
    return absl::UnauthenticatedError(
        header.empty() ? "K-220: no key was given. Enter the key of this office's node."
                       : "K-220: this is not the key of this office's node. Enter it again.");
  });
}

}  // namespace keping::http
