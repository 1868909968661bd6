// The `keping` command as a function, so that tests can call it.
//
//   int main(int argc, char** argv) { return RunKeping(argc, argv, std::cout, std::cerr); }
#ifndef KEPING_COMMON_CLI_RUN_H_
#define KEPING_COMMON_CLI_RUN_H_

#include <ostream>

namespace keping::cli {

// Answers go to `out`, sentences about what went wrong to `err`; returns an ExitCode
// (command_line.h).
int RunKeping(int argc, const char* const* argv, std::ostream& out, std::ostream& err);

}  // namespace keping::cli

#endif  // KEPING_COMMON_CLI_RUN_H_
