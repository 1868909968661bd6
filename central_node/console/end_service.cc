#include "central_node/console/end_service.h"

#include "central_node/console/end_console.h"
#include "common/rpc/core_call.h"
#include "keping/central/v1/node_end.grpc.pb.h"

namespace keping::central {
namespace {

class EndServiceImpl : public v1::NodeEndService::CallbackService {
 public:
  EndServiceImpl(runtime::CoreThread* core, EndConsole* ends) : core_(core), ends_(ends) {}

  KEPING_UNARY(ends_, CloseNode)
  KEPING_UNARY(ends_, ListClaims)
  KEPING_UNARY(ends_, AcceptClaims)

 private:
  runtime::CoreThread* const core_;
  EndConsole* const ends_;
};

}  // namespace

std::unique_ptr<grpc::Service> MakeEndService(runtime::CoreThread* core, EndConsole* ends) {
  return std::make_unique<EndServiceImpl>(core, ends);
}

}  // namespace keping::central
