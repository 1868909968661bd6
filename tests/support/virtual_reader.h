// A card reader without hardware: Debian's pcscd with the virtual reader of the package
// vsmartcard-vpcd, on a socket of the test's own, and chips that are held to it.
//
//   VirtualReader reader;                     // libpcsclite in this process talks to it from now
//   on reader.Hold("\x04\xA1\xB2\xC3\xD4\xE5\xF6\x90\x00");   // what the chip answers to any
//   command reader.Lift();
#ifndef KEPING_TESTS_SUPPORT_VIRTUAL_READER_H_
#define KEPING_TESTS_SUPPORT_VIRTUAL_READER_H_

#include <sys/types.h>

#include <memory>
#include <string>

namespace keping::tests {

// Not thread-safe; one at a time in a process. Aborts the test when pcscd does not come up.
class VirtualReader {
 public:
  VirtualReader();
  ~VirtualReader();
  VirtualReader(const VirtualReader&) = delete;
  VirtualReader& operator=(const VirtualReader&) = delete;

  // A chip that answers every command with `answer`; what lay there before is lifted.
  void Hold(const std::string& answer);
  void Lift();
  // pcscd and the reader with it.
  void Unplug();
  void PlugIn();

 private:
  class Chip;

  int port_ = 0;
  pid_t child_ = -1;
  std::unique_ptr<Chip> chip_;
};

}  // namespace keping::tests

#endif  // KEPING_TESTS_SUPPORT_VIRTUAL_READER_H_
