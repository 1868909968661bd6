// Between gRPC's words and abseil's, and deadlines without reading a clock.
//
//   grpc::ClientContext context;
//   SetTimeout(&context, absl::Seconds(10));
//   KEPING_RETURN_IF_ERROR(ToAbslStatus(stub->Enrol(&context, request, &response)));
#ifndef KEPING_COMMON_RPC_STATUS_H_
#define KEPING_COMMON_RPC_STATUS_H_

#include "absl/status/status.h"
#include "absl/time/time.h"

namespace grpc {
class ClientContext;
class Status;
}  // namespace grpc

namespace keping::rpc {

// The codes are the same in both; messages pass unchanged.
grpc::Status ToGrpcStatus(const absl::Status& status);
absl::Status ToAbslStatus(const grpc::Status& status);

// The call ends with DEADLINE_EXCEEDED when it takes longer than `timeout` from now.
void SetTimeout(grpc::ClientContext* context, absl::Duration timeout);

}  // namespace keping::rpc

#endif  // KEPING_COMMON_RPC_STATUS_H_
