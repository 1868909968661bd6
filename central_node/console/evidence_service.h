// Carries the EvidenceConsole over gRPC: each call is posted to the core thread and answered from
// there.
//
//   auto service = MakeEvidenceService(core.get(), evidence.get());
#ifndef KEPING_CENTRAL_NODE_CONSOLE_EVIDENCE_SERVICE_H_
#define KEPING_CENTRAL_NODE_CONSOLE_EVIDENCE_SERVICE_H_

#include <memory>

namespace grpc {
class Service;
}

namespace keping::runtime {
class CoreThread;
}

namespace keping::central {

class EvidenceConsole;
class OfficerDoor;

// All outlive the service.
std::unique_ptr<grpc::Service> MakeEvidenceService(runtime::CoreThread* core, OfficerDoor* door,
                                                   EvidenceConsole* evidence);

}  // namespace keping::central

#endif  // KEPING_CENTRAL_NODE_CONSOLE_EVIDENCE_SERVICE_H_
