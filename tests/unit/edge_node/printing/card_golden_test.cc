// What the card looks like: pictures in grey at half size, in golden/.
//
//   build/release/tests/card_golden_test                # compare, with tolerance
//   build/release/tests/card_golden_test --rewrite      # write what is seen now, then look at it

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <functional>
#include <sstream>
#include <string>

#include "absl/strings/str_cat.h"
#include "common/domain/value_lists.h"
#include "edge_node/printing/card_page.h"
#include "tests/support/grey_picture.h"
#include "tests/support/sample_card.h"

namespace keping::edge {
namespace {

using domain::ValueList;
using tests::Difference;
using tests::GreyPicture;
using tests::SampleCard;

bool rewrite = false;

std::string LongestOf(ValueList list) {
  const auto& values = domain::OfficialValueLists().Of(list);
  return std::max_element(
             values.begin(), values.end(),
             [](const auto& a, const auto& b) { return a.text.size() < b.text.size(); })
      ->text;
}

void MakeValuesLongest(CardData& card) {
  card.gender = LongestOf(ValueList::kSex);
  card.blood_type = LongestOf(ValueList::kBloodType);
  card.religion = LongestOf(ValueList::kReligion);
  card.marital_status = LongestOf(ValueList::kMaritalStatus);
  card.occupation = LongestOf(ValueList::kOccupation);
  card.citizenship = LongestOf(ValueList::kCitizenship);
}

// The longest of what Indonesia has: 36 letters of a province, 41 of a regency.
void MakePlacesLongest(CardData& card) {
  card.province = "PROVINSI KEPULAUAN BANGKA BELITUNG";
  card.regency = "KABUPATEN KEPULAUAN SIAU TAGULANDANG BIARO";
  card.birth_place = "KEPULAUAN SIAU TAGULANDANG BIARO";
  card.address =
      "PERUMAHAN GRAHA CONTOH INDAH LESTARI BLOK C-12 NOMOR 27, LINGKUNGAN BANJAR DINAS KELOD "
      "KANGIN TENGAH";
  card.village = "NAGARI TALUAK TIGO SAKATO SUNGAI LIMAU TENGAH";
  card.district = "SUNGAI BEREMAS ULU BARUMUN TENGAH";
  card.issue_place = "KEPULAUAN SIAU TAGULANDANG BIARO";
}

struct Case {
  const char* name;
  std::function<void(CardData&)> change;
};

const Case kCases[] = {
    {"plain", [](CardData& card) { card.specimen = false; }},
    {"specimen", [](CardData&) {}},
    {"no_signature",
     [](CardData& card) {
       card.signature_png.clear();
       card.specimen = false;
     }},
    {"longest_name",
     [](CardData& card) {
       card.name = "I GUSTI AGUNG AYU MAS PRADNYA PARAMITA KUSUMADEWI, S.KOM., M";
       card.specimen = false;
     }},
    {"longest_word",
     [](CardData& card) {
       card.name = "WIRYAKUSUMANINGRATPARAMARTHASASTRAWINANGUNDEWANTARACONTOHWATI";
       card.name.resize(60);
       card.specimen = false;
     }},
    {"longest_address",
     [](CardData& card) {
       MakePlacesLongest(card);
       card.specimen = false;
     }},
    {"longest_values",
     [](CardData& card) {
       MakeValuesLongest(card);
       card.specimen = false;
     }},
    {"longest_of_all",
     [](CardData& card) {
       MakeValuesLongest(card);
       MakePlacesLongest(card);
       card.name = "I GUSTI AGUNG AYU MAS PRADNYA PARAMITA KUSUMADEWI, S.KOM., M";
     }},
};

GreyPicture Picture(const CardData& card) {
  const auto png = RenderCardPng(card);
  EXPECT_TRUE(png.ok()) << png.status();
  auto picture = GreyPicture::FromPng(png.value_or(""));
  EXPECT_TRUE(picture.ok()) << picture.status();
  return picture.ok() ? picture->Halved() : GreyPicture(1, 1);
}

std::string GoldenPath(const char* name) {
  return absl::StrCat(KEPING_GOLDEN_FOLDER, "/", name, ".png");
}

class CardGoldenTest : public testing::TestWithParam<Case> {};

TEST_P(CardGoldenTest, LooksAsItDid) {
  CardData card = SampleCard();
  GetParam().change(card);
  const GreyPicture seen = Picture(card);
  const std::string path = GoldenPath(GetParam().name);
  if (rewrite) {
    std::ofstream(path, std::ios::binary) << seen.ToPng();
    return;
  }
  std::stringstream bytes;
  bytes << std::ifstream(path, std::ios::binary).rdbuf();
  const auto golden = GreyPicture::FromPng(bytes.str());
  ASSERT_TRUE(golden.ok()) << path << ": " << golden.status();
  EXPECT_EQ(Difference(*golden, seen), "") << path;
}

INSTANTIATE_TEST_SUITE_P(Cards, CardGoldenTest, testing::ValuesIn(kCases),
                         [](const auto& test) { return std::string(test.param.name); });

// ---- What the comparison sees, and what it does not mind.

GreyPicture Moved(const GreyPicture& picture, int dx, int dy) {
  GreyPicture moved(picture.width(), picture.height());
  for (int y = std::max(0, dy); y < picture.height() + std::min(0, dy); ++y) {
    for (int x = std::max(0, dx); x < picture.width() + std::min(0, dx); ++x) {
      moved.set(x, y, picture.at(x - dx, y - dy));
    }
  }
  return moved;
}

GreyPicture WithInk(GreyPicture picture, double factor) {
  for (int y = 0; y < picture.height(); ++y) {
    for (int x = 0; x < picture.width(); ++x) {
      picture.set(x, y, static_cast<uint8_t>(255 - (255 - picture.at(x, y)) * factor));
    }
  }
  return picture;
}

TEST(GoldenComparisonTest, SmallShiftsAndThinnerStrokesAreTheSamePicture) {
  const GreyPicture picture = Picture(SampleCard());
  EXPECT_EQ(Difference(picture, picture), "");
  EXPECT_EQ(Difference(picture, Moved(picture, 1, 0)), "");
  EXPECT_EQ(Difference(picture, Moved(picture, -1, 2)), "");
  EXPECT_EQ(Difference(picture, WithInk(picture, 0.92)), "");
}

TEST(GoldenComparisonTest, WhatIsMissingOrClippedIsSeen) {
  const Case changes[] = {
      {"no signature", [](CardData& card) { card.signature_png.clear(); }},
      {"no specimen mark", [](CardData& card) { card.specimen = false; }},
      {"another photo",
       [](CardData& card) { card.photo_png = bangli::PortraitPng({.odd_birth_year = true}); }},
      {"last letter of the name", [](CardData& card) { card.name.pop_back(); }},
      {"last digit of the NIK", [](CardData& card) { card.nik.pop_back(); }},
      {"blood type", [](CardData& card) { card.blood_type = " "; }},
      {"religion", [](CardData& card) { card.religion = " "; }},
      {"date of issue", [](CardData& card) { card.issue_date = " "; }},
      {"one digit of the RT", [](CardData& card) { card.rt_rw = "001/00"; }},
      {"a letter more in the regency", [](CardData& card) { card.regency += "W"; }},
  };
  const GreyPicture whole = Picture(SampleCard());
  for (const Case& change : changes) {
    CardData card = SampleCard();
    change.change(card);
    EXPECT_NE(Difference(whole, Picture(card)), "") << change.name;
  }
}

}  // namespace
}  // namespace keping::edge

int main(int argc, char** argv) {
  ::testing::InitGoogleTest(&argc, argv);
  for (int i = 1; i < argc; ++i) {
    if (std::string(argv[i]) == "--rewrite") keping::edge::rewrite = true;
  }
  return RUN_ALL_TESTS();
}
