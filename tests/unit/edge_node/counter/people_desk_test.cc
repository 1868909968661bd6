#include "edge_node/counter/people_desk.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <utility>

#include "common/crypto/one_time_code.h"
#include "common/crypto/password.h"
#include "common/domain/day_report.h"
#include "edge_node/counter/head_code.h"
#include "tests/support/office.h"

namespace keping::edge {
namespace {

using domain::OperatorId;
using domain::Role;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

const auto kAyu = OperatorId::Of("ayu");
const auto kGede = OperatorId::Of("gede");
constexpr char kFirst[] = "7KQ2M-X9TB4";
constexpr char kOwn[] = "kopi bangli 2017";

std::string VerifierOf(const std::string& password) {
  return *crypto::MakePasswordVerifier(password, crypto::PasswordCost::kLeast);
}

class PeopleDeskTest : public ::testing::Test {
 protected:
  PeopleDeskTest() {
    EXPECT_TRUE(office_.Open().ok());
    office_.Equip();
    Roster(kAyu, Role::kOperator, VerifierOf(*crypto::NormalizeOneTimeCode(kFirst)));
    Roster(kGede, Role::kSupervisor);
    MakeDesk();
  }

  void Roster(const OperatorId& person, Role role, std::string verifier = "", bool active = true) {
    office_.centre().Tell(domain::OperatorItem{.operator_id = person,
                                               .certified = {domain::ApplicationVersion::Of("8.1")},
                                               .role = role,
                                               .active = active,
                                               .verifier = std::move(verifier)});
    EXPECT_TRUE(office_.Sync().ok());
  }
  void MakeDesk() {
    sessions_ = std::make_unique<people::Sessions>();
    desk_ = std::make_unique<PeopleDesk>(PeopleDesk::Ports{
        .node = &office_.node(),
        .sessions = sessions_.get(),
        .confirmations = &confirmations_,
        .clock = &office_.clock(),
        .random = [this](size_t size) { return prng_.Bytes(size); },
        .check_password =
            [this](const std::string& password, const std::string& verifier, auto done) {
              if (hasher_is_busy_) return false;
              checks_.push_back([=] { done(crypto::PasswordMatches(password, verifier)); });
              if (!hold_checks_) RunChecks();
              return true;
            },
        .make_verifier =
            [this](const std::string& password, auto done) {
              ++made_verifiers_;
              if (meanwhile_) meanwhile_();
              done(crypto::MakePasswordVerifier(password, crypto::PasswordCost::kLeast));
              return true;
            }});
  }
  void RunChecks() {
    auto checks = std::exchange(checks_, {});
    for (const auto& check : checks) check();
  }
  void Restart() {
    office_.Kill();
    ASSERT_TRUE(office_.Open().ok());
    MakeDesk();
  }

  // The answer of a call that is answered at once here.
  template <typename Response, typename Request>
  absl::StatusOr<Response> Ask(void (PeopleDesk::*method)(const Request&, Reply<Response>),
                               const Request& request) {
    std::optional<absl::StatusOr<Response>> answer;
    (desk_.get()->*method)(request, [&](absl::StatusOr<Response> got) { answer = std::move(got); });
    return answer.value();
  }
  absl::StatusOr<v1::SignInResponse> SignIn(const std::string& person,
                                            const std::string& password) {
    v1::SignInRequest request;
    request.set_person(person);
    request.set_password(password);
    return Ask(&PeopleDesk::SignIn, request);
  }
  absl::Status Change(const std::string& old_password, const std::string& new_password,
                      const std::string& token = "") {
    v1::ChangePasswordRequest request;
    request.set_operator_id("ayu");
    request.set_old_password(old_password);
    request.set_new_password(new_password);
    request.set_token(token);
    return Ask(&PeopleDesk::ChangePassword, request).status();
  }
  bool SignedIn(const std::string& token) {
    return sessions_->Find(token, people::Sessions::Use::kAct, office_.clock().Now().monotonic)
        .ok();
  }
  std::vector<domain::SignInOutcome> Outcomes() {
    EXPECT_TRUE(office_.Sync().ok());
    std::vector<domain::SignInOutcome> outcomes;
    for (const domain::Event& event : office_.centre().events()) {
      if (const auto* tried = std::get_if<domain::SignInTried>(&event)) {
        outcomes.push_back(tried->outcome);
      }
    }
    return outcomes;
  }

