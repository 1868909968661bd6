#include "central_node/sync_service/enrolment_desk.h"

#include <gtest/gtest.h>

#include <utility>

#include "common/base/prng.h"
#include "common/crypto/one_time_code.h"
#include "common/storage/faulty_store.h"
#include "common/time/simulated_clock.h"

namespace keping::central {
namespace {

using Failure = storage::FaultyStore::Failure;

const std::string kCodeKey(32, 'k');  // NOLINT: a constant of this test

class EnrolmentDeskTest : public ::testing::Test {
 protected:
  EnrolmentDeskTest() { Reopen(); }

  void Reopen() {
    desk_.reset();
    centre_.reset();
    store_.Reopen();
    const auto random = [this](size_t size) { return prng_.Bytes(size); };
    centre_ = *CentralNode::Open(
        &store_,
        {.centre = domain::NodeId::Of("central"),
         .settings = {},
         .cipher = *crypto::RecordCipher::FromKey(std::string(crypto::kSealKeySize, 'c')),
         .nik_lookup_key = "look-up",
         .random = random},
        clock_.Now());
    desk_ = std::make_unique<EnrolmentDesk>(
        EnrolmentDesk::Ports{.store = &store_,
                             .node = centre_.get(),
                             .clock = &clock_,
                             .verifier = verifier_.get(),
                             .code_key = kCodeKey,
                             .random = random,
                             .failed = [this](const absl::Status&) { ++failures_; }});
  }

  std::string Issue(const std::string& node) {
    return *desk_->CreateCode(domain::NodeId::Of(node));
  }
  absl::StatusCode Admit(const std::string& code, const std::string& node,
                         const std::string& incarnation) {
    return desk_
        ->Admit(
            {.code_hash = crypto::HashOneTimeCode(kCodeKey, *crypto::NormalizeOneTimeCode(code)),
             .node = domain::NodeId::Of(node),
             .incarnation = domain::IncarnationId::Of(incarnation),
             .log_public_key = std::string(crypto::Sha256({incarnation}).AsBytes())})
        .code();
  }
  bool Enrolled(const std::string& node, const std::string& incarnation) {
    return centre_->held(domain::NodeId::Of(node), domain::IncarnationId::Of(incarnation))
        .has_value();
  }

