// The browser's face of the gRPC services: the Connect protocol over HTTP/1.1, for every method of
// the given proto packages, present and future. It knows no method: it looks the path up among the
// descriptors linked into the program, turns JSON into the method's message and back by reflection,
// and calls the same server that gRPC clients call, through its in-process channel.
//
//   ConnectAdapter adapter({.packages = {"keping.edge.v1"},
//                           .channel = server->InProcessChannel(),
//                           .authenticate = authenticate});
//   http::Server::Start({.address = "127.0.0.1:8080"}, &adapter);
//
//   POST /keping.edge.v1.CounterService/GetStatus   application/json or application/proto
//   POST /keping.edge.v1.ScreenService/WatchStatus  application/connect+json or …+proto
//
// A browser may keep its session in a cookie (session_cookie.h): the new token goes there instead
// of into the answer, and requests get it from there, into a field `token` too where they have an
// empty one.
//
// Who calls is asked before a request is read, and of a stream again before each of its messages:
// it ends with that status when the session is over or locked.
//
// Not offered: GET requests, compression, requests that are streams, error details, metadata of
// answers.
#ifndef KEPING_COMMON_HTTP_CONNECT_ADAPTER_H_
#define KEPING_COMMON_HTTP_CONNECT_ADAPTER_H_

#include <atomic>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "common/http/authenticate.h"
#include "common/http/connect_protocol.h"
#include "common/http/message.h"
#include "common/http/session_cookie.h"

namespace google::protobuf {
class MethodDescriptor;
}

namespace grpc {
class Channel;
}

namespace keping::http {

// Metadata that services get from this adapter: who calls, as Authenticate said. A header of that
// name from outside is dropped; "authorization" is passed on as it came.
inline constexpr char kCallerMetadata[] = "keping-caller";

// A stream holds a connection as long as a screen is open.
inline constexpr int kMaxStreams = 16;

struct ConnectOptions {
  std::vector<std::string> packages;
  std::shared_ptr<grpc::Channel> channel;
  Authenticate authenticate;
  Authorize authorize = {};
  // By default clients bring their token themselves.
  SessionCookie session = {};
  // Headers that services get as metadata, beside "authorization".
  std::vector<std::string> passed_on = {};
};

class OpenCalls;

class ConnectAdapter : public Handler {
 public:
  explicit ConnectAdapter(ConnectOptions options);
  // After the server that it answers for.
  ~ConnectAdapter() override;

  Response Answer(const Request& request, const ReadBody& read_body) override;
  // Ends every call and stream with UNAVAILABLE, and every later one.
  void Shutdown();

 private:
  struct Call;
  class Stream;

  const google::protobuf::MethodDescriptor* Find(absl::string_view path) const;
  absl::StatusOr<Call> Prepare(const google::protobuf::MethodDescriptor* method,
                               const ContentType& type, const Request& request,
                               const ReadBody& read_body, bool by_cookie) const;
  Response AnswerWithin(const google::protobuf::MethodDescriptor* method, const ContentType& type,
                        const Request& request, const ReadBody& read_body);
  absl::StatusOr<Response> AnswerUnary(Call call);
  absl::StatusOr<std::unique_ptr<BodyStream>> AnswerStreaming(Call call);

  const ConnectOptions options_;
  const std::unique_ptr<OpenCalls> open_;
  std::atomic<int> streams_ = 0;
};

}  // namespace keping::http

#endif  // KEPING_COMMON_HTTP_CONNECT_ADAPTER_H_
