// The answers about stock and finished cards, for people; a part of render.h.
#ifndef KEPING_COMMON_CLI_RENDER_STOCK_H_
#define KEPING_COMMON_CLI_RENDER_STOCK_H_

#include <string>

#include "common/cli/office_time.h"
#include "common/cli/requests.h"

namespace keping::cli {

std::string RenderStock(const edge_api::GetStockResponse& stock);
std::string RenderStock(const edge_api::OpenStockResponse& opened);
std::string RenderStock(const edge_api::RescanStockResponse& rescanned);
std::string RenderStock(const edge_api::OpenBoxResponse& opened);
std::string RenderStock(const edge_api::LendBlanksResponse& lent);
std::string RenderStock(const edge_api::ListLendingsResponse& list);
std::string RenderStock(const edge_api::ReceiveBlanksResponse& received);
std::string RenderStock(const edge_api::MarkSpoiledResponse& spoiled);
std::string RenderStock(const edge_api::CountPileResponse& count);
std::string RenderStock(const edge_api::DestroyCardsResponse& destroyed);
std::string RenderStock(const edge_api::ReadNamesResponse& names);
std::string RenderStock(const edge_api::ReceiveConsumableResponse& received);
std::string RenderStock(const edge_api::SettleConsumableResponse& settled);
std::string RenderStock(const edge_api::ReserveResponse& reserved, const OfficeTime& time);
std::string RenderStock(const edge_api::ReleaseReservationResponse& released);
std::string RenderStock(const edge_api::ListReservationsResponse& list, const OfficeTime& time);
std::string RenderStock(const edge_api::ListManifestsResponse& list);
std::string RenderStock(const edge_api::MakeManifestResponse& made);
std::string RenderStock(const edge_api::GetManifestResponse& shown);
// The document itself.
std::string RenderStock(const edge_api::GetManifestPaperResponse& paper);
std::string RenderStock(const edge_api::HandOverResponse& left);
std::string RenderStock(const edge_api::AnswerCardsResponse& answered);
std::string RenderStock(const edge_api::AskStatusResponse& answer);

}  // namespace keping::cli

#endif  // KEPING_COMMON_CLI_RENDER_STOCK_H_
