#include "common/cli/conservation.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"

namespace keping::cli {
namespace {

using domain::ActId;
using domain::BlankSerial;
using domain::IncarnationId;
using domain::NodeId;
using domain::SerialSet;
using domain::TransferId;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

// Writes the logs of a centre and its nodes, one event after the other.
class Logs {
 public:
  void Append(const std::string& node, const domain::Event& event,
              const std::string& incarnation = "1") {
    const uint64_t seq = ++seq_[{node, incarnation}];
    events_.push_back({NodeId::Of(node), IncarnationId::Of(incarnation), seq,
                       crypto::Sha256({absl::StrCat(node, " ", incarnation, " ", seq)}), event});
  }

  void Allot(const std::string& serials) {
    Append("centre", domain::AllotmentReceived{
                         domain::AllotmentId::Of(absl::StrCat("allotment-", ++allotments_)), "BAST",
                         *SerialSet::Parse(serials)});
  }
  void Dispatch(const std::string& transfer, const std::string& node, const std::string& serials) {
    Append("centre", domain::BlanksDispatched{TransferId::Of(transfer), NodeId::Of(node),
                                              *SerialSet::Parse(serials)});
  }
  void Receive(const std::string& node, const std::string& transfer, const std::string& received,
               const std::string& missing = "", const std::string& unexpected = "",
               const std::string& incarnation = "1") {
    Append(node,
           domain::BlanksReceived{ActId::Of("receive-" + transfer), TransferId::Of(transfer),
                                  domain::OperatorId::Of("op"), *SerialSet::Parse(received),
                                  *SerialSet::Parse(missing), *SerialSet::Parse(unexpected)},
           incarnation);
  }
  void Lend(const std::string& node, const std::string& transfer, const std::string& to,
            const std::string& blanks) {
    Append(node, domain::BlanksLent{.act = ActId::Of("lend-" + transfer),
                                    .transfer = TransferId::Of(transfer),
                                    .to = NodeId::Of(to),
                                    .blanks = *SerialSet::Parse(blanks),
                                    .operator_id = {},
                                    .second = {}});
  }
  void Intend(const std::string& node, const std::string& act, const std::string& blank,
              const std::string& incarnation = "1") {
    domain::PrintIntended intent;
    intent.act = ActId::Of(act);
    intent.blank = BlankSerial::Of(blank);
    Append(node, intent, incarnation);
  }
  void Verify(const std::string& node, const std::string& act, const std::string& blank) {
    Append(node, domain::PrintVerified{ActId::Of(act), BlankSerial::Of(blank), {}});
  }
  void Spoil(const std::string& node, const std::string& act, const std::string& blank) {
    Append(node, domain::PrintSpoiled{
                     ActId::Of(act), BlankSerial::Of(blank), domain::SpoilCause::kPrint, {}});
  }

  void Open(const std::string& node, domain::Pile pile, const std::string& serials) {
    Append(node, domain::StockOpened{.act = ActId::Of(absl::StrCat("open-", ++openings_)),
                                     .pile = pile,
                                     .serials = *SerialSet::Parse(serials),
                                     .minutes = {},
                                     .operator_id = {},
                                     .second = {}});
  }
  void HandOver(const std::string& node, const std::string& cards,
                const std::string& incarnation = "1") {
    Append(node,
           domain::ManifestHandedOver{.act = {},
                                      .manifest = {},
                                      .cards = *SerialSet::Parse(cards),
                                      .day = {},
                                      .receiver = {},
                                      .operator_id = {}},
           incarnation);
  }
  void Answer(const std::string& node, const std::string& delivered, const std::string& returned,
              const std::string& incarnation = "1") {
    Append(node,
           domain::CardsAnswered{.act = {},
                                 .manifest = {},
                                 .delivered = *SerialSet::Parse(delivered),
                                 .not_found = {},
                                 .returned = *SerialSet::Parse(returned),
                                 .operator_id = {}},
           incarnation);
  }
  void Rescan(const std::string& node, const std::string& found, const std::string& missing,
              const std::string& incarnation) {
    Append(node,
           domain::StockRescanned{.act = {},
                                  .blanks = *SerialSet::Parse(found),
                                  .missing = *SerialSet::Parse(missing),
                                  .operator_id = {},
                                  .second = {}},
           incarnation);
  }
  void Enrol(const std::string& node, const std::string& incarnation) {
    Append("centre", domain::NodeEnrolled{.node = NodeId::Of(node),
                                          .incarnation = IncarnationId::Of(incarnation),
                                          .public_key = {}});
  }
  void Destroy(const std::string& node, const std::string& serials) {
    Append(node, domain::CardsDestroyed{.act = {},
                                        .serials = *SerialSet::Parse(serials),
                                        .minutes = {},
                                        .operator_id = {},
                                        .second = {},
                                        .witnesses = {}});
  }

