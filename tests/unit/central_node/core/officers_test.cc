// The district's own people: who puts whom on which roster, and how they sign in.

#include "central_node/core/officers.h"

#include <string>
#include <variant>

#include "central_node/core/step.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/memory_centre.h"

namespace keping::central {
namespace {

using namespace ::keping::domain;  // NOLINT: the verbs of a district
using ::testing::IsEmpty;
using ::testing::StartsWith;

const auto kMade = OperatorId::Of("made");
const auto kRai = OperatorId::Of("rai");

crypto::Hash Password(const std::string& name) { return crypto::Sha256({name}); }

class OfficersTest : public ::testing::Test {
 protected:
  OfficersTest() : centre_({.offices = {{susut_, "51.06.01"}}}) {
    centre_.Handle(OpenGeneration{.generation = GenerationId::Of("g1")});
    centre_.Handle(EnrolNode{.node = susut_,
                             .incarnation = IncarnationId::Of("susut-1"),
                             .public_key = std::string(32, 'k'),
                             .by = kMade});
    EXPECT_EQ(Set(kMade, Role::kAdministrator, {}, Password("first")), CommandOutcome::kDone);
  }

  CommandOutcome Set(const OperatorId& officer, Role role, const OperatorId& by,
                     const crypto::Hash& verifier = {}, bool founding = false) {
    return centre_
        .Handle(SetOfficer{
            .officer = officer, .role = role, .by = by, .verifier = verifier, .founding = founding})
        .result.outcome;
  }
  CommandResult Try(SignInOutcome outcome, absl::Duration running,
                    const OperatorId& officer = kMade) {
    return centre_
        .Handle(PasswordChecked{.officer = officer, .outcome = outcome, .running = running})
        .result;
  }
  template <typename Event>
  Event LastEvent() {
    return std::get<Event>(*centre_.log().back().event);
  }
  // Of whoever has not signed in since the last first password: nothing.
  OfficerSignIn SignInOf(const OperatorId& officer) {
    const auto& known = centre_.resident().centre.sign_ins;
    const auto found = known.find(officer);
    return found == known.end() ? OfficerSignIn() : found->second;
  }

