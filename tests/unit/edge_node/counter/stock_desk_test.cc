#include "edge_node/counter/stock_desk.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "edge_node/counter/counter.h"
#include "tests/support/office.h"

namespace keping::edge {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using tests::Office;

// A real node over a store in memory, with ten blanks, two people and a stock keeper's desk.
class StockDeskTest : public ::testing::Test {
 protected:
  void SetUp() override {
    ASSERT_TRUE(office_.Open().ok());
    office_.Equip(/*prrs=*/5, /*blanks=*/10);
    office_.centre().Tell(domain::OperatorItem{domain::OperatorId::Of("made"), {}});
    ASSERT_TRUE(office_.Sync().ok());
    NewDesks();
  }

  void NewDesks() {
    desk_ = std::make_unique<StockDesk>(&office_.node());
    counter_ = std::make_unique<Counter>(
        &office_.node(),
        CounterView{.printer = [](const domain::PrinterId&) { return CounterView::PrinterView(); },
                    .bytes_sent = [] { return 0; },
                    .bytes_received = [] { return 0; }});
  }
  void Restart() {
    office_.Kill();
    ASSERT_TRUE(office_.Open().ok());
    NewDesks();
  }

  absl::StatusOr<v1::OpenStockResponse> Open(log::v1::Pile pile, const std::string& serials) {
    v1::OpenStockRequest request;
    request.set_pile(pile);
    request.set_serials(serials);
    request.set_minutes("470/1/BA");
    request.set_operator_id("ayu");
    request.set_second("made");
    return desk_->OpenStock(request);
  }
  absl::Status Spoil(const std::string& blank) {
    v1::MarkSpoiledRequest request;
    request.set_blank(blank);
    request.set_cause(log::v1::SPOIL_CAUSE_WARPED);
    request.set_step(log::v1::SPOIL_STEP_STORAGE);
    request.set_operator_id("ayu");
    return desk_->MarkSpoiled(request).status();
  }
  absl::StatusOr<v1::DestroyCardsResponse> Destroy(const std::string& serials) {
    v1::DestroyCardsRequest request;
    request.set_serials(serials);
    request.set_minutes("470/2/BA");
    request.set_operator_id("ayu");
    request.set_second("made");
    request.add_witnesses("I Nyoman Saksi");
    return desk_->DestroyCards(request);
  }
  absl::StatusOr<v1::ReadNamesResponse> NamesOf(const std::string& act) {
    v1::ReadNamesRequest request;
    request.set_act(act);
    request.set_operator_id("ayu");
    return desk_->ReadNames(request);
  }
  v1::GetStockResponse Stock() {
    v1::GetStockRequest request;
    request.set_serials(true);
    return desk_->GetStock(request).value();
  }
  absl::StatusOr<v1::ReserveResponse> Reserve(const std::string& person, const std::string& blank,
                                              const std::string& prr,
                                              const std::string& counter = "") {
    v1::ReserveRequest request;
    request.set_blank(blank);
    request.set_prr(prr);
    request.set_operator_id(person);
    request.set_counter(counter);
    return desk_->Reserve(request);
  }
  absl::StatusOr<v1::PrintResponse> Print(const std::string& blank, const std::string& prr = "",
                                          const std::string& counter = "") {
    v1::PrintRequest request;
    request.set_operator_id("ayu");
    request.set_blank(blank);
    request.set_prr(prr);
    request.set_counter(counter);
    return counter_->Print(request);
  }
  // Everything on the disk, one value after the other.
  std::string Disk() {
    std::string bytes;
    EXPECT_TRUE(office_.store()
                    .Scan("", "",
                          [&](absl::string_view key, absl::string_view value) {
                            bytes.append(key.data(), key.size());
                            bytes.append(value.data(), value.size());
                            return true;
                          })
                    .ok());
    return bytes;
  }

