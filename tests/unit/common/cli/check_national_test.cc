#include "common/cli/check_national.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

#include "common/cli/command_line.h"
#include "common/cli/run.h"
#include "common/files/file.h"
#include "tests/support/temp_folder.h"

namespace keping::cli {
namespace {

using ::testing::HasSubstr;

class CheckNationalTest : public ::testing::Test {
 protected:
  int Check(const std::string& name, const std::string& bytes) {
    const std::string path = folder_.path() + "/" + name;
    EXPECT_TRUE(files::WriteFile(path, bytes, files::Access::kOwnerOnly).ok());
    const char* arguments[] = {"keping", "national", "check", path.c_str()};
    std::istringstream in;
    return RunKeping(4, arguments, "C", in, out_, err_);
  }

  const tests::TempFolder folder_;
  std::ostringstream out_;
  std::ostringstream err_;
};

TEST_F(CheckNationalTest, ListsTheRowsThatWouldNotBeTaken) {
  EXPECT_EQ(Check("withdrawals.csv", "prr;version;reason\nPRR-1;2;death\nPRR-2;0;move\n"),
            kFoundDifferences);
  EXPECT_EQ(out_.str(),
            "2 rows of withdrawals: 1 good, 1 bad, 0 warnings\n"
            "bad      line 3, version: got 0, want 1 or more\n");
}

TEST_F(CheckNationalTest, AGoodFileIsSaidToBeGood) {
  EXPECT_EQ(Check("answers.json", "[{\"item\":\"a1\",\"accepted\":true}]"), kDone);
  EXPECT_EQ(out_.str(), "1 rows of answers: 1 good, 0 bad, 0 warnings\n");
}

TEST_F(CheckNationalTest, TheNameSaysWhatIsInside) {
  EXPECT_EQ(Check("april.csv", ""), kUsage);
  EXPECT_THAT(err_.str(), HasSubstr("want a name that begins with records"));
}

}  // namespace
}  // namespace keping::cli
