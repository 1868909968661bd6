#include "central_node/core/phone_grant.h"

#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "common/domain/grant_code.h"
#include "tests/support/memory_centre.h"

namespace keping::central {
namespace {

using domain::ActId;
using domain::CaseKind;
using domain::CaseState;
using domain::GrantKind;
using domain::NodeId;
using domain::OperatorId;
using domain::SubjectId;

const std::string kKey(domain::kGrantKeySize, 'k');
const absl::CivilDay kDay(2017, 4, 27);

FactRef Ref(const std::string& name) {
  return {.id = crypto::Sha256({name}),
          .node = NodeId::Of("susut"),
          .incarnation = domain::IncarnationId::Of("susut-1"),
          .seq = 1,
          .wall_micros = 0};
}

PhoneGrantUse Use(const std::string& name, const std::string& act) {
  return {.fact = Ref(name), .terms = {}, .by = OperatorId::Of("gede"), .act = ActId::Of(act)};
}

TEST(JudgePhoneGrantTest, BothSidesMustTellTheSame) {
  const PhoneGrantIssue issue{.fact = Ref("issue"), .terms = {}, .by = OperatorId::Of("kadis")};
  struct Row {
    PhoneGrantFacts facts;
    PhoneGrantState state;
  };
  const Row kRows[] = {
      {{.issues = {issue}, .uses = {}}, PhoneGrantState::kIssued},
      {{.issues = {issue}, .uses = {Use("a", "act-1")}}, PhoneGrantState::kUsed},
      {{.issues = {}, .uses = {Use("a", "act-1")}}, PhoneGrantState::kNeverIssued},
      // One act on two branches of a forked log.
      {{.issues = {issue}, .uses = {Use("a", "act-1"), Use("b", "act-1")}}, PhoneGrantState::kUsed},
      {{.issues = {issue}, .uses = {Use("a", "act-1"), Use("b", "act-2")}},
       PhoneGrantState::kUsedTwice},
      {{.issues = {}, .uses = {Use("a", "act-1"), Use("b", "act-2")}}, PhoneGrantState::kUsedTwice},
  };
  for (const Row& row : kRows) {
    const PhoneGrantVerdict verdict = JudgePhoneGrant(row.facts);
    EXPECT_EQ(verdict.state, row.state) << PhoneGrantStateName(row.state);
    const bool odd =
        row.state == PhoneGrantState::kNeverIssued || row.state == PhoneGrantState::kUsedTwice;
    ASSERT_EQ(verdict.anomalies.size(), odd ? 1u : 0u);
    if (odd) {
      EXPECT_EQ(verdict.anomalies[0].evidence.size(), row.facts.uses.size());
    }
  }
}

class PhoneGrantStepTest : public ::testing::Test {
 protected:
  PhoneGrantStepTest() : centre_(WithKey()) {
    centre_.Handle(OpenGeneration{.generation = domain::GenerationId::Of("g1")});
    Enrol("susut");
  }

  static Settings WithKey() {
    Settings settings;
    settings.offices = {{NodeId::Of("susut"), "51.06.01"}, {NodeId::Of("bangli"), "51.06.02"}};
    settings.grant_key_name = crypto::Sha256({"key"});
    return settings;
  }
  Effects Enrol(const std::string& node) {
    return centre_.Handle(EnrolNode{.node = NodeId::Of(node),
                                    .incarnation = domain::IncarnationId::Of(node + "-1"),
                                    .public_key = std::string(32, 'k')});
  }
  Effects Issue(GrantKind kind, const std::string& subject, const std::string& version = "",
                uint32_t first_number = 0) {
    return centre_.Handle(
        IssueGrant{.act = ActId::Of(absl::StrCat("g-", ++acts_)),
                   .node = NodeId::Of("susut"),
                   .kind = kind,
                   .subject = subject.empty() ? SubjectId() : SubjectId::Of(subject),
                   .day = kDay,
                   .application_version = version.empty() ? domain::ApplicationVersion()
                                                          : domain::ApplicationVersion::Of(version),
                   .by = OperatorId::Of("kadis"),
                   .key = kKey,
                   .first_number = first_number});
  }
  Effects Used(const std::string& act, const crypto::Hash& tag, bool accepted = true) {
    return centre_.FromNode("susut", domain::GrantTried{.act = ActId::Of(act),
                                                        .kind = GrantKind::kUnlockNode,
                                                        .subject = {},
                                                        .day = kDay,
                                                        .tag = tag,
                                                        .accepted = accepted,
                                                        .operator_id = OperatorId::Of("gede"),
                                                        .application_version = {},
                                                        .lease_epoch = {}});
  }
  const NodeRow& Susut() { return centre_.resident().nodes.at(NodeId::Of("susut")); }
  crypto::Hash OnlyTag() { return Susut().grants.begin()->first; }
  void Record(const std::string& prr) {
    centre_.Handle(RecordsArrived{{{.prr = domain::PrrId::Of(prr),
                                    .version = 1,
                                    .village = domain::VillageCode::Of("51.06.02.2001"),
                                    .enrolled_at = absl::UnixEpoch(),
                                    .nik_key = {},
                                    .record_digest = {},
                                    .replaces = {}}}});
  }

