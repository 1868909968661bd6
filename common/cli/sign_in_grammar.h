// The words of the district's people who sign in and look on: a part of command_line_parser.cc.
#ifndef KEPING_COMMON_CLI_SIGN_IN_GRAMMAR_H_
#define KEPING_COMMON_CLI_SIGN_IN_GRAMMAR_H_

#include <CLI/CLI.hpp>

#include "common/cli/command_line.h"
#include "common/cli/people_grammar.h"

namespace keping::cli {

class SignInGrammar {
 public:
  using Request = decltype(CommandLine::request);

  void AddCentral(CLI::App* area, const AddCall<Request>& add);

 private:
  OfficerCommand officer_;
  WatchRequest watch_;
};

}  // namespace keping::cli

#endif  // KEPING_COMMON_CLI_SIGN_IN_GRAMMAR_H_
