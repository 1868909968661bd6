// NationalRegistry over gRPC (keping.national.v1), by mutual TLS.
//
//   GrpcNationalRegistry registry(&core, [&] { return rpc::MakeTlsChannel(…); });
#ifndef KEPING_CENTRAL_NODE_NATIONAL_GRPC_NATIONAL_REGISTRY_H_
#define KEPING_CENTRAL_NODE_NATIONAL_GRPC_NATIONAL_REGISTRY_H_

#include <functional>
#include <memory>
#include <vector>

#include "central_node/national/national_registry.h"

namespace grpc {
class Channel;
}

namespace keping::runtime {
class CoreThread;
}

namespace keping::central {

// Used on the core thread; answers there. After a failure to reach the server, the next call opens
// a new channel: the link decides when to try again, and not gRPC's own back-off.
class GrpcNationalRegistry : public NationalRegistry {
 public:
  using ChannelFactory = std::function<std::shared_ptr<grpc::Channel>()>;

  // `core` outlives this object.
  GrpcNationalRegistry(runtime::CoreThread* core, ChannelFactory make_channel);
  // Cancels what is under way and waits until gRPC has let go of it. Not on the core thread while
  // an answer may still be posted to it; answers that come later are dropped.
  ~GrpcNationalRegistry() override;

  void PullRecords(uint64_t cursor, Done<RecordsPage> done) override;
  void PullWithdrawals(uint64_t cursor, Done<WithdrawalsPage> done) override;
  void PullAllotments(uint64_t cursor, Done<AllotmentsPage> done) override;
  void Report(const std::vector<NamedReport>& items,
              Done<std::vector<domain::ReportAnswered>> done) override;
  void RequestBlanks(const std::vector<NamedRequest>& items,
                     Done<std::vector<RequestAnswer>> done) override;

 private:
  class Calls;
  const std::shared_ptr<Calls> calls_;
};

}  // namespace keping::central

#endif  // KEPING_CENTRAL_NODE_NATIONAL_GRPC_NATIONAL_REGISTRY_H_
