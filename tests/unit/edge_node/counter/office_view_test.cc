#include "edge_node/counter/office_view.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "keping/national/v1/national.pb.h"
#include "tests/support/office.h"

namespace keping::edge {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using tests::Office;

domain::PrrItem RecordOf(const std::string& id, int second, const std::string& village) {
  domain::PrrItem item = tests::PrintablePrr(id, second);
  item.village = domain::VillageCode::Of(absl::StrCat("51.06.01.", village));
  national::v1::Record record;
  record.set_prr(id);
  record.set_name(absl::StrCat("I WAYAN ", id));
  record.set_village_name(absl::StrCat("Desa ", village));
  record.set_kecamatan_name("Susut");
  record.set_picture("png");
  item.record = record.SerializeAsString();
  return item;
}

class OfficeViewTest : public ::testing::Test {
 protected:
  void SetUp() override {
    ASSERT_TRUE(office_.Open().ok());
    office_.Equip(/*prrs=*/0, /*blanks=*/10);
    for (const auto& [id, second, village] :
         {std::tuple{"p1", 1, "2001"}, {"p2", 2, "2002"}, {"p3", 3, "2001"}, {"p4", 4, "2003"}}) {
      office_.centre().Tell(RecordOf(id, second, village));
    }
    ASSERT_TRUE(office_.Sync().ok());
    view_ = std::make_unique<OfficeView>(
        &office_.node(), &office_.clock(),
        OfficeFacts{.office_name = "Susut", .utc_offset_minutes = 480, .specimen = true});
  }

  std::string Begin(const char* prr, const char* blank) {
    const Print print = office_.PrintOf(prr, blank);
    const Decision decision = office_.Do(print);
    EXPECT_EQ(decision.refusal, domain::PrintRefusal::kNone);
    return print.act.value();
  }
  void Verify(const std::string& act, const char* blank) {
    const Decision decision =
        office_.Do(VerifyCard{.act = domain::ActId::Of(act),
                              .scanned = domain::BlankSerial::Parse(blank).value(),
                              .nik_tail = "0007",
                              .operator_id = domain::OperatorId::Of("ayu")});
    EXPECT_TRUE(decision.status.ok()) << decision.status;
  }
  v1::GetPlanResponse Plan() { return view_->GetPlan({}).value(); }
  absl::StatusOr<v1::GetCardResponse> Card(const std::string& act) {
    v1::GetCardRequest request;
    request.set_act(act);
    return view_->GetCard(request);
  }

