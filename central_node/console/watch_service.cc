#include "central_node/console/watch_service.h"

#include <optional>
#include <utility>

#include "central_node/console/district_watch.h"
#include "common/rpc/core_call.h"
#include "common/rpc/out_stream.h"
#include "keping/central/v1/watch.grpc.pb.h"

namespace keping::central {
namespace {

grpc::Status CentreStops() {
  return {grpc::StatusCode::UNAVAILABLE, "the centre stops; try again when it runs"};
}

grpc::Status TooManyWatch() {
  return {grpc::StatusCode::RESOURCE_EXHAUSTED,
          "K-327: too many watch this centre already. Close one and try again."};
}

// One stream. Of the pictures that wait only the newest is kept; what the client hears is what
// changed since the picture that it has.
class Watch : public rpc::OutStream<v1::WatchDistrictResponse>,
              public rpc::LiveWatcher<v1::WatchDistrictResponse> {
 public:
  Watch() : OutStream(1) {}

  void Offer(const v1::WatchDistrictResponse& whole) override { Send(whole); }
  void Stop() override { End(CentreStops()); }

 protected:
  void Prepare(v1::WatchDistrictResponse& message) override {
    v1::WatchDistrictResponse whole = message;
    if (client_has_.has_value()) message = ChangeSince(*client_has_, whole);
    client_has_ = std::move(whole);
  }

 private:
  std::optional<v1::WatchDistrictResponse> client_has_;
};

class WatchServiceImpl : public v1::WatchService::CallbackService {
 public:
  WatchServiceImpl(runtime::CoreThread* core, DistrictFeed* feed) : core_(core), feed_(feed) {}

  grpc::ServerWriteReactor<v1::WatchDistrictResponse>* WatchDistrict(
      grpc::CallbackServerContext*, const v1::WatchDistrictRequest*) override {
    const auto watch = Watch::Make<Watch>();
    const bool posted = core_->Post([this, watch] {
      // Whoever comes again while the centre stops is to wait for it.
      if (!feed_->Add(watch)) watch->End(feed_->stopped() ? CentreStops() : TooManyWatch());
    });
    if (!posted) watch->End(rpc::CoreIsBusy());
    return watch.get();
  }

 private:
  runtime::CoreThread* const core_;
  DistrictFeed* const feed_;
};

}  // namespace

std::unique_ptr<grpc::Service> MakeWatchService(runtime::CoreThread* core, DistrictFeed* feed) {
  return std::make_unique<WatchServiceImpl>(core, feed);
}

}  // namespace keping::central
