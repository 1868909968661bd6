#include "common/cli/client.h"

#include <grpcpp/channel.h>
#include <grpcpp/client_context.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <memory>

#include "absl/strings/str_cat.h"
#include "common/rpc/channel.h"
#include "common/rpc/status.h"
#include "keping/central/v1/central.grpc.pb.h"
#include "keping/edge/v1/edge.grpc.pb.h"
#include "keping/maintenance/v1/maintenance.grpc.pb.h"

namespace keping::cli {
namespace {

template <typename Stub, typename Request, typename Response>
absl::StatusOr<Response> CallMethod(Stub& stub,
                                    grpc::Status (Stub::*method)(grpc::ClientContext*,
                                                                 const Request&, Response*),
                                    absl::Duration timeout, const Request& request) {
  grpc::ClientContext context;
  rpc::SetTimeout(&context, timeout);
  Response response;
  absl::Status status = rpc::ToAbslStatus((stub.*method)(&context, request, &response));
  if (absl::IsDeadlineExceeded(status)) {
    return absl::DeadlineExceededError(
        absl::StrCat("the node did not answer within ", absl::FormatDuration(timeout),
                     ": it may still do what was asked; look at its status before trying again"));
  }
  if (!status.ok()) return status;
  return response;
}

class EdgeCall {
 public:
  EdgeCall(const std::shared_ptr<grpc::Channel>& channel, absl::Duration timeout)
      : stub_(channel), maintenance_(channel), timeout_(timeout) {}

  using Stub = edge_api::CounterService::Stub;
  auto operator()(const edge_api::GetStatusRequest& r) { return Call(&Stub::GetStatus, r); }
  auto operator()(const edge_api::ListQueueRequest& r) { return Call(&Stub::ListQueue, r); }
  auto operator()(const edge_api::PrintRequest& r) { return Call(&Stub::Print, r); }
  auto operator()(const edge_api::ListJobsRequest& r) { return Call(&Stub::ListJobs, r); }
  auto operator()(const edge_api::VerifyCardRequest& r) { return Call(&Stub::VerifyCard, r); }
  auto operator()(const edge_api::SpoilCardRequest& r) { return Call(&Stub::SpoilCard, r); }
  auto operator()(const edge_api::ReleaseJobRequest& r) { return Call(&Stub::ReleaseJob, r); }
  auto operator()(const edge_api::SpoilBlankRequest& r) { return Call(&Stub::SpoilBlank, r); }
  auto operator()(const edge_api::ListTransfersRequest& r) { return Call(&Stub::ListTransfers, r); }
  auto operator()(const edge_api::ReceiveTransferRequest& r) {
    return Call(&Stub::ReceiveTransfer, r);
  }
  auto operator()(const edge_api::ListActionsRequest& r) { return Call(&Stub::ListActions, r); }
  auto operator()(const edge_api::AcknowledgeActionRequest& r) {
    return Call(&Stub::AcknowledgeAction, r);
  }
  absl::StatusOr<EdgeResponse> operator()(const maintenance_api::RotateDataKeyRequest& r) {
    return CallMethod(maintenance_, &maintenance_api::MaintenanceService::Stub::RotateDataKey,
                      timeout_, r);
  }

 private:
  template <typename Method, typename Request>
  absl::StatusOr<EdgeResponse> Call(Method method, const Request& request) {
    return CallMethod(stub_, method, timeout_, request);
  }

  Stub stub_;
  maintenance_api::MaintenanceService::Stub maintenance_;
  const absl::Duration timeout_;
};

class CentralCall {
 public:
  CentralCall(central_api::DistrictService::Stub& stub, absl::Duration timeout)
      : stub_(stub), timeout_(timeout) {}

  using Stub = central_api::DistrictService::Stub;
  auto operator()(const central_api::GetStatusRequest& r) { return Call(&Stub::GetStatus, r); }
  auto operator()(const central_api::GetStockRequest& r) { return Call(&Stub::GetStock, r); }
  auto operator()(const central_api::ListNodesRequest& r) { return Call(&Stub::ListNodes, r); }
  auto operator()(const central_api::ListCasesRequest& r) { return Call(&Stub::ListCases, r); }
  auto operator()(const central_api::CreateEnrolmentCodeRequest& r) {
    return Call(&Stub::CreateEnrolmentCode, r);
  }
  auto operator()(const central_api::CertifyOperatorRequest& r) {
    return Call(&Stub::CertifyOperator, r);
  }
  auto operator()(const central_api::DispatchBlanksRequest& r) {
    return Call(&Stub::DispatchBlanks, r);
  }
  auto operator()(const central_api::MoveLeaseRequest& r) { return Call(&Stub::MoveLease, r); }

 private:
  template <typename Method, typename Request>
  absl::StatusOr<CentralResponse> Call(Method method, const Request& request) {
    return CallMethod(stub_, method, timeout_, request);
  }

  Stub& stub_;
  const absl::Duration timeout_;
};

absl::Status SocketError(const std::string& path, int error) {
  switch (error) {
    case ENOENT:
    case ENOTDIR:
      return absl::UnavailableError(absl::StrCat(
          "there is no socket at ", path,
          ": the node is not running, or its api_socket is elsewhere. Start the node, or give the "
          "right --config or --socket"));
    case ECONNREFUSED:
      return absl::UnavailableError(absl::StrCat(
          "nobody answers at ", path, ": the node is not running. Start it, then try again"));
    case EACCES:
    case EPERM:
      return absl::PermissionDeniedError(absl::StrCat("this user may not open ", path,
                                                      ": run the command as the user of the node"));
    default:
      return absl::UnavailableError(
          absl::StrCat("cannot connect to ", path, ": ", std::strerror(error)));
  }
}

}  // namespace

absl::Status CheckSocket(const std::string& path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (path.empty() || path.size() >= sizeof(address.sun_path)) {
    return absl::InvalidArgumentError(absl::StrCat("got a socket path of ", path.size(),
                                                   " characters, want 1 to ",
                                                   sizeof(address.sun_path) - 1));
  }
  std::memcpy(address.sun_path, path.data(), path.size());
  const int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (fd < 0) return SocketError(path, errno);
  const int result = connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof(address));
  const int error = errno;
  close(fd);
  return result == 0 ? absl::OkStatus() : SocketError(path, error);
}

absl::StatusOr<EdgeResponse> CallEdge(const std::string& socket, absl::Duration timeout,
                                      const EdgeRequest& request) {
  if (absl::Status status = CheckSocket(socket); !status.ok()) return status;
  return std::visit(EdgeCall(rpc::MakeUnixChannel(socket), timeout), request);
}

absl::StatusOr<CentralResponse> CallCentral(const std::string& socket, absl::Duration timeout,
                                            const CentralRequest& request) {
  if (absl::Status status = CheckSocket(socket); !status.ok()) return status;
  const auto stub = central_api::DistrictService::NewStub(rpc::MakeUnixChannel(socket));
  return std::visit(CentralCall(*stub, timeout), request);
}

}  // namespace keping::cli
