#include "central_node/console/people_console.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>

#include "central_node/store/replay.h"
#include "common/base/prng.h"
#include "common/crypto/one_time_code.h"
#include "common/domain/grant_code.h"
#include "tests/support/little_district.h"

namespace keping::central {
namespace {

using ::testing::ElementsAre;
using tests::LittleDistrict;

const auto kOp = domain::OperatorId::Of("op");

class PeopleConsoleTest : public ::testing::Test {
 protected:
  PeopleConsoleTest() {
    district_.Connect("susut");
    district_.Run();
  }

  absl::StatusOr<v1::AddOperatorResponse> Add(const std::string& node, log::v1::Role role,
                                              const FirstPassword& password = {}) {
    v1::AddOperatorRequest request;
    request.set_operator_id("op");
    request.set_node(node);
    request.set_role(role);
    auto response = people_.AddOperator(request, password);
    district_.Run();
    return response;
  }
  absl::Status Certify(const std::string& version, bool withdraw = false) {
    v1::CertifyOperatorRequest request;
    request.set_operator_id("op");
    request.set_node("susut");
    request.set_application_version(version);
    request.set_withdraw(withdraw);
    const absl::Status status = people_.CertifyOperator(request).status();
    district_.Run();
    return status;
  }
  absl::Status Remove() {
    v1::RemoveOperatorRequest request;
    request.set_operator_id("op");
    request.set_node("susut");
    const absl::Status status = people_.RemoveOperator(request).status();
    district_.Run();
    return status;
  }
  absl::Status Require(const std::string& version, const std::string& node) {
    v1::RequireApplicationRequest request;
    request.set_application_version(version);
    request.set_node(node);
    const absl::Status status = people_.RequireApplication(request).status();
    district_.Run();
    return status;
  }
  // As the office knows the person.
  const domain::OperatorItem* AtTheOffice() { return catalogue().FindOperator(kOp); }
  const edge::Catalogue& catalogue() { return district_.office("susut").node->core().catalogue(); }

