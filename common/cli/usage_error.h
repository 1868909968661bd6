// Why a command line was refused, in a sentence.
//
//   err << WhyRefused(app, error);   // got "person" after plan, want one of: days, forecast, …
#ifndef KEPING_COMMON_CLI_USAGE_ERROR_H_
#define KEPING_COMMON_CLI_USAGE_ERROR_H_

#include <string>

namespace CLI {
class App;
class ParseError;
}  // namespace CLI

namespace keping::cli {

// Of a command that is missing, or that there is not, it says which there are.
std::string WhyRefused(const CLI::App& app, const CLI::ParseError& error);

}  // namespace keping::cli

#endif  // KEPING_COMMON_CLI_USAGE_ERROR_H_
