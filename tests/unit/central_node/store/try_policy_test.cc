// A policy tried on the cases of a small district, with its real store.
#include "central_node/store/try_policy.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "common/base/prng.h"
#include "common/storage/memory_store.h"
#include "tests/support/node_log.h"

namespace keping::central {
namespace {

using domain::CaseKind;
using domain::NodeId;
using domain::TransferId;
using keping::testing::NodeLog;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

// 3 April 2017 was a Monday; the district works in UTC.
time::Moment At(int day) {
  return {.wall = absl::FromCivil(absl::CivilHour(2017, 4, day, 9), absl::UTCTimeZone()),
          .monotonic = absl::Seconds(day),
          .boot_id = "boot"};
}

class TryPolicyTest : public ::testing::Test {
 protected:
  TryPolicyTest() {
    CentralOptions options{
        .centre = NodeId::Of("district"),
        .settings = {},
        .cipher = *crypto::RecordCipher::FromKey(std::string(crypto::kSealKeySize, 'k')),
        .nik_lookup_key = "look-up",
        .random = [this](size_t size) { return prng_.Bytes(size); }};
    centre_ = *CentralNode::Open(store_.get(), std::move(options), At(3));
    Handle(3, EnrolNode{.node = log_.node(),
                        .incarnation = log_.incarnation(),
                        .public_key = log_.public_key()});
    EXPECT_TRUE(centre_
                    ->ReceiveAllotments(At(3),
                                        {{{.allotment = domain::AllotmentId::Of("a1"),
                                           .bast_number = "B/1",
                                           .serials = *domain::SerialSet::Parse("A1000..A1999")}}},
                                        1)
                    .ok());
  }

  template <typename Command>
  void Handle(int day, const Command& command) {
    const auto result = centre_->Handle(At(day), command);
    ASSERT_TRUE(result.ok()) << result.status();
    EXPECT_EQ(result->outcome, CommandOutcome::kDone);
  }
  void Send(int day, const std::string& transfer) {
    Handle(day, Dispatch{.transfer = TransferId::Of(transfer),
                         .node = log_.node(),
                         .quantity = 1,
                         .serials = {}});
  }
  // Every day before this one is over.
  void EndDaysBefore(int day) { ASSERT_TRUE(centre_->EndDays(At(day), true).ok()); }

  PolicyPage Try(const domain::Policy& policy, size_t limit = 1000, const std::string& after = "") {
    auto page = TryPolicy(*centre_, policy, after, limit);
    EXPECT_TRUE(page.ok()) << page.status();
    return page.value_or(PolicyPage());
  }
  // All pages as one.
  std::vector<std::string> TryAll(const domain::Policy& policy, size_t limit) {
    std::vector<std::string> told;
    std::string after;
    do {
      const PolicyPage page = Try(policy, limit, after);
      for (const PolicyDifference& one : page.differences) {
        told.push_back(absl::StrCat(domain::CaseKindName(one.kind), " ", one.entity, ": ",
                                    one.now.text, " -> ", one.would_be.text));
      }
      EXPECT_NE(page.next, after) << "it goes on";
      after = page.next;
    } while (!after.empty());
    return told;
  }
  std::map<std::string, std::string> Stored() const {
    std::map<std::string, std::string> rows;
    EXPECT_TRUE(store_
                    ->Scan("", "\xff\xff",
                           [&](absl::string_view key, absl::string_view value) {
                             rows[std::string(key)] = std::string(value);
                             return true;
                           })
                    .ok());
    return rows;
  }
  domain::Policy Waiting(uint32_t days) const {
    domain::Policy policy = centre_->resident().centre.policy;
    policy.silent_transfer_days = days;
    return policy;
  }