  MemoryCentre centre_;
  int acts_ = 0;
};

TEST_F(PhoneGrantStepTest, EveryNodeIsToldItsKeyOnce) {
  const Effects enrolled = Enrol("bangli");
  ASSERT_EQ(enrolled.feed.size(), 1u);
  EXPECT_EQ(enrolled.feed[0].key, domain::GrantKeyFeedKey());
  // The key itself is no matter of the core.
  EXPECT_EQ(std::get<domain::GrantKeyItem>(enrolled.feed[0].body).key, "");
  EXPECT_TRUE(centre_.Handle(TellGrantKeys{}).feed.empty());
}

TEST_F(PhoneGrantStepTest, ACodeIsLoggedByItsTagOnly) {
  const Effects issued = Issue(GrantKind::kUnlockNode, "", "", 42);
  ASSERT_EQ(issued.result.outcome, CommandOutcome::kDone);
  EXPECT_EQ(issued.result.grant_code.substr(0, 2), "42");
  const auto& event = std::get<domain::GrantIssued>(*centre_.log().back().event);
  EXPECT_EQ(event.tag, OnlyTag());
  EXPECT_EQ(event.operator_id.value(), "kadis");
  // A second one for the same has another number.
  const Effects second = Issue(GrantKind::kUnlockNode, "", "", 42);
  EXPECT_EQ(second.result.grant_code.substr(0, 2), "43");
  EXPECT_EQ(Susut().grants.size(), 2u);
}

TEST_F(PhoneGrantStepTest, AGrantUsedOnceIsNoCase) {
  Issue(GrantKind::kUnlockNode, "");
  Used("act-1", OnlyTag());
  EXPECT_EQ(JudgePhoneGrant(Susut().grants.at(OnlyTag())).state, PhoneGrantState::kUsed);
  EXPECT_EQ(centre_.case_of(CaseKind::kGrantMismatch, OnlyTag().Hex()).revision, 0u);
}

TEST_F(PhoneGrantStepTest, AGrantThatNobodyIssuedIsACase) {
  const crypto::Hash tag = crypto::Sha256({"forged"});
  Used("act-1", tag);
  const CaseRow row = centre_.case_of(CaseKind::kGrantMismatch, tag.Hex());
  EXPECT_EQ(row.state, CaseState::kOpen);
  EXPECT_EQ(row.evidence.size(), 1u);
}

TEST_F(PhoneGrantStepTest, AGrantUsedTwiceIsACase) {
  Issue(GrantKind::kUnlockNode, "");
  Used("act-1", OnlyTag());
  Used("act-2", OnlyTag());
  EXPECT_EQ(centre_.case_of(CaseKind::kGrantMismatch, OnlyTag().Hex()).state, CaseState::kOpen);
}

TEST_F(PhoneGrantStepTest, WrongCodesAreCounted) {
  for (int i = 0; i < 3; ++i) Used(absl::StrCat("act-", i), {}, /*accepted=*/false);
  EXPECT_EQ(Susut().grants_refused, 3u);
  EXPECT_TRUE(Susut().grants.empty());
}

TEST_F(PhoneGrantStepTest, ACertificateGoesOntoTheRosterAtOnce) {
  EXPECT_EQ(Issue(GrantKind::kCertifyOperator, "op", "8.1").result.outcome,
            CommandOutcome::kUnknownOperator);
  centre_.Handle(AddOperator{.operator_id = OperatorId::Of("op"), .node = NodeId::Of("susut")});
  EXPECT_EQ(Issue(GrantKind::kCertifyOperator, "op").result.outcome, CommandOutcome::kNoSubject);
  ASSERT_EQ(Issue(GrantKind::kCertifyOperator, "op", "8.1").result.outcome, CommandOutcome::kDone);
  EXPECT_TRUE(Susut()
                  .operators.at(OperatorId::Of("op"))
                  .certified.contains(domain::ApplicationVersion::Of("8.1")));
}

TEST_F(PhoneGrantStepTest, AForcedLeaseIsMovedAndItsEpochReadOut) {
  Enrol("bangli");
  Record("p1");
  const Effects issued = Issue(GrantKind::kForceLease, "p1");
  ASSERT_EQ(issued.result.outcome, CommandOutcome::kDone);
  EXPECT_EQ(issued.result.lease_epoch, (domain::LeaseEpoch{1, 2}));
  EXPECT_EQ(centre_.prr("p1").holder.value(), "susut");
  // The holder is told by another grant without moving anything.
  EXPECT_EQ(Issue(GrantKind::kForceLease, "p1").result.lease_epoch, (domain::LeaseEpoch{1, 2}));
  EXPECT_EQ(Issue(GrantKind::kForceLease, "p9").result.outcome, CommandOutcome::kUnknownPrr);
}

TEST_F(PhoneGrantStepTest, ADayHasOneHundredGrantsOfAKind) {
  for (uint32_t i = 0; i < domain::kGrantNumbers; ++i) {
    ASSERT_EQ(Issue(GrantKind::kUnlockNode, "", "", i * 7).result.outcome, CommandOutcome::kDone);
  }
  EXPECT_EQ(Issue(GrantKind::kUnlockNode, "").result.outcome, CommandOutcome::kTooManyGrants);
}

TEST_F(PhoneGrantStepTest, WhatIsRefusedIsNotCarriedOut) {
  const auto person = OperatorId::Of("op");
  const auto version = domain::ApplicationVersion::Of("8.1");
  centre_.Handle(AddOperator{.operator_id = person, .node = NodeId::Of("susut")});
  for (uint32_t i = 0; i < domain::kGrantNumbers; ++i) {
    ASSERT_EQ(Issue(GrantKind::kCertifyOperator, "op", "8.1", i).result.outcome,
              CommandOutcome::kDone);
  }
  centre_.Handle(CertifyOperator{.operator_id = person,
                                 .node = NodeId::Of("susut"),
                                 .application_version = version,
                                 .withdraw = true});
  EXPECT_EQ(Issue(GrantKind::kCertifyOperator, "op", "8.1").result.outcome,
            CommandOutcome::kTooManyGrants);
  EXPECT_FALSE(Susut().operators.at(person).certified.contains(version));
}

}  // namespace
}  // namespace keping::central
