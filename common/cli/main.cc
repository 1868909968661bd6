// keping: the command for people.
#include <iostream>

#include "common/cli/run.h"
#include "common/runtime/process.h"

int main(int argc, char** argv) {
  keping::runtime::InitializeProcess();
  return keping::cli::RunKeping(argc, argv, keping::runtime::MessageLocale(), std::cin, std::cout,
                                std::cerr);
}