  Office office_;
  std::unique_ptr<StockDesk> desk_;
  std::unique_ptr<Counter> counter_;
};

TEST_F(StockDeskTest, ShowsThePilesByTheBookAlsoAfterARestart) {
  ASSERT_TRUE(Open(log::v1::PILE_SPOILED, "C1..C2").ok());
  ASSERT_TRUE(Open(log::v1::PILE_PRINTED, "C3").ok());
  ASSERT_TRUE(Spoil("A0001").ok());
  Restart();
  const v1::GetStockResponse stock = Stock();
  ASSERT_EQ(stock.piles_size(), 3);
  EXPECT_EQ(stock.piles(0).serials(), "A0002..A0010");
  EXPECT_EQ(stock.piles(1).serials(), "A0001,C1..C2");
  EXPECT_EQ(stock.piles(2).serials(), "C3");
  EXPECT_EQ(stock.piles(1).quantity(), 3u);
}

TEST_F(StockDeskTest, ADeliveryBeforeItsRecordIsMatchedWhenTheRecordComes) {
  v1::ReceiveBlanksRequest request;
  request.set_transfer("BAST-17");
  request.set_scanned("C1..C3");
  request.set_operator_id("ayu");
  EXPECT_THAT(std::string(desk_->ReceiveBlanks(request).status().message()), HasSubstr("K-131"));
  request.set_before_dispatch(true);
  const auto early = desk_->ReceiveBlanks(request);
  ASSERT_TRUE(early.ok()) << early.status();
  EXPECT_EQ(early->received(), 3u);
  EXPECT_TRUE(early->unmatched());
  office_.centre().Tell(
      domain::TransferItem{domain::TransferId::Of("BAST-17"), *domain::SerialSet::Parse("C1..C4")});
  ASSERT_TRUE(office_.Sync().ok());
  EXPECT_EQ(counter_->GetStatus({})->transfers_waiting(), 0u);
}

TEST_F(StockDeskTest, ACountSaysWhereTheBooksHaveWhatIsTooMuch) {
  ASSERT_TRUE(Spoil("A0001").ok());
  v1::CountPileRequest request;
  request.set_pile(log::v1::PILE_TRAY);
  request.set_scanned("A0001..A0009,Z9");
  request.set_operator_id("ayu");
  const auto count = desk_->CountPile(request);
  ASSERT_TRUE(count.ok()) << count.status();
  EXPECT_EQ(count->counted(), 10u);
  EXPECT_EQ(count->missing(), "A0010");
  ASSERT_EQ(count->surplus_size(), 2);
  EXPECT_EQ(count->surplus(0).serial(), "A0001");
  EXPECT_EQ(count->surplus(0).book_place(), "spoiled");
  EXPECT_EQ(count->surplus(1).book_place(), "unknown");
}

TEST_F(StockDeskTest, AnOfficeWithTheLongestIdLends) {
  edge::EdgeSettings settings = tests::OfficeSettings();
  settings.node = domain::NodeId::Of(std::string(63, 's'));
  Office office(settings);
  ASSERT_TRUE(office.Open().ok());
  office.Equip(/*prrs=*/0, /*blanks=*/10);
  office.centre().Tell(domain::OperatorItem{domain::OperatorId::Of("made"), {}});
  ASSERT_TRUE(office.Sync().ok());
  v1::LendBlanksRequest request;
  request.set_to("bangli");
  request.set_scanned("A0001..A0003");
  request.set_operator_id("ayu");
  request.set_second("made");
  const auto lent = StockDesk(&office.node()).LendBlanks(request);
  ASSERT_TRUE(lent.ok()) << lent.status();
  EXPECT_THAT(lent->transfer(), HasSubstr("ssss-"));
}

TEST_F(StockDeskTest, WitnessesAreSealedReadOnRecordAndCanBeForgotten) {
  ASSERT_TRUE(Spoil("A0001").ok());
  const auto burnt = Destroy("A0001");
  ASSERT_TRUE(burnt.ok()) << burnt.status();
  EXPECT_EQ(Stock().destroyed(), 1u);
  EXPECT_THAT(Disk(), Not(HasSubstr("Saksi")));
  Restart();
  const auto names = NamesOf(burnt->act());
  ASSERT_TRUE(names.ok()) << names.status();
  EXPECT_THAT(names->names(), ElementsAre("I Nyoman Saksi"));
  ASSERT_TRUE(office_.Sync().ok());
  EXPECT_TRUE(std::holds_alternative<domain::PersonalDataRead>(office_.centre().events().back()));
  const crypto::Hash name = office_.core().NamesOf(domain::ActId::Of(burnt->act()));
  ASSERT_TRUE(const_cast<EdgeStore&>(office_.node().store()).ForgetSideRecord(name).ok());
  EXPECT_TRUE(absl::IsNotFound(NamesOf(burnt->act()).status()));
}

TEST_F(StockDeskTest, NamesOfARefusedActAreNotKept) {
  const std::string before = Disk();
  EXPECT_THAT(std::string(Destroy("A0001").status().message()), HasSubstr("K-197"));
  EXPECT_EQ(Disk(), before);
}

TEST_F(StockDeskTest, LatePaperIsRecordedWithItsForm) {
  v1::MarkSpoiledRequest request;
  request.set_blank("A0001");
  request.set_cause(log::v1::SPOIL_CAUSE_FACTORY);
  request.set_operator_id("ayu");
  request.mutable_late()->set_number("F/12");
  request.mutable_late()->set_stated_at_micros(
      absl::ToUnixMicros(office_.clock().Now().wall - absl::Hours(20)));
  ASSERT_TRUE(desk_->MarkSpoiled(request).ok());
  ASSERT_TRUE(office_.Sync().ok());
  const std::vector<domain::Event> events = office_.centre().events();
  EXPECT_TRUE(std::holds_alternative<domain::BlankSpoiled>(events[events.size() - 2]));
  EXPECT_EQ(std::get<domain::LateEntryMade>(events.back()).form.value(), "F/12");
}

TEST_F(StockDeskTest, RibbonsAreStock) {
  v1::ReceiveConsumableRequest request;
  request.set_kind(log::v1::CONSUMABLE_KIND_RIBBON);
  request.set_consumable("R-1");
  request.set_panels(500);
  request.set_operator_id("ayu");
  ASSERT_TRUE(desk_->ReceiveConsumable(request).ok());
  ASSERT_EQ(Stock().consumables_size(), 1);
  EXPECT_EQ(Stock().consumables(0).panels(), 500u);
  EXPECT_EQ(Stock().consumables(0).quantity(), 1u);
}

// ---- Two counters.

TEST_F(StockDeskTest, TwoCountersNeverWorkOnTheSameCard) {
  ASSERT_TRUE(Reserve("made", "A0001", "", "loket 1").ok());
  ASSERT_TRUE(Reserve("made", "", "prr-001", "loket 1").ok());
  EXPECT_THAT(std::string(Reserve("ayu", "A0001", "", "loket 2").status().message()),
              HasSubstr("K-198"));
  EXPECT_THAT(std::string(Print("A0001").status().message()), HasSubstr("made at loket 1"));
  EXPECT_THAT(std::string(Print("A0002", "prr-001").status().message()), HasSubstr("K-198"));
  const auto next = Print("A0002");
  ASSERT_TRUE(next.ok()) << next.status();
  EXPECT_EQ(next->prr(), "prr-002") << "the next that nobody has in hand";
  const auto list = desk_->ListReservations({});
  ASSERT_EQ(list->reservations_size(), 2);
  EXPECT_EQ(list->reservations(0).counter(), "loket 1");
  EXPECT_EQ(list->reservations(0).until_micros(),
            absl::ToUnixMicros(office_.clock().Now().wall + absl::Minutes(10)));
}

TEST_F(StockDeskTest, PrintingFreesAndTimeFrees) {
  ASSERT_TRUE(Reserve("ayu", "A0001", "").ok());
  ASSERT_TRUE(Reserve("ayu", "", "prr-001").ok());
  ASSERT_TRUE(Print("A0001").ok());
  EXPECT_EQ(desk_->ListReservations({})->reservations_size(), 0);
  ASSERT_TRUE(Reserve("made", "A0002", "").ok());
  office_.Advance(absl::Minutes(10));
  EXPECT_TRUE(Reserve("ayu", "A0002", "").ok());
}

TEST_F(StockDeskTest, AReservationIsForOneThingAndOnePerson) {
  EXPECT_TRUE(absl::IsInvalidArgument(Reserve("ayu", "A0001", "prr-001").status()));
  EXPECT_TRUE(absl::IsInvalidArgument(Reserve("ayu", "", "").status()));
  EXPECT_THAT(std::string(Reserve("nobody", "A0001", "").status().message()), HasSubstr("K-101"));
  ASSERT_TRUE(Reserve("ayu", "A0001", "").ok());
  v1::ReleaseReservationRequest release;
  release.set_blank("A0001");
  release.set_operator_id("made");
  EXPECT_THAT(std::string(desk_->ReleaseReservation(release).status().message()),
              HasSubstr("K-198"));
  release.set_operator_id("ayu");
  EXPECT_TRUE(desk_->ReleaseReservation(release).ok());
}

}  // namespace
}  // namespace keping::edge
