#include "central_node/national/national_link.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <deque>
#include <set>

#include "absl/strings/str_cat.h"
#include "tests/support/little_district.h"

namespace keping::central {
namespace {

using namespace ::keping::domain;  // NOLINT: the verbs of a day at the counter
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using tests::LittleDistrict;

constexpr char kVillage[] = "51.06.01.2001";
constexpr absl::Duration kPoll = absl::Seconds(60);

// A national server in memory. Answers wait until the test carries them.
class FakeRegistry : public NationalRegistry {
 public:
  std::vector<ArrivedRecord> records;
  std::vector<PrrWithdrawn> withdrawals;
  std::vector<AllotmentReceived> allotments;
  std::vector<std::string> refused_rows;
  bool down = false;
  bool loses_answers = false;  // does what it is asked, and the link breaks
  bool stands_still = false;   // announces records and hands over none
  size_t most_answers = 500;   // per report
  std::string rejects;         // every report, with this reason
  size_t rejects_every = 1;    // … or every so manieth
  bool answers_twice = false;
  size_t loses_every = 0;  // so manieth answer to reports
  std::string refuses;     // this question
  bool carried = false;    // by people
  std::set<std::string> reported;
  std::vector<size_t> asked;  // reports of each call
  std::vector<std::string> calls;
  std::vector<std::string> requested;

  void PullRecords(uint64_t cursor, Done<RecordsPage> done) override {
    RecordsPage page{.records = {}, .refused = refused_rows, .cursor = cursor, .complete = false};
    while (!stands_still && page.cursor < records.size() && page.records.size() < 500) {
      page.records.push_back(records[page.cursor++]);
    }
    page.complete = !stands_still && page.cursor == records.size();
    Answer<RecordsPage>("records", page, std::move(done));
  }
  void PullWithdrawals(uint64_t cursor, Done<WithdrawalsPage> done) override {
    WithdrawalsPage page{
        .withdrawals = {withdrawals.begin() + static_cast<ptrdiff_t>(cursor), withdrawals.end()},
        .refused = {},
        .cursor = withdrawals.size(),
        .complete = true};
    Answer<WithdrawalsPage>("withdrawals", page, std::move(done));
  }
  void PullAllotments(uint64_t cursor, Done<AllotmentsPage> done) override {
    AllotmentsPage page{
        .allotments = {allotments.begin() + static_cast<ptrdiff_t>(cursor), allotments.end()},
        .refused = {},
        .cursor = allotments.size()};
    Answer<AllotmentsPage>("allotments", page, std::move(done));
  }
  void Report(const std::vector<NamedReport>& items,
              Done<std::vector<ReportAnswered>> done) override {
    asked.push_back(items.size());
    std::vector<ReportAnswered> answers;
    for (const NamedReport& item : items) {
      if (answers.size() >= most_answers || down) break;
      reported.insert(item.item);
      const bool rejected =
          !rejects.empty() && std::hash<std::string>()(item.item) % rejects_every == 0;
      answers.push_back({.item = item.item,
                         .kind = item.row.kind,
                         .accepted = !rejected,
                         .reason = rejected ? rejects : ""});
      if (answers_twice) answers.push_back(answers.back());
    }
    const bool lost = loses_every > 0 && asked.size() % loses_every == 0;
    loses_answers = lost || loses_answers;
    Answer<std::vector<ReportAnswered>>("report", answers, std::move(done));
    if (lost) loses_answers = false;
  }
  void RequestBlanks(const std::vector<NamedRequest>& items,
                     Done<std::vector<RequestAnswer>> done) override {
    std::vector<RequestAnswer> answers;
    for (const NamedRequest& item : items) {
      requested.push_back(item.item);
      if (answers.size() < most_answers) {
        answers.push_back({.item = item.item, .accepted = true, .expected = item.row.needed_by});
      }
    }
    Answer<std::vector<RequestAnswer>>("request", answers, std::move(done));
  }
  bool carried_by_people() const override { return carried; }

