#include "central_node/sync_service/district_keys.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <string>

#include "absl/strings/str_cat.h"
#include "common/time/simulated_clock.h"

namespace keping::central {
namespace {

class DistrictKeysTest : public ::testing::Test {
 protected:
  void TearDown() override { std::filesystem::remove_all(folder_); }
  absl::StatusOr<DistrictKeys> Load() { return LoadOrMakeDistrictKeys(folder_, "bangli", clock_); }

  const time::SimulatedClock clock_{
      absl::FromCivil(absl::CivilDay(2017, 4, 27), absl::UTCTimeZone())};
  const std::string folder_ =
      absl::StrCat(::testing::TempDir(), "/district_keys_test.", getpid(), ".",
                   ::testing::UnitTest::GetInstance()->current_test_info()->name());
};

TEST_F(DistrictKeysTest, SecondStartFindsTheSameDistrict) {
  auto first = Load();
  ASSERT_TRUE(first.ok()) << first.status();
  auto second = Load();
  ASSERT_TRUE(second.ok()) << second.status();
  EXPECT_EQ(second->fingerprint, first->fingerprint);
  EXPECT_EQ(second->tls.certificate_pem, first->tls.certificate_pem);
  EXPECT_EQ(second->signer->public_key(), first->signer->public_key());
  EXPECT_EQ(second->code_key, first->code_key);
  EXPECT_EQ(crypto::ReadCertificate(first->tls.certificate_pem)->node_id, "central");
}

TEST_F(DistrictKeysTest, SecretsAreTheOwners) {
  ASSERT_TRUE(Load().ok());
  for (const char* name : {"/ca.key", "/node.key", "/receipt.key", "/code.key"}) {
    struct stat facts {};
    ASSERT_EQ(stat((folder_ + name).c_str(), &facts), 0) << name;
    EXPECT_EQ(facts.st_mode & 0777, 0600u) << name;
  }
}

TEST_F(DistrictKeysTest, LostPartOfTheAuthorityIsNotReplaced) {
  for (const char* lost : {"/ca.key", "/ca.pem"}) {
    ASSERT_TRUE(Load().ok());
    std::filesystem::rename(folder_ + lost, folder_ + "/elsewhere");
    EXPECT_EQ(Load().status().code(), absl::StatusCode::kFailedPrecondition) << lost;
    std::filesystem::rename(folder_ + "/elsewhere", folder_ + lost);
  }
}

TEST_F(DistrictKeysTest, CrashWhileMakingTheAuthorityIsHealed) {
  ASSERT_TRUE(Load().ok());
  std::filesystem::remove(folder_ + "/ca.pem");
  std::filesystem::remove(folder_ + "/node.pem");
  auto keys = Load();
  ASSERT_TRUE(keys.ok()) << keys.status();
  EXPECT_EQ(keys->tls.authority_pem, keys->authority.certificate_pem());
}

}  // namespace
}  // namespace keping::central