  std::vector<LoggedEvent>& events() { return events_; }
  BlankCensus Census() const {
    BlankCensus census;
    for (const LoggedEvent& event : events_) census.Add(event);
    return census;
  }

 private:
  std::map<std::pair<std::string, std::string>, uint64_t> seq_;
  int allotments_ = 0;
  int openings_ = 0;
  std::vector<LoggedEvent> events_;
};

std::vector<std::string> Codes(const std::vector<CensusProblem>& problems) {
  std::vector<std::string> codes;
  for (const CensusProblem& problem : problems) codes.push_back(problem.code);
  std::sort(codes.begin(), codes.end());
  return codes;
}

std::string Text(const OfficeCount& count) {
  return absl::StrCat(count.received, " = ", count.available, " + ", count.bound, " + ",
                      count.in_doubt, " + ", count.used, " + ", count.spoiled);
}

// ---- One office.

Logs OfficeDay() {
  Logs logs;
  logs.Receive("susut", "t1", "A100..A109", "A110");
  logs.Intend("susut", "a1", "A100");
  logs.Verify("susut", "a1", "A100");
  logs.Intend("susut", "a2", "A101");
  logs.Spoil("susut", "a2", "A101");
  logs.Intend("susut", "a3", "A102");
  logs.Append("susut", domain::PrintUnused{ActId::Of("a3"), {}});
  logs.Intend("susut", "a4", "A103");
  logs.Append("susut", domain::PrintDoubted{ActId::Of("a4"), domain::DoubtCause::kRestart});
  logs.Intend("susut", "a5", "A104");
  logs.Append("susut",
              domain::BlankSpoiled{
                  ActId::Of("a6"), BlankSerial::Of("A105"), domain::SpoilCause::kFactory, {}});
  return logs;
}

TEST(OfficeCountTest, ADayCloses) {
  const OfficeCount count = OfficeDay().Census().CountOffice();
  EXPECT_EQ(Text(count), "10 = 5 + 1 + 1 + 1 + 2");
  EXPECT_THAT(count.problems, IsEmpty());
}

TEST(OfficeCountTest, CardsThatWentOutAndAshesAreAccountedFor) {
  Logs logs = OfficeDay();
  logs.Open("susut", domain::Pile::kTray, "C1..C4");
  logs.Open("susut", domain::Pile::kPrinted, "C5..C7");
  logs.Open("susut", domain::Pile::kSpoiled, "C8");
  logs.HandOver("susut", "A100,C5..C7");
  logs.Answer("susut", "C5", "C6");
  logs.Destroy("susut", "A101,C8");
  const OfficeCount count = logs.Census().CountOffice();
  EXPECT_THAT(count.problems, IsEmpty());
  EXPECT_EQ(count.received, 10u);
  EXPECT_EQ(count.opened, 8u);
  EXPECT_EQ(count.available, 9u);
  EXPECT_EQ(count.used, 1u) << "C6 came back";
  EXPECT_EQ(count.handed_over, 2u);
  EXPECT_EQ(count.delivered, 1u);
  EXPECT_EQ(count.spoiled, 1u);
  EXPECT_EQ(count.destroyed, 2u);
}

TEST(OfficeCountTest, WhatWasLentIsAccountedForAlsoWhenItComesBack) {
  Logs logs;
  logs.Receive("susut", "t1", "A100..A104");
  logs.Lend("susut", "L1", "bangli", "A100..A102");
  OfficeCount count = logs.Census().CountOffice();
  EXPECT_EQ(count.lent, 3u);
  EXPECT_EQ(count.available, 2u);
  EXPECT_THAT(Codes(count.problems), IsEmpty());
  logs.Receive("susut", "L9", "A100");
  count = logs.Census().CountOffice();
  EXPECT_EQ(count.lent, 3u);
  EXPECT_EQ(count.available, 3u);
  EXPECT_THAT(Codes(count.problems), IsEmpty());
  logs.Intend("susut", "a1", "A101");
  logs.Verify("susut", "a1", "A101");
  count = logs.Census().CountOffice();
  EXPECT_THAT(Codes(count.problems), ElementsAre("blank_lent_and_used", "custody_not_closed"));
}

TEST(OfficeCountTest, WhatALaterIncarnationFindsIsNotMissing) {
  Logs logs;
  logs.Receive("susut", "t1", "A100..A104");
  const auto go_on = [&](const std::string& parent, const std::string& incarnation) {
    logs.Append("susut",
                domain::IncarnationOpened{.reason = domain::IncarnationReason::kRestored,
                                          .parent = IncarnationId::Of(parent),
                                          .parent_seq = 1,
                                          .parent_head = {},
                                          .public_key = {}},
                incarnation);
  };
  go_on("1", "9");
  logs.Rescan("susut", "A101..A104", "A100", "9");
  EXPECT_EQ(logs.Census().CountOffice().missing, 1u);
  go_on("9", "2");
  logs.Rescan("susut", "A100..A103", "A104", "2");
  const OfficeCount count = logs.Census().CountOffice();
  EXPECT_EQ(count.missing, 1u);
  EXPECT_EQ(count.available, 4u);
  EXPECT_THAT(Codes(count.problems), IsEmpty());
}

TEST(OfficeCountTest, ACardThatNobodyMadeIsAProblem) {
  Logs logs = OfficeDay();
  logs.HandOver("susut", "A109");
  EXPECT_THAT(Codes(logs.Census().CountOffice().problems), ElementsAre("card_never_made"));
}

TEST(OfficeCountTest, RepeatsAndOrderChangeNothing) {
  Logs logs = OfficeDay();
  const std::vector<LoggedEvent> once = logs.events();
  logs.events().insert(logs.events().end(), once.begin(), once.end());
  std::mt19937 shuffle(7);
  for (int i = 0; i < 20; ++i) {
    std::shuffle(logs.events().begin(), logs.events().end(), shuffle);
    EXPECT_EQ(Text(logs.Census().CountOffice()), "10 = 5 + 1 + 1 + 1 + 2");
  }
}

TEST(OfficeCountTest, GoodCardOnAnotherBlankFreesTheIntendedOne) {
  Logs logs;
  logs.Receive("susut", "t1", "A100..A101");
  logs.Intend("susut", "a1", "A100");
  logs.Verify("susut", "a1", "A101");
  EXPECT_EQ(Text(logs.Census().CountOffice()), "2 = 1 + 0 + 0 + 1 + 0");
}

TEST(OfficeCountTest, ACardOnAnotherJobsBlankLeavesThatJobItsOwn) {
  Logs logs;
  logs.Receive("susut", "t1", "A100..A103");
  logs.Intend("susut", "a1", "A100");
  logs.Intend("susut", "a2", "A101");
  logs.Intend("susut", "a3", "A102");
  logs.Verify("susut", "a1", "A101");
  EXPECT_EQ(Text(logs.Census().CountOffice()), "4 = 1 + 2 + 0 + 1 + 0");
  logs.Verify("susut", "a2", "A102");
  EXPECT_EQ(Text(logs.Census().CountOffice()), "4 = 1 + 1 + 0 + 2 + 0");
  EXPECT_THAT(logs.Census().CountOffice().problems, IsEmpty());
  logs.Verify("susut", "a3", "A100");
  EXPECT_EQ(Text(logs.Census().CountOffice()), "4 = 1 + 0 + 0 + 3 + 0");
}

domain::Corrected CorrectionOf(const char* subject, const crypto::Hash& event) {
  domain::Corrected corrected;
  corrected.subject = ActId::Of(subject);
  corrected.event = event;
  return corrected;
}

TEST(OfficeCountTest, AnAnswerThatIsSetAsideIsADoubt) {
  Logs logs;
  logs.Receive("susut", "t1", "A100..A101");
  logs.Intend("susut", "a1", "A100");
  logs.Verify("susut", "a1", "A101");
  logs.Append("susut", CorrectionOf("a1", logs.events().back().id));
  EXPECT_EQ(Text(logs.Census().CountOffice()), "2 = 1 + 0 + 1 + 0 + 0");
  logs.Verify("susut", "a1", "A100");
  EXPECT_EQ(Text(logs.Census().CountOffice()), "2 = 1 + 0 + 0 + 1 + 0");
}

TEST(OfficeCountTest, TestCardsAndSpoiledBlanksCountUntilTheyAreSetAside) {
  Logs logs;
  logs.Receive("susut", "t1", "A100..A101");
  logs.Append("susut",
              domain::TestCardPrinted{
                  ActId::Of("t1"), domain::PrinterId::Of("p"), BlankSerial::Of("A100"), {}});
  logs.Append("susut",
              domain::BlankSpoiled{
                  ActId::Of("s1"), BlankSerial::Of("A101"), domain::SpoilCause::kFactory, {}});
  EXPECT_EQ(Text(logs.Census().CountOffice()), "2 = 0 + 0 + 0 + 0 + 2");
  domain::Corrected corrected = CorrectionOf("s1", logs.events().back().id);
  corrected.blank = BlankSerial::Of("A101");
  logs.Append("susut", corrected);
  EXPECT_EQ(Text(logs.Census().CountOffice()), "2 = 1 + 0 + 0 + 0 + 1");
}

TEST(OfficeCountTest, BrokenLogsAreNamed) {
  struct Row {
    const char* name;
    void (*breaks)(Logs&);
    std::vector<std::string> codes;
  };
  const Row rows[] = {
      {"used, never received",
       [](Logs& logs) {
         logs.Intend("susut", "b1", "B900");
         logs.Verify("susut", "b1", "B900");
       },
       {"blank_never_received", "custody_not_closed"}},
      {"used by two jobs",
       [](Logs& logs) {
         logs.Intend("susut", "b1", "A100");
         logs.Verify("susut", "b1", "A100");
       },
       {"blank_used_twice", "custody_not_closed"}},
      {"spoiled after it was printed",
       [](Logs& logs) {
         logs.Append(
             "susut",
             domain::BlankSpoiled{
                 ActId::Of("b1"), BlankSerial::Of("A100"), domain::SpoilCause::kFactory, {}});
       },
       {"blank_used_twice", "custody_not_closed"}},
      {"received by two transfers",
       [](Logs& logs) { logs.Receive("susut", "t2", "A109..A111"); },
       {"blank_received_twice", "custody_not_closed"}},
      {"the one that was missing is used",
       [](Logs& logs) { logs.Spoil("susut", "b1", "A110"); },
       {"blank_never_received", "custody_not_closed"}},
  };
  for (const Row& row : rows) {
    Logs logs = OfficeDay();
    row.breaks(logs);
    EXPECT_EQ(Codes(logs.Census().CountOffice().problems), row.codes) << row.name;
  }
}

TEST(OfficeCountTest, AnEventTakenOutShows) {
  // Without its receipt nothing of the day was ever received.
  Logs logs = OfficeDay();
  logs.events().erase(logs.events().begin());
  const OfficeCount count = logs.Census().CountOffice();
  EXPECT_EQ(Codes(count.problems),
            (std::vector<std::string>{"blank_never_received", "blank_never_received",
                                      "blank_never_received", "blank_never_received",
                                      "blank_never_received", "custody_not_closed"}));
}

// ---- The district.

Logs DistrictDay() {
  Logs logs;
  logs.Allot("A100..A199");
  logs.Dispatch("t1", "susut", "A100..A110");
  logs.Dispatch("t2", "bangli", "A120..A129");
  Logs office = OfficeDay();
  for (const LoggedEvent& event : office.events()) logs.events().push_back(event);
  return logs;
}

TEST(DistrictCountTest, EveryBlankLiesInOneAccount) {
  const DistrictCount count = DistrictDay().Census().CountDistrict();
  const CustodyTotals want = {
      {{"centre", ""}, -100},     {{"district_stock", ""}, 79},    {{"in_transit", "bangli"}, 10},
      {{"missing", "susut"}, 1},  {{"node_stock", "susut"}, 5},    {{"bound_to_job", "susut"}, 1},
      {{"in_doubt", "susut"}, 1}, {{"printed_ready", "susut"}, 1}, {{"spoiled", "susut"}, 2}};
  EXPECT_EQ(count.totals, want);
  EXPECT_EQ(count.allotted_quantity, 100U);
  EXPECT_EQ(count.allotted_serials, 100U);
  EXPECT_THAT(count.problems, IsEmpty());
}

// What became of blank X1, which the district was allotted, and where it lies then.
struct PlaceRow {
  const char* name;
  void (*writes)(Logs&);
  std::pair<std::string, std::string> place;
};

void ExpectPlaces(const std::vector<PlaceRow>& rows) {
  for (const PlaceRow& row : rows) {
    Logs logs;
    logs.Allot("X1");
    row.writes(logs);
    const DistrictCount count = logs.Census().CountDistrict();
    const auto found = count.totals.find(row.place);
    EXPECT_TRUE(found != count.totals.end() && found->second == 1) << row.name;
    EXPECT_EQ(count.totals.at({"centre", ""}), -1) << row.name;
  }
}

TEST(DistrictCountTest, PlacesOfABlankAtRest) {
  ExpectPlaces({
      {"at rest in the district", [](Logs&) {}, {"district_stock", ""}},
      {"dispatched",
       [](Logs& logs) { logs.Dispatch("t", "susut", "X1"); },
       {"in_transit", "susut"}},
      {"dispatched to two",
       [](Logs& logs) {
         logs.Dispatch("t", "susut", "X1");
         logs.Dispatch("u", "bangli", "X1");
       },
       {"contested", "susut"}},
      {"received by two",
       [](Logs& logs) {
         logs.Receive("susut", "t", "X1");
         logs.Receive("bangli", "u", "X1");
       },
       {"contested", "bangli"}},
      {"lent on and received",
       [](Logs& logs) {
         logs.Dispatch("t", "susut", "X1");
         logs.Receive("susut", "t", "X1");
         logs.Lend("susut", "L", "bangli", "X1");
         logs.Receive("bangli", "L", "X1");
       },
       {"node_stock", "bangli"}},
      {"lent on and not received",
       [](Logs& logs) {
         logs.Receive("susut", "t", "X1");
         logs.Lend("susut", "L", "bangli", "X1");
       },
       {"in_transit", "bangli"}},
      {"lent twice",
       [](Logs& logs) {
         logs.Receive("susut", "t", "X1");
         logs.Lend("susut", "L", "bangli", "X1");
         logs.Lend("susut", "M", "tembuku", "X1");
       },
       {"contested", "bangli"}},
      {"found by an office it was not sent to",
       [](Logs& logs) {
         logs.Dispatch("t", "susut", "X1");
         logs.Receive("bangli", "u", "", "", "X1");
       },
       {"contested", "bangli"}},
  });
}

// Incarnation "9" was enrolled before "2", and a card was made before both.
void PrintBeforeTwoIncarnations(Logs& logs) {
  logs.Enrol("susut", "9");
  logs.Enrol("susut", "2");
  logs.Receive("susut", "t", "X1");
  logs.Intend("susut", "a", "X1");
  logs.Verify("susut", "a", "X1");
}

TEST(DistrictCountTest, PlacesOfABlankUnderTwoIncarnations) {
  ExpectPlaces({
      {"handed over under the first, back under the second",
       [](Logs& logs) {
         PrintBeforeTwoIncarnations(logs);
         logs.Answer("susut", "", "X1", "2");
         logs.HandOver("susut", "X1", "9");
       },
       {"returned", "susut"}},
      {"handed over, and back on a branch that shares that",
       [](Logs& logs) {
         PrintBeforeTwoIncarnations(logs);
         logs.HandOver("susut", "X1", "9");
         logs.Append("centre", domain::LogForked{.node = NodeId::Of("susut"),
                                                 .incarnation = IncarnationId::Of("9"),
                                                 .branch = IncarnationId::Of("9x"),
                                                 .seq = 2,
                                                 .held_hash = {},
                                                 .other_hash = {}});
         logs.Answer("susut", "", "X1", "9x");
       },
       {"returned", "susut"}},
      {"handed over on the log, back on a branch that parted before",
       [](Logs& logs) {
         PrintBeforeTwoIncarnations(logs);
         logs.HandOver("susut", "X1", "9");
         logs.Append("centre", domain::LogForked{.node = NodeId::Of("susut"),
                                                 .incarnation = IncarnationId::Of("9"),
                                                 .branch = IncarnationId::Of("9x"),
                                                 .seq = 1,
                                                 .held_hash = {},
                                                 .other_hash = {}});
         logs.Answer("susut", "", "X1", "9x");
       },
       {"handed_over", "susut"}},
  });
}

TEST(DistrictCountTest, PlacesOfABlankThatTwoIncarnationsScanned) {
  ExpectPlaces({
      {"looked for in vain, found under the next",
       [](Logs& logs) {
         logs.Enrol("susut", "9");
         logs.Enrol("susut", "2");
         logs.Receive("susut", "t", "X1");
         logs.Rescan("susut", "X1", "", "2");
         logs.Rescan("susut", "", "X1", "9");
       },
       {"node_stock", "susut"}},
      {"came, and was not in its box under the next",
       [](Logs& logs) {
         logs.Enrol("susut", "9");
         logs.Enrol("susut", "2");
         logs.Receive("susut", "t", "X1", "", "", "9");
         logs.Receive("susut", "t", "", "X1", "", "2");
       },
       {"missing", "susut"}},
      {"came in its box under the later one",
       [](Logs& logs) {
         logs.Enrol("susut", "9");
         logs.Enrol("susut", "2");
         logs.Receive("susut", "t", "", "X1", "", "9");
         logs.Receive("susut", "t", "X1", "", "", "2");
       },
       {"node_stock", "susut"}},
      {"came in one box, and was not in another later",
       [](Logs& logs) {
         logs.Enrol("susut", "9");
         logs.Enrol("susut", "2");
         logs.Receive("susut", "t", "X1", "", "", "9");
         logs.Receive("susut", "u", "", "X1", "", "2");
       },
       {"node_stock", "susut"}},
      {"found under the first, bound to a job under the second",
       [](Logs& logs) {
         logs.Enrol("susut", "9");
         logs.Enrol("susut", "2");
         logs.Receive("susut", "t", "X1");
         logs.Intend("susut", "a", "X1", "2");
         logs.Rescan("susut", "X1", "", "9");
       },
       {"bound_to_job", "susut"}},
      {"bound to a job under the first, found under the second",
       [](Logs& logs) {
         logs.Enrol("susut", "9");
         logs.Enrol("susut", "2");
         logs.Receive("susut", "t", "X1");
         logs.Intend("susut", "a", "X1", "9");
         logs.Rescan("susut", "X1", "", "2");
       },
       {"node_stock", "susut"}},
      {"found, and looked for in vain under the next",
       [](Logs& logs) {
         logs.Enrol("susut", "9");
         logs.Enrol("susut", "2");
         logs.Receive("susut", "t", "X1");
         logs.Rescan("susut", "X1", "", "9");
         logs.Rescan("susut", "", "X1", "2");
       },
       {"missing", "susut"}},
  });
}

TEST(DistrictCountTest, PlacesOfABlankInAJob) {
  ExpectPlaces({
      {"used and never received",
       [](Logs& logs) {
         logs.Intend("susut", "a", "X1");
         logs.Verify("susut", "a", "X1");
       },
       {"unaccounted_claim", "susut"}},
      {"used by two jobs",
       [](Logs& logs) {
         logs.Receive("susut", "t", "X1");
         logs.Intend("susut", "a", "X1");
         logs.Intend("bangli", "b", "X1");
       },
       {"contested", "bangli"}},
      {"left behind by its job",
       [](Logs& logs) {
         logs.Receive("susut", "t", "X1");
         logs.Intend("susut", "a", "X1");
         logs.Verify("susut", "a", "X2");
       },
       {"missing", "susut"}},
      {"left behind and seen again",
       [](Logs& logs) {
         logs.Receive("susut", "t", "X1");
         logs.Intend("susut", "a", "X1");
         logs.Verify("susut", "a", "X2");
         logs.Intend("susut", "b", "X1");
         logs.Append("susut", domain::PrintUnused{ActId::Of("b"), {}});
       },
       {"node_stock", "susut"}},
      {"aborted by the printer",
       [](Logs& logs) {
         logs.Receive("susut", "t", "X1");
         logs.Intend("susut", "a", "X1");
         logs.Append("susut", domain::PrintFailed{ActId::Of("a"), domain::PrintFailure::kAborted});
       },
       {"in_doubt", "susut"}},
      {"not accepted by the printer",
       [](Logs& logs) {
         logs.Receive("susut", "t", "X1");
         logs.Intend("susut", "a", "X1");
         logs.Append("susut",
                     domain::PrintFailed{ActId::Of("a"), domain::PrintFailure::kNotAccepted});
       },
       {"node_stock", "susut"}},
  });
}

TEST(DistrictCountTest, BlankOfNoAllotmentIsAnUnaccountedClaim) {
  Logs logs;
  logs.Receive("susut", "t", "", "", "X9");
  const CustodyTotals want = {{{"unknown_origin", ""}, -1}, {{"unaccounted_claim", "susut"}, 1}};
  EXPECT_EQ(logs.Census().CountDistrict().totals, want);
}

TEST(DistrictCountTest, WhatALogSaidBeforeItsEndThatItHadBeenToldCounts) {
  Logs logs;
  logs.Allot("X1");
  logs.Enrol("susut", "1");
  domain::GenerationOpened opened;
  opened.generation = domain::GenerationId::Of("g2");
  opened.order = 2;
  opened.restored = true;
  logs.Append("centre", opened);
  domain::NodeClosed closed;
  closed.node = NodeId::Of("susut");
  closed.incarnation = IncarnationId::Of("1");
  logs.Append("centre", closed);
  domain::GenerationMet met;
  met.generation = opened.generation;
  met.order = opened.order;
  met.transfers.push_back(
      {.transfer = TransferId::Of("t"), .serials = *SerialSet::Parse("X1"), .boxes = {}});
  met.last = true;
  logs.Append("susut", met);
  const CustodyTotals want = {{{"centre", ""}, -1}, {{"in_transit", "susut"}, 1}};
  EXPECT_EQ(logs.Census().CountDistrict().totals, want);
}

TEST(DistrictCountTest, AllotmentsThatOverlapAreNamed) {
  Logs logs;
  logs.Allot("A100..A109");
  logs.Allot("A105..A114");
  const DistrictCount count = logs.Census().CountDistrict();
  EXPECT_EQ(count.allotted_quantity, 20U);
  EXPECT_EQ(count.allotted_serials, 15U);
  EXPECT_THAT(Codes(count.problems), ElementsAre("allotments_overlap"));
}

}  // namespace
}  // namespace keping::cli
