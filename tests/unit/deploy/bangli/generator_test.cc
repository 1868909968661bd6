#include "deploy/bangli/generator.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <set>
#include <string>

#include "common/crypto/hash.h"
#include "common/domain/value_lists.h"
#include "deploy/bangli/export.h"

namespace keping::bangli {
namespace {

using ::testing::AnyOf;
using ::testing::Each;

constexpr size_t kCount = 13387;

std::vector<Record> AllTexts(uint64_t seed) {
  const Generator generator({.seed = seed, .count = kCount, .picture_bytes = 0});
  std::vector<Record> records;
  for (size_t i = 0; i < generator.count(); ++i) records.push_back(generator.MakeText(i));
  return records;
}

std::string Digest(uint64_t seed, size_t count) {
  const Generator generator({.seed = seed, .count = count});
  std::string all;
  for (size_t i = 0; i < count; ++i) {
    const Record record = generator.Make(i);
    all += CsvLine(record) + record.picture;
  }
  return crypto::Sha256({all}).Hex();
}

TEST(GeneratorTest, SameSeedSameBytes) {
  EXPECT_EQ(Digest(1, 300), Digest(1, 300));
  EXPECT_NE(Digest(1, 300), Digest(2, 300));
}

// A change of this digest means that everybody's sample data changes: do it knowingly.
TEST(GeneratorTest, TextsOfSeedOneStayWhatTheyAre) {
  std::string all;
  for (const Record& record : AllTexts(1)) all += CsvLine(record);
  EXPECT_EQ(crypto::Sha256({all}).Hex(),
            "d8ad5394c37ebb9989efc5f600916ae0f954eb0effb86ac11ca0b5af4ca29621");
}

TEST(GeneratorTest, RecordsAreMadeInAnyOrder) {
  const Generator generator({.count = 100});
  const std::string last = CsvLine(generator.MakeText(99));
  generator.Make(3);
  EXPECT_EQ(CsvLine(generator.Make(99)), last);
}

TEST(GeneratorTest, IdsAreUniqueAndNiksValid) {
  std::set<std::string> prrs, niks;
  size_t corrected = 0;
  for (const Record& record : AllTexts(1)) {
    EXPECT_TRUE(prrs.insert(record.prr).second);
    EXPECT_TRUE(niks.insert(record.nik).second);
    const auto nik = domain::Nik::Parse(record.nik);
    ASSERT_TRUE(nik.ok());
    EXPECT_EQ(nik->kecamatan_code(), record.village_code.substr(0, 2) +
                                         record.village_code.substr(3, 2) +
                                         record.village_code.substr(6, 2));
    const auto warnings = nik->Warnings({record.birth_date, record.gender});
    EXPECT_THAT(warnings, Each(domain::NikWarning::kBirthDateDiffers));
    corrected += warnings.size();
  }
  EXPECT_EQ(prrs.size(), kCount);
  EXPECT_GT(corrected, kCount / 400);
  EXPECT_LT(corrected, kCount / 100);
}

TEST(GeneratorTest, EveryVillageHasRecords) {
  std::map<std::string, int> per_village;
  for (const Record& record : AllTexts(1)) ++per_village[record.village_code];
  EXPECT_EQ(Villages().size(), 72u);
  EXPECT_EQ(per_village.size(), 72u);
  for (const auto& [code, count] : per_village) EXPECT_GT(count, 50) << code;
}

TEST(GeneratorTest, FieldsKeepToTheirForms) {
  for (const Record& record : AllTexts(1)) {
    EXPECT_GE(record.name.size(), 1u);
    EXPECT_LE(record.name.size(), 60u);
    EXPECT_TRUE(record.specimen);
    EXPECT_EQ(record.version, 1u);
    EXPECT_EQ(record.rt_rw.size(), 7u);
    for (const std::string& text : {record.address, record.birth_place}) {
      EXPECT_FALSE(text.empty());
      EXPECT_LE(text.size(), 40u);
    }
  }
}

TEST(GeneratorTest, ListedValuesAreCodesOfTheOfficialLists) {
  const domain::ValueLists& lists = domain::OfficialValueLists();
  for (const Record& record : AllTexts(1)) {
    EXPECT_EQ(record.citizenship, "1");
    EXPECT_THAT(lists.Text(domain::ValueList::kBloodType, record.blood_group).value_or(""),
                AnyOf("A", "B", "AB", "O", "-"));
    EXPECT_TRUE(lists.Text(domain::ValueList::kReligion, record.religion).ok());
    EXPECT_TRUE(lists.Text(domain::ValueList::kMaritalStatus, record.marital_status).ok());
    EXPECT_TRUE(lists.Text(domain::ValueList::kOccupation, record.occupation).ok());
  }
}

TEST(GeneratorTest, MostPersonsSignEachInTheirOwnWay) {
  const Generator generator({.count = 300});
  std::set<std::string> signatures;
  size_t without = 0;
  for (size_t i = 0; i < generator.count(); ++i) {
    const std::string signature = generator.Make(i).signature;
    if (signature.empty()) ++without;
    signatures.insert(signature);
    EXPECT_LT(signature.size(), 4096u);
  }
  EXPECT_GT(without, 0u);
  EXPECT_LT(without, 30u);
  EXPECT_GT(signatures.size(), 250u);
}

TEST(GeneratorTest, EnrolmentFillsOfficeHoursAndIsNearlyInOrder) {
  const absl::TimeZone wita = absl::FixedTimeZone(8 * 3600);
  std::set<absl::Time> times;
  absl::Time previous = absl::InfinitePast();
  size_t out_of_order = 0;
  for (const Record& record : AllTexts(1)) {
    times.insert(record.enrolled_at);
    const absl::CivilSecond civil = absl::ToCivilSecond(record.enrolled_at, wita);
    EXPECT_GE(civil.hour(), 8);
    EXPECT_LT(civil.hour(), 15);
    EXPECT_LT(absl::GetWeekday(civil), absl::Weekday::saturday);
    if (record.enrolled_at < previous) ++out_of_order;
    previous = record.enrolled_at;
  }
  EXPECT_EQ(times.size(), kCount) << "the order of enrolment has no ties";
  EXPECT_GT(out_of_order, kCount / 4) << "sorting by enrolment must mean something";
  EXPECT_LT(absl::ToCivilDay(*times.begin(), wita), absl::CivilDay(2016, 3, 3));
  EXPECT_GT(absl::ToCivilDay(*times.rbegin(), wita), absl::CivilDay(2017, 4, 20));
  EXPECT_LT(absl::ToCivilDay(*times.rbegin(), wita), absl::CivilDay(2017, 4, 27));
}

TEST(GeneratorTest, EverybodyIsSeventeenAtLeast) {
  for (const Record& record : AllTexts(3)) {
    const absl::CivilDay enrolled =
        absl::ToCivilDay(record.enrolled_at, absl::FixedTimeZone(8 * 3600));
    EXPECT_LE(absl::CivilDay(record.birth_date.year() + 17, record.birth_date.month(),
                             record.birth_date.day()),
              enrolled + 31);
  }
}

TEST(GeneratorTest, PictureSizeIsExactOrThePortraitsOwn) {
  for (size_t size : {5000u, 30000u, 262144u}) {
    const Generator generator({.count = 3, .picture_bytes = size});
    EXPECT_EQ(generator.Make(2).picture.size(), size);
  }
  const Generator small({.count = 3, .picture_bytes = 10});
  EXPECT_GT(small.Make(2).picture.size(), 500u);
  EXPECT_LT(small.Make(2).picture.size(), 4500u);
  EXPECT_EQ(Generator({.count = 3, .picture_bytes = 0}).Make(2).picture, "");
}

}  // namespace
}  // namespace keping::bangli
