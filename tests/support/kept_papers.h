// Papers that a test drew, kept to be looked at: with KEPING_KEEP_PAPERS=folder each is written
// there as PDF. For people; no test depends on it.
#ifndef KEPING_TESTS_SUPPORT_KEPT_PAPERS_H_
#define KEPING_TESTS_SUPPORT_KEPT_PAPERS_H_

#include <cstdlib>
#include <fstream>
#include <string>

#include "absl/strings/str_cat.h"

namespace keping::tests {

inline void KeepPaper(const std::string& name, const std::string& pdf) {
  const char* folder = std::getenv("KEPING_KEEP_PAPERS");
  if (folder == nullptr) return;
  std::ofstream(absl::StrCat(folder, "/", name, ".pdf"), std::ios::binary) << pdf;
}

}  // namespace keping::tests

#endif  // KEPING_TESTS_SUPPORT_KEPT_PAPERS_H_
