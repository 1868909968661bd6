#include "edge_node/app/counter_site.h"

#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "edge_node/counter/web/counter_assets.h"

namespace keping::edge {
namespace {

constexpr char kSecondHeader[] = "keping-second";
// Every service of this package that the node's server has, present and future.
constexpr char kOperatorPackage[] = "keping.edge.v1";

http::ConnectOptions Behind(const CounterSiteOptions& options) {
  PeopleGate* const gate = options.gate;
  return {.packages = {kOperatorPackage},
          .channel = options.channel,
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
              },
          .session = {.name = absl::StrCat("keping-", options.node),
                      .opened_by = kSignInPath,
                      .closed_by = kSignOutPath}};
}

}  // namespace

absl::StatusOr<std::unique_ptr<http::Site>> StartCounterSite(CounterSiteOptions options) {
  http::ConnectOptions connect = Behind(options);
  return http::Site::Start({.listen = options.counter.listen(),
                            .listen_loopback = options.counter.listen_loopback(),
                            .tls = std::move(options.tls),
                            .assets = CounterAssets(),
                            .connect = std::move(connect)});
}

}  // namespace keping::edge
