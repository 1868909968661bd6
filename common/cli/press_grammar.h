// The commands about the print room beyond one card, as a part of the grammar of
// command_line_parser.cc.
#ifndef KEPING_COMMON_CLI_PRESS_GRAMMAR_H_
#define KEPING_COMMON_CLI_PRESS_GRAMMAR_H_

#include <string>

#include "common/cli/requests.h"
#include "common/cli/stock_grammar.h"

namespace keping::cli {

// Holds what the commands' options write to: must live until they are parsed.
class PressGrammar {
 public:
  void AddEdge(CLI::App* area, const AddEdgeCall& add);

 private:
  void AddBatches(CLI::App* area, const AddEdgeCall& add);
  void AddCards(CLI::App* area, const AddEdgeCall& add);
  void AddPrinters(CLI::App* area, const AddEdgeCall& add);
  void AddRibbons(CLI::App* area, const AddEdgeCall& add);
  void AddMoves(CLI::App* area, const AddEdgeCall& add);
  void AddDay(CLI::App* area, const AddEdgeCall& add);

  std::string blanks_;
  std::string scan_file_;
  std::string slip_file_;
  std::string day_;
  bool without_slip_ = false;
  bool commissioned_ = false;
  edge_api::OpenBatchRequest open_;
  edge_api::GetBatchRequest batch_;
  edge_api::CloseBatchRequest close_;
  edge_api::CancelJobRequest cancel_;
  edge_api::CorrectAnswerRequest correct_;
  std::string act_;
  std::string prr_;
  std::string blank_;
  edge_api::PrintTestCardRequest test_;
  edge_api::MaintainPrinterRequest maintain_;
  edge_api::MoveConsumableRequest move_;
  edge_api::ReleasePrinterRequest release_;
  edge_api::AdoptPrinterRequest adopt_;
  edge_api::GrantOverrideRequest override_;
  edge_api::CorrectOfficeDayRequest correct_day_;
};

}  // namespace keping::cli

#endif  // KEPING_COMMON_CLI_PRESS_GRAMMAR_H_
