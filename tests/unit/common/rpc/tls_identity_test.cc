#include "common/rpc/tls_identity.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <string>

#include "absl/strings/str_cat.h"
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

}  // namespace
}  // namespace keping::rpc
