#include "common/crypto/password.h"

#include <gtest/gtest.h>

#include <string>

namespace keping::crypto {
namespace {

std::string VerifierOf(absl::string_view password) {
  return MakePasswordVerifier(password, PasswordCost::kLeast).value();
}

TEST(PasswordTest, OnlyTheSamePasswordMatches) {
  const std::string verifier = VerifierOf("kopi bangli 2017");
  EXPECT_TRUE(PasswordMatches("kopi bangli 2017", verifier));
  for (const char* wrong : {"", "kopi bangli 2018", "Kopi bangli 2017", "kopi bangli 2017 "}) {
    EXPECT_FALSE(PasswordMatches(wrong, verifier)) << wrong;
  }
}

TEST(PasswordTest, AVerifierIsSaltedAndHoldsNoPassword) {
  const std::string first = VerifierOf("kopi bangli 2017");
  const std::string second = VerifierOf("kopi bangli 2017");
  EXPECT_NE(first, second);
  EXPECT_EQ(first.find("kopi"), std::string::npos);
  EXPECT_EQ(first.rfind("$argon2id$", 0), 0u) << first;
}

TEST(PasswordTest, TheNormalCostIsTheOneForPeopleWhoWait) {
  const std::string verifier = MakePasswordVerifier("kopi bangli 2017").value();
  EXPECT_NE(verifier.find("m=65536,t=2,"), std::string::npos) << verifier;
  EXPECT_TRUE(PasswordMatches("kopi bangli 2017", verifier));
}

TEST(PasswordTest, LengthIsBounded) {
  for (size_t size : {size_t{0}, kMinPasswordSize - 1, kMaxPasswordSize + 1}) {
    EXPECT_TRUE(absl::IsInvalidArgument(
        MakePasswordVerifier(std::string(size, 'p'), PasswordCost::kLeast).status()))
        << size;
  }
  EXPECT_TRUE(PasswordMatches(std::string(kMaxPasswordSize, 'p'),
                              VerifierOf(std::string(kMaxPasswordSize, 'p'))));
}

TEST(PasswordTest, WhatIsNoVerifierMatchesNothing) {
  for (const std::string& text :
       {std::string(), std::string("kopi bangli 2017"), std::string("$argon2id$v=19$"),
        std::string(1000, 'x'), std::string("$argon2id\0", 10)}) {
    EXPECT_FALSE(PasswordMatches("kopi bangli 2017", text)) << text.size();
  }
}

}  // namespace
}  // namespace keping::crypto