  bool CarryOne() {
    if (answers_.empty()) return false;
    const auto answer = std::move(answers_.front());
    answers_.pop_front();
    answer();
    return true;
  }

 private:
  template <typename Page>
  void Answer(const char* call, Page page, Done<Page> done) {
    calls.push_back(call);
    if (down || loses_answers) {
      answers_.push_back([done] { done(absl::UnavailableError("no route")); });
    } else if (refuses == call) {
      answers_.push_back([done] { done(absl::InternalError("it cannot")); });
    } else {
      answers_.push_back([done, page = std::move(page)] { done(page); });
    }
  }

  std::deque<std::function<void()>> answers_;
};

class NationalLinkTest : public ::testing::Test {
 protected:
  NationalLinkTest() { district_.Connect("susut"); }

  // Runs until the link pauses; returns for how long it means to.
  absl::Duration Visit() {
    const auto visit = std::exchange(next_visit_, nullptr);
    if (visit == nullptr) {
      link_.Start();
    } else {
      visit();
    }
    while (registry_.CarryOne()) {
    }
    return pause_;
  }

  // The office gets blanks A1000 ….
  void Deliver(int count) {
    const auto blanks = SerialSet::Parse(absl::StrCat("A1000..A", 999 + count));
    registry_.allotments.push_back(
        {.allotment = AllotmentId::Of("a1"), .bast_number = "B/1", .serials = *blanks});
    Visit();
    district_.Command(
        AddOperator{.operator_id = OperatorId::Of("op"), .node = NodeId::Of("susut")});
    district_.Command(Dispatch{.transfer = TransferId::Of("t1"),
                               .node = NodeId::Of("susut"),
                               .quantity = static_cast<uint64_t>(count),
                               .serials = {}});
    district_.Run();
    Handle(edge::ReceiveTransfer{.act = ActId::Of("receive"),
                                 .transfer = TransferId::Of("t1"),
                                 .scanned = *blanks,
                                 .operator_id = OperatorId::Of("op")});
  }

  // Blanks from A1000 + first are spoiled at the office: one report each.
  void SpoilFrom(int first, int count) {
    for (int i = first; i < first + count; ++i) {
      const std::string number = absl::StrCat(1000 + i);
      Handle(edge::SpoilBlank{.act = ActId::Of("spoil-" + number),
                              .blank = BlankSerial::Of("A" + number),
                              .cause = SpoilCause::kFactory,
                              .operator_id = OperatorId::Of("op")});
    }
    district_.Run();
  }

  void Spoil(int count) {
    Deliver(50);
    SpoilFrom(0, count);
    registry_.calls.clear();
  }

  void Request(const std::string& number, uint64_t quantity) {
    for (const auto& [person, role] :
         {std::pair{"made", Role::kAdministrator}, std::pair{"wayan", Role::kStockKeeper}}) {
      const auto set = district_.centre().Handle(
          district_.clock().Now(),
          SetOfficer{.officer = OperatorId::Of(person), .role = role, .by = OperatorId::Of("made")},
          "a verifier, specimen");
      ASSERT_TRUE(set.ok() && set->outcome == CommandOutcome::kDone);
    }
    district_.Command(central::RequestBlanks{.request = RequestId::Of(number),
                                             .quantity = quantity,
                                             .needed_by = absl::CivilDay(2100, 1, 1),
                                             .by = OperatorId::Of("made"),
                                             .second = OperatorId::Of("wayan")});
  }

  void Handle(const edge::Input& input) {
    const auto decision = district_.office("susut").node->Handle(input);
    ASSERT_TRUE(decision.ok()) << decision.status();
    ASSERT_TRUE(decision->status.ok()) << decision->status;
  }

  const ReportCounts& reports() { return district_.centre().report_counts(); }

