// The commands that make papers, of the district and of an office, as a part of the grammar of
// command_line_parser.cc.
#ifndef KEPING_COMMON_CLI_PAPER_GRAMMAR_H_
#define KEPING_COMMON_CLI_PAPER_GRAMMAR_H_

#include <string>

#include "common/cli/people_grammar.h"
#include "common/cli/requests.h"

namespace keping::cli {

// Holds what the commands' options write to: must live until they are parsed.
class PaperGrammar {
 public:
  // `out` gets the file that a paper is written to.
  void AddCentral(CLI::App* area, const AddCall<CentralRequest>& add, std::string& out);
  void AddEdge(CLI::App* area, const AddCall<EdgeRequest>& add, std::string& out);

 private:
  CLI::App* AddPaper(CLI::App* area, const AddCall<CentralRequest>& add, std::string& out,
                     const char* name, const char* example, central_api::PaperKind kind);
  CLI::App* AddSheet(CLI::App* area, const AddCall<EdgeRequest>& add, std::string& out,
                     const char* name, const char* example, edge_api::PaperKind kind);
  void AddRegister(CLI::App* area, const AddCall<CentralRequest>& add);

  central_api::MakePaperRequest paper_;
  edge_api::MakePaperRequest sheet_;
  central_api::ListPapersRequest papers_;
  central_api::VoidPaperRequest void_;
  std::string month_;
  int year_ = 0;
};

}  // namespace keping::cli

#endif  // KEPING_COMMON_CLI_PAPER_GRAMMAR_H_
