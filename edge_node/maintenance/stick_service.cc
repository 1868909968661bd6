#include "common/rpc/core_call.h"
#include "edge_node/maintenance/stick_desk.h"
#include "keping/edge/v1/stick.grpc.pb.h"

namespace keping::edge {
namespace {

class StickServiceImpl : public v1::StickService::CallbackService {
 public:
  StickServiceImpl(runtime::CoreThread* core, StickDesk* desk) : core_(core), desk_(desk) {}

  KEPING_UNARY(desk_, OpenStick)
  KEPING_UNARY(desk_, ReadStick)
  KEPING_UNARY(desk_, OfferStick)
  KEPING_UNARY(desk_, WriteStick)

 private:
  runtime::CoreThread* const core_;
  StickDesk* const desk_;
};

}  // namespace

std::unique_ptr<grpc::Service> MakeStickService(runtime::CoreThread* core, StickDesk* desk) {
  return std::make_unique<StickServiceImpl>(core, desk);
}

}  // namespace keping::edge