  time::SimulatedClock clock_{absl::FromUnixSeconds(1'500'000'000)};
  base::Prng prng_{1};
  const std::unique_ptr<crypto::Verifier> verifier_ = crypto::MakeKeyedHashVerifier();
  storage::FaultyStore store_;
  std::unique_ptr<CentralNode> centre_;
  std::unique_ptr<EnrolmentDesk> desk_;
  int failures_ = 0;
};

TEST_F(EnrolmentDeskTest, ACodeLetsOneIncarnationOfItsNodeIn) {
  const std::string code = Issue("susut");
  EXPECT_EQ(Admit(code, "tembuku", "t-1"), absl::StatusCode::kUnauthenticated);
  EXPECT_EQ(Admit(code, "susut", "s-1"), absl::StatusCode::kOk);
  EXPECT_TRUE(Enrolled("susut", "s-1"));
  EXPECT_EQ(Admit(code, "susut", "s-2"), absl::StatusCode::kUnauthenticated);
  EXPECT_FALSE(Enrolled("susut", "s-2"));
}

TEST_F(EnrolmentDeskTest, TheSameClaimAgainIsLetInEvenTheDayAfter) {
  const std::string code = Issue("susut");
  EXPECT_EQ(Admit(code, "susut", "s-1"), absl::StatusCode::kOk);
  Reopen();
  clock_.Advance(2 * EnrolmentDesk::kCodeValidity);
  const uint64_t entries = centre_->log_head().seq;
  EXPECT_EQ(Admit(code, "susut", "s-1"), absl::StatusCode::kOk);
  EXPECT_EQ(centre_->log_head().seq, entries);
}

TEST_F(EnrolmentDeskTest, ACodeIsWorthNothingAfterADay) {
  const std::string code = Issue("susut");
  clock_.Advance(EnrolmentDesk::kCodeValidity + absl::Seconds(1));
  EXPECT_EQ(Admit(code, "susut", "s-1"), absl::StatusCode::kUnauthenticated);
}

TEST_F(EnrolmentDeskTest, ANewCertificateIsForTheActiveIncarnationThatHasNotEnded) {
  // Of the simulator's signatures the public key is the key.
  const auto renew = [this](const std::string& incarnation, const std::string& key) {
    const auto signer = crypto::MakeKeyedHashSigner(crypto::Sha256({key}).AsBytes());
    return desk_->AdmitRenewal({.node = domain::NodeId::Of("susut"),
                                .incarnation = domain::IncarnationId::Of(incarnation),
                                .statement = "statement",
                                .signature = signer->Sign("statement")});
  };
  ASSERT_EQ(Admit(Issue("susut"), "susut", "s-1"), absl::StatusCode::kOk);
  EXPECT_EQ(renew("s-1", "s-1").code(), absl::StatusCode::kOk);
  EXPECT_EQ(renew("s-1", "another").code(), absl::StatusCode::kUnauthenticated);
  EXPECT_EQ(renew("s-2", "s-2").code(), absl::StatusCode::kUnauthenticated);
  ASSERT_EQ(Admit(Issue("susut"), "susut", "s-2"), absl::StatusCode::kOk);
  EXPECT_EQ(renew("s-1", "s-1").code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(renew("s-2", "s-2").code(), absl::StatusCode::kOk);
  ASSERT_EQ(centre_
                ->Handle(clock_.Now(), CloseNode{.node = domain::NodeId::Of("susut"),
                                                 .end = domain::NodeEnd::kRevoked,
                                                 .by = domain::OperatorId::Of("kadis"),
                                                 .second = domain::OperatorId::Of("sekdis"),
                                                 .document = domain::DocumentNumber::Of("1")})
                ->outcome,
            CommandOutcome::kDone);
  EXPECT_EQ(renew("s-2", "s-2").code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(renew("s-2", "another").code(), absl::StatusCode::kUnauthenticated);
}

TEST_F(EnrolmentDeskTest, UnknownCodesAreRefused) {
  EXPECT_EQ(Admit("00000-00000", "susut", "s-1"), absl::StatusCode::kUnauthenticated);
  EXPECT_EQ(failures_, 0);
}

TEST_F(EnrolmentDeskTest, ACrashWhileLettingInNeverSpendsACodeTwice) {
  for (const Failure failure : {Failure::kNotWritten, Failure::kUnknownButWritten}) {
    const std::string code = Issue("susut");
    const std::string mine = failure == Failure::kNotWritten ? "s-1" : "s-2";
    store_.FailNextWrite(failure);
    EXPECT_NE(Admit(code, "susut", mine), absl::StatusCode::kOk);
    EXPECT_EQ(std::exchange(failures_, 0), 1);
    Reopen();
    EXPECT_FALSE(Enrolled("susut", mine));
    EXPECT_EQ(Admit(code, "susut", mine), absl::StatusCode::kOk);
    EXPECT_EQ(Admit(code, "susut", "other"), absl::StatusCode::kUnauthenticated);
  }
}

TEST_F(EnrolmentDeskTest, TheCodeItselfIsNotInTheStore) {
  const std::string code = *crypto::NormalizeOneTimeCode(Issue("susut"));
  ASSERT_TRUE(store_
                  .Scan("", "",
                        [&](absl::string_view key, absl::string_view value) {
                          EXPECT_EQ(key.find(code), absl::string_view::npos);
                          EXPECT_EQ(value.find(code), absl::string_view::npos);
                          return true;
                        })
                  .ok());
}

}  // namespace
}  // namespace keping::central
