#include "central_node/console/paper_service.h"

#include "central_node/console/act_call.h"
#include "central_node/console/paper_console.h"
#include "keping/central/v1/paper.grpc.pb.h"

namespace keping::central {
namespace {

class PaperServiceImpl : public v1::PaperService::CallbackService {
 public:
  PaperServiceImpl(runtime::CoreThread* core, OfficerDoor* door, PaperConsole* papers)
      : core_(core), door_(door), papers_(papers) {}

  KEPING_DISTRICT_CALL(papers_, MakePaper)
  KEPING_DISTRICT_CALL(papers_, ListPapers)
  KEPING_DISTRICT_CALL(papers_, VoidPaper)

 private:
  runtime::CoreThread* const core_;
  OfficerDoor* const door_;
  PaperConsole* const papers_;
};

}  // namespace

std::unique_ptr<grpc::Service> MakePaperService(runtime::CoreThread* core, OfficerDoor* door,
                                                PaperConsole* papers) {
  return std::make_unique<PaperServiceImpl>(core, door, papers);
}

}  // namespace keping::central