  tests::Office office_;
  base::Prng prng_{5};
  std::unique_ptr<people::Sessions> sessions_;
  people::Confirmations confirmations_;
  std::vector<std::function<void()>> checks_;
  bool hold_checks_ = false;
  bool hasher_is_busy_ = false;
  int made_verifiers_ = 0;
  std::function<void()> meanwhile_;  // while a verifier is made
  std::unique_ptr<PeopleDesk> desk_;
};

// ---- Passwords.

TEST_F(PeopleDeskTest, TheFirstPasswordIsTypedAsItWasReadOutAndChangedThen) {
  for (const char* typed : {kFirst, "7kq2m x9tb4", "7KQ2MX9TB4"}) {
    const auto signed_in = SignIn("ayu", typed);
    ASSERT_TRUE(signed_in.ok()) << typed << ": " << signed_in.status();
    EXPECT_TRUE(signed_in->must_change_password());
    EXPECT_EQ(signed_in->role(), log::v1::ROLE_OPERATOR);
  }
  const auto session = SignIn("ayu", kFirst);
  const auto other = SignIn("ayu", kFirst);
  ASSERT_TRUE(Change(kFirst, kOwn, session->token()).ok());
  EXPECT_TRUE(SignedIn(session->token()));
  EXPECT_FALSE(SignedIn(other->token()));
  EXPECT_FALSE(SignIn("ayu", kFirst).ok());
  const auto again = SignIn("ayu", kOwn);
  ASSERT_TRUE(again.ok());
  EXPECT_FALSE(again->must_change_password());
}

TEST_F(PeopleDeskTest, TheOwnPasswordSurvivesARestartAndAnotherRosterItem) {
  ASSERT_TRUE(Change(kFirst, kOwn).ok());
  Restart();
  EXPECT_TRUE(SignIn("ayu", kOwn).ok());
  Roster(kAyu, Role::kSupervisor, office_.core().catalogue().FindOperator(kAyu)->verifier);
  EXPECT_TRUE(SignIn("ayu", kOwn).ok());
}

TEST_F(PeopleDeskTest, ANewFirstPasswordOfTheDistrictReplacesTheOwnOne) {
  ASSERT_TRUE(Change(kFirst, kOwn).ok());
  Roster(kAyu, Role::kOperator, VerifierOf("AAAAABBBBB"));
  EXPECT_FALSE(SignIn("ayu", kOwn).ok());
  const auto signed_in = SignIn("ayu", "aaaaa-bbbbb");
  ASSERT_TRUE(signed_in.ok());
  EXPECT_TRUE(signed_in->must_change_password());
}

TEST_F(PeopleDeskTest, ANewFirstPasswordStaysThoughAnOwnOneWasBeingStored) {
  ASSERT_TRUE(Change(kFirst, kOwn).ok());
  meanwhile_ = [this] { Roster(kAyu, Role::kOperator, VerifierOf("AAAAABBBBB")); };
  EXPECT_THAT(std::string(Change(kOwn, "teh bangli 2017").message()), HasSubstr("K-360"));
  EXPECT_FALSE(SignIn("ayu", "teh bangli 2017").ok());
  EXPECT_TRUE(SignIn("ayu", "aaaaa-bbbbb").ok());
}

TEST_F(PeopleDeskTest, WithoutAPasswordNobodySignsIn) {
  EXPECT_THAT(std::string(SignIn("gede", "").status().message()), HasSubstr("K-176"));
  EXPECT_THAT(std::string(SignIn("stranger", "x").status().message()), HasSubstr("K-101"));
  EXPECT_THAT(Outcomes(), ElementsAre(domain::SignInOutcome::kNoPassword));
}

TEST_F(PeopleDeskTest, WrongPasswordsLockOutAndARestartDoesNotHelp) {
  for (int i = 0; i < 5; ++i) EXPECT_FALSE(SignIn("ayu", "wrong password").ok());
  EXPECT_THAT(std::string(SignIn("ayu", kFirst).status().message()), HasSubstr("K-174"));
  Restart();
  EXPECT_THAT(std::string(SignIn("ayu", kFirst).status().message()), HasSubstr("K-174"));
  office_.Advance(absl::Minutes(1));
  EXPECT_TRUE(SignIn("ayu", kFirst).ok());
  using enum domain::SignInOutcome;
  EXPECT_THAT(Outcomes(), ElementsAre(kWrongPassword, kWrongPassword, kWrongPassword,
                                      kWrongPassword, kWrongPassword, kLockedOut, kAccepted));
}

TEST_F(PeopleDeskTest, TriesAtTheSameTimeAreOneTry) {
  hold_checks_ = true;
  int refused = 0;
  for (int i = 0; i < 20; ++i) {
    v1::SignInRequest request;
    request.set_person("ayu");
    request.set_password("wrong password");
    desk_->SignIn(request, [&](absl::StatusOr<v1::SignInResponse> answer) {
      refused += absl::IsResourceExhausted(answer.status());
    });
  }
  EXPECT_EQ(refused, 19);
  EXPECT_EQ(checks_.size(), 1u);
  RunChecks();
  EXPECT_THAT(Outcomes(), ElementsAre(domain::SignInOutcome::kWrongPassword));
  hold_checks_ = false;
  EXPECT_TRUE(SignIn("ayu", kFirst).ok());
}

TEST_F(PeopleDeskTest, ABusyHasherCostsNoTry) {
  hasher_is_busy_ = true;
  EXPECT_TRUE(absl::IsResourceExhausted(SignIn("ayu", kFirst).status()));
  EXPECT_THAT(Outcomes(), IsEmpty());
  hasher_is_busy_ = false;
  EXPECT_TRUE(SignIn("ayu", kFirst).ok());
}

TEST_F(PeopleDeskTest, ANewPasswordMustBeOne) {
  EXPECT_TRUE(absl::IsInvalidArgument(Change(kFirst, "short")));
  EXPECT_TRUE(absl::IsInvalidArgument(Change(kFirst, kFirst)));
  EXPECT_TRUE(absl::IsPermissionDenied(Change("wrong password", kOwn)));
  EXPECT_TRUE(SignIn("ayu", kFirst).ok());
}

TEST_F(PeopleDeskTest, PasswordsAreInNoEventAndNoPlainRow) {
  ASSERT_TRUE(Change(kFirst, kOwn).ok());
  ASSERT_TRUE(office_.store()
                  .Scan("", "\xff",
                        [](absl::string_view key, absl::string_view value) {
                          for (const char* secret : {kOwn, "argon2id", "7KQ2M"}) {
                            EXPECT_EQ(value.find(secret), absl::string_view::npos) << key;
                          }
                          return true;
                        })
                  .ok());
}

// ---- Sessions.

TEST_F(PeopleDeskTest, ALockedScreenOpensWithThePassword) {
  const std::string token = SignIn("ayu", kFirst)->token();
  v1::LockScreenRequest lock;
  lock.set_token(token);
  ASSERT_TRUE(desk_->LockScreen(lock).ok());
  EXPECT_FALSE(SignedIn(token));
  v1::UnlockScreenRequest unlock;
  unlock.set_token(token);
  unlock.set_password("wrong password");
  EXPECT_FALSE(Ask(&PeopleDesk::UnlockScreen, unlock).ok());
  EXPECT_FALSE(SignedIn(token));
  unlock.set_password(kFirst);
  EXPECT_TRUE(Ask(&PeopleDesk::UnlockScreen, unlock).ok());
  EXPECT_TRUE(SignedIn(token));
  v1::SignOutRequest out;
  out.set_token(token);
  ASSERT_TRUE(desk_->SignOut(out).ok());
  EXPECT_TRUE(absl::IsUnauthenticated(Ask(&PeopleDesk::UnlockScreen, unlock).status()));
}

TEST_F(PeopleDeskTest, WhoIsStruckOffIsSignedOut) {
  const std::string token = SignIn("ayu", kFirst)->token();
  Roster(kAyu, Role::kOperator, "", /*active=*/false);
  desk_->OnFeed();
  EXPECT_FALSE(SignedIn(token));
  EXPECT_FALSE(SignIn("ayu", kFirst).ok());
}

TEST_F(PeopleDeskTest, TheSecondPersonConfirmsWithTheOwnPassword) {
  v1::ConfirmSecondRequest request;
  request.set_person("ayu");
  request.set_password("wrong password");
  EXPECT_FALSE(Ask(&PeopleDesk::ConfirmSecond, request).ok());
  // One that the district made is nobody's own.
  request.set_password(kFirst);
  EXPECT_THAT(std::string(Ask(&PeopleDesk::ConfirmSecond, request).status().message()),
              HasSubstr("K-178"));
  ASSERT_TRUE(Change(kFirst, kOwn).ok());
  request.set_password(kOwn);
  const auto confirmed = Ask(&PeopleDesk::ConfirmSecond, request);
  ASSERT_TRUE(confirmed.ok()) << confirmed.status();
  const absl::Duration now = office_.clock().Now().monotonic;
  EXPECT_TRUE(confirmations_.UseUp(confirmed->confirmation(), kAyu, now).ok());
  // With another password it is void.
  const auto before = Ask(&PeopleDesk::ConfirmSecond, request);
  ASSERT_TRUE(Change(kOwn, "kopi kintamani 2017").ok());
  EXPECT_FALSE(confirmations_.UseUp(before->confirmation(), kAyu, now).ok());
}

// ---- Shifts and reports.

TEST_F(PeopleDeskTest, AShiftSaysWhatTheCountDiffersBy) {
  v1::OpenShiftRequest open;
  open.set_operator_id("ayu");
  open.set_counted(8);
  const auto opened = desk_->OpenShift(open);
  ASSERT_TRUE(opened.ok()) << opened.status();
  EXPECT_EQ(opened->book(), 10u);
  EXPECT_EQ(opened->difference(), -2);
  EXPECT_EQ(opened->code_check(), v1::REPORT_CODE_CHECK_NOT_GIVEN);
  ASSERT_EQ(opened->warnings_size(), 1);
  EXPECT_THAT(opened->warnings(0), HasSubstr("2 are missing"));
  v1::CloseShiftRequest close;
  close.set_operator_id("ayu");
  close.set_counted(10);
  const auto closed = desk_->CloseShift(close);
  ASSERT_TRUE(closed.ok());
  EXPECT_EQ(closed->shift(), opened->shift());
  EXPECT_EQ(closed->difference(), 0);
  EXPECT_EQ(closed->warnings_size(), 0);
  // Nothing was adjusted.
  EXPECT_EQ(office_.core().tray().available().size(), 10u);
}

TEST_F(PeopleDeskTest, TheReportIsSignedAndItsCodeIsAWitness) {
  const storage::LogHead head = office_.node().store().log().head();
  v1::ReportDayRequest request;
  request.set_operator_id("ayu");
  const auto report = desk_->ReportDay(request);
  ASSERT_TRUE(report.ok()) << report.status();
  const auto verifier = crypto::MakeKeyedHashVerifier();
  const auto check = domain::CheckDayReport(
      report->text(), office_.node().identity().signer->public_key(), *verifier);
  ASSERT_TRUE(check.ok()) << check.status();
  EXPECT_EQ(check->code, report->code());
  EXPECT_EQ(check->node, "susut");
  EXPECT_EQ(report->code_qr().text(),
            HeadCodeText(domain::NodeId::Of("susut"), office_.node().identity().incarnation,
                         head.seq, head.hash));

  v1::OpenShiftRequest open;
  open.set_operator_id("ayu");
  open.set_report_code(report->code());
  EXPECT_EQ(desk_->OpenShift(open)->code_check(), v1::REPORT_CODE_CHECK_LAST);
  open.set_operator_id("gede");
  open.set_report_code("00000000");
  const auto unknown = desk_->OpenShift(open);
  EXPECT_EQ(unknown->code_check(), v1::REPORT_CODE_CHECK_UNKNOWN);
  ASSERT_EQ(unknown->warnings_size(), 1);
  EXPECT_THAT(unknown->warnings(0), HasSubstr("K-179"));
  EXPECT_EQ(office_.core().shifts().unknown_codes(), 1u);
}

// ---- Grants.

TEST_F(PeopleDeskTest, AGrantResetsAPassword) {
  const std::string key(domain::kGrantKeySize, 'g');
  office_.centre().Tell(domain::GrantKeyItem{key});
  ASSERT_TRUE(office_.Sync().ok());
  const std::string token = SignIn("ayu", kFirst)->token();
  const absl::CivilDay today =
      absl::ToCivilDay(office_.clock().Now().wall, office_.core().settings().time_zone);
  v1::UseGrantRequest request;
  request.set_operator_id("gede");
  request.set_kind(log::v1::GRANT_KIND_RESET_PASSWORD);
  request.set_subject("ayu");
  request.set_new_password("sementara 99");
  request.set_code(domain::MakeGrantCode(key,
                                         {.node = domain::NodeId::Of("susut"),
                                          .kind = domain::GrantKind::kResetPassword,
                                          .subject = domain::SubjectId::Of("ayu"),
                                          .day = today,
                                          .application_version = {},
                                          .lease_epoch = {}},
                                         3));
  // No password is made for whoever may not type grants in.
  request.set_operator_id("ayu");
  EXPECT_THAT(std::string(Ask(&PeopleDesk::UseGrant, request).status().message()),
              HasSubstr("K-172"));
  EXPECT_EQ(made_verifiers_, 0);
  request.set_operator_id("gede");
  ASSERT_TRUE(Ask(&PeopleDesk::UseGrant, request).ok());
  EXPECT_FALSE(SignedIn(token));
  const auto signed_in = SignIn("ayu", "sementara 99");
  ASSERT_TRUE(signed_in.ok()) << signed_in.status();
  // The supervisor has heard it.
  EXPECT_TRUE(signed_in->must_change_password());
  request.set_code("0000 0000 0001");
  EXPECT_TRUE(absl::IsInvalidArgument(Ask(&PeopleDesk::UseGrant, request).status()));
}

TEST_F(PeopleDeskTest, TheRosterIsShown) {
  ASSERT_TRUE(SignIn("ayu", kFirst).ok());
  for (int i = 0; i < 5; ++i) (void)SignIn("gede", "wrong password");
  const auto people = desk_->ListPeople({});
  ASSERT_TRUE(people.ok());
  ASSERT_EQ(people->people_size(), 2);
  const v1::Person& ayu = people->people(0);
  EXPECT_EQ(ayu.operator_id(), "ayu");
  EXPECT_TRUE(ayu.certified());
  EXPECT_TRUE(ayu.has_password());
  EXPECT_EQ(ayu.sessions(), 1u);
  EXPECT_EQ(ayu.locked_out_seconds(), 0u);
  const v1::Person& gede = people->people(1);
  EXPECT_EQ(gede.role(), log::v1::ROLE_SUPERVISOR);
  EXPECT_FALSE(gede.has_password());
}

}  // namespace
}  // namespace keping::edge
