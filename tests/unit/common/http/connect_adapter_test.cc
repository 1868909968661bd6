// The adapter against a real gRPC server with services of its own; no socket of HTTP is needed.
#include "common/http/connect_adapter.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/synchronization/notification.h"
#include "common/base/prng.h"
#include "common/rpc/server.h"
#include "keping/edge/v1/edge.grpc.pb.h"
#include "keping/edge/v1/people.grpc.pb.h"
#include "keping/edge/v1/screen.grpc.pb.h"
#include "keping/sync/v1/enrolment.pb.h"
#include "keping/sync/v1/sync.pb.h"
#include "tests/support/temp_folder.h"

namespace keping::http {
namespace {

using edge::v1::CounterService;
using edge::v1::ScreenService;
using ::testing::HasSubstr;

constexpr char kQueue[] = "/keping.edge.v1.CounterService/ListQueue";
constexpr char kPrint[] = "/keping.edge.v1.CounterService/Print";
constexpr char kStatus[] = "/keping.edge.v1.CounterService/GetStatus";
constexpr char kWatch[] = "/keping.edge.v1.ScreenService/WatchStatus";
constexpr char kSignIn[] = "/keping.edge.v1.PeopleService/SignIn";
constexpr char kSignOut[] = "/keping.edge.v1.PeopleService/SignOut";
constexpr char kJson[] = "application/json";
constexpr char kProto[] = "application/proto";
constexpr char kStreamJson[] = "application/connect+json";
constexpr char kStreamProto[] = "application/connect+proto";

std::string Metadata(const grpc::ServerContext& context, const char* key) {
  const auto found = context.client_metadata().find(key);
  if (found == context.client_metadata().end()) return "";
  return std::string(found->second.data(), found->second.size());
}

class Counter final : public CounterService::Service {
 public:
  // As many as asked for, up to 100; 13 is unlucky.
  grpc::Status ListQueue(grpc::ServerContext*, const edge::v1::ListQueueRequest* request,
                         edge::v1::ListQueueResponse* response) override {
    if (request->limit() == 13) return {grpc::StatusCode::FAILED_PRECONDITION, "K-199: \"13\""};
    response->set_total(request->limit());
    const uint32_t many = std::min(request->limit(), 100u);
    for (uint32_t i = 0; i < many; ++i) response->add_prrs()->set_prr("prr-1");
    return grpc::Status::OK;
  }
  // Who calls, as the metadata say.
  grpc::Status GetStatus(grpc::ServerContext* context, const edge::v1::GetStatusRequest*,
                         edge::v1::GetStatusResponse* response) override {
    response->set_node(Metadata(*context, kCallerMetadata));
    response->set_proof_code(Metadata(*context, "authorization"));
    return grpc::Status::OK;
  }
  // Waits until the caller gives up.
  grpc::Status Print(grpc::ServerContext* context, const edge::v1::PrintRequest*,
                     edge::v1::PrintResponse*) override {
    while (!context->IsCancelled()) std::this_thread::yield();
    return grpc::Status::CANCELLED;
  }
};

class Screen final : public ScreenService::Service {
 public:
  // Two messages, then the end that is set, or none.
  grpc::Status WatchStatus(grpc::ServerContext* context, const edge::v1::WatchStatusRequest*,
                           grpc::ServerWriter<edge::v1::WatchStatusResponse>* writer) override {
    for (const char* node : {"one", "two"}) {
      edge::v1::WatchStatusResponse response;
      response.mutable_status()->set_node(node);
      writer->Write(response);
    }
    while (!end_ && !context->IsCancelled()) std::this_thread::yield();
    return end_.value_or(grpc::Status::CANCELLED);
  }

  std::optional<grpc::Status> end_ = grpc::Status::OK;
};

// Signs everybody in; says which session a request names, and what else came with it.
class People final : public edge::v1::PeopleService::Service {
 public:
  grpc::Status SignIn(grpc::ServerContext*, const edge::v1::SignInRequest*,
                      edge::v1::SignInResponse* response) override {
    response->set_token("good");
    return grpc::Status::OK;
  }
  grpc::Status SignOut(grpc::ServerContext* context, const edge::v1::SignOutRequest* request,
                       edge::v1::SignOutResponse*) override {
    signed_out_ = request->token();
    passed_on_ = Metadata(*context, "keping-second");
    return grpc::Status::OK;
  }

