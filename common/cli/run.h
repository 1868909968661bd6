// The `keping` command as a function, so that tests can call it.
//
//   int main(int argc, char** argv) { return RunKeping(argc, argv, std::cin, std::cout, std::cerr);
//   }
#ifndef KEPING_COMMON_CLI_RUN_H_
#define KEPING_COMMON_CLI_RUN_H_

#include <istream>
#include <ostream>

namespace keping::cli {

// Answers go to `out`, sentences about what went wrong to `err`; returns an ExitCode
// (command_line.h). `in` is read by commands that wait for a card reader.
int RunKeping(int argc, const char* const* argv, std::istream& in, std::ostream& out,
              std::ostream& err);

}  // namespace keping::cli

#endif  // KEPING_COMMON_CLI_RUN_H_
