// The commands of the district's desk, as a part of the grammar of command_line_parser.cc.
#ifndef KEPING_COMMON_CLI_DESK_GRAMMAR_H_
#define KEPING_COMMON_CLI_DESK_GRAMMAR_H_

#include <string>
#include <vector>

#include "common/cli/people_grammar.h"
#include "common/cli/requests.h"

namespace keping::cli {

// Holds what the commands' options write to: must live until they are parsed.
class DeskGrammar {
 public:
  // `out` gets the file that a pack is written to.
  void AddCentral(CLI::App* area, const AddCall<CentralRequest>& add, std::string& out);

 private:
  void AddCases(CLI::App* area, const AddCall<CentralRequest>& add);
  void AddDecision(CLI::App* area, const AddCall<CentralRequest>& add);
  void AddQuestions(CLI::App* area, const AddCall<CentralRequest>& add);
  void AddOfficers(CLI::App* area, const AddCall<CentralRequest>& add);
  void AddPolicy(CLI::App* area, const AddCall<CentralRequest>& add);
  void AddPlans(CLI::App* area, const AddCall<CentralRequest>& add);
  void AddEvidence(CLI::App* area, const AddCall<CentralRequest>& add, std::string& out);
  void AddFigures(CLI::App* area, const AddCall<CentralRequest>& add);

  central_api::ListCasesRequest cases_;
  central_api::GetCaseRequest case_;
  central_api::ResolveCaseRequest resolve_;
  central_api::TraceBlankRequest blank_;
  central_api::TraceRecordRequest record_;
  central_api::ReportSubjectRequest subject_;
  central_api::ListDestructionsRequest destructions_;
  central_api::SetOfficerRequest officer_;
  central_api::SetPolicyRequest policy_;
  central_api::TryPolicyRequest trial_;
  central_api::EnterReadinessRequest readiness_;
  central_api::EnterAbsenceRequest absence_;
  central_api::StatePrinterRequest printer_;
  central_api::ReportFiguresRequest figures_;
  central_api::IdentifyBlankRequest identify_;
  central_api::CloseDaysRequest close_;
  central_api::PackEvidenceRequest pack_;
  std::string first_;
  std::string last_;
  std::string policy_file_;
  std::vector<std::string> parts_;
};

}  // namespace keping::cli

#endif  // KEPING_COMMON_CLI_DESK_GRAMMAR_H_
