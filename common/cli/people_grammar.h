// The commands about people, as a part of the grammar of command_line_parser.cc.
#ifndef KEPING_COMMON_CLI_PEOPLE_GRAMMAR_H_
#define KEPING_COMMON_CLI_PEOPLE_GRAMMAR_H_

#include <functional>
#include <string>

#include "common/cli/requests.h"

namespace CLI {
class App;
}

namespace keping::cli {

// Adds a command to an area; `fill` makes the request once everything is parsed.
template <typename Request>
using AddCall = std::function<CLI::App*(CLI::App* area, const char* name, const char* example,
                                        std::function<Request()> fill)>;

// Holds what the commands' options write to: must live until they are parsed.
class PeopleGrammar {
 public:
  void AddCentral(CLI::App* area, const AddCall<CentralRequest>& add);
  void AddEdge(CLI::App* area, const AddCall<EdgeRequest>& add);

 private:
  void AddCentralGrants(CLI::App* area, const AddCall<CentralRequest>& add);
  void AddShifts(CLI::App* area, const AddCall<EdgeRequest>& add);
  void AddEdgeGrant(CLI::App* area, const AddCall<EdgeRequest>& add);

  central_api::AddOperatorRequest add_;
  central_api::RemoveOperatorRequest remove_;
  central_api::CertifyOperatorRequest certify_;
  central_api::ListOperatorsRequest list_;
  central_api::RequireApplicationRequest require_;
  central_api::IssueGrantRequest issue_;
  central_api::ListGrantsRequest grants_;
  std::string operator_;
  std::string day_;
  edge_api::OpenShiftRequest open_;
  edge_api::CloseShiftRequest close_;
  edge_api::UseGrantRequest use_;
};

}  // namespace keping::cli

#endif  // KEPING_COMMON_CLI_PEOPLE_GRAMMAR_H_
