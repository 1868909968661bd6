#include "central_node/console/evidence_service.h"

#include "central_node/console/evidence_console.h"
#include "common/rpc/core_call.h"
#include "keping/central/v1/evidence.grpc.pb.h"

namespace keping::central {
namespace {

class EvidenceServiceImpl : public v1::EvidenceService::CallbackService {
 public:
  EvidenceServiceImpl(runtime::CoreThread* core, EvidenceConsole* evidence)
      : core_(core), evidence_(evidence) {}

  KEPING_UNARY(evidence_, PackEvidence)

 private:
  runtime::CoreThread* const core_;
  EvidenceConsole* const evidence_;
};

}  // namespace

std::unique_ptr<grpc::Service> MakeEvidenceService(runtime::CoreThread* core,
                                                   EvidenceConsole* evidence) {
  return std::make_unique<EvidenceServiceImpl>(core, evidence);
}

}  // namespace keping::central
