#include "common/people/sessions.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "common/base/prng.h"
#include "common/people/confirmations.h"

namespace keping::people {
namespace {

using domain::OperatorId;
using ::testing::HasSubstr;

const auto kAyu = OperatorId::Of("ayu");
const auto kMade = OperatorId::Of("made");

class SessionsTest : public ::testing::Test {
 protected:
  std::string Open(const OperatorId& person = kAyu, bool must_change = false) {
    return sessions_.Open(person, prng_.Bytes(kTokenBytes), must_change, now_);
  }
  std::string Refusal(const std::string& token, Sessions::Use use = Sessions::Use::kAct) {
    return std::string(sessions_.Find(token, use, now_).status().message());
  }
  bool Good(const std::string& token, Sessions::Use use = Sessions::Use::kAct) {
    return sessions_.Find(token, use, now_).ok();
  }

  Sessions sessions_;
  base::Prng prng_{3};
  absl::Duration now_ = absl::Hours(7);
};

TEST_F(SessionsTest, ATokenIsItsPerson) {
  const std::string ayu = Open(kAyu, /*must_change=*/true);
  const std::string made = Open(kMade);
  EXPECT_EQ(ayu.size(), 64u);
  EXPECT_NE(ayu, made);
  EXPECT_EQ(sessions_.Find(ayu, Sessions::Use::kAct, now_)->person, kAyu);
  EXPECT_TRUE(sessions_.Find(ayu, Sessions::Use::kAct, now_)->must_change_password);
  EXPECT_EQ(sessions_.Find(made, Sessions::Use::kAct, now_)->person, kMade);
  EXPECT_THAT(Refusal(ayu.substr(1)), HasSubstr("K-186"));
  EXPECT_THAT(Refusal(""), HasSubstr("K-186"));
}

TEST_F(SessionsTest, TheScreenLocksWithoutActs) {
  const std::string token = Open();
  now_ += absl::Minutes(9);
  EXPECT_TRUE(Good(token));
  now_ += absl::Minutes(9);
  EXPECT_TRUE(Good(token));
  now_ += absl::Minutes(10);
  EXPECT_THAT(Refusal(token), HasSubstr("K-187"));
  EXPECT_TRUE(Good(token, Sessions::Use::kOwn));
  sessions_.Unlock(token, now_);
  EXPECT_TRUE(Good(token));
}

TEST_F(SessionsTest, AScreenThatRefreshesItselfLocksAllTheSame) {
  const std::string token = Open();
  for (int minute = 0; minute < 9; ++minute) {
    now_ += absl::Minutes(1);
    EXPECT_TRUE(Good(token, Sessions::Use::kLook));
  }
  now_ += absl::Minutes(1);
  EXPECT_THAT(Refusal(token, Sessions::Use::kLook), HasSubstr("K-187"));
}

TEST_F(SessionsTest, ALockStaysUntilThePasswordIsGiven) {
  const std::string token = Open();
  EXPECT_TRUE(sessions_.Lock(token));
  EXPECT_THAT(Refusal(token), HasSubstr("K-187"));
  EXPECT_FALSE(sessions_.Lock("no such token"));
}

TEST_F(SessionsTest, EveryoneIsSignedOutAfterTheLongestTime) {
  const std::string token = Open();
  for (int i = 0; i < 143; ++i) {
    now_ += absl::Minutes(5);
    ASSERT_TRUE(Good(token)) << i;
  }
  now_ += absl::Minutes(5);
  EXPECT_THAT(Refusal(token, Sessions::Use::kOwn), HasSubstr("K-186"));
}

TEST_F(SessionsTest, SigningOutEndsOneSession) {
  const std::string first = Open();
  const std::string second = Open();
  sessions_.Close(first);
  EXPECT_FALSE(Good(first));
  EXPECT_TRUE(Good(second));
}

TEST_F(SessionsTest, ANewPasswordEndsTheOtherSessions) {
  const std::string kept = Open(kAyu, /*must_change=*/true);
  const std::string other = Open();
  const std::string made = Open(kMade);
  sessions_.CloseAllOf(kAyu, kept);
  EXPECT_FALSE(sessions_.Find(kept, Sessions::Use::kAct, now_)->must_change_password);
  EXPECT_FALSE(Good(other));
  EXPECT_TRUE(Good(made));
}

TEST_F(SessionsTest, TheNumberOfSessionsIsBounded) {
  const std::string oldest = Open();
  for (int i = 0; i < 4; ++i) {
    now_ += absl::Seconds(1);
    Open();
  }
  EXPECT_FALSE(Good(oldest));
  EXPECT_EQ(sessions_.Count().at(kAyu), 4u);
  for (int i = 0; i < 100; ++i) Open(OperatorId::Of(absl::StrCat("person-", i)));
  size_t all = 0;
  for (const auto& [person, count] : sessions_.Count()) all += count;
  EXPECT_EQ(all, 64u);
}

TEST_F(SessionsTest, WhoMayNotStayIsSignedOut) {
  const std::string ayu = Open();
  const std::string made = Open(kMade);
  sessions_.CloseUnless([](const OperatorId& person) { return person == kMade; });
  EXPECT_FALSE(Good(ayu));
  EXPECT_TRUE(Good(made));
}

TEST(ConfirmationsTest, GoodForOnePersonOnceAndAtOnce) {
  Confirmations confirmations;
  base::Prng prng(4);
  const absl::Duration now = absl::Hours(7);
  const auto make = [&] { return confirmations.Make(kMade, prng.Bytes(kTokenBytes), now); };
  EXPECT_THAT(std::string(confirmations.UseUp("", kMade, now).message()), HasSubstr("K-189"));
  const std::string token = make();
  EXPECT_TRUE(confirmations.UseUp(token, kMade, now + absl::Seconds(119)).ok());
  EXPECT_FALSE(confirmations.UseUp(token, kMade, now).ok());
  const std::string of_another = make();
  EXPECT_FALSE(confirmations.UseUp(of_another, kAyu, now).ok());
  EXPECT_FALSE(confirmations.UseUp(of_another, kMade, now).ok());
  EXPECT_FALSE(confirmations.UseUp(make(), kMade, now + absl::Minutes(2)).ok());
}

TEST(ConfirmationsTest, EndWithThePersonsPassword) {
  Confirmations confirmations;
  base::Prng prng(4);
  const absl::Duration now = absl::Hours(7);
  const std::string of_made = confirmations.Make(kMade, prng.Bytes(kTokenBytes), now);
  const std::string of_ayu = confirmations.Make(kAyu, prng.Bytes(kTokenBytes), now);
  confirmations.Forget(kMade);
  EXPECT_FALSE(confirmations.UseUp(of_made, kMade, now).ok());
  EXPECT_TRUE(confirmations.UseUp(of_ayu, kAyu, now).ok());
}

}  // namespace
}  // namespace keping::people
