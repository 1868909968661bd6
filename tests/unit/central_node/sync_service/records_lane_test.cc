// Records come by themselves, in parts: real centre and real node, a wire that can be cut at any
// frame.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <variant>
#include <vector>

#include "absl/strings/str_cat.h"
#include "tests/support/little_district.h"

namespace keping::central {
namespace {

using namespace ::keping::domain;  // NOLINT: the verbs of a district
using ::testing::ElementsAre;
using ::testing::SizeIs;
using tests::LittleDistrict;

constexpr char kVillage[] = "51.06.01.2001";
constexpr size_t kPicture = 30'000;
constexpr size_t kDuty = 50;  // cards that the office's printer may feed in a day

class RecordsLaneTest : public ::testing::Test {
 protected:
  RecordsLaneTest() {
    district_.Connect("susut");
    district_.Run();
    district_.Cut("susut");
  }

  LittleDistrict::Office& susut() { return district_.office("susut"); }
  size_t printable() { return susut().node->core().printable_count(); }
  size_t missing() { return susut().node->core().catalogue().missing().size(); }
  // Carries one frame each way; what was on its way to the node then.
  const sync::RecordPart* PartOnItsWay() {
    for (const sync::CentreFrame& frame : susut().down) {
      if (const auto* part = std::get_if<sync::RecordPart>(&frame)) return part;
    }
    return nullptr;
  }
  // Until the node has bytes of a record, and not all of it.
  void RunUntilAPartCame() {
    while (PartOnItsWay() == nullptr && district_.Run(1)) {
    }
    ASSERT_NE(PartOnItsWay(), nullptr);
    district_.Run(1);
  }
  std::vector<std::string> Asked() {
    std::vector<std::string> asked;
    for (const sync::NodeFrame& frame : susut().up) {
      const auto* wanted = std::get_if<sync::RecordWanted>(&frame);
      if (wanted != nullptr)
        asked.push_back(absl::StrCat(wanted->prr.value(), "@", wanted->offset));
    }
    return asked;
  }

