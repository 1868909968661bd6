#include "edge_node/counter/handover_desk.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "edge_node/counter/stock_desk.h"
#include "keping/national/v1/national.pb.h"
#include "tests/support/office.h"

namespace keping::edge {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using tests::Office;

constexpr char kVillage[] = "51.06.01.2001";
constexpr char kAyusNik[] = "5106014101900001";

// A real node over a store in memory, whose first two records are finished cards.
class HandoverDeskTest : public ::testing::Test {
 protected:
  void SetUp() override {
    ASSERT_TRUE(office_.Open().ok());
    office_.Equip(/*prrs=*/3, /*blanks=*/10);
    Tell("prr-001", kAyusNik, "Ni Made Ayu");
    Tell("prr-002", "5106014101900002", "I Wayan Dua");
    ASSERT_TRUE(office_.Sync().ok());
    for (const auto& [prr, blank] :
         {std::pair("prr-001", "A0001"), std::pair("prr-002", "A0002")}) {
      const edge::Print print = office_.PrintOf(prr, blank);
      office_.Do(print);
      office_.Do(VerifyCard{.act = print.act,
                            .scanned = domain::BlankSerial::Of(blank),
                            .nik_tail = "0007",
                            .operator_id = domain::OperatorId::Of("ayu")});
    }
    NewDesk();
  }

  void NewDesk() {
    desk_ = std::make_unique<HandoverDesk>(
        &office_.node(), PaperFacts{.office_name = "Kecamatan Susut", .specimen = true});
  }
  void Restart() {
    office_.Kill();
    ASSERT_TRUE(office_.Open().ok());
    NewDesk();
  }
  void Tell(const std::string& prr, const std::string& nik, const std::string& name,
            bool withdrawn = false) {
    domain::PrrItem item = tests::PrintablePrr(prr, 1);
    national::v1::Record record;
    record.set_nik(nik);
    record.set_name(name);
    record.set_village_code(kVillage);
    record.set_village_name("Abuan");
    record.set_picture("photo of " + name);
    record.set_signature("signature of " + name);
    item.record = record.SerializeAsString();
    item.withdrawn = withdrawn;
    if (withdrawn) item.record.clear();
    office_.centre().Tell(item);
  }

  std::string Make(const std::string& cards = "") {
    v1::MakeManifestRequest request;
    request.set_village(kVillage);
    request.set_cards(cards);
    request.set_operator_id("ayu");
    const auto made = desk_->MakeManifest(request);
    EXPECT_TRUE(made.ok()) << made.status();
    return made->manifest().manifest();
  }
  absl::StatusOr<v1::HandOverResponse> Leave(const std::string& manifest) {
    v1::HandOverRequest request;
    request.set_manifest(manifest);
    request.set_receiver("I Ketut Kepala");
    request.set_operator_id("ayu");
    return desk_->HandOver(request);
  }
  v1::AnswerCardsRequest AnswerOf(const std::string& manifest) {
    v1::AnswerCardsRequest request;
    request.set_manifest(manifest);
    request.set_operator_id("ayu");
    return request;
  }
  absl::StatusOr<v1::AskStatusResponse> Ask(const std::string& nik) {
    v1::AskStatusRequest request;
    request.set_nik(nik);
    request.set_operator_id("ayu");
    return desk_->AskStatus(request);
  }
  std::string Paper(const std::string& manifest, v1::PaperFormat format) {
    v1::GetManifestPaperRequest request;
    request.set_manifest(manifest);
    request.set_format(format);
    request.set_operator_id("ayu");
    const auto paper = desk_->GetManifestPaper(request);
    EXPECT_TRUE(paper.ok()) << paper.status();
    return paper->document();
  }

