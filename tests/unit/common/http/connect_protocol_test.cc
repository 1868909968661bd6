#include "common/http/connect_protocol.h"

#include <gtest/gtest.h>

#include <string>

namespace keping::http {
namespace {

using absl::StatusCode;

TEST(ConnectProtocolTest, ContentTypesOfTheProtocol) {
  struct Case {
    const char* header;
    bool known;
    Codec codec;
    bool streaming;
  };
  const Case cases[] = {
      {"application/json", true, Codec::kJson, false},
      {"Application/JSON; charset=UTF-8", true, Codec::kJson, false},
      {"application/json;charset=\"utf-8\"", true, Codec::kJson, false},
      {"application/proto", true, Codec::kProto, false},
      {"application/connect+json", true, Codec::kJson, true},
      {"application/connect+proto", true, Codec::kProto, true},
      {"application/json; charset=latin1", false, {}, false},
      {"application/json; boundary=x", false, {}, false},
      {"application/grpc-web+json", false, {}, false},
      {"text/plain", false, {}, false},
      {"", false, {}, false},
  };
  for (const Case& c : cases) {
    const auto type = ReadContentType(c.header);
    ASSERT_EQ(type.has_value(), c.known) << c.header;
    if (!type) continue;
    EXPECT_EQ(type->codec, c.codec) << c.header;
    EXPECT_EQ(type->streaming, c.streaming) << c.header;
  }
}

// The table of the protocol's specification.
TEST(ConnectProtocolTest, EveryCodeHasItsNameAndHttpStatus) {
  struct Case {
    StatusCode code;
    const char* name;
    int http;
  };
  const Case cases[] = {
      {StatusCode::kCancelled, "canceled", 499},
      {StatusCode::kUnknown, "unknown", 500},
      {StatusCode::kInvalidArgument, "invalid_argument", 400},
      {StatusCode::kDeadlineExceeded, "deadline_exceeded", 504},
      {StatusCode::kNotFound, "not_found", 404},
      {StatusCode::kAlreadyExists, "already_exists", 409},
      {StatusCode::kPermissionDenied, "permission_denied", 403},
      {StatusCode::kResourceExhausted, "resource_exhausted", 429},
      {StatusCode::kFailedPrecondition, "failed_precondition", 400},
      {StatusCode::kAborted, "aborted", 409},
      {StatusCode::kOutOfRange, "out_of_range", 400},
      {StatusCode::kUnimplemented, "unimplemented", 501},
      {StatusCode::kInternal, "internal", 500},
      {StatusCode::kUnavailable, "unavailable", 503},
      {StatusCode::kDataLoss, "data_loss", 500},
      {StatusCode::kUnauthenticated, "unauthenticated", 401},
      {static_cast<StatusCode>(77), "unknown", 500},
  };
  for (const Case& c : cases) {
    EXPECT_STREQ(ConnectCode(c.code), c.name);
    EXPECT_EQ(HttpStatusOf(c.code), c.http) << c.name;
  }
}

TEST(ConnectProtocolTest, ErrorsAreJson) {
  EXPECT_EQ(ErrorJson(absl::NotFoundError("K-124: \"x\\y\"\n")),
            R"({"code":"not_found","message":"K-124: \"x\\y\"\u000a"})");
  EXPECT_EQ(EndStreamJson(absl::OkStatus()), "{}");
  EXPECT_EQ(EndStreamJson(absl::UnavailableError("off")),
            R"({"error":{"code":"unavailable","message":"off"}})");
}

TEST(ConnectProtocolTest, EnvelopeIsFlagsLengthMessage) {
  EXPECT_EQ(Envelope(0, "abc"), std::string("\0\0\0\0\3abc", 8));
  EXPECT_EQ(Envelope(kEndStream, "{}"), std::string("\2\0\0\0\2{}", 7));
  EXPECT_EQ(Envelope(0, std::string(66051, 'x')).substr(0, 5), std::string("\0\0\1\2\3", 5));
}

TEST(ConnectProtocolTest, OneEnvelopeIsOpened) {
  EXPECT_EQ(OpenSingleEnvelope(Envelope(0, "abc")).value(), "abc");
  EXPECT_EQ(OpenSingleEnvelope(Envelope(0, "")).value(), "");
  const std::string wrong[] = {
      "",
      "{}",
      std::string("\0\0\0\0", 4),
      Envelope(kCompressed, "abc"),
      Envelope(kEndStream, "{}"),
      Envelope(0, "abc") + "d",
      Envelope(0, "abc").substr(0, 7),
      Envelope(0, "a") + Envelope(0, "b"),
      std::string("\0\xff\xff\xff\xff{}", 7),
  };
  for (const std::string& body : wrong) {
    EXPECT_TRUE(absl::IsInvalidArgument(OpenSingleEnvelope(body).status())) << body;
  }
}

TEST(ConnectProtocolTest, TimeoutsAreMillisecondsInTenDigits) {
  EXPECT_EQ(ReadTimeout("", absl::Minutes(1)).value(), absl::Minutes(1));
  EXPECT_EQ(ReadTimeout("0", absl::Minutes(1)).value(), absl::ZeroDuration());
  EXPECT_EQ(ReadTimeout("1500", absl::Minutes(1)).value(), absl::Milliseconds(1500));
  EXPECT_EQ(ReadTimeout("9999999999", absl::Minutes(1)).value(), absl::Milliseconds(9999999999));
  for (const char* header : {"-1", "1.5", "10000000000", "1s", " 1", "ten"}) {
    EXPECT_TRUE(absl::IsInvalidArgument(ReadTimeout(header, absl::Minutes(1)).status())) << header;
  }
}

}  // namespace
}  // namespace keping::http
