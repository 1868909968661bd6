// The commands about the ends of nodes, as a part of the grammar of command_line_parser.cc.
#ifndef KEPING_COMMON_CLI_END_GRAMMAR_H_
#define KEPING_COMMON_CLI_END_GRAMMAR_H_

#include "common/cli/people_grammar.h"
#include "common/cli/requests.h"

namespace keping::cli {

// Holds what the commands' options write to: must live until they are parsed.
class EndGrammar {
 public:
  void AddCentral(CLI::App* area, const AddCall<CentralRequest>& add);

 private:
  CLI::App* AddClose(CLI::App* area, const AddCall<CentralRequest>& add, const char* name,
                     const char* example, log::v1::NodeEnd end);

  central_api::CloseNodeRequest close_;
  central_api::ListClaimsRequest list_;
  central_api::AcceptClaimsRequest accept_;
};

}  // namespace keping::cli

#endif  // KEPING_COMMON_CLI_END_GRAMMAR_H_
