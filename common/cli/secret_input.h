// A secret that a person types in, or that a program writes to standard input: never an argument,
// which every user of the machine can read.
#ifndef KEPING_COMMON_CLI_SECRET_INPUT_H_
#define KEPING_COMMON_CLI_SECRET_INPUT_H_

#include <string>

namespace keping::cli {

// The next line of standard input, without its end; at a terminal after `prompt` on standard error,
// and without showing what is typed. Empty at the end of input.
std::string ReadSecret(const char* prompt);

}  // namespace keping::cli

#endif  // KEPING_COMMON_CLI_SECRET_INPUT_H_
