// The `keping` command as a function, so that tests can call it.
//
//   RunKeping(argc, argv, runtime::MessageLocale(), std::cin, std::cout, std::cerr);
#ifndef KEPING_COMMON_CLI_RUN_H_
#define KEPING_COMMON_CLI_RUN_H_

#include <istream>
#include <ostream>

#include "absl/strings/string_view.h"

namespace keping::cli {

// Answers go to `out`, sentences about what went wrong to `err`; returns an ExitCode
// (command_line.h). `in` is read by commands that wait for a card reader; `locale` is what the
// environment names, for help and complaints about usage.
int RunKeping(int argc, const char* const* argv, absl::string_view locale, std::istream& in,
              std::ostream& out, std::ostream& err);

}  // namespace keping::cli

#endif  // KEPING_COMMON_CLI_RUN_H_
