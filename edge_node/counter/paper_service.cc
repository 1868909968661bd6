// Carries the PaperDesk over gRPC.

#include "common/rpc/core_call.h"
#include "edge_node/counter/paper_desk.h"
#include "keping/edge/v1/paper.grpc.pb.h"

namespace keping::edge {
namespace {

class PaperServiceImpl : public v1::PaperService::CallbackService {
 public:
  PaperServiceImpl(runtime::CoreThread* core, PaperDesk* desk) : core_(core), desk_(desk) {}

  KEPING_UNARY(desk_, MakePaper)

 private:
  runtime::CoreThread* const core_;
  PaperDesk* const desk_;
};

}  // namespace

std::unique_ptr<grpc::Service> MakePaperService(runtime::CoreThread* core, PaperDesk* desk) {
  return std::make_unique<PaperServiceImpl>(core, desk);
}

}  // namespace keping::edge
