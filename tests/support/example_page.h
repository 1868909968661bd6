// Pages of figures as deploy/dashboards keeps them: examples that a test compares with what the
// program writes, and that the dashboards and alert rules are checked against.
//
//   int main(int argc, char** argv) { return tests::RunWithExamples(argc, argv); }
//   …
//   EXPECT_EQ(page, tests::ExamplePage("office.prom", page));
//
//   build/release/tests/office_metrics_test --rewrite     # write what is seen now, then read it
#ifndef KEPING_TESTS_SUPPORT_EXAMPLE_PAGE_H_
#define KEPING_TESTS_SUPPORT_EXAMPLE_PAGE_H_

#include <gtest/gtest.h>

#include <string>

#include "common/files/file.h"

namespace keping::tests {

inline bool rewrite_examples = false;

// What the file in deploy/dashboards says; with --rewrite, `page`.
inline std::string ExamplePage(const std::string& name, const std::string& page) {
  constexpr size_t kMaxBytes = 1 << 20;
  const std::string path = std::string(KEPING_DASHBOARDS) + "/" + name;
  if (rewrite_examples) {
    EXPECT_TRUE(files::WriteFile(path, page, files::Access::kEveryoneReads).ok());
  }
  return files::ReadFile(path, kMaxBytes).value_or("");
}

inline int RunWithExamples(int argc, char** argv) {
  ::testing::InitGoogleTest(&argc, argv);
  for (int i = 1; i < argc; ++i) {
    if (std::string(argv[i]) == "--rewrite") rewrite_examples = true;
  }
  return RUN_ALL_TESTS();
}

}  // namespace keping::tests

#endif  // KEPING_TESTS_SUPPORT_EXAMPLE_PAGE_H_
