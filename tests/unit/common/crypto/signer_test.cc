#include "common/crypto/signer.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/escaping.h"

namespace keping::crypto {
namespace {

// RFC 8032, section 7.1, test 3.
TEST(SignerTest, Ed25519KnownAnswer) {
  auto signer = MakeEd25519Signer(
      absl::HexStringToBytes("c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7"));
  ASSERT_TRUE(signer.ok());
  EXPECT_EQ(absl::BytesToHexString((*signer)->public_key()),
            "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025");
  EXPECT_EQ(absl::BytesToHexString((*signer)->Sign("\xaf\x82")),
            "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
            "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a");
}

TEST(SignerTest, SeedOfAnotherSizeIsRefused) {
  EXPECT_TRUE(absl::IsInvalidArgument(MakeEd25519Signer("").status()));
  EXPECT_TRUE(absl::IsInvalidArgument(MakeEd25519Signer(std::string(33, 'k')).status()));
}

struct Kind {
  std::unique_ptr<Signer> signer;
  std::unique_ptr<Signer> other;
  std::unique_ptr<Verifier> verifier;
};

void ExpectOnlyTheRightSignatureIsGood(const Kind& kind) {
  const std::string key = kind.signer->public_key();
  const std::string signature = kind.signer->Sign("head 17");
  EXPECT_TRUE(kind.verifier->Verify(key, "head 17", signature));
  EXPECT_FALSE(kind.verifier->Verify(key, "head 18", signature));
  EXPECT_FALSE(kind.verifier->Verify(kind.other->public_key(), "head 17", signature));
  EXPECT_FALSE(kind.verifier->Verify(key, "head 17", ""));
  EXPECT_FALSE(kind.verifier->Verify(key, "head 17", signature + "x"));
  EXPECT_FALSE(kind.verifier->Verify("", "head 17", signature));
  std::string changed = signature;
  changed[3] = static_cast<char>(changed[3] ^ 1);
  EXPECT_FALSE(kind.verifier->Verify(key, "head 17", changed));
}

TEST(SignerTest, Ed25519AcceptsOnlyTheRightSignature) {
  ExpectOnlyTheRightSignatureIsGood({*MakeEd25519Signer(std::string(32, 'a')),
                                     *MakeEd25519Signer(std::string(32, 'b')),
                                     MakeEd25519Verifier()});
}

TEST(SignerTest, KeyedHashAcceptsOnlyTheRightSignature) {
  ExpectOnlyTheRightSignatureIsGood(
      {MakeKeyedHashSigner("a"), MakeKeyedHashSigner("b"), MakeKeyedHashVerifier()});
}

}  // namespace
}  // namespace keping::crypto
