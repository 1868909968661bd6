// The gRPC face of the directorate: NationalService for a district, SimulatorService for whoever
// plays the centre. Each call decides at once and answers.
//
//   NationalServiceImpl national(&directorate);
//   SimulatorServiceImpl simulator(&directorate);
//   builder.RegisterService(&national);
#ifndef KEPING_DEPLOY_NATIONAL_SIMULATOR_SERVICE_H_
#define KEPING_DEPLOY_NATIONAL_SIMULATOR_SERVICE_H_

#include "deploy/national_simulator/directorate.h"
#include "keping/national/v1/national.grpc.pb.h"

namespace keping::national_simulator {

// Thread-safe; `directorate` outlives the service.
class NationalServiceImpl : public national::v1::NationalService::CallbackService {
 public:
  explicit NationalServiceImpl(Directorate* directorate) : directorate_(directorate) {}

  grpc::ServerUnaryReactor* PullRecords(grpc::CallbackServerContext* context,
                                        const national::v1::PullRecordsRequest* request,
                                        national::v1::PullRecordsResponse* response) override;
  grpc::ServerUnaryReactor* PullWithdrawals(
      grpc::CallbackServerContext* context, const national::v1::PullWithdrawalsRequest* request,
      national::v1::PullWithdrawalsResponse* response) override;
  grpc::ServerUnaryReactor* PullAllotments(grpc::CallbackServerContext* context,
                                           const national::v1::PullAllotmentsRequest* request,
                                           national::v1::PullAllotmentsResponse* response) override;
  grpc::ServerUnaryReactor* Report(grpc::CallbackServerContext* context,
                                   const national::v1::ReportRequest* request,
                                   national::v1::ReportResponse* response) override;
  grpc::ServerUnaryReactor* RequestBlanks(grpc::CallbackServerContext* context,
                                          const national::v1::RequestBlanksRequest* request,
                                          national::v1::RequestBlanksResponse* response) override;

 private:
  Directorate* const directorate_;
};

// Thread-safe; `directorate` outlives the service.
class SimulatorServiceImpl : public national::v1::SimulatorService::CallbackService {
 public:
  explicit SimulatorServiceImpl(Directorate* directorate) : directorate_(directorate) {}

  grpc::ServerUnaryReactor* WithdrawRecord(grpc::CallbackServerContext* context,
                                           const national::v1::WithdrawRecordRequest* request,
                                           national::v1::WithdrawRecordResponse* response) override;
  grpc::ServerUnaryReactor* GetLedger(grpc::CallbackServerContext* context,
                                      const national::v1::GetLedgerRequest* request,
                                      national::v1::GetLedgerResponse* response) override;
  grpc::ServerUnaryReactor* SetFaults(grpc::CallbackServerContext* context,
                                      const national::v1::SetFaultsRequest* request,
                                      national::v1::SetFaultsResponse* response) override;

 private:
  Directorate* const directorate_;
};

}  // namespace keping::national_simulator

#endif  // KEPING_DEPLOY_NATIONAL_SIMULATOR_SERVICE_H_
