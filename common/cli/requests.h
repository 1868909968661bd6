// The calls of both APIs, as values: which one a command makes, and what came back. A response
// stands at the place of its request.
#ifndef KEPING_COMMON_CLI_REQUESTS_H_
#define KEPING_COMMON_CLI_REQUESTS_H_

#include <variant>

#include "keping/central/v1/central.pb.h"
#include "keping/central/v1/delivery.pb.h"
#include "keping/central/v1/desk.pb.h"
#include "keping/central/v1/district_stock.pb.h"
#include "keping/central/v1/evidence.pb.h"
#include "keping/central/v1/node_end.pb.h"
#include "keping/central/v1/paper.pb.h"
#include "keping/central/v1/people.pb.h"
#include "keping/central/v1/planning.pb.h"
#include "keping/central/v1/sign_in.pb.h"
#include "keping/edge/v1/edge.pb.h"
#include "keping/edge/v1/handover.pb.h"
#include "keping/edge/v1/paper.pb.h"
#include "keping/edge/v1/people.pb.h"
#include "keping/edge/v1/press.pb.h"
#include "keping/edge/v1/scan.pb.h"
#include "keping/edge/v1/stock.pb.h"
#include "keping/maintenance/v1/maintenance.pb.h"

namespace keping::cli {

namespace edge_api = ::keping::edge::v1;
namespace central_api = ::keping::central::v1;
namespace maintenance_api = ::keping::maintenance::v1;

using EdgeRequest = std::variant<
    edge_api::GetStatusRequest, edge_api::ListQueueRequest, edge_api::PrintRequest,
    edge_api::ListJobsRequest, edge_api::VerifyCardRequest, edge_api::SpoilCardRequest,
    edge_api::ReleaseJobRequest, edge_api::SpoilBlankRequest, edge_api::ListTransfersRequest,
    edge_api::ReceiveTransferRequest, edge_api::ListActionsRequest,
    edge_api::AcknowledgeActionRequest, maintenance_api::RotateDataKeyRequest,
    edge_api::GetStockRequest, edge_api::OpenStockRequest, edge_api::RescanStockRequest,
    edge_api::OpenBoxRequest, edge_api::LendBlanksRequest, edge_api::ListLendingsRequest,
    edge_api::ReceiveBlanksRequest, edge_api::MarkSpoiledRequest, edge_api::CountPileRequest,
    edge_api::DestroyCardsRequest, edge_api::ReadNamesRequest, edge_api::ReceiveConsumableRequest,
    edge_api::SettleConsumableRequest, edge_api::ReserveRequest,
    edge_api::ReleaseReservationRequest, edge_api::ListReservationsRequest,
    edge_api::ListManifestsRequest, edge_api::MakeManifestRequest, edge_api::GetManifestRequest,
    edge_api::GetManifestPaperRequest, edge_api::HandOverRequest, edge_api::AnswerCardsRequest,
    edge_api::AskStatusRequest, edge_api::ChangePasswordRequest, edge_api::ListPeopleRequest,
    edge_api::OpenShiftRequest, edge_api::CloseShiftRequest, edge_api::ReportDayRequest,
    edge_api::UseGrantRequest, edge_api::OpenBatchRequest, edge_api::GetBatchRequest,
    edge_api::CloseBatchRequest, edge_api::CancelJobRequest, edge_api::CorrectAnswerRequest,
    edge_api::GetCardHistoryRequest, edge_api::ListPrintersRequest, edge_api::PrintTestCardRequest,
    edge_api::MaintainPrinterRequest, edge_api::MoveConsumableRequest,
    edge_api::ReleasePrinterRequest, edge_api::AdoptPrinterRequest, edge_api::GrantOverrideRequest,
    edge_api::CorrectOfficeDayRequest, edge_api::GetOfficeDayRequest, edge_api::ReadScanRequest,
    edge_api::ListReadersRequest, edge_api::MakePaperRequest>;
using EdgeResponse = std::variant<
    edge_api::GetStatusResponse, edge_api::ListQueueResponse, edge_api::PrintResponse,
    edge_api::ListJobsResponse, edge_api::VerifyCardResponse, edge_api::SpoilCardResponse,
    edge_api::ReleaseJobResponse, edge_api::SpoilBlankResponse, edge_api::ListTransfersResponse,
    edge_api::ReceiveTransferResponse, edge_api::ListActionsResponse,
    edge_api::AcknowledgeActionResponse, maintenance_api::RotateDataKeyResponse,
    edge_api::GetStockResponse, edge_api::OpenStockResponse, edge_api::RescanStockResponse,
    edge_api::OpenBoxResponse, edge_api::LendBlanksResponse, edge_api::ListLendingsResponse,
    edge_api::ReceiveBlanksResponse, edge_api::MarkSpoiledResponse, edge_api::CountPileResponse,
    edge_api::DestroyCardsResponse, edge_api::ReadNamesResponse,
    edge_api::ReceiveConsumableResponse, edge_api::SettleConsumableResponse,
    edge_api::ReserveResponse, edge_api::ReleaseReservationResponse,
    edge_api::ListReservationsResponse, edge_api::ListManifestsResponse,
    edge_api::MakeManifestResponse, edge_api::GetManifestResponse,
    edge_api::GetManifestPaperResponse, edge_api::HandOverResponse, edge_api::AnswerCardsResponse,
    edge_api::AskStatusResponse, edge_api::ChangePasswordResponse, edge_api::ListPeopleResponse,
    edge_api::OpenShiftResponse, edge_api::CloseShiftResponse, edge_api::ReportDayResponse,
    edge_api::UseGrantResponse, edge_api::OpenBatchResponse, edge_api::GetBatchResponse,
    edge_api::CloseBatchResponse, edge_api::CancelJobResponse, edge_api::CorrectAnswerResponse,
    edge_api::GetCardHistoryResponse, edge_api::ListPrintersResponse,
    edge_api::PrintTestCardResponse, edge_api::MaintainPrinterResponse,
    edge_api::MoveConsumableResponse, edge_api::ReleasePrinterResponse,
    edge_api::AdoptPrinterResponse, edge_api::GrantOverrideResponse,
    edge_api::CorrectOfficeDayResponse, edge_api::GetOfficeDayResponse, edge_api::ReadScanResponse,
    edge_api::ListReadersResponse, edge_api::MakePaperResponse>;

using CentralRequest = std::variant<
    central_api::GetStatusRequest, central_api::GetStockRequest, central_api::ListNodesRequest,
    central_api::CompareHeadRequest, central_api::ListCasesRequest,
    central_api::CreateEnrolmentCodeRequest, central_api::DispatchBlanksRequest,
    central_api::MoveLeaseRequest, central_api::AddOperatorRequest,
    central_api::RemoveOperatorRequest, central_api::CertifyOperatorRequest,
    central_api::ListOperatorsRequest, central_api::RequireApplicationRequest,
    central_api::IssueGrantRequest, central_api::ListGrantsRequest, central_api::CloseNodeRequest,
    central_api::ListClaimsRequest, central_api::AcceptClaimsRequest, central_api::GetCaseRequest,
    central_api::ResolveCaseRequest, central_api::TraceBlankRequest,
    central_api::TraceRecordRequest, central_api::ReportSubjectRequest,
    central_api::SetOfficerRequest, central_api::ListOfficersRequest, central_api::GetPolicyRequest,
    central_api::SetPolicyRequest, central_api::TryPolicyRequest,
    central_api::EnterReadinessRequest, central_api::EnterAbsenceRequest,
    central_api::StatePrinterRequest, central_api::ReportFiguresRequest,
    central_api::IdentifyBlankRequest, central_api::CloseDaysRequest,
    central_api::PackEvidenceRequest, central_api::GetPlanRequest, central_api::GetForecastRequest,
    central_api::GetReadinessRequest, central_api::ListInvitationsRequest,
    central_api::ExplainRecordRequest, central_api::ProposeSplitRequest,
    central_api::ListLeaseMovesRequest, central_api::ReceiveDeliveryRequest,
    central_api::ListBoxesRequest, central_api::EnterLoanRequest, central_api::ListLoansRequest,
    central_api::EnterSupplyRequest, central_api::ListSuppliesRequest,
    central_api::RequestBlanksRequest, central_api::ListBlankRequestsRequest,
    central_api::ListDestructionsRequest, central_api::MakePaperRequest,
    central_api::ListPapersRequest, central_api::VoidPaperRequest,
    maintenance_api::RotateDataKeyRequest>;
using CentralResponse =
    std::variant<central_api::GetStatusResponse, central_api::GetStockResponse,
                 central_api::ListNodesResponse, central_api::CompareHeadResponse,
                 central_api::ListCasesResponse, central_api::CreateEnrolmentCodeResponse,
                 central_api::DispatchBlanksResponse, central_api::MoveLeaseResponse,
                 central_api::AddOperatorResponse, central_api::RemoveOperatorResponse,
                 central_api::CertifyOperatorResponse, central_api::ListOperatorsResponse,
                 central_api::RequireApplicationResponse, central_api::IssueGrantResponse,
                 central_api::ListGrantsResponse, central_api::CloseNodeResponse,
                 central_api::ListClaimsResponse, central_api::AcceptClaimsResponse,
                 central_api::GetCaseResponse, central_api::ResolveCaseResponse,
                 central_api::TraceBlankResponse, central_api::TraceRecordResponse,
                 central_api::ReportSubjectResponse, central_api::SetOfficerResponse,
                 central_api::ListOfficersResponse, central_api::GetPolicyResponse,
                 central_api::SetPolicyResponse, central_api::TryPolicyResponse,
                 central_api::EnterReadinessResponse, central_api::EnterAbsenceResponse,
                 central_api::StatePrinterResponse, central_api::ReportFiguresResponse,
                 central_api::IdentifyBlankResponse, central_api::CloseDaysResponse,
                 central_api::PackEvidenceResponse, central_api::GetPlanResponse,
                 central_api::GetForecastResponse, central_api::GetReadinessResponse,
                 central_api::ListInvitationsResponse, central_api::ExplainRecordResponse,
                 central_api::ProposeSplitResponse, central_api::ListLeaseMovesResponse,
                 central_api::ReceiveDeliveryResponse, central_api::ListBoxesResponse,
                 central_api::EnterLoanResponse, central_api::ListLoansResponse,
                 central_api::EnterSupplyResponse, central_api::ListSuppliesResponse,
                 central_api::RequestBlanksResponse, central_api::ListBlankRequestsResponse,
                 central_api::ListDestructionsResponse, central_api::MakePaperResponse,
                 central_api::ListPapersResponse, central_api::VoidPaperResponse,
                 maintenance_api::RotateDataKeyResponse>;

}  // namespace keping::cli

#endif  // KEPING_COMMON_CLI_REQUESTS_H_
