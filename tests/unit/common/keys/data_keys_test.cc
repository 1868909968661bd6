#include "common/keys/data_keys.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <string>

#include "common/crypto/key_file.h"
#include "tests/support/temp_folder.h"

namespace keping::keys {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

std::string KeyOf(char fill) { return std::string(crypto::kSealKeySize, fill); }

class DataKeysTest : public testing::Test {
 protected:
  DataKeysTest() {
    std::filesystem::create_directory(keys_);
    std::filesystem::create_directory(credentials_);
  }
  void Put(const std::string& folder, const std::string& name, const std::string& secret) {
    ASSERT_TRUE(crypto::CreateSecretFile(folder + "/" + name, secret).ok());
  }
  bool Exists(const std::string& name) { return std::filesystem::exists(keys_ + "/" + name); }
  absl::StatusOr<DataKeys> Load() { return DataKeys::Load(keys_, credentials_); }

  tests::TempFolder folder_;
  const std::string keys_ = folder_.path() + "/keys";
  const std::string credentials_ = folder_.path() + "/credentials";
};

TEST_F(DataKeysTest, TheHighestNumberIsTheCurrentKey) {
  Put(keys_, "data.2.key", KeyOf('2'));
  Put(keys_, "data.10.key", KeyOf('t'));
  Put(credentials_, "data.1.key", KeyOf('1'));
  EXPECT_THAT(Load()->secrets(), ElementsAre(KeyOf('1'), KeyOf('2'), KeyOf('t')));
}

TEST_F(DataKeysTest, OtherFilesAreNoDataKeys) {
  for (const char* name : {"data.key", "data.0.key", "data.01.key", "data.1.key.old", "nik.1.key",
                           "data.-1.key", "data.x.key"}) {
    Put(keys_, name, "anything");
  }
  EXPECT_TRUE(Load()->empty());
  EXPECT_TRUE(DataKeys::Load(folder_.path() + "/none", "")->empty());
}

TEST_F(DataKeysTest, TheNextKeyIsMadeAndFoundAgain) {
  DataKeys keys = *Load();
  const std::string first = *keys.MakeNext();
  const std::string second = *keys.MakeNext();
  EXPECT_THAT(keys.secrets(), ElementsAre(first, second));
  EXPECT_THAT(Load()->secrets(), ElementsAre(first, second));
  EXPECT_TRUE(Exists("data.1.key"));
  EXPECT_TRUE(Exists("data.2.key"));
}

TEST_F(DataKeysTest, OnlyKeysThatNothingNamesAreDestroyed) {
  DataKeys keys = *Load();
  const std::string first = *keys.MakeNext();
  const std::string second = *keys.MakeNext();
  const std::string third = *keys.MakeNext();
  EXPECT_THAT(*keys.DestroyAllBut({crypto::KeyIdOf(first)}), IsEmpty());
  EXPECT_THAT(keys.secrets(), ElementsAre(first, third)) << "named, and current";
  EXPECT_FALSE(Exists("data.2.key"));
  EXPECT_TRUE(keys.DestroyAllBut({crypto::KeyIdOf(third)}).ok());
  EXPECT_THAT(Load()->secrets(), ElementsAre(third));
  EXPECT_TRUE(keys.MakeNext().ok());
  EXPECT_TRUE(Exists("data.4.key")) << "a number is not used twice";
}

TEST_F(DataKeysTest, ACredentialIsLeftToTheAdministrator) {
  Put(credentials_, "data.1.key", KeyOf('1'));
  DataKeys keys = *Load();
  const absl::Status status = keys.MakeNext().status();
  EXPECT_TRUE(absl::IsFailedPrecondition(status));
  EXPECT_THAT(std::string(status.message()), HasSubstr("K-212"));
  EXPECT_THAT(std::string(status.message()), HasSubstr("data.2.key"));

  Put(credentials_, "data.2.key", KeyOf('2'));
  DataKeys both = *Load();
  EXPECT_THAT(*both.DestroyAllBut({crypto::KeyIdOf(KeyOf('2'))}), ElementsAre("data.1.key"));
  EXPECT_EQ(both.secrets().size(), 2u);
}

TEST_F(DataKeysTest, WrongKeysAreNamed) {
  Put(keys_, "data.1.key", "short");
  EXPECT_TRUE(absl::IsInvalidArgument(Load().status()));
  std::filesystem::remove(keys_ + "/data.1.key");
  Put(keys_, "data.1.key", KeyOf('1'));
  Put(credentials_, "data.1.key", KeyOf('2'));
  EXPECT_THAT(std::string(Load().status().message()), HasSubstr("one key for each number"));
  std::filesystem::permissions(keys_ + "/data.1.key", std::filesystem::perms(0644));
  EXPECT_TRUE(absl::IsPermissionDenied(Load().status()));
}

}  // namespace
}  // namespace keping::keys
