#include "edge_node/counter/screen_service.h"

#include <string>

#include "common/rpc/core_call.h"
#include "common/rpc/out_stream.h"
#include "edge_node/counter/office_view.h"
#include "keping/edge/v1/screen.grpc.pb.h"

namespace keping::edge {
namespace {

// One stream. Of the statuses that wait only the newest is kept.
class Watch : public rpc::OutStream<v1::WatchStatusResponse>, public StatusWatcher {
 public:
  Watch() : OutStream(1) {}

  void Offer(const v1::WatchStatusResponse& response) override { Send(response); }
  void Stop() override {
    End({grpc::StatusCode::UNAVAILABLE, "the node stops; try again when it runs"});
  }
};

// Who is signed in at the screen, as the adapter of browsers says (common/http/connect_adapter.h).
std::string CallerOf(const grpc::CallbackServerContext& context) {
  const auto found = context.client_metadata().find("keping-caller");
  if (found == context.client_metadata().end()) return "";
  return std::string(found->second.data(), found->second.size());
}

class ScreenServiceImpl : public v1::ScreenService::CallbackService {
 public:
  ScreenServiceImpl(runtime::CoreThread* core, StatusFeed* feed, OfficeView* view)
      : core_(core), feed_(feed), view_(view) {}

  KEPING_UNARY(view_, GetOffice)
  KEPING_UNARY(view_, GetPlan)

  grpc::ServerUnaryReactor* GetCard(grpc::CallbackServerContext* context,
                                    const v1::GetCardRequest* request,
                                    v1::GetCardResponse* response) override {
    return rpc::AnswerOnCore(
        core_, context, response,
        [this, request, caller = CallerOf(*context)] { return view_->GetCard(*request, caller); });
  }

  grpc::ServerWriteReactor<v1::WatchStatusResponse>* WatchStatus(
      grpc::CallbackServerContext*, const v1::WatchStatusRequest*) override {
    const auto watch = Watch::Make<Watch>();
    const bool posted = core_->Post([this, watch] {
      if (!feed_->Add(watch)) {
        watch->End({grpc::StatusCode::RESOURCE_EXHAUSTED,
                    "K-222: too many screens are open at this node. Close one and try again."});
      }
    });
    if (!posted) watch->End(rpc::CoreIsBusy());
    return watch.get();
  }

 private:
  runtime::CoreThread* const core_;
  StatusFeed* const feed_;
  OfficeView* const view_;
};

}  // namespace

std::unique_ptr<grpc::Service> MakeScreenService(runtime::CoreThread* core, StatusFeed* feed,
                                                 OfficeView* view) {
  return std::make_unique<ScreenServiceImpl>(core, feed, view);
}

}  // namespace keping::edge
