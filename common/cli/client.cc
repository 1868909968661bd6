#include "common/cli/client.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>
#include <grpcpp/channel.h>
#include <grpcpp/client_context.h>
#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/impl/codegen/proto_utils.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <memory>
#include <type_traits>
#include <utility>
#include <variant>

#include "absl/strings/str_cat.h"
#include "absl/synchronization/notification.h"
#include "common/base/check.h"
#include "common/base/status_macros.h"
#include "common/rpc/channel.h"
#include "common/rpc/status.h"
#include "keping/maintenance/v1/backup.grpc.pb.h"

namespace keping::cli {
namespace {

// "/package.Service/Method" of the only method that takes such a request.
std::string PathOf(const google::protobuf::Descriptor& request) {
  const google::protobuf::FileDescriptor& file = *request.file();
  for (int i = 0; i < file.service_count(); ++i) {
    for (int j = 0; j < file.service(i)->method_count(); ++j) {
      const google::protobuf::MethodDescriptor& method = *file.service(i)->method(j);
      if (method.input_type() != &request) continue;
      return absl::StrCat("/", file.service(i)->full_name(), "/", method.name());
    }
  }
  KEPING_CHECK(false, "every request is of a method of its file");
}

template <typename T, typename... Ts>
constexpr size_t IndexIn(const std::variant<Ts...>*) {
  size_t index = 0;
  (void)((std::is_same_v<T, Ts> || (++index, false)) || ...);
  return index;
}

// Requests and responses stand at the same places of their variants.
template <typename Responses, typename Requests>
absl::StatusOr<Responses> CallAny(const std::string& socket, absl::Duration timeout,
                                  const Requests& requests, const CallMetadata& metadata) {
  static_assert(std::variant_size_v<Requests> == std::variant_size_v<Responses>);
  return std::visit(
      [&](const auto& request) -> absl::StatusOr<Responses> {
        constexpr size_t kIndex =
            IndexIn<std::decay_t<decltype(request)>>(static_cast<const Requests*>(nullptr));
        std::variant_alternative_t<kIndex, Responses> response;
        KEPING_RETURN_IF_ERROR(CallNode(socket, timeout, request, &response, metadata));
        return Responses(std::move(response));
      },
      requests);
}

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

absl::Status UnknownCall(const std::string& socket) {
  return absl::UnimplementedError(
      absl::StrCat("got a program at ", socket,
                   " that does not know this call, want an edge node for keping edge and a "
                   "central node for keping central, of this version or a later one"));
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

absl::Status CallNode(const std::string& socket, absl::Duration timeout,
                      const google::protobuf::Message& request, google::protobuf::Message* response,
                      const CallMetadata& metadata) {
  using google::protobuf::MessageLite;
  grpc::TemplatedGenericStub<MessageLite, MessageLite> stub(rpc::MakeUnixChannel(socket));
  grpc::ClientContext context;
  rpc::SetTimeout(&context, timeout);
  for (const auto& [key, value] : metadata) context.AddMetadata(key, value);
  grpc::Status answer;
  absl::Notification done;
  stub.UnaryCall(&context, PathOf(*request.GetDescriptor()), grpc::StubOptions(), &request,
                 response, [&](grpc::Status status) {
                   answer = std::move(status);
                   done.Notify();
                 });
  done.WaitForNotification();
  absl::Status status = rpc::ToAbslStatus(answer);
  if (absl::IsUnimplemented(status)) return UnknownCall(socket);
  if (!absl::IsDeadlineExceeded(status)) return status;
  return absl::DeadlineExceededError(
      absl::StrCat("the node did not answer within ", absl::FormatDuration(timeout),
                   ": it may still do what was asked; look at its status before trying again"));
}

absl::Status CallBackup(
    const std::string& socket, const maintenance_api::BackupRequest& request,
    absl::FunctionRef<absl::Status(const maintenance_api::BackupResponse&)> on_response) {
  KEPING_RETURN_IF_ERROR(CheckSocket(socket));
  const auto stub = maintenance_api::BackupService::NewStub(rpc::MakeUnixChannel(socket));
  grpc::ClientContext context;
  const auto reader = stub->Backup(&context, request);
  maintenance_api::BackupResponse response;
  absl::Status taken;
  while (reader->Read(&response)) {
    if (taken.ok()) taken = on_response(response);
    if (!taken.ok()) context.TryCancel();
  }
  const absl::Status ended = rpc::ToAbslStatus(reader->Finish());
  if (!taken.ok()) return taken;
  return absl::IsUnimplemented(ended) ? UnknownCall(socket) : ended;
}

absl::StatusOr<EdgeResponse> CallEdge(const std::string& socket, absl::Duration timeout,
                                      const EdgeRequest& request) {
  if (absl::Status status = CheckSocket(socket); !status.ok()) return status;
  return CallAny<EdgeResponse>(socket, timeout, request, {});
}

absl::StatusOr<CentralResponse> CallCentral(const std::string& socket, absl::Duration timeout,
                                            const CentralRequest& request,
                                            const CallMetadata& metadata) {
  if (absl::Status status = CheckSocket(socket); !status.ok()) return status;
  return CallAny<CentralResponse>(socket, timeout, request, metadata);
}

absl::StatusOr<maintenance_api::ReadLogResponse> CallReadLog(const std::string& socket,
                                                             absl::Duration timeout,
                                                             uint64_t from_seq) {
  maintenance_api::ReadLogRequest request;
  request.set_from_seq(from_seq);
  maintenance_api::ReadLogResponse response;
  KEPING_RETURN_IF_ERROR(CallNode(socket, timeout, request, &response));
  return response;
}

}  // namespace keping::cli
