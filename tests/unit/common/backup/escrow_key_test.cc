#include "common/backup/escrow_key.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"

namespace keping::backup {
namespace {

using ::testing::HasSubstr;

const std::string kSeed(kEscrowKeyBytes, 's');
const keys::KeyFiles kKeys = {{"ca.key", "pem"}, {"data.1.key", std::string(32, '\0')}};

std::string PublicKey() { return EscrowPairOf(kSeed)->public_key; }

TEST(EscrowTextTest, IsReadAsAPersonTypesItFromPaper) {
  const std::string line = EscrowText(EscrowPart::kPrivate, kSeed);
  for (const std::string& typed :
       {line, absl::StrCat("Some heading\n\n  ", line, "  \r\nand more\n"),
        absl::AsciiStrToUpper(line), absl::StrReplaceAll(line, {{" ", ""}}),
        absl::StrReplaceAll(line, {{" ", " - "}})}) {
    const auto seed = ReadEscrowText(EscrowPart::kPrivate, typed);
    ASSERT_TRUE(seed.ok()) << typed << seed.status();
    EXPECT_EQ(*seed, kSeed);
  }
}

TEST(EscrowTextTest, AWrongDigitAMissingOneAndTheOtherPartAreTold) {
  const std::string line = EscrowText(EscrowPart::kPrivate, kSeed);
  std::string wrong = line;
  wrong.back() = wrong.back() == '0' ? '1' : '0';
  for (const std::string& typed : {wrong, line.substr(0, line.size() - 1), std::string("nothing"),
                                   EscrowText(EscrowPart::kPublic, kSeed)}) {
    const auto seed = ReadEscrowText(EscrowPart::kPrivate, typed);
    EXPECT_TRUE(absl::IsInvalidArgument(seed.status())) << typed;
    EXPECT_THAT(std::string(seed.status().message()), HasSubstr("K-290"));
    // Whoever shows the message does not show the secret.
    EXPECT_FALSE(absl::StrContains(seed.status().message(), "7373"));
  }
}

TEST(EscrowKeysTest, OpenWithThePrivatePartOnly) {
  store::v1::SealedKeys facts;
  const auto sealed = SealKeys(kKeys, PublicKey(), &facts);
  ASSERT_TRUE(sealed.ok()) << sealed.status();
  EXPECT_EQ(*OpenKeys(*sealed, facts, kSeed), kKeys);
  EXPECT_THAT(facts.files(), testing::ElementsAre("ca.key", "data.1.key"));
  EXPECT_FALSE(absl::StrContains(*sealed, "pem"));

  const auto other = OpenKeys(*sealed, facts, std::string(kEscrowKeyBytes, 'o'));
  EXPECT_THAT(std::string(other.status().message()), HasSubstr("K-290"));
  facts.set_escrow_key(absl::StrCat(facts.escrow_key().substr(0, 62), "00"));
  EXPECT_THAT(std::string(OpenKeys(*sealed, facts, kSeed).status().message()), HasSubstr("K-290"));
}

TEST(EscrowKeysTest, DamageIsTold) {
  store::v1::SealedKeys facts;
  const std::string sealed = *SealKeys(kKeys, PublicKey(), &facts);
  std::string changed = sealed;
  changed[changed.size() / 2] ^= 1;
  for (const std::string& damaged : {changed, sealed.substr(0, sealed.size() - 1), std::string()}) {
    EXPECT_THAT(std::string(OpenKeys(damaged, facts, kSeed).status().message()),
                HasSubstr("K-288"));
  }
}

TEST(EscrowKeysTest, AFileWithAPathIsNotTaken) {
  store::v1::SealedKeys facts;
  const std::string sealed = *SealKeys({{"../evil", "x"}}, PublicKey(), &facts);
  EXPECT_THAT(std::string(OpenKeys(sealed, facts, kSeed).status().message()), HasSubstr("K-288"));
}

TEST(EscrowKeysTest, WhatIsNoKeyIsRefused) {
  store::v1::SealedKeys facts;
  EXPECT_FALSE(SealKeys(kKeys, std::string(kEscrowKeyBytes, '\xff'), &facts).ok());
  EXPECT_FALSE(EscrowPairOf("short").ok());
}

}  // namespace
}  // namespace keping::backup
