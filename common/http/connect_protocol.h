// The rules of the Connect protocol (connectrpc.com/docs/protocol), as pure functions: content
// types, codes, error bodies, envelopes, timeouts. connect_adapter.h applies them.
//
//   ReadContentType("application/connect+json");         // {Codec::kJson, streaming}
//   HttpStatusOf(absl::StatusCode::kNotFound);           // 404
//   Envelope(kEndStream, EndStreamJson(status));
#ifndef KEPING_COMMON_HTTP_CONNECT_PROTOCOL_H_
#define KEPING_COMMON_HTTP_CONNECT_PROTOCOL_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"

namespace keping::http {

enum class Codec { kJson, kProto };

struct ContentType {
  Codec codec = Codec::kJson;
  bool streaming = false;
};

// Nothing for a type that is not of the protocol, or a charset other than UTF-8.
std::optional<ContentType> ReadContentType(absl::string_view header);
const char* ContentTypeText(const ContentType& type);

// "not_found"; the names of the protocol.
const char* ConnectCode(absl::StatusCode code);
int HttpStatusOf(absl::StatusCode code);

// {"code":"not_found","message":"…"}; OK has no such form.
std::string ErrorJson(const absl::Status& status);
// The last message of a stream: {} or {"error":{…}}.
std::string EndStreamJson(const absl::Status& status);

// Flags of an envelope.
inline constexpr uint8_t kCompressed = 1;
inline constexpr uint8_t kEndStream = 2;
inline constexpr size_t kEnvelopeHead = 5;

// One byte of flags, the length in four (big-endian), the message.
std::string Envelope(uint8_t flags, absl::string_view message);
// The one message of a request to a method that streams its answer only. InvalidArgument: no
// envelope, more than one, or a flag that was not offered.
absl::StatusOr<absl::string_view> OpenSingleEnvelope(absl::string_view body);

// Of Connect-Timeout-Ms, at most ten digits; `otherwise` when the header is empty.
// InvalidArgument: no such number.
absl::StatusOr<absl::Duration> ReadTimeout(absl::string_view header, absl::Duration otherwise);

}  // namespace keping::http

#endif  // KEPING_COMMON_HTTP_CONNECT_PROTOCOL_H_