  LittleDistrict district_{{{"susut", "51.06.01"}, {"tembuku", "51.06.03"}}};
};

TEST_F(RecordsLaneTest, TheFeedNamesRecordsAndTheyComeInPlanOrder) {
  district_.AddRecords(1, 5, kVillage, kPicture);
  district_.Connect("susut");
  size_t before = 0;
  std::vector<std::string> printable_first;
  bool some_without_record = false;
  while (district_.Run(1)) {
    some_without_record = some_without_record || missing() == 5;
    for (; before < printable(); ++before) {
      printable_first.push_back(susut().node->core().Plan(5).at(before).value());
    }
  }
  EXPECT_TRUE(some_without_record) << "what the feed says is there before the records";
  EXPECT_THAT(printable_first, ElementsAre("p0001", "p0002", "p0003", "p0004", "p0005"));
  EXPECT_EQ(missing(), 0u);
  const auto record = susut().node->store().Record(PrrId::Of("p0003"));
  ASSERT_TRUE(record.ok()) << record.status();
  EXPECT_GT(record->size(), kPicture);
}

TEST_F(RecordsLaneTest, ALinkThatDropsGoesOnAtTheByte) {
  district_.AddRecords(1, 1, kVillage, kPicture);
  district_.Connect("susut");
  RunUntilAPartCame();
  district_.Cut("susut");
  EXPECT_EQ(printable(), 0u);
  district_.Connect("susut");
  while (Asked().empty() && district_.Run(1)) {
  }
  ASSERT_FALSE(Asked().empty());
  EXPECT_NE(Asked().front(), "p0001@0") << "what came is not asked for again";
  district_.Run();
  EXPECT_EQ(printable(), 1u);
}

// What the office may feed in a day comes at once, and hardly more.
TEST_F(RecordsLaneTest, BeyondTheDaysDutyRecordsWaitForTheHours) {
  const absl::CivilSecond now =
      absl::ToCivilSecond(district_.clock().Now().wall, absl::UTCTimeZone());
  susut().fetch_limits = {.from_minute = (now.hour() + 1) % 24 * 60,
                          .until_minute = (now.hour() + 3) % 24 * 60};
  district_.RestartOffice("susut");
  district_.AddRecords(1, kDuty + 30, kVillage, kPicture);
  district_.Connect("susut");
  district_.Run();
  EXPECT_GE(printable(), kDuty);
  EXPECT_LE(printable(), kDuty + sync::kPartWindow);
  EXPECT_EQ(susut().node->fetch_wait(), edge::FetchWait::kHours);
  // Everything else goes on.
  EXPECT_EQ(printable() + missing(), kDuty + 30);
  district_.clock().Advance(absl::Hours(1));
  susut().node->FetchRecords();
  district_.Run();
  EXPECT_EQ(printable(), kDuty + 30);
  EXPECT_EQ(missing(), 0u);
}

TEST_F(RecordsLaneTest, BeyondTheDaysDutyRecordsWaitForTheNextDaysBytes) {
  susut().fetch_limits = {.bytes_per_day = kPicture};
  district_.RestartOffice("susut");
  district_.AddRecords(1, kDuty + 30, kVillage, kPicture);
  district_.Connect("susut");
  district_.Run();
  const size_t today = printable();
  EXPECT_GE(today, kDuty);
  EXPECT_LE(today, kDuty + sync::kPartWindow);
  // A restart begins no new day.
  district_.RestartOffice("susut");
  district_.Connect("susut");
  district_.Run();
  EXPECT_EQ(printable(), today);
  EXPECT_EQ(susut().node->fetch_wait(), edge::FetchWait::kBudget);
  district_.clock().Advance(absl::Hours(24));
  susut().node->FetchRecords();
  district_.Run();
  EXPECT_GT(printable(), today);
  EXPECT_LT(printable(), kDuty + 30);
}

TEST_F(RecordsLaneTest, AWithdrawalWaitsBehindNoPicture) {
  district_.AddRecords(1, 20, kVillage, kPicture);
  district_.Connect("susut");
  RunUntilAPartCame();
  ASSERT_TRUE(
      district_.centre()
          .ReceiveWithdrawals(
              district_.clock().Now(),
              {{{.prr = PrrId::Of("p0020"), .version = 1, .reason = WithdrawalReason::kDeath}}}, 1)
          .ok());
  district_.hub().Pump();
  const size_t parts_before = missing();
  while (!susut().node->core().catalogue().FindPrr(PrrId::Of("p0020"))->withdrawn) {
    ASSERT_TRUE(district_.Run(1));
  }
  EXPECT_GT(missing(), 15u) << "of " << parts_before << ": the withdrawal came first";
  district_.Run();
  EXPECT_EQ(printable(), 19u);
  EXPECT_EQ(missing(), 0u);
}

TEST_F(RecordsLaneTest, ALeaseThatComesBackBringsNoPictureAgain) {
  district_.AddRecords(1, 1, kVillage, kPicture);
  district_.Connect("susut");
  district_.Run();
  ASSERT_EQ(printable(), 1u);
  district_.Cut("susut");
  // Taken away and given again while there was no link: the same record under a new lease.
  ASSERT_EQ(district_.Command(
                MoveLease{.prr = PrrId::Of("p0001"), .to = NodeId::Of("tembuku"), .forced = true}),
            CommandOutcome::kDone);
  ASSERT_EQ(district_.Command(
                MoveLease{.prr = PrrId::Of("p0001"), .to = NodeId::Of("susut"), .forced = true}),
            CommandOutcome::kDone);
  district_.Connect("susut");
  while (district_.Run(1)) EXPECT_THAT(Asked(), SizeIs(0));
  EXPECT_EQ(susut().node->core().catalogue().FindPrr(PrrId::Of("p0001"))->lease_epoch,
            (LeaseEpoch{1, 3}));
  EXPECT_EQ(printable(), 1u);
}

TEST_F(RecordsLaneTest, ARecordThatMovedAwayIsNotGivenOut) {
  district_.AddRecords(1, 1, kVillage, kPicture);
  district_.Connect("susut");
  RunUntilAPartCame();
  ASSERT_EQ(district_.Command(
                MoveLease{.prr = PrrId::Of("p0001"), .to = NodeId::Of("tembuku"), .forced = true}),
            CommandOutcome::kDone);
  district_.Run();
  EXPECT_EQ(printable(), 0u);
  EXPECT_EQ(missing(), 0u);
  EXPECT_TRUE(absl::IsNotFound(susut().node->store().Record(PrrId::Of("p0001")).status()));
}

TEST_F(RecordsLaneTest, QuestionsForOthersRecordsAndOfAnySizeAreAnsweredSafely) {
  district_.AddRecords(1, 1, "51.06.03.2001", kPicture);
  district_.Connect("susut");
  district_.Run();
  susut().down.clear();
  const auto id = *susut().connection;
  sync::RecordWanted wanted{PrrId::Of("p0001"), crypto::Sha256({"guess"}), 0, 4096};
  ASSERT_TRUE(district_.hub().OnFrame(id, wanted).ok());
  ASSERT_NE(PartOnItsWay(), nullptr);
  EXPECT_TRUE(PartOnItsWay()->gone);
  EXPECT_EQ(PartOnItsWay()->bytes, "");
  for (const uint32_t size : {uint32_t{0}, uint32_t{sync::kMaxPartBytes + 1}}) {
    wanted.size = size;
    EXPECT_TRUE(absl::IsInvalidArgument(district_.hub().OnFrame(id, wanted)));
  }
}

}  // namespace
}  // namespace keping::central
