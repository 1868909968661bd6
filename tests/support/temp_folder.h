// A new empty folder for one test, removed with everything in it at the end.
//
//   TempFolder folder;
//   OpenRocksDbStore(folder.path() + "/db");
#ifndef KEPING_TESTS_SUPPORT_TEMP_FOLDER_H_
#define KEPING_TESTS_SUPPORT_TEMP_FOLDER_H_

#include <stdlib.h>

#include <filesystem>
#include <string>
#include <system_error>

#include "common/base/check.h"

namespace keping::tests {

class TempFolder {
 public:
  TempFolder() : path_((std::filesystem::temp_directory_path() / "keping-test-XXXXXX").string()) {
    KEPING_CHECK(mkdtemp(path_.data()) != nullptr, "a test can make a temporary folder");
  }
  ~TempFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  TempFolder(const TempFolder&) = delete;
  TempFolder& operator=(const TempFolder&) = delete;

  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

}  // namespace keping::tests

#endif  // KEPING_TESTS_SUPPORT_TEMP_FOLDER_H_