  LittleDistrict district_{{{"susut", "51.06.01"}, {"tembuku", "51.06.03"}}};
  base::Prng prng_{1};
  absl::Status failure_;
  PeopleConsole people_{{.node = &district_.centre(),
                         .hub = &district_.hub(),
                         .clock = &district_.clock(),
                         .random = [this](size_t size) { return prng_.Bytes(size); },
                         .failed = [this](const absl::Status& status) { failure_ = status; }}};
};

TEST_F(PeopleConsoleTest, RoleAndTrainingReachTheOffice) {
  ASSERT_TRUE(Add("susut", log::v1::ROLE_SUPERVISOR).ok());
  ASSERT_NE(AtTheOffice(), nullptr);
  EXPECT_EQ(AtTheOffice()->role, domain::Role::kSupervisor);
  EXPECT_TRUE(AtTheOffice()->certified.empty());
  ASSERT_TRUE(Certify("8.2").ok());
  ASSERT_TRUE(Certify("8.1").ok());
  EXPECT_THAT(AtTheOffice()->certified, ElementsAre(domain::ApplicationVersion::Of("8.1"),
                                                    domain::ApplicationVersion::Of("8.2")));
  // A new role keeps the training.
  ASSERT_TRUE(Add("susut", log::v1::ROLE_OPERATOR).ok());
  EXPECT_EQ(AtTheOffice()->role, domain::Role::kOperator);
  EXPECT_EQ(AtTheOffice()->certified.size(), 2u);
  ASSERT_TRUE(Certify("8.1", /*withdraw=*/true).ok());
  EXPECT_THAT(AtTheOffice()->certified, ElementsAre(domain::ApplicationVersion::Of("8.2")));
}

TEST_F(PeopleConsoleTest, WhoIsStruckOffIsGoneAtTheOfficeAndCanComeBack) {
  ASSERT_TRUE(Add("susut", log::v1::ROLE_OPERATOR).ok());
  ASSERT_TRUE(Certify("8.1").ok());
  ASSERT_TRUE(Remove().ok());
  EXPECT_EQ(AtTheOffice(), nullptr);
  EXPECT_EQ(Remove().code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(Certify("8.2").code(), absl::StatusCode::kNotFound);
  ASSERT_TRUE(Add("susut", log::v1::ROLE_OPERATOR).ok());
  EXPECT_TRUE(AtTheOffice()->CertifiedOn(domain::ApplicationVersion::Of("8.1")));
}

TEST_F(PeopleConsoleTest, AFirstPasswordReachesTheOfficeAsAVerifierOnly) {
  const auto random = [this](size_t size) { return prng_.Bytes(size); };
  const FirstPassword password = *MakeFirstPassword(random, crypto::PasswordCost::kLeast);
  const auto added = Add("susut", log::v1::ROLE_OPERATOR, password);
  ASSERT_TRUE(added.ok());
  EXPECT_EQ(added->first_password(), password.shown);
  const std::string typed = *crypto::NormalizeOneTimeCode(password.shown);
  EXPECT_TRUE(crypto::PasswordMatches(typed, AtTheOffice()->verifier));
  // A later change of the roster keeps it; a new password replaces it.
  ASSERT_TRUE(Certify("8.1").ok());
  EXPECT_TRUE(crypto::PasswordMatches(typed, AtTheOffice()->verifier));
  const FirstPassword second = *MakeFirstPassword(random, crypto::PasswordCost::kLeast);
  ASSERT_TRUE(Add("susut", log::v1::ROLE_OPERATOR, second).ok());
  EXPECT_FALSE(crypto::PasswordMatches(typed, AtTheOffice()->verifier));
  EXPECT_EQ(AtTheOffice()->verifier, second.verifier);
}

TEST_F(PeopleConsoleTest, NoPasswordAndNoVerifierIsInTheDatabase) {
  const auto random = [this](size_t size) { return prng_.Bytes(size); };
  const FirstPassword password = *MakeFirstPassword(random, crypto::PasswordCost::kLeast);
  ASSERT_TRUE(Add("susut", log::v1::ROLE_OPERATOR, password).ok());
  ASSERT_FALSE(Add("nowhere", log::v1::ROLE_OPERATOR, password).ok());
  for (const storage::KvStore* store :
       {static_cast<storage::KvStore*>(&district_.centre_store()),
        static_cast<storage::KvStore*>(&district_.office("susut").store)}) {
    ASSERT_TRUE(store
                    ->Scan("", "",
                           [&](absl::string_view key, absl::string_view value) {
                             EXPECT_EQ(value.find("argon2id"), absl::string_view::npos) << key;
                             EXPECT_EQ(key.find("nowhere"), absl::string_view::npos);
                             return true;
                           })
                    .ok());
  }
}

TEST_F(PeopleConsoleTest, RostersAreListedByNode) {
  ASSERT_TRUE(Add("susut", log::v1::ROLE_AUDITOR).ok());
  ASSERT_TRUE(Add("tembuku", log::v1::ROLE_OPERATOR).ok());
  EXPECT_EQ(people_.ListOperators({})->operators_size(), 2);
  v1::ListOperatorsRequest one;
  one.set_node("susut");
  const auto listed = people_.ListOperators(one);
  ASSERT_EQ(listed->operators_size(), 1);
  EXPECT_EQ(listed->operators(0).role(), log::v1::ROLE_AUDITOR);
  EXPECT_TRUE(listed->operators(0).active());
  EXPECT_FALSE(listed->operators(0).has_first_password());
}

TEST_F(PeopleConsoleTest, TheApplicationRequiredReachesEveryOfficeAndThoseThatEnrolLater) {
  ASSERT_TRUE(Require("8.2", "").ok());
  EXPECT_EQ(catalogue().required_application().value(), "8.2");
  EXPECT_EQ(district_.office("tembuku").node->core().catalogue().required_application().value(),
            "");
  district_.Connect("tembuku");
  district_.Run();
  EXPECT_EQ(district_.office("tembuku").node->core().catalogue().required_application().value(),
            "8.2");
  ASSERT_TRUE(Require("8.3", "susut").ok());
  EXPECT_EQ(catalogue().required_application().value(), "8.3");
  EXPECT_EQ(district_.office("tembuku").node->core().catalogue().required_application().value(),
            "8.2");
  EXPECT_EQ(Require("8.3", "nowhere").code(), absl::StatusCode::kNotFound);

  const auto kintamani = domain::NodeId::Of("kintamani");
  district_.Command(EnrolNode{.node = kintamani,
                              .incarnation = domain::IncarnationId::Of("inc"),
                              .public_key = std::string(32, 'k')});
  EXPECT_EQ(district_.centre().feed_head(kintamani), 1u);
}

TEST_F(PeopleConsoleTest, RequestsThatDoNotParseAreRefused) {
  EXPECT_EQ(people_.AddOperator({}, {}).status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(Add("susut", log::v1::ROLE_UNSPECIFIED).status().code(),
            absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(Add("nowhere", log::v1::ROLE_OPERATOR).status().code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(Certify("").code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(people_.RequireApplication({}).status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_TRUE(failure_.ok());
}

// A centre that reads its logs again knows the same rosters.
TEST_F(PeopleConsoleTest, TheRosterIsAProjectionOfTheLog) {
  ASSERT_TRUE(Add("susut", log::v1::ROLE_SUPERVISOR).ok());
  ASSERT_TRUE(Certify("8.1").ok());
  ASSERT_TRUE(Require("8.2", "").ok());
  const auto stored = TablesDigest(district_.centre_store());
  const auto replayed = ReplayDigest(district_.centre_store(), district_.centre().options());
  ASSERT_TRUE(stored.ok() && replayed.ok());
  EXPECT_EQ(*stored, *replayed);
}

// ---- Telephone grants, from one end to the other.

class GrantConsoleTest : public ::testing::Test {
 protected:
  GrantConsoleTest() {
    district_.SetGrantKey(std::string(32, 'g'));
    people_.emplace(
        PeopleConsole::Ports{.node = &district_.centre(),
                             .hub = &district_.hub(),
                             .clock = &district_.clock(),
                             .random = [this](size_t size) { return prng_.Bytes(size); },
                             .failed = [](const absl::Status&) {}});
    for (const char* person : {"op", "sup"}) {
      district_.Command(AddOperator{
          .operator_id = domain::OperatorId::Of(person),
          .node = domain::NodeId::Of("susut"),
          .role = *person == 's' ? domain::Role::kSupervisor : domain::Role::kOperator});
    }
    district_.Connect("susut");
    district_.Run();
    district_.Cut("susut");
  }

  v1::IssueGrantResponse Issue() {
    v1::IssueGrantRequest request;
    request.set_node("susut");
    request.set_kind(log::v1::GRANT_KIND_RESET_PASSWORD);
    request.set_subject("op");
    request.set_by("kadis");
    auto response = people_->IssueGrant(request);
    EXPECT_TRUE(response.ok()) << response.status();
    return response.value_or(v1::IssueGrantResponse());
  }
  absl::Status Use(const std::string& code) {
    const auto decision = district_.office("susut").node->Handle(
        edge::UseGrant{.act = district_.office("susut").node->NewAct(),
                       .operator_id = domain::OperatorId::Of("sup"),
                       .kind = domain::GrantKind::kResetPassword,
                       .subject = domain::SubjectId::Of("op"),
                       .day = absl::ToCivilDay(district_.clock().Now().wall, absl::UTCTimeZone()),
                       .lease_epoch = {},
                       .code = domain::ParseGrantCode(code).value(),
                       .verifier = "verifier"});
    return decision.ok() ? decision->status : decision.status();
  }
  v1::ListGrantsResponse Grants() {
    district_.Connect("susut");
    district_.Run();
    return *people_->ListGrants({});
  }

  LittleDistrict district_{{{"susut", "51.06.01"}}};
  base::Prng prng_{1};
  std::optional<PeopleConsole> people_;
};

TEST_F(GrantConsoleTest, ACodeThatWasReadOutWorksWithoutALinkAndIsMatchedLater) {
  const v1::IssueGrantResponse issued = Issue();
  EXPECT_FALSE(issued.spoken().empty());
  ASSERT_TRUE(Use(issued.code()).ok());
  EXPECT_FALSE(Use(issued.code()).ok());
  const v1::ListGrantsResponse grants = Grants();
  ASSERT_EQ(grants.grants_size(), 1);
  EXPECT_EQ(grants.grants(0).state(), "used");
  EXPECT_EQ(grants.grants(0).issued_by(), "kadis");
  EXPECT_EQ(grants.grants(0).used_by(), "sup");
  EXPECT_EQ(grants.refused_size(), 0);
}

TEST_F(GrantConsoleTest, WhatIsOddIsShownFirst) {
  Issue();
  // Somebody has the node's key and makes codes of the own.
  const std::string& key = district_.office("susut").node->core().catalogue().grant_key();
  const std::string forged = domain::MakeGrantCode(
      key,
      {.node = domain::NodeId::Of("susut"),
       .kind = domain::GrantKind::kResetPassword,
       .subject = domain::SubjectId::Of("op"),
       .day = absl::ToCivilDay(district_.clock().Now().wall, absl::UTCTimeZone()),
       .application_version = {},
       .lease_epoch = {}},
      99);
  ASSERT_TRUE(Use(forged).ok());
  const v1::ListGrantsResponse grants = Grants();
  ASSERT_EQ(grants.grants_size(), 2);
  EXPECT_EQ(grants.grants(0).state(), "never_issued");
  EXPECT_EQ(grants.grants(1).state(), "issued");
  // The same page by page, and the odd ones alone.
  v1::ListGrantsRequest request;
  request.set_page_size(1);
  const v1::ListGrantsResponse first = *people_->ListGrants(request);
  ASSERT_EQ(first.grants_size(), 1);
  EXPECT_EQ(first.grants(0).state(), "never_issued");
  request.set_page_token(first.next_page_token());
  const v1::ListGrantsResponse second = *people_->ListGrants(request);
  ASSERT_EQ(second.grants_size(), 1);
  EXPECT_EQ(second.grants(0).state(), "issued");
  EXPECT_EQ(second.next_page_token(), "");
  v1::ListGrantsRequest odd;
  odd.set_odd_only(true);
  EXPECT_EQ(people_->ListGrants(odd)->grants_size(), 1);
}

TEST_F(GrantConsoleTest, ALostKeyIsReplacedByTheFeed) {
  const std::string before = district_.office("susut").node->core().catalogue().grant_key();
  EXPECT_EQ(before.size(), domain::kGrantKeySize);
  district_.SetGrantKey(std::string(32, 'h'));
  district_.Connect("susut");
  district_.Run();
  EXPECT_NE(district_.office("susut").node->core().catalogue().grant_key(), before);
}

TEST_F(PeopleConsoleTest, WithoutAKeyNoGrantIsMade) {
  v1::IssueGrantRequest request;
  request.set_node("susut");
  request.set_kind(log::v1::GRANT_KIND_UNLOCK_NODE);
  request.set_by("kadis");
  EXPECT_EQ(people_.IssueGrant(request).status().code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(people_.IssueGrant({}).status().code(), absl::StatusCode::kInvalidArgument);
}

}  // namespace
}  // namespace keping::central