  Office office_;
  std::unique_ptr<HandoverDesk> desk_;
};

TEST_F(HandoverDeskTest, FromTheListToTheResident) {
  EXPECT_EQ(desk_->ListManifests({})->villages(0).ready(), 2u);
  const std::string manifest = Make();
  const auto left = Leave(manifest);
  ASSERT_TRUE(left.ok()) << left.status();
  EXPECT_EQ(left->left(), 2u);
  EXPECT_EQ(left->kept_back(), "");
  Restart();
  v1::AnswerCardsRequest answer = AnswerOf(manifest);
  answer.set_returned("A0002");
  answer.set_rest_delivered(true);
  const auto answered = desk_->AnswerCards(answer);
  ASSERT_TRUE(answered.ok()) << answered.status();
  EXPECT_EQ(answered->delivered(), 1u);
  EXPECT_EQ(answered->still_out(), 0u);
  v1::GetManifestRequest get;
  get.set_manifest(manifest);
  const auto shown = desk_->GetManifest(get);
  ASSERT_EQ(shown->cards_size(), 2);
  EXPECT_EQ(shown->cards(0).place(), "delivered");
  EXPECT_EQ(shown->cards(1).place(), "printed");
  EXPECT_EQ(desk_->ListManifests({})->manifests(0).left(), 2u);
}

TEST_F(HandoverDeskTest, PhotoAndSignatureLeaveWithTheCard) {
  const std::string manifest = Make();
  Leave(manifest).value();
  EXPECT_THAT(*office_.node().store().Record(domain::PrrId::Of("prr-001")), HasSubstr("photo of"))
      << "the village head may bring it back";
  v1::AnswerCardsRequest answer = AnswerOf(manifest);
  answer.set_delivered("A0001");
  ASSERT_TRUE(desk_->AnswerCards(answer).ok());
  Restart();
  const std::string delivered = *office_.node().store().Record(domain::PrrId::Of("prr-001"));
  EXPECT_THAT(delivered, HasSubstr("Ni Made Ayu"));
  EXPECT_THAT(delivered, Not(HasSubstr("photo of")));
  EXPECT_THAT(delivered, Not(HasSubstr("signature of")));
  EXPECT_THAT(*office_.node().store().Record(domain::PrrId::Of("prr-002")), HasSubstr("photo of"));
  // The centre knows whole records only.
  domain::PrrItem again = office_.centre().Told(domain::PrrId::Of("prr-001"));
  office_.centre().Tell(again);
  ASSERT_TRUE(office_.Sync().ok());
  EXPECT_EQ(*office_.node().store().Record(domain::PrrId::Of("prr-001")), delivered);
}

TEST_F(HandoverDeskTest, TheReceiverIsSealed) {
  const auto left = Leave(Make());
  StockDesk names(&office_.node());
  v1::ReadNamesRequest request;
  request.set_act(left->act());
  request.set_operator_id("ayu");
  EXPECT_EQ(names.ReadNames(request)->names(0), "I Ketut Kepala");
}

TEST_F(HandoverDeskTest, ThePaperNamesTheHoldersWithMaskedNumbers) {
  const std::string manifest = Make();
  const std::string text = Paper(manifest, v1::PAPER_FORMAT_TEXT);
  EXPECT_THAT(text, HasSubstr("Ni Made Ayu"));
  EXPECT_THAT(text, HasSubstr("Abuan (51.06.01.2001)"));
  EXPECT_THAT(text, HasSubstr("510601********01"));
  EXPECT_THAT(text, Not(HasSubstr(kAyusNik)));
  EXPECT_THAT(Paper(manifest, v1::PAPER_FORMAT_PDF), testing::StartsWith("%PDF-"));
}

TEST_F(HandoverDeskTest, AResidentIsToldStatusAndDateAlsoAfterARestart) {
  EXPECT_EQ(Ask(kAyusNik)->status(), v1::RESIDENT_STATUS_PRINTED);
  EXPECT_EQ(Ask(kAyusNik)->since_days(), 17283) << "27 April 2017";
  Leave(Make()).value();
  Restart();
  EXPECT_EQ(Ask(kAyusNik)->status(), v1::RESIDENT_STATUS_HANDED_OVER);
  EXPECT_EQ(Ask("5106014101909999")->status(), v1::RESIDENT_STATUS_UNKNOWN_HERE);
  EXPECT_TRUE(absl::IsInvalidArgument(Ask("510601").status()));
}

TEST_F(HandoverDeskTest, AWithdrawnPersonIsStillFoundByNik) {
  Tell("prr-001", kAyusNik, "Ni Made Ayu", /*withdrawn=*/true);
  ASSERT_TRUE(office_.Sync().ok());
  EXPECT_EQ(Ask(kAyusNik)->status(), v1::RESIDENT_STATUS_ASK_OFFICE);
  Restart();
  EXPECT_EQ(Ask(kAyusNik)->status(), v1::RESIDENT_STATUS_ASK_OFFICE);
}

TEST_F(HandoverDeskTest, EveryQuestionIsOnRecordUnderAKeyedHash) {
  Ask(kAyusNik).value();
  ASSERT_TRUE(office_.Sync().ok());
  const auto read = std::get<domain::PersonalDataRead>(office_.centre().events().back());
  EXPECT_EQ(read.prr.value(), "prr-001");
  EXPECT_EQ(read.purpose, domain::ReadPurpose::kResidentStatus);
  EXPECT_FALSE(read.nik_key.IsZero());
  EXPECT_NE(read.nik_key, crypto::Sha256({kAyusNik}));
}

TEST_F(HandoverDeskTest, AnUnknownManifestIsRefusedInWords) {
  EXPECT_THAT(std::string(Leave("m-none").status().message()), HasSubstr("K-194"));
  v1::GetManifestRequest get;
  get.set_manifest("m-none");
  EXPECT_THAT(std::string(desk_->GetManifest(get).status().message()), HasSubstr("K-194"));
}

}  // namespace
}  // namespace keping::edge
