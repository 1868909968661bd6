#include "common/rpc/bundle_desk.h"
#include "common/rpc/core_call.h"
#include "keping/maintenance/v1/bundle.grpc.pb.h"

namespace keping::rpc {
namespace {

namespace v1 = maintenance::v1;

class BundleServiceImpl : public v1::BundleService::CallbackService {
 public:
  BundleServiceImpl(runtime::CoreThread* core, BundleDesk* desk) : core_(core), desk_(desk) {}

  KEPING_UNARY(desk_, OpenExport)
  KEPING_UNARY(desk_, ReadExport)
  KEPING_UNARY(desk_, OpenImport)
  KEPING_UNARY(desk_, WriteImport)
  KEPING_UNARY(desk_, TakeLog)

 private:
  runtime::CoreThread* const core_;
  BundleDesk* const desk_;
};

}  // namespace

std::unique_ptr<grpc::Service> MakeBundleService(runtime::CoreThread* core, BundleDesk* desk) {
  return std::make_unique<BundleServiceImpl>(core, desk);
}

}  // namespace keping::rpc
