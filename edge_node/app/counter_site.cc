#include "edge_node/app/counter_site.h"

#include <string>
#include <utility>

#include "edge_node/counter/web/counter_assets.h"

namespace keping::edge {
namespace {

constexpr char kSecondHeader[] = "keping-second";
// Every service of this package that the node's server has, present and future.
constexpr char kOperatorPackage[] = "keping.edge.v1";

http::ConnectOptions Behind(PeopleGate* gate, std::shared_ptr<grpc::Channel> channel) {
  return {.packages = {kOperatorPackage},
          .channel = std::move(channel),
          .authenticate =
              [gate](const http::Request& request) {
                return gate->Enter(request.path, http::BearerToken(request.headers));
              },
          .authorize =
              [gate](const std::string& caller, const http::Request& request,
                     const google::protobuf::Message& message) {
                return gate->Allow(
                    {.person = caller,
                     .token = std::string(http::BearerToken(request.headers)),
                     .confirmation = std::string(request.headers.Get(kSecondHeader))},
                    message);
              }};
}

}  // namespace

absl::StatusOr<std::unique_ptr<http::Site>> StartCounterSite(CounterSiteOptions options) {
  return http::Site::Start({.listen = options.counter.listen(),
                            .listen_loopback = options.counter.listen_loopback(),
                            .tls = std::move(options.tls),
                            .assets = CounterAssets(),
                            .connect = Behind(options.gate, std::move(options.channel))});
}

}  // namespace keping::edge