  const NodeId susut_ = NodeId::Of("susut");
  MemoryCentre centre_;
};

TEST_F(OfficersTest, ARefusalForARoleSaysWhoseItIsAndWhichIsWanted) {
  const auto sari = OperatorId::Of("sari");
  ASSERT_EQ(Set(kRai, Role::kReconciler, kMade), CommandOutcome::kDone);
  ASSERT_EQ(Set(sari, Role::kAuditor, kMade), CommandOutcome::kDone);
  const auto ask = [&](const OperatorId& by, const OperatorId& second) {
    return Sentence(centre_
                        .Handle(RequestBlanks{.request = RequestId::Of("470/1"),
                                              .quantity = 10,
                                              .needed_by = absl::CivilDay(2017, 6, 1),
                                              .by = by,
                                              .second = second})
                        .result);
  };
  EXPECT_THAT(ask(sari, kRai),
              StartsWith("K-300: the first person is an auditor, and this takes a supervisor or a "
                         "stock-keeper or a reconciler or an administrator. "));
  EXPECT_THAT(ask(kRai, sari), StartsWith("K-300: the second person is an auditor, "));
  const SetOfficer set{.officer = sari, .role = Role::kAuditor, .by = kRai};
  EXPECT_THAT(Sentence(centre_.Handle(set).result),
              StartsWith("K-300: this person is a reconciler, and this takes an administrator. "));
}

TEST_F(OfficersTest, EveryChangeOfARosterHasItsAuthor) {
  EXPECT_EQ(Set(kRai, Role::kReconciler, kMade), CommandOutcome::kDone);
  EXPECT_EQ(LastEvent<OperatorRostered>().by, kMade);
  centre_.Handle(AddOperator{.operator_id = OperatorId::Of("op"), .node = susut_, .by = kMade});
  EXPECT_EQ(LastEvent<OperatorRostered>().by, kMade);
  centre_.Handle(RemoveOperator{.operator_id = OperatorId::Of("op"), .node = susut_, .by = kRai});
  EXPECT_EQ(LastEvent<OperatorRostered>().by, kRai);
  centre_.Handle(RequireApplication{
      .application_version = ApplicationVersion::Of("2017.1"), .node = {}, .by = kMade});
  EXPECT_EQ(LastEvent<ApplicationRequired>().by, kMade);
}

TEST_F(OfficersTest, ANewRoleKeepsThePasswordAndANewPasswordEndsTheLock) {
  EXPECT_EQ(Set(kRai, Role::kReconciler, kMade, Password("1")), CommandOutcome::kDone);
  centre_.Handle(ChangePassword{.officer = kRai});
  EXPECT_EQ(LastEvent<PasswordChanged>().basis, PasswordBasis::kFirst);
  for (int i = 0; i <= SignInTries::kFree; ++i) {
    Try(SignInOutcome::kWrongPassword, absl::Minutes(1), kRai);
  }
  EXPECT_EQ(Set(kRai, Role::kAuditor, kMade), CommandOutcome::kDone);
  EXPECT_EQ(LastEvent<OperatorRostered>().verifier, Password("1"));
  EXPECT_TRUE(SignInOf(kRai).own_password);
  EXPECT_EQ(WhyNotSignIn(centre_.resident().centre, kRai, absl::Minutes(1)).outcome,
            CommandOutcome::kLockedOut);
  EXPECT_EQ(Set(kRai, Role::kAuditor, kMade, Password("2")), CommandOutcome::kDone);
  EXPECT_FALSE(SignInOf(kRai).own_password);
  EXPECT_EQ(WhyNotSignIn(centre_.resident().centre, kRai, absl::Minutes(1)).outcome,
            CommandOutcome::kDone);
}

TEST_F(OfficersTest, TheLockIsCountedInRunningTimeAndNotedOnce) {
  const absl::Duration now = absl::Hours(3);
  for (int i = 0; i < SignInTries::kFree; ++i) {
    EXPECT_EQ(Try(SignInOutcome::kWrongPassword, now).outcome, CommandOutcome::kWrongPassword);
  }
  EXPECT_EQ(Try(SignInOutcome::kWrongPassword, now).outcome, CommandOutcome::kLockedOut);
  const auto ask = [&](absl::Duration running) {
    return centre_.Handle(AskSignIn{.officer = kMade, .running = running}).result;
  };
  EXPECT_EQ(ask(now).got, 60u);
  EXPECT_EQ(LastEvent<SignInTried>().outcome, SignInOutcome::kLockedOut);
  const size_t events = centre_.log().size();
  EXPECT_EQ(ask(now + absl::Seconds(59)).got, 1u);
  EXPECT_EQ(centre_.log().size(), events);
  EXPECT_EQ(ask(now + absl::Seconds(60)).outcome, CommandOutcome::kDone);
  EXPECT_EQ(Try(SignInOutcome::kAccepted, now + absl::Seconds(60)).outcome, CommandOutcome::kDone);
  EXPECT_EQ(SignInOf(kMade).tries.wrong, 0);
  EXPECT_EQ(centre_.resident().centre.running, now + absl::Seconds(60));
}

TEST_F(OfficersTest, WhoIsNotOnTheRosterIsNoTry) {
  EXPECT_EQ(Try(SignInOutcome::kAccepted, absl::Hours(1), kRai).outcome,
            CommandOutcome::kUnknownOfficer);
  EXPECT_THAT(centre_.resident().centre.sign_ins, IsEmpty());
}

TEST_F(OfficersTest, OfTheOfficesPeopleTheDistrictCountsNothing) {
  for (int i = 0; i < 10; ++i) {
    centre_.FromNode("susut", SignInTried{.operator_id = kMade,
                                          .outcome = SignInOutcome::kWrongPassword,
                                          .running = absl::Hours(9)});
  }
  centre_.FromNode(
      "susut",
      PasswordChanged{
          .operator_id = kMade, .changed_by = kMade, .basis = PasswordBasis::kOwn, .grant = {}});
  EXPECT_THAT(centre_.resident().centre.sign_ins, IsEmpty());
  EXPECT_EQ(centre_.resident().centre.running, absl::ZeroDuration());
}

TEST_F(OfficersTest, WhileNobodyCanSignInAnAdministratorIsMadeWithoutAWord) {
  EXPECT_EQ(Set(kRai, Role::kAdministrator, {}), CommandOutcome::kUnknownOfficer);
  EXPECT_EQ(Set(kRai, Role::kReconciler, {}, {}, /*founding=*/true), CommandOutcome::kFirstOfficer);
  // A name that nobody proved is no author's.
  EXPECT_EQ(Set(kRai, Role::kAdministrator, kMade, {}, /*founding=*/true), CommandOutcome::kDone);
  EXPECT_EQ(LastEvent<OperatorRostered>().by, OperatorId());
}

}  // namespace
}  // namespace keping::central