  Office office_;
  std::unique_ptr<OfficeView> view_;
};

TEST_F(OfficeViewTest, OfficeSaysWhoItIs) {
  const v1::GetOfficeResponse office = view_->GetOffice({}).value();
  EXPECT_EQ(office.node(), "susut");
  EXPECT_EQ(office.office_name(), "Susut");
  EXPECT_EQ(office.utc_offset_minutes(), 480);
  EXPECT_EQ(office.application_version(), "8.1");
  EXPECT_TRUE(office.specimen());
}

TEST_F(OfficeViewTest, PlanIsByVillageInTheOrderOfThePlan) {
  const v1::GetPlanResponse plan = Plan();
  ASSERT_EQ(plan.villages_size(), 3);
  EXPECT_EQ(plan.villages(0).village(), "51.06.01.2001");
  EXPECT_EQ(plan.villages(0).village_name(), "Desa 2001");
  EXPECT_EQ(plan.villages(0).kecamatan_name(), "Susut");
  EXPECT_EQ(plan.villages(0).waiting(), 2u);
  EXPECT_EQ(plan.villages(0).today(), 2u);
  EXPECT_EQ(plan.villages(1).village(), "51.06.01.2002");
  EXPECT_EQ(plan.villages(2).village(), "51.06.01.2003");
  EXPECT_THAT(plan.ShortDebugString(), Not(HasSubstr("WAYAN")));
}

TEST_F(OfficeViewTest, DutyBoundsWhoIsPrintedToday) {
  EdgeSettings settings = tests::OfficeSettings();
  settings.cards_per_day.begin()->second = 2;
  Office small(settings);
  ASSERT_TRUE(small.Open().ok());
  small.Equip(/*prrs=*/5, /*blanks=*/5);
  OfficeView view(&small.node(), &small.clock(), {});
  v1::GetPlanResponse plan = view.GetPlan({}).value();
  EXPECT_EQ(plan.duties(0).left_today(), 2u);
  EXPECT_EQ(plan.villages(0).today(), 2u);
  EXPECT_EQ(plan.villages(0).waiting(), 5u);
  small.Do(small.PrintOf("prr-001", "A0001"));
  plan = view.GetPlan({}).value();
  EXPECT_EQ(plan.duties(0).left_today(), 1u);
  EXPECT_EQ(plan.villages(0).today(), 1u);
  // The next day's duty is shown before its first print opens that day.
  small.Advance(absl::Hours(24));
  EXPECT_EQ(view.GetPlan({}).value().duties(0).left_today(), 2u);
}

TEST_F(OfficeViewTest, GoodCardsOfTheDayAreCountedWithTheirVillage) {
  Verify(Begin("p2", "A0001"), "A0001");
  const v1::GetPlanResponse plan = Plan();
  ASSERT_EQ(plan.villages_size(), 3);
  EXPECT_EQ(plan.villages(2).village(), "51.06.01.2002");
  EXPECT_EQ(plan.villages(2).good_today(), 1u);
  EXPECT_EQ(plan.villages(2).waiting(), 0u);
}

TEST_F(OfficeViewTest, CardOfAnOpenJobHasNameAndPhoto) {
  const v1::GetCardResponse card = Card(Begin("p2", "A0001")).value();
  EXPECT_TRUE(card.held());
  EXPECT_EQ(card.prr(), "p2");
  EXPECT_EQ(card.name(), "I WAYAN p2");
  EXPECT_EQ(card.village_name(), "Desa 2002");
  EXPECT_EQ(card.photo(), "png");
}

TEST_F(OfficeViewTest, CardOfASettledJobIsNotShown) {
  const std::string act = Begin("p2", "A0001");
  Verify(act, "A0001");
  const absl::Status status = Card(act).status();
  EXPECT_TRUE(absl::IsFailedPrecondition(status));
  EXPECT_THAT(std::string(status.message()), HasSubstr("K-223"));
}

TEST_F(OfficeViewTest, CardOfAWithdrawnRecordIsGone) {
  const std::string act = Begin("p2", "A0001");
  domain::PrrItem withdrawn = tests::PrintablePrr("p2", 2);
  withdrawn.withdrawn = true;
  withdrawn.record.clear();
  office_.centre().Tell(withdrawn);
  ASSERT_TRUE(office_.Sync().ok());
  const v1::GetCardResponse card = Card(act).value();
  EXPECT_FALSE(card.held());
  EXPECT_EQ(card.name(), "");
}

TEST_F(OfficeViewTest, UnknownJobs) {
  EXPECT_TRUE(absl::IsNotFound(Card("no-such-job").status()));
  EXPECT_TRUE(absl::IsInvalidArgument(Card("").status()));
}

TEST_F(OfficeViewTest, WhoIsShownAResidentIsNotedBefore) {
  const std::string act = Begin("p1", "A0001");
  std::vector<NoteRead> noted;
  absl::Status verdict;
  OfficeView view(&office_.node(), &office_.clock(),
                  {.office_name = "Susut", .note_read = [&](const NoteRead& read) {
                     noted.push_back(read);
                     return verdict;
                   }});
  v1::GetCardRequest request;
  request.set_act(act);
  EXPECT_TRUE(view.GetCard(request).ok());
  EXPECT_TRUE(noted.empty());
  EXPECT_TRUE(view.GetCard(request, "ayu").ok());
  ASSERT_EQ(noted.size(), 1u);
  EXPECT_EQ(noted[0].operator_id.value(), "ayu");
  EXPECT_EQ(noted[0].prr.value(), "p1");
  verdict = absl::PermissionDeniedError("K-172: no");
  EXPECT_TRUE(absl::IsPermissionDenied(view.GetCard(request, "ayu").status()));
}

}  // namespace
}  // namespace keping::edge