  LittleDistrict district_{{{"susut", "51.06.01"}}};
  FakeRegistry registry_;
  std::function<void()> next_visit_;
  absl::Duration pause_;
  absl::Status store_failure_;
  NationalLink link_{{.registry = &registry_,
                      .node = &district_.centre(),
                      .clock = &district_.clock(),
                      .after =
                          [this](absl::Duration delay, std::function<void()> task) {
                            pause_ = delay;
                            next_visit_ = std::move(task);
                          },
                      .arrived = [this] { district_.hub().Pump(); },
                      .failed = [this](const absl::Status& status) { store_failure_ = status; }},
                     kPoll,
                     1};
};

TEST_F(NationalLinkTest, OneVisitBringsEverythingInOrder) {
  Spoil(2);
  for (int i = 1; i <= 3; ++i) registry_.records.push_back(LittleDistrict::Record(i, kVillage));
  registry_.withdrawals.push_back(
      {.prr = PrrId::Of("p0002"), .version = 2, .reason = WithdrawalReason::kMove});
  EXPECT_EQ(Visit(), kPoll);
  EXPECT_THAT(registry_.calls, ElementsAre("withdrawals", "report", "allotments", "records"));
  EXPECT_TRUE(link_.connected());
  EXPECT_THAT(link_.problem(), IsEmpty());
  EXPECT_EQ(reports().accepted, 2u);
  district_.Run();
  // The withdrawal counts, although it came before its record.
  EXPECT_EQ(district_.office("susut").node->core().printable_count(), 2u);
}

TEST_F(NationalLinkTest, RequestsForBlanksComeLastAndAreAskedUntilTheyAreAnswered) {
  Request("r/1", 500);
  registry_.records.push_back(LittleDistrict::Record(1, kVillage));
  registry_.most_answers = 0;
  EXPECT_EQ(Visit(), kPoll);
  EXPECT_THAT(registry_.calls, ElementsAre("withdrawals", "allotments", "records", "request"));
  registry_.down = true;
  Visit();
  registry_.down = false;
  registry_.most_answers = 500;
  registry_.calls.clear();
  EXPECT_EQ(Visit(), kPoll);
  EXPECT_THAT(registry_.calls, ElementsAre("withdrawals", "allotments", "records", "request"));
  const RequestRow& row = district_.centre().resident().centre.requests.at(RequestId::Of("r/1"));
  EXPECT_TRUE(row.accepted);
  EXPECT_EQ(row.expected, row.needed_by);
  // Under one key however often, and not again.
  EXPECT_THAT(registry_.requested, ElementsAre(row.fact.id.Hex(), row.fact.id.Hex()));
  registry_.calls.clear();
  Visit();
  EXPECT_THAT(registry_.calls, ElementsAre("withdrawals", "allotments", "records"));
}

TEST_F(NationalLinkTest, PagesAreAskedForAtOnceUntilNothingWaits) {
  for (int i = 0; i < 1200; ++i) registry_.records.push_back(LittleDistrict::Record(i, kVillage));
  EXPECT_EQ(Visit(), kPoll);
  EXPECT_THAT(registry_.calls,
              ElementsAre("withdrawals", "allotments", "records", "records", "records"));
  EXPECT_EQ(district_.centre().cursors().records, 1200u);
  registry_.calls.clear();
  const uint64_t entries = district_.centre().log_head().seq;
  Visit();
  EXPECT_THAT(registry_.calls, ElementsAre("withdrawals", "allotments", "records"));
  EXPECT_EQ(district_.centre().log_head().seq, entries);
}

TEST_F(NationalLinkTest, ReportsWaitThroughAnOutageAndGoOutWhenItHeals) {
  Spoil(3);
  registry_.down = true;
  for (int i = 0; i < 20; ++i) EXPECT_LE(Visit(), CircuitBreaker::kMaxFirstRetries);
  EXPECT_FALSE(link_.connected());
  EXPECT_THAT(link_.problem(), HasSubstr("cannot be reached"));
  EXPECT_EQ(reports().pending, 3u);
  registry_.down = false;
  EXPECT_EQ(Visit(), kPoll);
  EXPECT_TRUE(link_.connected());
  EXPECT_THAT(link_.problem(), IsEmpty());
  EXPECT_EQ(reports().accepted, 3u);
  EXPECT_EQ(reports().pending, 0u);
}

TEST_F(NationalLinkTest, ALongOutageIsKnockedAtLessOften) {
  registry_.down = true;
  absl::Duration longest;
  for (int i = 0; i < CircuitBreaker::kFirstRetries + 20; ++i) longest = std::max(longest, Visit());
  EXPECT_GT(longest, CircuitBreaker::kMaxFirstRetries);
  EXPECT_LE(longest, kPoll);
}

TEST_F(NationalLinkTest, AnAnswerThatWasLostIsAskedForAgainAndCountsOnce) {
  Spoil(2);
  registry_.records.push_back(LittleDistrict::Record(1, kVillage));
  Visit();
  registry_.calls.clear();
  registry_.loses_answers = true;
  Visit();
  registry_.loses_answers = false;
  Visit();
  EXPECT_EQ(registry_.reported.size(), 2u);
  EXPECT_EQ(reports().accepted, 2u);
  EXPECT_EQ(reports().pending, 0u);
}

TEST_F(NationalLinkTest, PartialAnswersAreGoneOnFrom) {
  Spoil(5);
  registry_.most_answers = 2;
  Visit();
  EXPECT_THAT(registry_.calls,
              ElementsAre("withdrawals", "report", "report", "report", "allotments", "records"));
  EXPECT_EQ(reports().accepted, 5u);
}

TEST_F(NationalLinkTest, ReportsThatNobodyAnswersKeepNoRecordsOut) {
  Spoil(2);
  registry_.most_answers = 0;
  registry_.records.push_back(LittleDistrict::Record(1, kVillage));
  EXPECT_EQ(Visit(), kPoll);
  EXPECT_EQ(district_.centre().cursors().records, 1u);
  EXPECT_THAT(link_.problem(), HasSubstr("leaves 2 reports without an answer"));
  EXPECT_EQ(reports().pending, 2u);
}

TEST_F(NationalLinkTest, ARejectionIsAnAnswerToo) {
  Spoil(1);
  registry_.rejects = "unknown_blank";
  Visit();
  EXPECT_EQ(reports().rejected, 1u);
  EXPECT_EQ(reports().pending, 0u);
}

TEST_F(NationalLinkTest, BadRowsKeepNoGoodOnesOut) {
  registry_.refused_rows = {"row 2: bad Record.nik: got 3 characters, want 16 digits"};
  registry_.records.push_back(LittleDistrict::Record(1, kVillage));
  EXPECT_EQ(Visit(), kPoll);
  EXPECT_EQ(district_.centre().cursors().records, 1u);
}

TEST_F(NationalLinkTest, AServerThatAnnouncesWithoutEndIsNotAskedForEver) {
  registry_.stands_still = true;
  EXPECT_LE(Visit(), CircuitBreaker::kFirstRetry);
  EXPECT_FALSE(link_.connected());
  EXPECT_THAT(link_.problem(), HasSubstr("want progress"));
}

TEST_F(NationalLinkTest, WeeksOfReportsDrainInOrderAndInBatchesWhenTheLinkReturns) {
  constexpr int kReports = 2500;
  Deliver(kReports);
  registry_.down = true;
  const absl::Time began = district_.clock().Now().wall;
  for (int week = 0; week < 3; ++week) {
    SpoilFrom(week * 800, week < 2 ? 800 : 900);
    const absl::Time end = began + (week + 1) * absl::Hours(7 * 24);
    while (district_.clock().Now().wall < end) {
      district_.clock().Advance(Visit());
      ASSERT_EQ(link_.breaker().state(), CircuitBreaker::State::kOpen);
      ASSERT_EQ(link_.breaker().next_try(), district_.clock().Now().wall);
    }
  }
  EXPECT_EQ(link_.breaker().since(), began);
  EXPECT_EQ(reports().pending, static_cast<uint64_t>(kReports));

  registry_.withdrawals.push_back(
      {.prr = PrrId::Of("p0002"), .version = 2, .reason = WithdrawalReason::kDeath});
  for (int i = 1; i <= 700; ++i) registry_.records.push_back(LittleDistrict::Record(i, kVillage));
  registry_.down = false;
  registry_.most_answers = 300;
  registry_.answers_twice = true;
  registry_.rejects = "unknown_blank";
  registry_.rejects_every = 7;
  registry_.loses_every = 4;
  registry_.calls.clear();
  registry_.asked.clear();
  for (int visits = 0; visits < 100 && reports().pending > 0; ++visits) {
    // No record before the last report has its answer.
    EXPECT_EQ(std::count(registry_.calls.begin(), registry_.calls.end(), "records"), 0);
    Visit();
  }
  EXPECT_EQ(district_.centre().cursors().records, 700u);
  EXPECT_EQ(registry_.calls.front(), "withdrawals");
  EXPECT_THAT(std::vector<std::string>(registry_.calls.end() - 4, registry_.calls.end()),
              ElementsAre("report", "allotments", "records", "records"));
  EXPECT_EQ(*std::max_element(registry_.asked.begin(), registry_.asked.end()), kMaxNationalItems);
  // Each counts once at either side, however often it was sent and answered.
  EXPECT_EQ(registry_.reported.size(), static_cast<size_t>(kReports));
  EXPECT_EQ(reports().accepted + reports().rejected, static_cast<uint64_t>(kReports));
  EXPECT_GT(reports().rejected, 0u);
  EXPECT_EQ(link_.breaker().state(), CircuitBreaker::State::kClosed);
  EXPECT_EQ(link_.breaker().failures(), 0);
}

TEST_F(NationalLinkTest, ARefusedQuestionKeepsTheOthersFromNothing) {
  Spoil(2);
  registry_.records.push_back(LittleDistrict::Record(1, kVillage));
  registry_.refuses = "report";
  EXPECT_LE(Visit(), CircuitBreaker::kFirstRetry);
  EXPECT_THAT(registry_.calls, ElementsAre("withdrawals", "report", "allotments", "records"));
  EXPECT_EQ(district_.centre().cursors().records, 1u);
  EXPECT_EQ(reports().pending, 2u);
  EXPECT_FALSE(link_.connected());
  EXPECT_THAT(link_.problem(), HasSubstr("refused: it cannot"));
  registry_.refuses.clear();
  EXPECT_EQ(Visit(), kPoll);
  EXPECT_EQ(reports().pending, 0u);
}

TEST_F(NationalLinkTest, WhatPeopleCarryIsShownToThemWhole) {
  Deliver(700);
  registry_.carried = true;
  registry_.most_answers = 0;
  SpoilFrom(0, 600);
  Visit();
  EXPECT_THAT(link_.problem(), IsEmpty());
  SpoilFrom(600, 100);
  Visit();
  registry_.most_answers = 500;
  Visit();
  EXPECT_THAT(registry_.asked, ElementsAre(600, 700, 700, 200, 0));
  EXPECT_EQ(reports().pending, 0u);
}

TEST_F(NationalLinkTest, AFailedStoreEndsTheLink) {
  registry_.records.push_back(LittleDistrict::Record(1, kVillage));
  district_.centre_store().FailNextWrite(storage::FaultyStore::Failure::kNotWritten);
  Visit();
  EXPECT_FALSE(store_failure_.ok());
  EXPECT_EQ(next_visit_, nullptr);
}

TEST_F(NationalLinkTest, AnswersThatComeAfterTheStopAreNotStored) {
  registry_.records.push_back(LittleDistrict::Record(1, kVillage));
  link_.Start();
  link_.Stop();
  while (registry_.CarryOne()) {
  }
  EXPECT_EQ(district_.centre().cursors().records, 0u);
  EXPECT_EQ(next_visit_, nullptr);
}

}  // namespace
}  // namespace keping::central
