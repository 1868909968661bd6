#include "common/backup/last_backup.h"

#include <gtest/gtest.h>

#include "common/files/file.h"
#include "tests/support/temp_folder.h"

namespace keping::backup {
namespace {

class LastBackupTest : public ::testing::Test {
 protected:
  const absl::Time made_at_ =
      absl::FromCivil(absl::CivilSecond(2017, 4, 27, 1, 2, 3), absl::UTCTimeZone());
  tests::TempFolder folder_;
};

TEST_F(LastBackupTest, NoneIsKnownAtFirst) {
  EXPECT_EQ(LastBackup(folder_.path()).made_at(), std::nullopt);
}

TEST_F(LastBackupTest, OneIsRememberedAcrossRestarts) {
  LastBackup last(folder_.path());
  ASSERT_TRUE(last.Note(made_at_).ok());
  EXPECT_EQ(last.made_at(), made_at_);
  EXPECT_EQ(LastBackup(folder_.path()).made_at(), made_at_);
}

TEST_F(LastBackupTest, AFolderThatIsGoneCostsTheRestartsMemoryOnly) {
  LastBackup last(folder_.path() + "/gone");
  EXPECT_FALSE(last.Note(made_at_).ok());
  EXPECT_EQ(last.made_at(), made_at_);
}

TEST_F(LastBackupTest, AFileThatSaysSomethingElseIsNone) {
  ASSERT_TRUE(files::WriteFile(folder_.path() + "/last_backup", "yesterday\n",
                               files::Access::kEveryoneReads)
                  .ok());
  EXPECT_EQ(LastBackup(folder_.path()).made_at(), std::nullopt);
}

}  // namespace
}  // namespace keping::backup