  base::Prng prng_{7};
  std::unique_ptr<storage::KvStore> store_ = storage::MakeMemoryStore();
  NodeLog log_{"susut", "susut-1"};
  std::unique_ptr<CentralNode> centre_;
};

TEST_F(TryPolicyTest, WithoutCasesNothingDiffers) {
  EXPECT_THAT(TryAll(Waiting(1), 10), IsEmpty());
}

TEST_F(TryPolicyTest, ADispatchWouldHaveBeenACaseSoonerOrLater) {
  Send(3, "early");
  EndDaysBefore(7);  // three working days after the third
  Send(6, "late");
  EXPECT_THAT(TryAll(Waiting(3), 10), IsEmpty());
  EXPECT_THAT(TryAll(Waiting(4), 10), ElementsAre(HasSubstr("transfer_silent early: open; ")));
  EXPECT_THAT(TryAll(Waiting(4), 10), ElementsAre(HasSubstr("-> no case")));
  EXPECT_THAT(TryAll(Waiting(1), 10), IsEmpty()) << "no day has ended since the second one";
  EndDaysBefore(8);
  EXPECT_THAT(TryAll(Waiting(1), 10),
              ElementsAre(HasSubstr("transfer_silent late: no case -> open; ")));
}

TEST_F(TryPolicyTest, AHolidayIsNoWorkingDay) {
  Send(3, "early");
  EndDaysBefore(7);
  domain::Policy policy = Waiting(3);
  policy.holidays.push_back({.day = absl::CivilDay(2017, 4, 5), .name = "x", .node = {}});
  EXPECT_THAT(TryAll(policy, 10), ElementsAre(HasSubstr("early: open; ")));
}

TEST_F(TryPolicyTest, PagesTellTogetherWhatOneTells) {
  for (int i = 0; i < 25; ++i) Send(3, absl::StrCat("t", i));
  EndDaysBefore(7);
  for (int i = 25; i < 40; ++i) Send(6, absl::StrCat("t", i));
  EndDaysBefore(8);
  const std::vector<std::string> whole = TryAll(Waiting(5), 1000);
  EXPECT_EQ(whole.size(), 25u);
  EXPECT_EQ(TryAll(Waiting(5), 1), whole);
  EXPECT_EQ(TryAll(Waiting(5), 7), whole);
  EXPECT_EQ(TryAll(Waiting(1), 7).size(), 15u);
  EXPECT_EQ(Try(Waiting(4), 7).looked_at, 7u);
}

// The blank that a card was not found on was scanned again, by the name that its chip has.
TEST_F(TryPolicyTest, ABlankThatWasSeenAgainUnderItsOtherNameIsLocated) {
  const domain::OperatorId rai = domain::OperatorId::Of("rai");
  const domain::OperatorId made = domain::OperatorId::Of("made");
  for (const auto& person : {made, rai}) {
    Handle(3, SetOfficer{.officer = person, .role = domain::Role::kAdministrator, .by = made});
  }
  domain::Policy waiting = centre_->resident().centre.policy;
  waiting.version = 1;
  waiting.rules.push_back({.kind = CaseKind::kWrongBlankBound,
                           .may_decide = {domain::Role::kReconciler},
                           .wait_for_person = true});
  Handle(3, SetPolicy{.policy = waiting, .by = made, .second = rai});
  Handle(3,
         Dispatch{
             .transfer = TransferId::Of("t1"), .node = log_.node(), .quantity = 2, .serials = {}});
  const auto both = *domain::SerialSet::Parse("A1000..A1001");
  const auto uid = domain::BlankSerial::Of("04A1B2C3D4E5F6");
  log_.Add(domain::BlanksReceived{.act = domain::ActId::Of("receive"),
                                  .transfer = TransferId::Of("t1"),
                                  .operator_id = rai,
                                  .received = both,
                                  .missing = {},
                                  .unexpected = {}});
  domain::PrintIntended intent;
  intent.act = domain::ActId::Of("job");
  intent.prr = domain::PrrId::Of("p1");
  intent.blank = domain::BlankSerial::Of("A1000");
  intent.printer = domain::PrinterId::Of("printer");
  intent.operator_id = domain::OperatorId::Of("op");
  intent.application_version = domain::ApplicationVersion::Of("v1");
  log_.Add(intent);
  log_.Add(domain::PrintVerified{.act = domain::ActId::Of("job"),
                                 .blank = domain::BlankSerial::Of("A1001"),
                                 .operator_id = rai});
  log_.Add(domain::BlankIdentified{.act = domain::ActId::Of("named"),
                                   .printed = domain::BlankSerial::Of("A1000"),
                                   .uid = uid,
                                   .operator_id = rai});
  log_.Add(domain::BlanksReceived{.act = domain::ActId::Of("again"),
                                  .transfer = TransferId::Of("t1"),
                                  .operator_id = rai,
                                  .received = {},
                                  .missing = {},
                                  .unexpected = {uid}});
  ASSERT_TRUE(centre_->Ingest(At(3), log_.node(), log_.SegmentFrom(1), log_.verifier()).ok());
  domain::Policy by_itself = waiting;
  by_itself.rules.clear();
  EXPECT_THAT(TryAll(by_itself, 10), ElementsAre(HasSubstr("wrong_blank_bound A1000: open; ")));
  EXPECT_THAT(TryAll(by_itself, 10), ElementsAre(HasSubstr("-> closed by itself")));
  by_itself.version = 2;
  Handle(3, SetPolicy{.policy = by_itself, .by = made, .second = rai});
  EXPECT_THAT(TryAll(by_itself, 10), ElementsAre(HasSubstr("A1000: open; ")))
      << "it is open still, and would not be";
}

TEST_F(TryPolicyTest, NothingIsWritten) {
  Send(3, "early");
  EndDaysBefore(7);
  const std::map<std::string, std::string> before = Stored();
  EXPECT_THAT(TryAll(Waiting(9), 1).size(), 1u);
  EXPECT_EQ(Stored(), before);
  EXPECT_EQ(centre_->resident().centre.policy.silent_transfer_days, 3u);
}

TEST_F(TryPolicyTest, ATokenThatIsNoneIsRefused) {
  EXPECT_TRUE(absl::IsInvalidArgument(TryPolicy(*centre_, Waiting(3), "rubbish", 10).status()));
}

}  // namespace
}  // namespace keping::central
