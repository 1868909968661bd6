// The sync service's stream with nothing behind it: every message is answered by an empty one. What
// gRPC and TLS cost by themselves.
//
//   BareService bare;
//   KEPING_ASSIGN_OR_RETURN(auto server, rpc::ServeMutualTls("127.0.0.1:0", tls,
//   {bare.service()})); SendBare(channel, messages);   // a client: returns when each of them is
//   answered
#ifndef KEPING_TESTS_BENCH_BARE_SERVICE_H_
#define KEPING_TESTS_BENCH_BARE_SERVICE_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"

namespace grpc {
class Channel;
class Service;
}  // namespace grpc

namespace keping::bench {

// Thread-safe. Outlives the server that it is registered with.
class BareService {
 public:
  BareService();
  ~BareService();

  grpc::Service* service();

 private:
  class Impl;
  const std::unique_ptr<Impl> impl_;
};

// Each of `blocks` as a segment with one entry, all on one stream, as fast as they are taken.
absl::Status SendBare(const std::shared_ptr<grpc::Channel>& channel,
                      const std::vector<std::string>& blocks);

}  // namespace keping::bench

#endif  // KEPING_TESTS_BENCH_BARE_SERVICE_H_
