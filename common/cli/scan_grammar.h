// The commands about the counters' card readers, as a part of the grammar of
// command_line_parser.cc, and their answers for people.
#ifndef KEPING_COMMON_CLI_SCAN_GRAMMAR_H_
#define KEPING_COMMON_CLI_SCAN_GRAMMAR_H_

#include <string>

#include "common/cli/requests.h"
#include "common/cli/stock_grammar.h"

namespace CLI {
class App;
}

namespace keping::cli {

// Holds what the commands' options write to: must live until they are parsed.
class ScanGrammar {
 public:
  void AddEdge(CLI::App* area, const AddEdgeCall& add);

 private:
  edge_api::ReadScanRequest scan_;
};

std::string RenderScan(const edge_api::ReadScanResponse& scan);
std::string RenderScan(const edge_api::ListReadersResponse& readers);

}  // namespace keping::cli

#endif  // KEPING_COMMON_CLI_SCAN_GRAMMAR_H_
