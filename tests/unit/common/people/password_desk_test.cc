#include "common/people/password_desk.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "common/crypto/one_time_code.h"

namespace keping::people {
namespace {

using domain::OperatorId;
using domain::SignInOutcome;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::StartsWith;

const auto kRai = OperatorId::Of("rai");
const auto kSari = OperatorId::Of("sari");

class PasswordDeskTest : public ::testing::Test {
 protected:
  absl::StatusOr<GoodPassword> Check(const OperatorId& person, const std::string& password) {
    std::optional<absl::StatusOr<GoodPassword>> answer;
    desk_.Check(person, password, [&](absl::StatusOr<GoodPassword> got) { answer = got; });
    RunChecks();
    return answer.value();
  }
  void RunChecks() {
    for (const auto& check : std::exchange(waiting_, {})) check();
  }

  std::map<OperatorId, KnownPassword> known_ = {{kRai, {.verifier = "kopi bangli"}}};
  absl::Status may_ask_;
  std::vector<SignInOutcome> told_;
  std::vector<std::function<void()>> waiting_;
  bool busy_ = false;
  PasswordDesk desk_{
      {.ask = [this](const OperatorId&) { return may_ask_; },
       .known = [this](const OperatorId& person) { return known_[person]; },
       .tell =
           [this](const OperatorId&, SignInOutcome outcome) {
             told_.push_back(outcome);
             return outcome == SignInOutcome::kAccepted ? absl::OkStatus()
                                                        : absl::PermissionDeniedError("no");
           },
       .check =
           [this](const std::string& password, const std::string& verifier, auto done) {
             if (busy_) return false;
             waiting_.push_back([=] { done(password == verifier); });
             return true;
           },
       .make =
           [this](const std::string& password, auto done) {
             if (busy_) return false;
             waiting_.push_back([=] { done("made of " + password); });
             return true;
           }}};
};

TEST_F(PasswordDeskTest, EveryTryThatIsLookedAtIsTold) {
  EXPECT_TRUE(Check(kRai, "kopi bangli").ok());
  EXPECT_FALSE(Check(kRai, "kopi").ok());
  EXPECT_FALSE(Check(kRai, "").ok());
  EXPECT_FALSE(Check(kSari, "kopi bangli").ok());
  EXPECT_THAT(told_, ElementsAre(SignInOutcome::kAccepted, SignInOutcome::kWrongPassword,
                                 SignInOutcome::kWrongPassword, SignInOutcome::kNoPassword));
}

TEST_F(PasswordDeskTest, WhoMayNotTryIsNotLookedAt) {
  may_ask_ = absl::ResourceExhaustedError("locked out");
  EXPECT_EQ(Check(kRai, "kopi bangli").status(), may_ask_);
  EXPECT_THAT(told_, IsEmpty());
}

TEST_F(PasswordDeskTest, OneTryOfAPersonAtATime) {
  bool first = false;
  desk_.Check(kRai, "kopi", [&](const auto&) { first = true; });
  EXPECT_TRUE(absl::IsResourceExhausted(Check(kRai, "kopi bangli").status()));
  EXPECT_TRUE(first);
  EXPECT_TRUE(Check(kRai, "kopi bangli").ok());
}

TEST_F(PasswordDeskTest, APasswordThatWasReadOutIsTypedAsACode) {
  known_[kRai] = {.verifier = *crypto::NormalizeOneTimeCode("7KQ2M-X9TB4"),
                  .read_out = true,
                  .must_change = true};
  const auto good = Check(kRai, "7kq2m x9tb4");
  ASSERT_TRUE(good.ok());
  EXPECT_TRUE(good->read_out);
  EXPECT_TRUE(good->must_change);
}

TEST_F(PasswordDeskTest, APasswordThatIsReplacedWhileItIsLookedAtOpensNothing) {
  std::optional<absl::StatusOr<GoodPassword>> answer;
  desk_.Check(kRai, "kopi bangli", [&](absl::StatusOr<GoodPassword> got) { answer = got; });
  known_[kRai] = {.verifier = "teh bangli"};
  RunChecks();
  EXPECT_FALSE(answer.value().ok());
  EXPECT_THAT(told_, ElementsAre(SignInOutcome::kWrongPassword));
}

TEST_F(PasswordDeskTest, APersonChoosesAnotherPasswordWithTheOldOne) {
  std::optional<absl::StatusOr<ChosenPassword>> answer;
  const auto choose = [&](const std::string& old_password) {
    answer.reset();
    desk_.Choose(kRai, old_password, "teh bangli", [&](const auto& got) { answer = got; });
    RunChecks();
  };
  choose("kopi");
  EXPECT_FALSE(answer.value().ok());
  choose("kopi bangli");
  ASSERT_FALSE(answer.has_value()) << "it is being made";
  RunChecks();
  ASSERT_TRUE(answer.value().ok());
  EXPECT_EQ((*answer)->verifier, "made of teh bangli");
  EXPECT_FALSE((*answer)->in_place_of_read_out);
  known_[kRai] = {.verifier = *crypto::NormalizeOneTimeCode("7KQ2M-X9TB4"), .read_out = true};
  choose("7kq2m x9tb4");
  RunChecks();
  ASSERT_TRUE(answer.value().ok());
  EXPECT_TRUE((*answer)->in_place_of_read_out);
}

TEST_F(PasswordDeskTest, TheOldPasswordIsNoNewOneHoweverItIsTyped) {
  absl::Status answer;
  const auto choose = [&](const std::string& old_password, const std::string& new_password) {
    desk_.Choose(kRai, old_password, new_password, [&](const auto& got) { answer = got.status(); });
    RunChecks();
  };
  choose("kopi bangli", "kopi bangli");
  EXPECT_THAT(std::string(answer.message()), StartsWith("K-364: "));
  known_[kRai] = {.verifier = *crypto::NormalizeOneTimeCode("7KQ2M-X9TB4"), .read_out = true};
  choose("7KQ2M-X9TB4", "7kq2m x9tb4");
  EXPECT_THAT(std::string(answer.message()), StartsWith("K-364: "));
}

TEST_F(PasswordDeskTest, WhatAnAdministratorMadeMeanwhileStays) {
  std::optional<absl::StatusOr<ChosenPassword>> answer;
  desk_.Choose(kRai, "kopi bangli", "teh bangli", [&](const auto& got) { answer = got; });
  RunChecks();
  known_[kRai] = {.verifier = "reset", .read_out = true, .must_change = true};
  RunChecks();
  EXPECT_TRUE(absl::IsAborted(answer.value().status()));
  EXPECT_THAT(std::string(answer->status().message()), StartsWith("K-360: rai "));
}

TEST_F(PasswordDeskTest, ABusyThreadIsSaidAndHoldsNobodyUp) {
  busy_ = true;
  EXPECT_TRUE(absl::IsResourceExhausted(Check(kRai, "kopi bangli").status()));
  bool answered = false;
  desk_.MakeVerifier("kopi bangli", [&](const auto& verifier) {
    answered = absl::IsResourceExhausted(verifier.status());
  });
  EXPECT_TRUE(answered);
  busy_ = false;
  EXPECT_TRUE(Check(kRai, "kopi bangli").ok());
}

}  // namespace
}  // namespace keping::people
