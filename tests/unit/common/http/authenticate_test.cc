#include "common/http/authenticate.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>
#include <string>

#include "common/files/file.h"
#include "tests/support/temp_folder.h"

namespace keping::http {
namespace {

using ::testing::StartsWith;

class AuthenticateTest : public ::testing::Test {
 protected:
  std::string Token() const {
    const std::string content = files::ReadFile(path_, 1000).value();
    return content.substr(0, content.find('\n'));
  }
  static Headers With(const std::string& value) { return Headers({{"Authorization", value}}); }

  tests::TempFolder folder_;
  const std::string path_ = folder_.path() + "/counter.token";
};

TEST_F(AuthenticateTest, TokenIsMadeOnceForTheOwnerAlone) {
  ASSERT_TRUE(RequireTokenFile(path_).ok());
  struct stat facts {};
  ASSERT_EQ(stat(path_.c_str(), &facts), 0);
  EXPECT_EQ(facts.st_mode & 0777, 0600u);
  const std::string token = Token();
  EXPECT_EQ(token.size(), 40u);
  ASSERT_TRUE(RequireTokenFile(path_).ok());
  EXPECT_EQ(Token(), token);
}

TEST_F(AuthenticateTest, OnlyTheTokenLetsIn) {
  const Authenticate authenticate = RequireTokenFile(path_).value();
  const std::string token = Token();
  EXPECT_EQ(authenticate(With("Bearer " + token)).value(), "token");
  EXPECT_EQ(authenticate(With("bearer  " + token + " ")).value(), "token");
  for (const std::string& wrong :
       {token, "Basic " + token, std::string("Bearer"), std::string("Bearer "),
        "Bearer " + token.substr(1), "Bearer " + token + "0", "Bearer " + std::string(40, '0')}) {
    const absl::Status status = authenticate(With(wrong)).status();
    EXPECT_TRUE(absl::IsUnauthenticated(status)) << wrong;
    EXPECT_THAT(std::string(status.message()), StartsWith("K-220: "));
  }
  EXPECT_TRUE(absl::IsUnauthenticated(authenticate(Headers()).status()));
}

TEST_F(AuthenticateTest, FileThatOthersReadIsRefused) {
  ASSERT_TRUE(RequireTokenFile(path_).ok());
  chmod(path_.c_str(), 0640);
  EXPECT_TRUE(absl::IsPermissionDenied(RequireTokenFile(path_).status()));
}

TEST_F(AuthenticateTest, ShortTokenIsRefused) {
  std::ofstream(path_) << "secret\n";
  chmod(path_.c_str(), 0600);
  EXPECT_TRUE(absl::IsInvalidArgument(RequireTokenFile(path_).status()));
}

}  // namespace
}  // namespace keping::http
