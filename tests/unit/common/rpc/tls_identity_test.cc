#include "common/rpc/tls_identity.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <string>

#include "absl/strings/str_cat.h"
#include "common/crypto/x509.h"
#include "common/files/file.h"

namespace keping::rpc {
namespace {

TEST(TlsIdentityTest, LoadsWhatWasStoredAndKeepsTheKeyPrivate) {
  const std::string folder = absl::StrCat(::testing::TempDir(), "/tls_identity_test.", getpid());
  ASSERT_TRUE(files::MakePrivateFolder(folder).ok());
  ASSERT_TRUE(StoreTlsIdentity(folder, {"authority", "certificate", "key"}).ok());
  auto identity = LoadTlsIdentity(folder);
  ASSERT_TRUE(identity.ok()) << identity.status();
  EXPECT_EQ(identity->authority_pem, "authority");
  EXPECT_EQ(identity->certificate_pem, "certificate");
  EXPECT_EQ(identity->key_pem, "key");
  ASSERT_EQ(chmod((folder + "/node.key").c_str(), 0644), 0);
  EXPECT_EQ(LoadTlsIdentity(folder).status().code(), absl::StatusCode::kPermissionDenied);
  std::filesystem::remove_all(folder);
  EXPECT_EQ(LoadTlsIdentity(folder).status().code(), absl::StatusCode::kNotFound);
}

class ReplacementTest : public ::testing::Test {
 protected:
  ReplacementTest() {
    EXPECT_TRUE(files::MakePrivateFolder(folder_).ok());
    EXPECT_TRUE(StoreTlsIdentity(folder_, old_).ok());
  }
  ~ReplacementTest() override { std::filesystem::remove_all(folder_); }

  TlsIdentity NewIdentity() const {
    const absl::Time now = absl::FromUnixSeconds(1'500'000'000);
    const auto authority = *crypto::CertificateAuthority::Create(
        "bangli", crypto::ValidFor(now, crypto::kAuthorityValidity));
    TlsIdentity identity{.authority_pem = authority.certificate_pem(),
                         .certificate_pem = {},
                         .key_pem = *crypto::MakePrivateKey()};
    identity.certificate_pem = *authority.Sign(
        *crypto::MakeCertificateRequest(identity.key_pem, "susut"), "susut",
        crypto::CertificateUse::kServerAndClient, crypto::ValidFor(now, absl::Hours(1)));
    return identity;
  }
  void Write(const char* name, const std::string& text) {
    ASSERT_TRUE(files::WriteFile(folder_ + "/" + name, text, files::Access::kOwnerOnly).ok());
  }
  void ExpectPair(const TlsIdentity& want) {
    EXPECT_TRUE(FinishReplacement(folder_).ok());
    const auto identity = LoadTlsIdentity(folder_);
    ASSERT_TRUE(identity.ok()) << identity.status();
    EXPECT_EQ(identity->certificate_pem, want.certificate_pem);
    EXPECT_EQ(identity->key_pem, want.key_pem);
    EXPECT_FALSE(std::filesystem::exists(folder_ + "/node.pem.next"));
  }

  const std::string folder_ =
      absl::StrCat(::testing::TempDir(), "/replacement_test.", getpid(), ".",
                   ::testing::UnitTest::GetInstance()->current_test_info()->name());
  const TlsIdentity old_ = NewIdentity();
  const TlsIdentity fresh_ = NewIdentity();
};

TEST_F(ReplacementTest, PutsAnotherPairInItsPlace) {
  ASSERT_TRUE(ReplaceTlsIdentity(folder_, fresh_).ok());
  ExpectPair(fresh_);
  TlsIdentity torn = old_;
  torn.key_pem = fresh_.key_pem;
  EXPECT_EQ(ReplaceTlsIdentity(folder_, torn).code(), absl::StatusCode::kInvalidArgument);
  ExpectPair(fresh_);
}

TEST_F(ReplacementTest, ACrashLeavesTheOldPairOrTheNewOne) {
  // Before the new pair was complete.
  Write("node.key.next", fresh_.key_pem);
  ExpectPair(old_);
  // When it was, and between its two files.
  for (const bool key_moved : {false, true}) {
    ASSERT_TRUE(StoreTlsIdentity(folder_, old_).ok());
    Write("node.key.next", fresh_.key_pem);
    Write("node.pem.next", fresh_.certificate_pem);
    if (key_moved) Write("node.key", fresh_.key_pem);
    ExpectPair(fresh_);
  }
  // The rest of an earlier replacement, beside the key of one that was cut off.
  Write("node.pem.next", old_.certificate_pem);
  Write("node.key.next", *crypto::MakePrivateKey());
  ExpectPair(fresh_);
  // What a power cut brought back when its pair had moved.
  Write("node.pem.next", old_.certificate_pem);
  ExpectPair(fresh_);
}

}  // namespace
}  // namespace keping::rpc
