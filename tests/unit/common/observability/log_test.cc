#include "common/observability/log.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include "absl/strings/str_cat.h"

namespace keping::observability {
namespace {

using ::testing::HasSubstr;
using ::testing::MatchesRegex;
using ::testing::Not;

class LogTest : public ::testing::Test {
 protected:
  void SetUp() override { std::filesystem::create_directories(folder_); }
  void TearDown() override {
    ASSERT_TRUE(ConfigureLogging({}).ok());
    std::filesystem::remove_all(folder_);
  }
  static std::string Read(const std::string& path) {
    std::ostringstream text;
    text << std::ifstream(path).rdbuf();
    return text.str();
  }

  std::string folder_ =
      absl::StrCat(::testing::TempDir(), "/log_test.", getpid(), ".",
                   ::testing::UnitTest::GetInstance()->current_test_info()->name());
};

TEST_F(LogTest, WritesOneLinePerRecordToTheFile) {
  const std::string file = folder_ + "/deeper/keping.log";
  ASSERT_TRUE(ConfigureLogging({.file = file}).ok());
  LogInfo("started", {{"node", "edge-1"}});
  LogWarning("link_down");
  LogError("disk_full", {{"free_mb", 0}});
  EXPECT_THAT(Read(file),
              MatchesRegex("ts=....-..-..T..:..:......Z level=info event=started node=edge-1\n"
                           "ts=....-..-..T..:..:......Z level=warning event=link_down\n"
                           "ts=....-..-..T..:..:......Z level=error event=disk_full free_mb=0\n"));
}

TEST_F(LogTest, NikNeverReachesTheFile) {
  const std::string file = folder_ + "/keping.log";
  ASSERT_TRUE(ConfigureLogging({.file = file}).ok());
  LogInfo("slip", {{"text", "for 5106014107900001"}, {"format", "{} {0} %s"}});
  EXPECT_THAT(Read(file), HasSubstr("for **"));
  EXPECT_THAT(Read(file), HasSubstr("{} {0} %s"));
  EXPECT_THAT(Read(file), Not(HasSubstr("5106014107900001")));
}

TEST_F(LogTest, RotatesAtTheLimit) {
  const std::string file = folder_ + "/keping.log";
  ASSERT_TRUE(ConfigureLogging({.file = file, .rotate_at_bytes = 200, .rotated_files = 2}).ok());
  for (int i = 0; i < 20; ++i) LogInfo("tick", {{"number", i}});
  EXPECT_THAT(Read(file), HasSubstr("number=19"));
  EXPECT_TRUE(std::filesystem::exists(folder_ + "/keping.2.log"));
  EXPECT_FALSE(std::filesystem::exists(folder_ + "/keping.3.log"));
}

TEST_F(LogTest, FileThatCannotBeOpenedIsAnErrorInWords) {
  const std::string blocker = folder_ + "/blocker";
  std::ofstream(blocker) << "a file, not a folder";
  absl::Status status = ConfigureLogging({.file = blocker + "/keping.log"});
  EXPECT_EQ(status.code(), absl::StatusCode::kUnavailable);
  EXPECT_THAT(std::string(status.message()), HasSubstr("want a file that this user may write"));
}

}  // namespace
}  // namespace keping::observability
