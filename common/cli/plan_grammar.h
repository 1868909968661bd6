// The commands about the district's plan, as a part of the grammar of command_line_parser.cc.
#ifndef KEPING_COMMON_CLI_PLAN_GRAMMAR_H_
#define KEPING_COMMON_CLI_PLAN_GRAMMAR_H_

#include <string>

#include "common/cli/people_grammar.h"
#include "common/cli/requests.h"

namespace keping::cli {

// Holds what the commands' options write to: must live until they are parsed.
class PlanGrammar {
 public:
  void AddCentral(CLI::App* area, const AddCall<CentralRequest>& add);

 private:
  void AddRequests(CLI::App* plan, const AddCall<CentralRequest>& add);

  central_api::GetPlanRequest plan_;
  central_api::GetReadinessRequest readiness_;
  central_api::ListInvitationsRequest invitations_;
  central_api::ExplainRecordRequest explain_;
  central_api::ProposeSplitRequest split_;
  central_api::ListLeaseMovesRequest moves_;
  central_api::RequestBlanksRequest request_;
  std::string day_;
  std::string needed_by_;
};

}  // namespace keping::cli

#endif  // KEPING_COMMON_CLI_PLAN_GRAMMAR_H_
