// Serves papers (proto/keping/central/v1/paper.proto) over gRPC.
//
//   auto service = MakePaperService(core.get(), &door, papers.get());
#ifndef KEPING_CENTRAL_NODE_CONSOLE_PAPER_SERVICE_H_
#define KEPING_CENTRAL_NODE_CONSOLE_PAPER_SERVICE_H_

#include <memory>

#include "common/runtime/core_thread.h"

namespace grpc {
class Service;
}

namespace keping::central {

class OfficerDoor;
class PaperConsole;

// All outlive the service; `papers` is used on `core` only.
std::unique_ptr<grpc::Service> MakePaperService(runtime::CoreThread* core, OfficerDoor* door,
                                                PaperConsole* papers);

}  // namespace keping::central

#endif  // KEPING_CENTRAL_NODE_CONSOLE_PAPER_SERVICE_H_
