#include "deploy/national_simulator/control.h"

#include <grpcpp/channel.h>
#include <grpcpp/client_context.h>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "common/base/status_macros.h"
#include "common/rpc/channel.h"
#include "common/rpc/status.h"
#include "common/rpc/tls_identity.h"
#include "deploy/national_simulator/keys.h"

namespace keping::national_simulator {
namespace {

namespace v1 = national::v1;

constexpr absl::Duration kTimeout = absl::Seconds(10);

}  // namespace

absl::StatusOr<Control> Control::Connect(const std::string& address,
                                         const std::string& keys_folder) {
  const auto file = [&](const char* name) { return absl::StrCat(keys_folder, "/", name); };
  KEPING_ASSIGN_OR_RETURN(const rpc::TlsIdentity identity,
                          rpc::LoadTlsIdentity(file(kAuthorityFile), file(kDistrictCertificateFile),
                                               file(kDistrictKeyFile)));
  return Control(
      v1::SimulatorService::NewStub(rpc::MakeTlsChannel(address, identity, kServerName)));
}

absl::StatusOr<v1::WithdrawRecordResponse> Control::Withdraw(const std::string& prr,
                                                             v1::WithdrawalReason reason) {
  grpc::ClientContext context;
  rpc::SetTimeout(&context, kTimeout);
  v1::WithdrawRecordRequest request;
  request.set_prr(prr);
  request.set_reason(reason);
  v1::WithdrawRecordResponse response;
  KEPING_RETURN_IF_ERROR(rpc::ToAbslStatus(stub_->WithdrawRecord(&context, request, &response)));
  return response;
}

absl::StatusOr<v1::GetLedgerResponse> Control::GetLedger() {
  grpc::ClientContext context;
  rpc::SetTimeout(&context, kTimeout);
  v1::GetLedgerResponse response;
  KEPING_RETURN_IF_ERROR(rpc::ToAbslStatus(stub_->GetLedger(&context, {}, &response)));
  return response;
}

absl::Status Control::SetFaults(const v1::Faults& faults) {
  grpc::ClientContext context;
  rpc::SetTimeout(&context, kTimeout);
  v1::SetFaultsRequest request;
  *request.mutable_faults() = faults;
  v1::SetFaultsResponse response;
  return rpc::ToAbslStatus(stub_->SetFaults(&context, request, &response));
}

}  // namespace keping::national_simulator
