#include "central_node/console/end_service.h"

#include "central_node/console/act_call.h"
#include "central_node/console/end_console.h"
#include "keping/central/v1/node_end.grpc.pb.h"

namespace keping::central {
namespace {

class EndServiceImpl : public v1::NodeEndService::CallbackService {
 public:
  EndServiceImpl(runtime::CoreThread* core, OfficerDoor* door, EndConsole* ends)
      : core_(core), door_(door), ends_(ends) {}

  KEPING_DISTRICT_CALL(ends_, CloseNode)
  KEPING_DISTRICT_CALL(ends_, ListClaims)
  KEPING_DISTRICT_CALL(ends_, AcceptClaims)

 private:
  runtime::CoreThread* const core_;
  OfficerDoor* const door_;
  EndConsole* const ends_;
};

}  // namespace

std::unique_ptr<grpc::Service> MakeEndService(runtime::CoreThread* core, OfficerDoor* door,
                                              EndConsole* ends) {
  return std::make_unique<EndServiceImpl>(core, door, ends);
}

}  // namespace keping::central
