// Plays the centre at a running simulator: the client of SimulatorService.
//
//   KEPING_ASSIGN_OR_RETURN(Control control, Control::Connect("127.0.0.1:7600", "keys"));
//   KEPING_ASSIGN_OR_RETURN(v1::GetLedgerResponse ledger, control.GetLedger());
#ifndef KEPING_DEPLOY_NATIONAL_SIMULATOR_CONTROL_H_
#define KEPING_DEPLOY_NATIONAL_SIMULATOR_CONTROL_H_

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "keping/national/v1/national.grpc.pb.h"

namespace keping::national_simulator {

// Calls end within ten seconds; their errors are the server's words.
class Control {
 public:
  // With the district's certificate of a folder that MakeKeys made. Does not connect; calls do.
  static absl::StatusOr<Control> Connect(const std::string& address,
                                         const std::string& keys_folder);

  absl::StatusOr<national::v1::WithdrawRecordResponse> Withdraw(
      const std::string& prr, national::v1::WithdrawalReason reason);
  absl::StatusOr<national::v1::GetLedgerResponse> GetLedger();
  absl::Status SetFaults(const national::v1::Faults& faults);

 private:
  explicit Control(std::unique_ptr<national::v1::SimulatorService::Stub> stub)
      : stub_(std::move(stub)) {}

  std::unique_ptr<national::v1::SimulatorService::Stub> stub_;
};

}  // namespace keping::national_simulator

#endif  // KEPING_DEPLOY_NATIONAL_SIMULATOR_CONTROL_H_
