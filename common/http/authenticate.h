// Who calls over HTTP: the one place that decides it, from the headers of a request. A TCP port can
// be reached by every user of the machine, unlike the Unix socket.
//
//   KEPING_ASSIGN_OR_RETURN(Authenticate authenticate, RequireTokenFile(data_dir +
//   "/counter.token")); absl::StatusOr<std::string> caller = authenticate(request.headers);
//
// Accounts and sessions replace the token by another function of this type.
#ifndef KEPING_COMMON_HTTP_AUTHENTICATE_H_
#define KEPING_COMMON_HTTP_AUTHENTICATE_H_

#include <functional>
#include <string>

#include "absl/status/statusor.h"
#include "common/http/message.h"

namespace keping::http {

// The caller's name, which services get as metadata (kCallerMetadata in connect_adapter.h), or
// Unauthenticated with a K-code. Thread-safe.
using Authenticate = std::function<absl::StatusOr<std::string>(const Headers& headers)>;

// Wants "Authorization: Bearer TOKEN" with the content of the file, which is made with a random
// token and mode 0600 when there is none; the caller is "token". A file that others can read is
// refused: the codes of crypto::LoadSecretFile.
absl::StatusOr<Authenticate> RequireTokenFile(const std::string& path);

}  // namespace keping::http

#endif  // KEPING_COMMON_HTTP_AUTHENTICATE_H_