  std::string signed_out_;
  std::string passed_on_;
};

struct Refused {
  const char* name;
  const char* path;
  const char* type;
  std::string body;
  Headers headers;
  int http;
  const char* code;
};

class ConnectAdapterTest : public ::testing::Test {
 protected:
  ConnectOptions Options(rpc::RunningServer& server) {
    return {.packages = {"keping.edge.v1", "keping.sync.v1"},
            .channel = server.InProcessChannel(),
            .authenticate = [this](const Request& request) -> absl::StatusOr<std::string> {
              if (request.path == kWatch && locked_) {
                return absl::UnauthenticatedError("K-187: the screen is locked");
              }
              if (BearerToken(request.headers) == "good") return std::string("ayu");
              if (request.path == kSignIn) return std::string();
              return absl::UnauthenticatedError("K-186: who is it?");
            },
            .authorize = [](const std::string& caller, const Request&,
                            const google::protobuf::Message& message) -> absl::Status {
              const auto* print = dynamic_cast<const edge::v1::PrintRequest*>(&message);
              if (print == nullptr || print->operator_id().empty()) return absl::OkStatus();
              if (print->operator_id() == caller) return absl::OkStatus();
              return absl::PermissionDeniedError("K-188: that is another person");
            },
            .session = {.name = "keping-susut", .opened_by = kSignIn, .closed_by = kSignOut},
            .passed_on = {"keping-second"}};
  }

  Response Ask(const std::string& path, const std::string& type, const std::string& body,
               Headers headers = {}, const std::string& method = "POST") {
    if (!headers.Has("authorization")) headers.Set("authorization", "Bearer good");
    headers.Set("content-type", type);
    return adapter_.Answer({.method = method, .path = path, .headers = std::move(headers)},
                           [&](size_t limit) -> absl::StatusOr<std::string> {
                             ++bodies_read_;
                             if (body.size() <= limit) return body;
                             return absl::ResourceExhaustedError("too long");
                           });
  }
  // Each is refused with its HTTP status and its code in JSON.
  void ExpectRefused(const std::vector<Refused>& cases) {
    for (const Refused& c : cases) {
      const Response answer = Ask(c.path, c.type, c.body, c.headers);
      EXPECT_EQ(answer.status, c.http) << c.name;
      EXPECT_THAT(answer.body, HasSubstr(absl::StrCat("{\"code\":\"", c.code, "\""))) << c.name;
      EXPECT_EQ(answer.headers.Get("content-type"), kJson) << c.name;
      EXPECT_EQ(answer.headers.Get("cache-control"), "no-store") << c.name;
    }
  }
  // All pieces of a streamed answer.
  static std::vector<std::string> Pieces(Response& response) {
    std::vector<std::string> pieces;
    while (auto piece = response.stream->Next()) pieces.push_back(*std::move(piece));
    return pieces;
  }

  // The sessions of all screens.
  std::atomic<bool> locked_ = false;
  tests::TempFolder folder_;
  Counter counter_;
  Screen screen_;
  People people_;
  const std::unique_ptr<rpc::RunningServer> server_ =
      *rpc::ServeUnix(folder_.path() + "/s", {&counter_, &screen_, &people_});
  ConnectAdapter adapter_{Options(*server_)};
  int bodies_read_ = 0;
  // So that the linker keeps the descriptors of services that the server does not have.
  const sync::v1::EnrolRequest enrol_;
  const sync::v1::SessionRequest session_;
};

TEST_F(ConnectAdapterTest, UnaryInJson) {
  const Response answer = Ask(kQueue, kJson, R"({"limit":2,"added_later":[{"a":null}]})");
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.body, R"({"prrs":[{"prr":"prr-1"},{"prr":"prr-1"}],"total":"2"})");
  EXPECT_EQ(answer.headers.Get("content-type"), kJson);
  EXPECT_EQ(answer.headers.Get("cache-control"), "no-store");
  EXPECT_EQ(answer.headers.Get("x-content-type-options"), "nosniff");
}

TEST_F(ConnectAdapterTest, UnaryInProtobuf) {
  edge::v1::ListQueueRequest request;
  request.set_limit(1);
  const Response answer = Ask(kQueue, kProto, request.SerializeAsString());
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.headers.Get("content-type"), kProto);
  edge::v1::ListQueueResponse response;
  ASSERT_TRUE(response.ParseFromString(answer.body));
  EXPECT_EQ(response.total(), 1u);
  EXPECT_EQ(Ask(kQueue, kProto, "").body, "");
}

