#include "edge_node/app/card_document.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <string>

#include "deploy/bangli/portrait.h"
#include "keping/national/v1/national.pb.h"

namespace keping::edge {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

constexpr absl::CivilDay kToday(2026, 2, 14);

national::v1::Record SampleRecord() {
  national::v1::Record record;
  record.set_nik("5106034512900001");
  record.set_name("NI WAYAN SPESIMEN CONTOH");
  record.set_birth_place("BANGLI");
  record.set_birth_date_days(7643);  // 5 December 1990
  record.set_gender(national::v1::GENDER_FEMALE);
  record.set_blood_group("4");
  record.set_religion("4");
  record.set_marital_status("1");
  record.set_occupation("88");
  record.set_citizenship("1");
  record.set_kabupaten_name("Bangli");
  record.set_province_name("Bali");
  record.set_picture(bangli::PortraitPng({}));
  record.set_signature("a picture");
  return record;
}

absl::StatusOr<CardData> Read(const national::v1::Record& record, bool specimen = false) {
  return ReadCard(record.SerializeAsString(), kToday, specimen);
}

TEST(CardDocumentTest, CodesBecomeWordsAndDatesAreIndonesian) {
  const auto card = Read(SampleRecord());
  ASSERT_TRUE(card.ok()) << card.status();
  EXPECT_EQ(card->province, "PROVINSI BALI");
  EXPECT_EQ(card->regency, "KABUPATEN BANGLI");
  EXPECT_EQ(card->birth_date, "05-12-1990");
  EXPECT_EQ(card->gender, "PEREMPUAN");
  EXPECT_EQ(card->blood_type, "O");
  EXPECT_EQ(card->religion, "HINDU");
  EXPECT_EQ(card->marital_status, "BELUM KAWIN");
  EXPECT_EQ(card->occupation, "WIRASWASTA");
  EXPECT_EQ(card->citizenship, "WNI");
  EXPECT_EQ(card->valid_until, "SEUMUR HIDUP");
  EXPECT_EQ(card->issue_place, "BANGLI");
  EXPECT_EQ(card->issue_date, "14-02-2026");
  EXPECT_EQ(card->photo_png, SampleRecord().picture());
  EXPECT_EQ(card->signature_png, "a picture");
}

TEST(CardDocumentTest, ACityKeepsItsKind) {
  national::v1::Record record = SampleRecord();
  record.set_kabupaten_name("Kota Denpasar");
  EXPECT_EQ(Read(record)->regency, "KOTA DENPASAR");
}

TEST(CardDocumentTest, BloodTypeAndReligionMayBeUnknown) {
  national::v1::Record record = SampleRecord();
  record.clear_blood_group();
  record.clear_religion();
  const auto card = Read(record);
  ASSERT_TRUE(card.ok()) << card.status();
  EXPECT_EQ(card->blood_type, "");
  EXPECT_EQ(card->religion, "");
}

TEST(CardDocumentTest, IsASpecimenWhenTheRecordOrTheNodeSaysSo) {
  national::v1::Record record = SampleRecord();
  EXPECT_FALSE(Read(record, false)->specimen);
  EXPECT_TRUE(Read(record, true)->specimen);
  record.set_specimen(true);
  EXPECT_TRUE(Read(record, false)->specimen);
}

TEST(CardDocumentTest, UnusableRecordsAreRefusedByTheirField) {
  using national::v1::Record;
  struct Case {
    std::function<void(Record&)> spoil;
    const char* message;
  };
  const Case cases[] = {
      {[](Record& r) { r.clear_gender(); }, "K-141: Jenis Kelamin: got what is no code"},
      {[](Record& r) { r.set_blood_group("14"); }, "K-141: Gol. Darah: got code 14"},
      {[](Record& r) { r.set_religion("HINDU"); }, "K-141: Agama: got what is no code"},
      {[](Record& r) { r.set_marital_status("5"); }, "K-141: Status Perkawinan: got code 5"},
      {[](Record& r) { r.clear_occupation(); }, "K-141: Pekerjaan: got what is no code"},
      {[](Record& r) { r.set_citizenship("3"); }, "K-141: Kewarganegaraan: got code 3"},
      {[](Record& r) { r.set_citizenship("2"); }, "K-144: got the record of a foreign resident"},
  };
  for (const Case& test : cases) {
    SCOPED_TRACE(test.message);
    Record record = SampleRecord();
    test.spoil(record);
    const auto card = Read(record);
    ASSERT_EQ(card.status().code(), absl::StatusCode::kInvalidArgument);
    EXPECT_THAT(std::string(card.status().message()), HasSubstr(test.message));
  }
  EXPECT_THAT(std::string(ReadCard("\xff", kToday, false).status().message()), HasSubstr("K-144"));
}

TEST(CardDocumentTest, DocumentIsAPdf) {
  national::v1::Record record = SampleRecord();
  record.clear_signature();
  const auto pdf = RenderDocument(record.SerializeAsString(), kToday, true);
  ASSERT_TRUE(pdf.ok()) << pdf.status();
  EXPECT_THAT(*pdf, StartsWith("%PDF-"));
}

}  // namespace
}  // namespace keping::edge
