// The stock keeper's desk: answers StockService (keping.edge.v1) from the node, on the core thread.
//
//   StockDesk desk(&node);
//   absl::StatusOr<v1::CountPileResponse> answer = desk.CountPile(request);
#ifndef KEPING_EDGE_NODE_COUNTER_STOCK_DESK_H_
#define KEPING_EDGE_NODE_COUNTER_STOCK_DESK_H_

#include "absl/status/statusor.h"
#include "edge_node/node/edge_node.h"
#include "keping/edge/v1/stock.pb.h"

namespace keping::edge {

// Lives on the core thread. `node` outlives it.
class StockDesk {
 public:
  explicit StockDesk(EdgeNode* node) : node_(node) {}

  absl::StatusOr<v1::GetStockResponse> GetStock(const v1::GetStockRequest& request);
  absl::StatusOr<v1::OpenStockResponse> OpenStock(const v1::OpenStockRequest& request);
  absl::StatusOr<v1::RescanStockResponse> RescanStock(const v1::RescanStockRequest& request);
  absl::StatusOr<v1::OpenBoxResponse> OpenBox(const v1::OpenBoxRequest& request);
  absl::StatusOr<v1::LendBlanksResponse> LendBlanks(const v1::LendBlanksRequest& request);
  absl::StatusOr<v1::ListLendingsResponse> ListLendings(const v1::ListLendingsRequest& request);
  absl::StatusOr<v1::ReceiveBlanksResponse> ReceiveBlanks(const v1::ReceiveBlanksRequest& request);
  absl::StatusOr<v1::MarkSpoiledResponse> MarkSpoiled(const v1::MarkSpoiledRequest& request);
  absl::StatusOr<v1::CountPileResponse> CountPile(const v1::CountPileRequest& request);
  absl::StatusOr<v1::DestroyCardsResponse> DestroyCards(const v1::DestroyCardsRequest& request);
  absl::StatusOr<v1::ReadNamesResponse> ReadNames(const v1::ReadNamesRequest& request);
  absl::StatusOr<v1::ReceiveConsumableResponse> ReceiveConsumable(
      const v1::ReceiveConsumableRequest& request);
  absl::StatusOr<v1::SettleConsumableResponse> SettleConsumable(
      const v1::SettleConsumableRequest& request);
  absl::StatusOr<v1::ReserveResponse> Reserve(const v1::ReserveRequest& request);
  absl::StatusOr<v1::ReleaseReservationResponse> ReleaseReservation(
      const v1::ReleaseReservationRequest& request);
  absl::StatusOr<v1::ListReservationsResponse> ListReservations(
      const v1::ListReservationsRequest& request);

 private:
  EdgeNode* const node_;
};

}  // namespace keping::edge

#endif  // KEPING_EDGE_NODE_COUNTER_STOCK_DESK_H_