TEST_F(ConnectAdapterTest, RequestsThatAreRefused) {
  const std::string too_long(rpc::kMaxMessageBytes + 1, ' ');
  ExpectRefused({
      {"the service's own error", kQueue, kJson, R"({"limit":13})", {}, 400, "failed_precondition"},
      {"no JSON", kQueue, kJson, "limit=1", {}, 400, "invalid_argument"},
      {"no body", kQueue, kJson, "", {}, 400, "invalid_argument"},
      {"another type", kQueue, kJson, R"({"limit":"many"})", {}, 400, "invalid_argument"},
      {"no protobuf", kQueue, kProto, "\xff\xff", {}, 400, "invalid_argument"},
      {"nobody", kQueue, kJson, "{}", {{"authorization", "Bearer bad"}}, 401, "unauthenticated"},
      {"another's name", kPrint, kJson, R"({"operator_id":"made"})", {}, 403, "permission_denied"},
      {"version",
       kQueue,
       kJson,
       "{}",
       {{"connect-protocol-version", "2"}},
       400,
       "invalid_argument"},
      {"compressed", kQueue, kJson, "{}", {{"content-encoding", "gzip"}}, 501, "unimplemented"},
      {"no timeout",
       kQueue,
       kJson,
       "{}",
       {{"connect-timeout-ms", "soon"}},
       400,
       "invalid_argument"},
      {"out of time", kPrint, kJson, "{}", {{"connect-timeout-ms", "1"}}, 504, "deadline_exceeded"},
      {"too long", kQueue, kJson, too_long, {}, 429, "resource_exhausted"},
  });
}

TEST_F(ConnectAdapterTest, RoutesAndTypesThatAreNone) {
  ExpectRefused({
      {"no such method",
       "/keping.edge.v1.CounterService/No",
       kJson,
       "{}",
       {},
       404,
       "unimplemented"},
      {"no such service", "/keping.edge.v1.No/ListQueue", kJson, "{}", {}, 404, "unimplemented"},
      {"a package that is not offered",
       "/keping.national.v1.NationalService/Report",
       kJson,
       "{}",
       {},
       404,
       "unimplemented"},
      {"a service that the server does not have",
       "/keping.sync.v1.EnrolmentService/Enrol",
       kJson,
       "{}",
       {},
       501,
       "unimplemented"},
      {"a page", "/", kJson, "{}", {}, 404, "unimplemented"},
      {"no path", "keping.edge.v1.CounterService", kJson, "{}", {}, 404, "unimplemented"},
      {"a form", kQueue, "application/x-www-form-urlencoded", "{}", {}, 415, "unimplemented"},
      {"a stream's type", kQueue, kStreamJson, Envelope(0, "{}"), {}, 415, "unimplemented"},
      {"a stream asked for as unary", kWatch, kJson, "{}", {}, 415, "unimplemented"},
  });
}

TEST_F(ConnectAdapterTest, MessagePassesAsItIs) {
  EXPECT_EQ(Ask(kQueue, kJson, R"({"limit":13})").body,
            R"({"code":"failed_precondition","message":"K-199: \"13\""})");
}

TEST_F(ConnectAdapterTest, OnlyPost) {
  for (const char* method : {"GET", "PUT", "DELETE", "OPTIONS"}) {
    const Response answer = Ask(kQueue, kJson, "{}", {}, method);
    EXPECT_EQ(answer.status, 405) << method;
    EXPECT_EQ(answer.headers.Get("allow"), "POST") << method;
  }
}

TEST_F(ConnectAdapterTest, WrongTypeNamesTheRightOnes) {
  EXPECT_EQ(Ask(kQueue, "text/xml", "").headers.Get("accept-post"),
            "application/json, application/proto");
  EXPECT_EQ(Ask(kWatch, "text/xml", "").headers.Get("accept-post"),
            "application/connect+json, application/connect+proto");
}

TEST_F(ConnectAdapterTest, NobodysBodyIsNotRead) {
  Ask(kQueue, kJson, "{}", Headers({{"authorization", "Bearer bad"}}));
  Ask(kQueue, "text/plain", "{}");
  Ask(kQueue, kJson, "{}", Headers({{"content-encoding", "br"}}));
  EXPECT_EQ(bodies_read_, 0);
}

TEST_F(ConnectAdapterTest, ServiceHearsWhoCalls) {
  const Response answer = Ask(kStatus, kJson, "{}", Headers({{kCallerMetadata, "an impostor"}}));
  EXPECT_EQ(answer.body, R"({"node":"ayu","proofCode":"Bearer good"})");
}

