#include "central_node/console/evidence_service.h"

#include "central_node/console/act_call.h"
#include "central_node/console/evidence_console.h"
#include "keping/central/v1/evidence.grpc.pb.h"

namespace keping::central {
namespace {

class EvidenceServiceImpl : public v1::EvidenceService::CallbackService {
 public:
  EvidenceServiceImpl(runtime::CoreThread* core, OfficerDoor* door, EvidenceConsole* evidence)
      : core_(core), door_(door), evidence_(evidence) {}

  KEPING_DISTRICT_CALL(evidence_, PackEvidence)

 private:
  runtime::CoreThread* const core_;
  OfficerDoor* const door_;
  EvidenceConsole* const evidence_;
};

}  // namespace

std::unique_ptr<grpc::Service> MakeEvidenceService(runtime::CoreThread* core, OfficerDoor* door,
                                                   EvidenceConsole* evidence) {
  return std::make_unique<EvidenceServiceImpl>(core, door, evidence);
}

}  // namespace keping::central
