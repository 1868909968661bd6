#include "common/keys/key_files.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <string>

#include "common/files/file.h"
#include "tests/support/temp_folder.h"

namespace keping::keys {
namespace {

class KeyFilesTest : public testing::Test {
 protected:
  std::string Folder(const std::string& name) const { return folder_.path() + "/" + name; }

  void Put(const std::string& folder, const std::string& name, const std::string& content) {
    ASSERT_TRUE(files::MakePrivateFolder(Folder(folder)).ok());
    ASSERT_TRUE(WriteKeyFile(Folder(folder), name, content).ok());
  }

  const tests::TempFolder folder_;
};

TEST_F(KeyFilesTest, TheWitnessAndWhatIsUnfinishedStayBehind) {
  for (const char* name : {"ca.pem", "ca.key", "data.1.key", "witness", "node.key.next",
                           "receipt.key.new", ".hidden"}) {
    Put("keys", name, name);
  }
  std::filesystem::create_directories(Folder("keys") + "/folder");
  EXPECT_EQ(*ReadKeyFiles(Folder("keys"), ""),
            (KeyFiles{{"ca.key", "ca.key"}, {"ca.pem", "ca.pem"}, {"data.1.key", "data.1.key"}}));
}

TEST_F(KeyFilesTest, DataKeysOfSystemdAreAmongThemAndNothingElseOfIt) {
  Put("keys", "ca.key", "authority");
  Put("credentials", "data.2.key", "from systemd");
  Put("credentials", "ca.key", "of another service");
  EXPECT_EQ(*ReadKeyFiles(Folder("keys"), Folder("credentials")),
            (KeyFiles{{"ca.key", "authority"}, {"data.2.key", "from systemd"}}));
}

TEST_F(KeyFilesTest, AFolderThatIsNotThereHasNone) {
  EXPECT_EQ(*ReadKeyFiles(Folder("nowhere"), ""), KeyFiles());
}

TEST_F(KeyFilesTest, SecretsAreForTheOwnerOnly) {
  Put("keys", "ca.key", "secret");
  Put("keys", "ca.pem", "certificate");
  struct stat facts {};
  ASSERT_EQ(stat((Folder("keys") + "/ca.key").c_str(), &facts), 0);
  EXPECT_EQ(facts.st_mode & 0777, 0600u);
  ASSERT_EQ(stat((Folder("keys") + "/ca.pem").c_str(), &facts), 0);
  EXPECT_EQ(facts.st_mode & 0777, 0644u);
}

TEST_F(KeyFilesTest, APathIsNoName) {
  EXPECT_TRUE(IsKeyFileName("grant.key"));
  for (const char* name : {"", "../ca.key", "a/b", "witness", ".x", "a.new", "a.next"}) {
    EXPECT_FALSE(IsKeyFileName(name)) << name;
  }
}

}  // namespace
}  // namespace keping::keys
