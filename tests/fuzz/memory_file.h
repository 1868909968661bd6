// A file that lies in memory, for code that reads files by their path.
//
//   MemoryFile file(bytes);
//   LoadEdgeConfig(file.path());
#ifndef KEPING_TESTS_FUZZ_MEMORY_FILE_H_
#define KEPING_TESTS_FUZZ_MEMORY_FILE_H_

#include <sys/mman.h>
#include <unistd.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "common/base/check.h"

namespace keping::fuzz {

class MemoryFile {
 public:
  explicit MemoryFile(absl::string_view bytes)
      : file_(memfd_create("fuzz", MFD_CLOEXEC)), path_(absl::StrCat("/proc/self/fd/", file_)) {
    KEPING_CHECK(file_ >= 0, "a file in memory can be made");
    while (!bytes.empty()) {
      const ssize_t written = write(file_, bytes.data(), bytes.size());
      KEPING_CHECK(written > 0, "a file in memory can be written");
      bytes.remove_prefix(static_cast<size_t>(written));
    }
  }
  ~MemoryFile() { close(file_); }
  MemoryFile(const MemoryFile&) = delete;
  MemoryFile& operator=(const MemoryFile&) = delete;

  const std::string& path() const { return path_; }

 private:
  const int file_;
  const std::string path_;
};

}  // namespace keping::fuzz

#endif  // KEPING_TESTS_FUZZ_MEMORY_FILE_H_
