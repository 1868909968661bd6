#include "common/crypto/x509.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

namespace keping::crypto {
namespace {

using ::testing::HasSubstr;

const absl::Time kNow = absl::FromCivil(absl::CivilDay(2017, 4, 27), absl::UTCTimeZone());

CertificateAuthority NewAuthority() {
  auto authority = CertificateAuthority::Create("bangli", ValidFor(kNow, kAuthorityValidity));
  EXPECT_TRUE(authority.ok()) << authority.status();
  return *std::move(authority);
}

std::string RequestFor(absl::string_view node_id) {
  auto request = MakeCertificateRequest(*MakePrivateKey(), node_id);
  EXPECT_TRUE(request.ok()) << request.status();
  return *std::move(request);
}

TEST(X509Test, CertificateNamesTheNodeAndItsTimes) {
  const CertificateAuthority authority = NewAuthority();
  auto certificate = authority.Sign(RequestFor("edge-1"), "edge-1", CertificateUse::kClient,
                                    ValidFor(kNow, kNodeCertificateValidity));
  ASSERT_TRUE(certificate.ok()) << certificate.status();
  auto facts = ReadCertificate(*certificate);
  ASSERT_TRUE(facts.ok()) << facts.status();
  EXPECT_EQ(facts->node_id, "edge-1");
  EXPECT_EQ(facts->not_before, kNow - absl::Hours(24));
  EXPECT_EQ(facts->not_after, kNow + kNodeCertificateValidity);
  EXPECT_EQ(facts->fingerprint.size(), 64u);
  EXPECT_TRUE(VerifyCertificate(*certificate, authority.certificate_pem(), kNow).ok());
}

TEST(X509Test, CertificateNamesTheIncarnationItWasMadeFor) {
  const CertificateAuthority authority = NewAuthority();
  const auto sign = [&](absl::string_view incarnation) {
    return authority.Sign(RequestFor("edge-1"), "edge-1", CertificateUse::kServerAndClient,
                          ValidFor(kNow, absl::Hours(1)), incarnation);
  };
  const auto named = ReadCertificate(*sign("5f2a91c0"));
  EXPECT_EQ(named->incarnation, "5f2a91c0");
  EXPECT_EQ(named->node_id, "edge-1");
  EXPECT_EQ(ReadCertificate(*sign(""))->incarnation, "");
  // It would be read as one more name.
  EXPECT_EQ(sign("x,URI:keping://node/edge-2").status().code(), absl::StatusCode::kInvalidArgument);
}

TEST(X509Test, ACertificateIsDueWhenAThirdOfItsLifeIsLeftOrItIsNotValidYet) {
  const CertificateFacts facts{.node_id = "edge-1",
                               .not_before = kNow,
                               .not_after = kNow + absl::Hours(300),
                               .fingerprint = {},
                               .incarnation = {}};
  for (const auto& [hours, due] : std::vector<std::pair<int, bool>>{
           {-1, true}, {0, false}, {199, false}, {200, true}, {299, true}, {1000, true}}) {
    EXPECT_EQ(DueForRenewal(facts, kNow + absl::Hours(hours)), due) << hours;
  }
}

TEST(X509Test, NamesComeFromTheCentreAndNotFromTheRequest) {
  auto certificate = NewAuthority().Sign(RequestFor("central"), "edge-2", CertificateUse::kClient,
                                         ValidFor(kNow, absl::Hours(1)));
  ASSERT_TRUE(certificate.ok());
  EXPECT_EQ(ReadCertificate(*certificate)->node_id, "edge-2");
}

TEST(X509Test, ForeignOrExpiredCertificateDoesNotHold) {
  const CertificateAuthority authority = NewAuthority();
  const std::string certificate = *authority.Sign(
      RequestFor("edge-1"), "edge-1", CertificateUse::kClient, ValidFor(kNow, absl::Hours(1)));
  for (const absl::Status& status :
       {VerifyCertificate(certificate, NewAuthority().certificate_pem(), kNow),
        VerifyCertificate(certificate, authority.certificate_pem(), kNow + absl::Hours(2)),
        VerifyCertificate(certificate, authority.certificate_pem(), kNow - absl::Hours(48))}) {
    EXPECT_EQ(status.code(), absl::StatusCode::kUnauthenticated) << status;
  }
}

TEST(X509Test, AuthorityIsLoadedOnlyWithItsOwnKey) {
  const CertificateAuthority authority = NewAuthority();
  EXPECT_TRUE(CertificateAuthority::Load(authority.certificate_pem(), authority.key_pem()).ok());
  auto mixed = CertificateAuthority::Load(authority.certificate_pem(), NewAuthority().key_pem());
  EXPECT_THAT(std::string(mixed.status().message()), HasSubstr("do not belong together"));
  EXPECT_EQ(ReadCertificate(authority.certificate_pem())->node_id, "");
}

TEST(X509Test, FingerprintIsComparedAsPeopleType) {
  const std::string fingerprint = ReadCertificate(NewAuthority().certificate_pem())->fingerprint;
  const std::string shown = ShortFingerprint(fingerprint);
  EXPECT_EQ(shown.size(), 24u);
  EXPECT_TRUE(FingerprintMatches(fingerprint, shown));
  EXPECT_TRUE(FingerprintMatches(fingerprint, " " + fingerprint));
  EXPECT_FALSE(FingerprintMatches(fingerprint, shown.substr(0, 23)));
  EXPECT_FALSE(FingerprintMatches(fingerprint, ""));
  EXPECT_FALSE(FingerprintMatches(fingerprint, std::string(20, 'g')));
}

TEST(X509Test, CentreIsBelievedByItsAuthoritysFingerprintOnly) {
  const CertificateAuthority authority = NewAuthority();
  const CertificateAuthority other = NewAuthority();
  const Validity validity = ValidFor(kNow, absl::Hours(1));
  const auto sign = [&](const CertificateAuthority& by, const char* node_id) {
    return *by.Sign(RequestFor(node_id), node_id, CertificateUse::kServerAndClient, validity);
  };
  const std::string typed =
      ShortFingerprint(ReadCertificate(authority.certificate_pem())->fingerprint);
  const std::string chain = authority.certificate_pem();
  EXPECT_TRUE(VerifyCentralByFingerprint(sign(authority, "central"), chain, typed, kNow).ok());
  // An edge node's certificate, an impostor who sends along the true authority, another district,
  // and a certificate that is no longer valid.
  for (const absl::Status& status :
       {VerifyCentralByFingerprint(sign(authority, "edge-1"), chain, typed, kNow),
        VerifyCentralByFingerprint(sign(other, "central"), other.certificate_pem() + chain, typed,
                                   kNow),
        VerifyCentralByFingerprint(sign(other, "central"), other.certificate_pem(), typed, kNow),
        VerifyCentralByFingerprint(sign(authority, "central"), chain, typed,
                                   kNow + absl::Hours(2))}) {
    EXPECT_EQ(status.code(), absl::StatusCode::kUnauthenticated) << status;
  }
}

TEST(X509Test, BadInputIsInvalidArgument) {
  const CertificateAuthority authority = NewAuthority();
  const Validity validity = ValidFor(kNow, absl::Hours(1));
  std::string altered = RequestFor("edge-1");
  altered[altered.size() / 2] = altered[altered.size() / 2] == 'A' ? 'B' : 'A';
  const absl::Status statuses[] = {
      authority.Sign("no request", "edge-1", CertificateUse::kClient, validity).status(),
      authority.Sign(altered, "edge-1", CertificateUse::kClient, validity).status(),
      authority
          .Sign(RequestFor("edge-1"), "x,URI:keping://node/central", CertificateUse::kClient,
                validity)
          .status(),
      MakeCertificateRequest("no key", "edge-1").status(),
      MakeCertificateRequest(*MakePrivateKey(), "Edge 1").status(),
      ReadCertificate("").status(),
      CertificateAuthority::Load("", "").status(),
  };
  for (const absl::Status& status : statuses) {
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument) << status;
  }
}

TEST(X509Test, RequestForAnotherKindOfKeyIsRefused) {
  // An Ed25519 request, made by openssl req -newkey ed25519.
  constexpr char kEd25519Request[] = R"(-----BEGIN CERTIFICATE REQUEST-----
MIGQMEQCAQAwETEPMA0GA1UEAwwGZWRnZS0xMCowBQYDK2VwAyEATyadrvpFJT3F
rATrUeHHVbeha2EmyhRcG8rqi+WTk6WgADAFBgMrZXADQQB/SIneFh6srBMFr5rU
jQw+r8cLnoA8l/TVBLrGpfqg2EZiCb0QD7UUAy1Hs1CaevUBErQPsKYmJTaFk2v+
BOwJ
-----END CERTIFICATE REQUEST-----)";
  auto certificate = NewAuthority().Sign(kEd25519Request, "edge-1", CertificateUse::kClient,
                                         ValidFor(kNow, absl::Hours(1)));
  EXPECT_THAT(std::string(certificate.status().message()), HasSubstr("want EC P-256"));
}

}  // namespace
}  // namespace keping::crypto
