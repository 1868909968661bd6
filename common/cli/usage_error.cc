#include "common/cli/usage_error.h"

#include <CLI/CLI.hpp>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

namespace keping::cli {

std::string WhyRefused(const CLI::App& app, const CLI::ParseError& error) {
  const CLI::App* last = &app;
  while (!last->get_subcommands().empty()) last = last->get_subcommands().front();
  if (error.get_name() != "RequiredError" || last->get_require_subcommand_min() == 0) {
    return error.what();
  }
  std::vector<std::string> commands;
  for (const CLI::App* command : last->get_subcommands([](const CLI::App*) { return true; })) {
    if (!command->get_name().empty()) commands.push_back(command->get_name());
  }
  const std::vector<std::string> others = app.remaining(true);
  return absl::StrCat(
      "got ", others.empty() ? "no command" : absl::StrCat("\"", others.front(), "\""), " after ",
      last->get_name(), ", want one of: ", absl::StrJoin(commands, ", "));
}

}  // namespace keping::cli
