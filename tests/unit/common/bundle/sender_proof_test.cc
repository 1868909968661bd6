#include "common/bundle/sender_proof.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "common/crypto/x509.h"

namespace keping::bundle {
namespace {

using ::testing::HasSubstr;

const absl::Time kNow = absl::FromCivil(absl::CivilDay(2017, 4, 27), absl::UTCTimeZone());

class SenderProofTest : public ::testing::Test {
 protected:
  SenderProofTest()
      : authority_(*crypto::CertificateAuthority::Create(
            "bangli", crypto::ValidFor(kNow, crypto::kAuthorityValidity))),
        key_(*crypto::MakePrivateKey()) {
    manifest_ = {.kind = Kind::kRequest,
                 .sender = domain::NodeId::Of("susut"),
                 .sender_incarnation = domain::IncarnationId::Of("inc-1"),
                 .sender_key = std::string(32, 'k'),
                 .recipient = domain::NodeId::Of("bangli"),
                 .recipient_incarnation = {},
                 .generation = {}};
    manifest_.certificate = CertificateOf(authority_, "susut");
    manifest_.key_proof =
        *MakeKeyProof(key_, {manifest_.sender, manifest_.sender_incarnation, manifest_.sender_key});
  }

  std::string CertificateOf(const crypto::CertificateAuthority& authority, const char* node) const {
    return *authority.Sign(*crypto::MakeCertificateRequest(key_, node), node,
                           crypto::CertificateUse::kServerAndClient,
                           crypto::ValidFor(kNow, absl::Hours(1)));
  }
  std::string Why() const {
    const absl::Status status = CheckSender(manifest_, authority_.certificate_pem());
    EXPECT_TRUE(absl::IsPermissionDenied(status)) << status;
    return std::string(status.message());
  }

  const crypto::CertificateAuthority authority_;
  const std::string key_;
  Manifest manifest_;
};

TEST_F(SenderProofTest, ANodeOfTheDistrictIsKnownAlsoByAnOldCertificate) {
  EXPECT_TRUE(CheckSender(manifest_, authority_.certificate_pem()).ok());
}

TEST_F(SenderProofTest, EverythingThatItSaysIsBound) {
  const Manifest good = manifest_;
  manifest_.sender_key[0] = 'x';
  EXPECT_THAT(Why(), HasSubstr("K-267"));
  manifest_ = good;
  manifest_.sender_incarnation = domain::IncarnationId::Of("inc-2");
  EXPECT_THAT(Why(), HasSubstr("K-267"));
  manifest_ = good;
  manifest_.sender = domain::NodeId::Of("tembuku");
  EXPECT_THAT(Why(), HasSubstr("certificate of susut"));
  manifest_ = good;
  manifest_.key_proof.clear();
  EXPECT_THAT(Why(), HasSubstr("K-267"));
}

TEST_F(SenderProofTest, ANodeOfAnotherDistrictIsRefused) {
  const auto other = *crypto::CertificateAuthority::Create(
      "gianyar", crypto::ValidFor(kNow, crypto::kAuthorityValidity));
  manifest_.certificate = CertificateOf(other, "susut");
  EXPECT_THAT(Why(), HasSubstr("an office of this district"));
  manifest_.certificate = "no certificate";
  EXPECT_THAT(Why(), HasSubstr("K-267"));
}

}  // namespace
}  // namespace keping::bundle
