#include "common/http/connect_protocol.h"

#include <array>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_split.h"

namespace keping::http {
namespace {

constexpr size_t kMaxTimeoutDigits = 10;

struct CodeRow {
  const char* name;
  int http_status;
};

// By the numbers of absl::StatusCode, which are gRPC's.
constexpr std::array<CodeRow, 17> kCodes = {{{"ok", 200},
                                             {"canceled", 499},
                                             {"unknown", 500},
                                             {"invalid_argument", 400},
                                             {"deadline_exceeded", 504},
                                             {"not_found", 404},
                                             {"already_exists", 409},
                                             {"permission_denied", 403},
                                             {"resource_exhausted", 429},
                                             {"failed_precondition", 400},
                                             {"aborted", 409},
                                             {"out_of_range", 400},
                                             {"unimplemented", 501},
                                             {"internal", 500},
                                             {"unavailable", 503},
                                             {"data_loss", 500},
                                             {"unauthenticated", 401}}};

const CodeRow& Row(absl::StatusCode code) {
  const auto index = static_cast<size_t>(code);
  return index < kCodes.size() ? kCodes[index]
                               : kCodes[static_cast<size_t>(absl::StatusCode::kUnknown)];
}

std::string JsonText(absl::string_view text) {
  std::string json = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      json += {'\\', c};
    } else if (static_cast<unsigned char>(c) < 0x20) {
      absl::StrAppendFormat(&json, "\\u%04x", c);
    } else {
      json += c;
    }
  }
  return json + "\"";
}

bool IsUtf8Parameter(absl::string_view parameter) {
  const std::string text = absl::AsciiStrToLower(absl::StripAsciiWhitespace(parameter));
  return text == "charset=utf-8" || text == "charset=\"utf-8\"";
}

}  // namespace

std::optional<ContentType> ReadContentType(absl::string_view header) {
  const std::vector<absl::string_view> parts = absl::StrSplit(header, ';');
  for (size_t i = 1; i < parts.size(); ++i) {
    if (!IsUtf8Parameter(parts[i])) return std::nullopt;
  }
  const std::string type = absl::AsciiStrToLower(absl::StripAsciiWhitespace(parts.front()));
  for (const bool streaming : {false, true}) {
    for (const Codec codec : {Codec::kJson, Codec::kProto}) {
      const ContentType candidate{.codec = codec, .streaming = streaming};
      if (type == ContentTypeText(candidate)) return candidate;
    }
  }
  return std::nullopt;
}

const char* ContentTypeText(const ContentType& type) {
  if (type.streaming) {
    return type.codec == Codec::kJson ? "application/connect+json" : "application/connect+proto";
  }
  return type.codec == Codec::kJson ? "application/json" : "application/proto";
}

const char* ConnectCode(absl::StatusCode code) { return Row(code).name; }

int HttpStatusOf(absl::StatusCode code) { return Row(code).http_status; }

std::string ErrorJson(const absl::Status& status) {
  return absl::StrCat("{\"code\":\"", ConnectCode(status.code()),
                      "\",\"message\":", JsonText(status.message()), "}");
}

std::string EndStreamJson(const absl::Status& status) {
  return status.ok() ? "{}" : absl::StrCat("{\"error\":", ErrorJson(status), "}");
}

std::string Envelope(uint8_t flags, absl::string_view message) {
  const auto size = static_cast<uint32_t>(message.size());
  std::string envelope(1, static_cast<char>(flags));
  for (const int shift : {24, 16, 8, 0}) envelope += static_cast<char>(size >> shift & 0xff);
  return absl::StrCat(envelope, message);
}

absl::StatusOr<absl::string_view> OpenSingleEnvelope(absl::string_view body) {
  if (body.size() < kEnvelopeHead) {
    return absl::InvalidArgumentError(absl::StrCat(
        "got a body of ", body.size(), " bytes, want one message in its 5-byte envelope"));
  }
  if (body[0] != 0) {
    return absl::InvalidArgumentError(absl::StrCat("got an envelope with flags ",
                                                   static_cast<unsigned char>(body[0]),
                                                   ", want 0: compression is not offered"));
  }
  uint32_t size = 0;
  for (size_t i = 1; i < kEnvelopeHead; ++i) size = size << 8 | static_cast<unsigned char>(body[i]);
  body.remove_prefix(kEnvelopeHead);
  if (body.size() != size) {
    return absl::InvalidArgumentError(absl::StrCat("got an envelope for ", size, " bytes with ",
                                                   body.size(),
                                                   " bytes after it, want exactly one message"));
  }
  return body;
}

absl::StatusOr<absl::Duration> ReadTimeout(absl::string_view header, absl::Duration otherwise) {
  if (header.empty()) return otherwise;
  int64_t milliseconds = 0;
  for (const char c : header) {
    if (!absl::ascii_isdigit(c) || header.size() > kMaxTimeoutDigits) {
      return absl::InvalidArgumentError(
          "got a Connect-Timeout-Ms that is no number, want milliseconds in at most ten digits");
    }
    milliseconds = milliseconds * 10 + (c - '0');
  }
  return absl::Milliseconds(milliseconds);
}

}  // namespace keping::http
