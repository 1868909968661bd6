// The commands about an office's stock and its finished cards, as a part of the grammar of
// command_line_parser.cc.
#ifndef KEPING_COMMON_CLI_STOCK_GRAMMAR_H_
#define KEPING_COMMON_CLI_STOCK_GRAMMAR_H_

#include <functional>
#include <string>

#include "common/cli/requests.h"

namespace CLI {
class App;
}

namespace keping::cli {

// Adds a command to an area; `fill` makes the request once everything is parsed.
using AddEdgeCall = std::function<CLI::App*(CLI::App* area, const char* name, const char* example,
                                            std::function<EdgeRequest()> fill)>;

// Holds what the commands' options write to: must live until they are parsed.
class StockGrammar {
 public:
  void AddEdge(CLI::App* area, const AddEdgeCall& add);

 private:
  void AddPiles(CLI::App* stock, const AddEdgeCall& add);
  void AddLendings(CLI::App* stock, const AddEdgeCall& add);
  void AddRescan(CLI::App* stock, const AddEdgeCall& add);
  void AddBlanks(CLI::App* stock, const AddEdgeCall& add);
  void AddReceive(CLI::App* stock, const AddEdgeCall& add);
  void AddBox(CLI::App* stock, const AddEdgeCall& add);
  void AddSettling(CLI::App* stock, const AddEdgeCall& add);
  void AddReservations(CLI::App* stock, const AddEdgeCall& add);
  void AddManifests(CLI::App* handover, const AddEdgeCall& add);
  void AddAnswers(CLI::App* handover, const AddEdgeCall& add);

  std::string scan_file_;
  std::string stated_at_;
  std::string form_;
  std::string day_;
  edge_api::GetStockRequest stock_;
  edge_api::OpenStockRequest open_;
  edge_api::OpenBoxRequest box_;
  edge_api::LendBlanksRequest lend_;
  edge_api::RescanStockRequest rescan_;
  edge_api::CountPileRequest count_;
  edge_api::DestroyCardsRequest destroy_;
  edge_api::ReadNamesRequest names_;
  edge_api::ReceiveBlanksRequest receive_;
  edge_api::MarkSpoiledRequest spoil_;
  edge_api::ReceiveConsumableRequest consumable_;
  edge_api::SettleConsumableRequest settle_;
  edge_api::ReserveRequest reserve_;
  edge_api::ReleaseReservationRequest release_;
  edge_api::ListManifestsRequest list_;
  edge_api::MakeManifestRequest make_;
  edge_api::GetManifestRequest show_;
  edge_api::GetManifestPaperRequest paper_;
  edge_api::HandOverRequest hand_over_;
  edge_api::AnswerCardsRequest answer_;
  edge_api::AskStatusRequest ask_;
};

}  // namespace keping::cli

#endif  // KEPING_COMMON_CLI_STOCK_GRAMMAR_H_
