#include "tests/bench/district_api.h"

#include <grpcpp/channel.h>
#include <grpcpp/client_context.h>
#include <grpcpp/impl/service_type.h>

#include "central_node/console/console.h"
#include "central_node/console/console_service.h"
#include "central_node/console/officer_door.h"
#include "common/base/status_macros.h"
#include "common/crypto/random.h"
#include "common/rpc/channel.h"
#include "common/rpc/status.h"
#include "keping/central/v1/central.grpc.pb.h"

namespace keping::bench {

class DistrictApi::Impl {
 public:
  explicit Impl(BenchCentre& centre)
      : console_({.node = &centre.node(),
                  .hub = &centre.hub(),
                  .clock = &clock_,
                  .district = "bangli",
                  .authority_fingerprint = {},
                  .random = crypto::RandomBytes,
                  .facts = {},
                  .national_connected = [] { return true; },
                  .national_problem = [] { return std::nullopt; },
                  .bytes_received = [] { return uint64_t{0}; },
                  .bytes_sent = [] { return uint64_t{0}; },
                  .failed = [](const absl::Status&) {}}),
        door_({.node = &centre.node(), .clock = &clock_}),
        service_(central::MakeConsoleService(&centre.core(), &door_, &console_)) {}

  absl::Status Serve(const std::string& socket) {
    KEPING_ASSIGN_OR_RETURN(server_, rpc::ServeUnix(socket, {service_.get()}));
    stub_ = central::v1::DistrictService::NewStub(rpc::MakeUnixChannel(socket));
    return absl::OkStatus();
  }

  absl::Status AskStatus() {
    grpc::ClientContext context;
    central::v1::GetStatusResponse response;
    return rpc::ToAbslStatus(stub_->GetStatus(&context, {}, &response));
  }

 private:
  const time::SystemClock clock_;
  central::Console console_;
  central::OfficerDoor door_;
  const std::unique_ptr<grpc::Service> service_;
  std::unique_ptr<rpc::RunningServer> server_;
  std::unique_ptr<central::v1::DistrictService::Stub> stub_;
};

absl::StatusOr<std::unique_ptr<DistrictApi>> DistrictApi::Serve(BenchCentre& centre,
                                                                const std::string& socket) {
  auto impl = std::make_unique<Impl>(centre);
  KEPING_RETURN_IF_ERROR(impl->Serve(socket));
  return std::unique_ptr<DistrictApi>(new DistrictApi(std::move(impl)));
}

DistrictApi::DistrictApi(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
DistrictApi::~DistrictApi() = default;

absl::Status DistrictApi::AskStatus() { return impl_->AskStatus(); }

}  // namespace keping::bench
