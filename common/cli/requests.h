// The calls of both APIs, as values: which one a command makes, and what came back.
#ifndef KEPING_COMMON_CLI_REQUESTS_H_
#define KEPING_COMMON_CLI_REQUESTS_H_

#include <variant>

#include "keping/central/v1/central.pb.h"
#include "keping/edge/v1/edge.pb.h"
#include "keping/maintenance/v1/maintenance.pb.h"

namespace keping::cli {

namespace edge_api = ::keping::edge::v1;
namespace central_api = ::keping::central::v1;
namespace maintenance_api = ::keping::maintenance::v1;

using EdgeRequest =
    std::variant<edge_api::GetStatusRequest, edge_api::ListQueueRequest, edge_api::PrintRequest,
                 edge_api::ListJobsRequest, edge_api::VerifyCardRequest, edge_api::SpoilCardRequest,
                 edge_api::ReleaseJobRequest, edge_api::SpoilBlankRequest,
                 edge_api::ListTransfersRequest, edge_api::ReceiveTransferRequest,
                 edge_api::ListActionsRequest, edge_api::AcknowledgeActionRequest,
                 maintenance_api::RotateDataKeyRequest>;
using EdgeResponse =
    std::variant<edge_api::GetStatusResponse, edge_api::ListQueueResponse, edge_api::PrintResponse,
                 edge_api::ListJobsResponse, edge_api::VerifyCardResponse,
                 edge_api::SpoilCardResponse, edge_api::ReleaseJobResponse,
                 edge_api::SpoilBlankResponse, edge_api::ListTransfersResponse,
                 edge_api::ReceiveTransferResponse, edge_api::ListActionsResponse,
                 edge_api::AcknowledgeActionResponse, maintenance_api::RotateDataKeyResponse>;

using CentralRequest =
    std::variant<central_api::GetStatusRequest, central_api::GetStockRequest,
                 central_api::ListNodesRequest, central_api::ListCasesRequest,
                 central_api::CreateEnrolmentCodeRequest, central_api::CertifyOperatorRequest,
                 central_api::DispatchBlanksRequest, central_api::MoveLeaseRequest>;
using CentralResponse =
    std::variant<central_api::GetStatusResponse, central_api::GetStockResponse,
                 central_api::ListNodesResponse, central_api::ListCasesResponse,
                 central_api::CreateEnrolmentCodeResponse, central_api::CertifyOperatorResponse,
                 central_api::DispatchBlanksResponse, central_api::MoveLeaseResponse>;

}  // namespace keping::cli

#endif  // KEPING_COMMON_CLI_REQUESTS_H_
