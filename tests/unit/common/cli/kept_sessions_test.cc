#include "common/cli/kept_sessions.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>

#include "tests/support/temp_folder.h"

namespace keping::cli {
namespace {

using ::testing::HasSubstr;

class KeptSessionsTest : public ::testing::Test {
 protected:
  const tests::TempFolder folder_;
  const KeptSessions sessions_{folder_.path(), "central.sock"};
};

TEST_F(KeptSessionsTest, WhoIsSignedInAloneNeedsNoName) {
  EXPECT_TRUE(sessions_.Find("")->empty());
  ASSERT_TRUE(sessions_.Keep({.officer = "rai", .token = "00ff"}).ok());
  EXPECT_EQ(sessions_.Find("")->officer, "rai");
  EXPECT_EQ(sessions_.Find("rai")->token, "00ff");
  EXPECT_TRUE(sessions_.Find("sari")->empty());
}

TEST_F(KeptSessionsTest, OfSeveralOneIsNamed) {
  ASSERT_TRUE(sessions_.Keep({.officer = "rai", .token = "00ff"}).ok());
  ASSERT_TRUE(sessions_.Keep({.officer = "sari", .token = "11ee"}).ok());
  EXPECT_THAT(std::string(sessions_.Find("").status().message()), HasSubstr("--by"));
  EXPECT_EQ(sessions_.Find("sari")->token, "11ee");
  sessions_.Forget("sari");
  EXPECT_EQ(sessions_.Find("")->officer, "rai");
}

TEST_F(KeptSessionsTest, SessionsOfAnotherCentreAreOthers) {
  ASSERT_TRUE(sessions_.Keep({.officer = "rai", .token = "00ff"}).ok());
  EXPECT_TRUE(KeptSessions(folder_.path(), "other.sock").Find("rai")->empty());
}

TEST_F(KeptSessionsTest, NobodyElseReadsThem) {
  ASSERT_TRUE(sessions_.Keep({.officer = "rai", .token = "00ff"}).ok());
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder_.path())) {
    struct stat status {};
    ASSERT_EQ(stat(entry.path().c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 077, 0u) << entry.path();
  }
}

TEST_F(KeptSessionsTest, WithoutARuntimeFolderNothingIsKept) {
  const KeptSessions nowhere("", "central.sock");
  EXPECT_TRUE(absl::IsFailedPrecondition(nowhere.Keep({.officer = "rai", .token = "00ff"})));
  EXPECT_TRUE(nowhere.Find("rai")->empty());
}

}  // namespace
}  // namespace keping::cli
