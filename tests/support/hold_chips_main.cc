// A card reader without hardware (virtual_reader.h), for tests in other languages: says where its
// pcscd listens, then holds a chip to it for each line of standard input, until that ends.
//
//   $ keping_hold_chips
//   /tmp/keping-test-x/pcscd.comm        for PCSCLITE_CSOCK_NAME of a program
//   04A1B2C3D4E5F6                       typed in: a chip with this UID; an empty line: none
#include <cstdlib>
#include <iostream>
#include <string>

#include "absl/strings/escaping.h"
#include "tests/support/virtual_reader.h"

int main() {
  keping::tests::VirtualReader reader;
  std::cout << std::getenv("PCSCLITE_CSOCK_NAME") << std::endl;
  for (std::string uid; std::getline(std::cin, uid);) {
    reader.Lift();
    if (!uid.empty()) reader.Hold(absl::HexStringToBytes(uid) + std::string("\x90\x00", 2));
    std::cout << "ok" << std::endl;
  }
}
