#include "common/backup/restore_place.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "tests/support/temp_folder.h"

namespace keping::backup {
namespace {

using ::testing::HasSubstr;

class RestorePlaceTest : public testing::Test {
 protected:
  void MakeDatabase() {
    std::filesystem::create_directories(DatabaseOf(folder_.path()));
    std::ofstream(DatabaseOf(folder_.path()) + "/CURRENT") << "MANIFEST-000001\n";
  }

  const tests::TempFolder folder_;
};

TEST_F(RestorePlaceTest, ARestoreThatWasCutOffIsFinishedBeforeTheCentreStarts) {
  EXPECT_TRUE(CheckNoRestoreCutOff(folder_.path()).ok());
  std::filesystem::create_directories(DatabaseOf(RestoreDraftOf(folder_.path())));
  EXPECT_THAT(std::string(CheckNoRestoreCutOff(folder_.path()).message()), HasSubstr("K-289"));
  // The last step but one: the database has its place, the empty draft is still there.
  MakeDatabase();
  EXPECT_TRUE(CheckNoRestoreCutOff(folder_.path()).ok());
}

TEST_F(RestorePlaceTest, ADatabaseThatTheWitnessKnowsIsNotBegunAnew) {
  sync::Witness witness;
  witness.missing = true;
  EXPECT_TRUE(CheckDatabaseIsThere(folder_.path(), witness).ok());
  witness.missing = false;
  EXPECT_TRUE(CheckDatabaseIsThere(folder_.path(), witness).ok());
  witness.head.seq = 412;
  EXPECT_THAT(std::string(CheckDatabaseIsThere(folder_.path(), witness).message()),
              testing::AllOf(HasSubstr("K-289"), HasSubstr("entry 412")));
  MakeDatabase();
  EXPECT_TRUE(CheckDatabaseIsThere(folder_.path(), witness).ok());
}

}  // namespace
}  // namespace keping::backup