TEST_F(ConnectAdapterTest, StreamEndsWithAMessageOfItsOwn) {
  Response answer = Ask(kWatch, kStreamJson, Envelope(0, "{}"));
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.headers.Get("content-type"), kStreamJson);
  EXPECT_THAT(Pieces(answer), ::testing::ElementsAre(Envelope(0, R"({"status":{"node":"one"}})"),
                                                     Envelope(0, R"({"status":{"node":"two"}})"),
                                                     Envelope(kEndStream, "{}")));
}

TEST_F(ConnectAdapterTest, StreamInProtobuf) {
  Response answer = Ask(kWatch, kStreamProto, Envelope(0, ""));
  EXPECT_EQ(answer.headers.Get("content-type"), kStreamProto);
  const std::vector<std::string> pieces = Pieces(answer);
  ASSERT_EQ(pieces.size(), 3u);
  edge::v1::WatchStatusResponse response;
  ASSERT_TRUE(response.ParseFromString(pieces[0].substr(kEnvelopeHead)));
  EXPECT_EQ(response.status().node(), "one");
  EXPECT_EQ(pieces[2], Envelope(kEndStream, "{}"));
}

TEST_F(ConnectAdapterTest, ErrorAfterMessagesComesInTheEnd) {
  screen_.end_ = grpc::Status(grpc::StatusCode::UNAVAILABLE, "the node stops");
  Response answer = Ask(kWatch, kStreamJson, Envelope(0, "{}"));
  EXPECT_EQ(Pieces(answer).back(),
            Envelope(kEndStream, R"({"error":{"code":"unavailable","message":"the node stops"}})"));
}

// A stream is refused with 200 and the reason in its only message.
TEST_F(ConnectAdapterTest, StreamRefusals) {
  struct Case {
    const char* name;
    std::string body;
    Headers headers;
    const char* code;
  };
  const Case cases[] = {
      {"no envelope", "{}", {}, "invalid_argument"},
      {"no JSON", Envelope(0, "x"), {}, "invalid_argument"},
      {"compressed", Envelope(kCompressed, "{}"), {}, "invalid_argument"},
      {"compressed, said so",
       Envelope(0, "{}"),
       {{"connect-content-encoding", "gzip"}},
       "unimplemented"},
      {"no account", Envelope(0, "{}"), {{"authorization", "Bearer bad"}}, "unauthenticated"},
  };
  for (const Case& c : cases) {
    const Response answer = Ask(kWatch, kStreamJson, c.body, c.headers);
    EXPECT_EQ(answer.status, 200) << c.name;
    EXPECT_EQ(answer.headers.Get("content-type"), kStreamJson) << c.name;
    EXPECT_EQ(answer.body[0], static_cast<char>(kEndStream)) << c.name;
    EXPECT_THAT(answer.body, HasSubstr(absl::StrCat("{\"error\":{\"code\":\"", c.code, "\"")))
        << c.name;
  }
}

// As deep as a body can be: objects have a limit, ignored arrays cost no stack.
TEST_F(ConnectAdapterTest, DeepNestingIsAnswered) {
  const size_t depth = rpc::kMaxMessageBytes / 2 - 20;
  const std::string arrays = absl::StrCat("{\"limit\":1,\"later\":", std::string(depth, '['),
                                          std::string(depth, ']'), "}");
  EXPECT_EQ(Ask(kQueue, kJson, arrays).status, 200);
  std::string objects;
  for (size_t i = 0; i < depth / 5; ++i) objects += "{\"a\":";
  EXPECT_EQ(Ask(kQueue, kJson, objects).status, 400);
}

// A thousand bodies, each good but for a few bytes: an answer in the form of the protocol, always.
TEST_F(ConnectAdapterTest, SpoiledBodiesGetAnswers) {
  edge::v1::PrintRequest print;
  print.set_operator_id("ayu");
  print.set_blank("04A1B2C3D4E5F6");
  const std::string json = R"({"limit":3,"later":{"a":[1,2.5,"x\u00e9",null,true]}})";
  base::Prng prng(20170427);
  for (int i = 0; i < 1000; ++i) {
    const bool streaming = i % 2 == 1;
    const bool proto = i % 4 >= 2;
    std::string body = proto ? print.SerializeAsString() : json;
    if (streaming) body = Envelope(0, body);
    for (uint64_t spoiled = prng.Below(4); spoiled > 0; --spoiled) {
      body[prng.Below(body.size())] = static_cast<char>(prng.Below(256));
    }
    const char* type = streaming ? (proto ? kStreamProto : kStreamJson) : (proto ? kProto : kJson);
    Response answer = Ask(streaming ? kWatch : kQueue, type, body);
    EXPECT_TRUE(answer.status == 200 || (!streaming && answer.status == 400)) << i;
    if (answer.stream == nullptr) continue;
    EXPECT_EQ(Pieces(answer).size(), 3u) << i;
  }
}

TEST_F(ConnectAdapterTest, ABrowsersSessionIsACookieAndNeverInAnAnswer) {
  const Headers browser = {{"authorization", "none"}, {"keping-session", "cookie"}};
  const Response opened = Ask(kSignIn, kJson, "{}", browser);
  EXPECT_EQ(opened.body, "{}");
  EXPECT_THAT(std::string(opened.headers.Get("set-cookie")), HasSubstr("keping-susut=good; "));
  EXPECT_EQ(Ask(kStatus, kJson, "{}", browser).status, 401);

  Headers with_cookie = browser;
  with_cookie.Set("cookie", "keping-susut=good");
  with_cookie.Set("keping-second", "confirmed");
  const Response status = Ask(kStatus, kJson, "{}", with_cookie);
  EXPECT_THAT(status.body, HasSubstr("\"proofCode\":\"Bearer good\""));
  EXPECT_FALSE(status.headers.Has("set-cookie"));
  const Response closed = Ask(kSignOut, kJson, "{}", with_cookie);
  EXPECT_THAT(std::string(closed.headers.Get("set-cookie")), HasSubstr("Max-Age=0"));
  EXPECT_EQ(people_.signed_out_, "good");
  EXPECT_EQ(people_.passed_on_, "confirmed");
}

TEST_F(ConnectAdapterTest, WhoIsNoBrowserKeepsTheTokenItself) {
  const Response opened = Ask(kSignIn, kJson, "{}");
  EXPECT_EQ(opened.body, R"({"token":"good"})");
  EXPECT_FALSE(opened.headers.Has("set-cookie"));
  EXPECT_EQ(Ask(kSignOut, kJson, "{}").status, 200);
  EXPECT_EQ(people_.signed_out_, "");
}

TEST_F(ConnectAdapterTest, RequestsThatAreStreamsAreNotOffered) {
  const Response answer = Ask("/keping.sync.v1.SyncService/Session", kStreamJson, "");
  EXPECT_THAT(answer.body, HasSubstr("over gRPC only"));
}

TEST_F(ConnectAdapterTest, StreamEndsWhenItsReceiverIsGone) {
  screen_.end_.reset();
  Response answer = Ask(kWatch, kStreamJson, Envelope(0, "{}"));
  ASSERT_TRUE(answer.stream->Next().has_value());
  answer.stream.reset();  // returns although the service would go on
}

TEST_F(ConnectAdapterTest, StreamEndsWhenItsSessionDoes) {
  screen_.end_.reset();
  Response answer = Ask(kWatch, kStreamJson, Envelope(0, "{}"));
  EXPECT_THAT(answer.stream->Next().value(), HasSubstr("one"));
  locked_ = true;
  EXPECT_THAT(
      Pieces(answer),
      ::testing::ElementsAre(Envelope(
          kEndStream,
          R"({"error":{"code":"unauthenticated","message":"K-187: the screen is locked"}})")));
  answer.stream.reset();  // and the service's call with it
}

TEST_F(ConnectAdapterTest, StreamsAreBounded) {
  screen_.end_.reset();
  std::vector<Response> open;
  for (int i = 0; i < kMaxStreams; ++i) {
    open.push_back(Ask(kWatch, kStreamJson, Envelope(0, "{}")));
  }
  EXPECT_THAT(Ask(kWatch, kStreamJson, Envelope(0, "{}")).body, HasSubstr("K-222"));
  open.pop_back();
  EXPECT_EQ(Ask(kWatch, kStreamJson, Envelope(0, "{}")).body, "");
}

TEST_F(ConnectAdapterTest, ShutdownEndsStreamsAndCalls) {
  screen_.end_.reset();
  Response answer = Ask(kWatch, kStreamJson, Envelope(0, "{}"));
  ASSERT_TRUE(answer.stream->Next().has_value());
  adapter_.Shutdown();
  EXPECT_THAT(Pieces(answer).back(), HasSubstr("the node stops"));
  EXPECT_EQ(Ask(kPrint, kJson, "{}").status, 503);
}

}  // namespace
}  // namespace keping::http
