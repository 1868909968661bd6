#include "edge_node/printing/card_page.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <stdio.h>

#include <fstream>
#include <functional>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"
#include "deploy/bangli/portrait.h"
#include "tests/support/temp_folder.h"

namespace keping::edge {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

CardData SampleCard() {
  CardData card;
  card.province = "PROVINSI BALI";
  card.regency = "KABUPATEN BANGLI";
  card.nik = "5106034512900001";
  card.name = "NI WAYAN SPESIMEN CONTOH";
  card.birth_place = "BANGLI";
  card.birth_date = "05-12-1990";
  card.gender = "PEREMPUAN";
  card.blood_type = "O";
  card.address = "BANJAR CONTOH";
  card.rt_rw = "001/002";
  card.village = "KINTAMANI";
  card.district = "KINTAMANI";
  card.religion = "HINDU";
  card.marital_status = "BELUM KAWIN";
  card.occupation = "WIRASWASTA";
  card.citizenship = "WNI";
  card.issue_place = "BANGLI";
  card.issue_date = "14-02-2026";
  card.photo_png = bangli::PortraitPng({});
  return card;
}

CardData LongCard() {
  CardData card = SampleCard();
  card.province = "PROVINSI KEPULAUAN BANGKA BELITUNG";
  card.regency = "KABUPATEN KEPULAUAN SIAU TAGULANDANG BIARO";
  card.name = "I GUSTI AGUNG AYU MAS PRADNYA PARAMITA KUSUMADEWI CONTOHWATI";
  card.birth_place = "TANJUNG PANDAN";
  card.gender = "LAKI-LAKI";
  card.blood_type = "AB+";
  card.address =
      "PERUMAHAN GRAHA CONTOH INDAH LESTARI BLOK C-12 NOMOR 27, LINGKUNGAN BANJAR DINAS KELOD "
      "KANGIN";
  card.village = "LEMBONGAN CENINGAN KAUH TENGAH";
  card.religion = "KEPERCAYAAN TERHADAP TUHAN YME";
  card.marital_status = "CERAI HIDUP BELUM TERCATAT";
  card.occupation = "KARYAWAN BADAN USAHA MILIK DAERAH BIDANG PENGELOLAAN AIR";
  card.issue_place = "KEPULAUAN SIAU TAGULANDANG BIARO";
  return card;
}

std::string Run(const std::string& command) {
  FILE* pipe = popen(command.c_str(), "r");
  std::string out;
  for (int c; (c = fgetc(pipe)) != EOF;) out += static_cast<char>(c);
  EXPECT_EQ(pclose(pipe), 0) << command;
  return out;
}

// What poppler's `tool` (with %s for the page's file) says about a page.
std::string Poppler(absl::string_view tool, const std::string& pdf) {
  tests::TempFolder folder;
  const std::string file = folder.path() + "/card.pdf";
  std::ofstream(file, std::ios::binary) << pdf;
  return Run(absl::StrReplaceAll(tool, {{"%s", file}}));
}

std::string WithoutSpace(absl::string_view text) {
  std::string out;
  for (char c : text) {
    if (!absl::ascii_isspace(c) && c != '\f') out += c;
  }
  return out;
}

// The texts of the card, in no particular order.
std::vector<std::string> TextsOf(const CardData& card) {
  return {card.province,    card.regency,        card.nik,        card.name,       card.birth_place,
          card.birth_date,  card.gender,         card.blood_type, card.address,    card.rt_rw,
          card.village,     card.district,       card.religion,   card.occupation, card.citizenship,
          card.issue_place, card.marital_status, card.issue_date, card.valid_until};
}

std::string Render(const CardData& card) {
  auto pdf = RenderCardPdf(card);
  EXPECT_TRUE(pdf.ok()) << pdf.status();
  return pdf.value_or("");
}

TEST(CardPageTest, IsOnePageOfTheSizeOfACard) {
  const std::string info = Poppler("pdfinfo %s", Render(SampleCard()));
  EXPECT_THAT(info, HasSubstr("Pages:           1\n"));
  // 85.60 x 53.98 mm; poppler rounds to six digits.
  EXPECT_THAT(info, HasSubstr("Page size:       242.646 x 153.014 pts"));
}

TEST(CardPageTest, SameCardGivesTheSameBytes) {
  EXPECT_EQ(Render(SampleCard()), Render(SampleCard()));
  EXPECT_NE(Render(SampleCard()), Render(LongCard()));
}

// Wrapping moves the lines of a text apart on the page, so it is looked for word by word.
TEST(CardPageTest, NoTextIsCut) {
  for (const CardData& card : {SampleCard(), LongCard()}) {
    const std::string text = Poppler("pdftotext -raw %s -", Render(card));
    const std::string solid = WithoutSpace(text);
    for (const std::string& wanted : TextsOf(card)) {
      for (absl::string_view word : absl::StrSplit(wanted, ' ')) {
        EXPECT_THAT(solid, HasSubstr(std::string(word)));
      }
    }
  }
}

TEST(CardPageTest, LabelsAreThoseOfTheIdentityCard) {
  const std::string solid = WithoutSpace(Poppler("pdftotext -raw %s -", Render(SampleCard())));
  for (const char* label : {"NIK", "Nama", "Tempat/TglLahir", "JenisKelamin", "Gol.Darah", "Alamat",
                            "RT/RW", "Kel/Desa", "Kecamatan", "Agama", "StatusPerkawinan",
                            "Pekerjaan", "Kewarganegaraan", "BerlakuHingga"}) {
    EXPECT_THAT(solid, HasSubstr(label));
  }
}

TEST(CardPageTest, OnlyASpecimenIsMarked) {
  CardData card = SampleCard();
  EXPECT_THAT(Poppler("pdftotext -raw %s -", Render(card)), HasSubstr("/ SPECIMEN"));
  card.specimen = false;
  EXPECT_THAT(Poppler("pdftotext -raw %s -", Render(card)), Not(HasSubstr("/ SPECIMEN")));
}

TEST(CardPageTest, TypefaceIsEmbedded) {
  EXPECT_THAT(Poppler("pdffonts %s", Render(SampleCard())), HasSubstr("LiberationSans-Bold"));
}

TEST(CardPageTest, BadInputIsRefusedInWordsWithoutTheData) {
  const std::string png = bangli::PortraitPng({});
  const std::string huge =
      absl::StrCat(png.substr(0, 16), std::string("\x7f\xff\xff\xff", 4), png.substr(20));
  struct Case {
    const char* what;
    std::function<void(CardData&)> spoil;
    const char* message;
  };
  const Case cases[] = {
      {"no picture", [](CardData& c) { c.photo_png = ""; }, "no picture"},
      {"no PNG", [](CardData& c) { c.photo_png = "GIF89a and more than the bytes of a header"; },
       "not a PNG"},
      {"half a PNG", [](CardData& c) { c.photo_png.resize(c.photo_png.size() / 2); },
       "broken picture"},
      {"a giant PNG", [&](CardData& c) { c.photo_png = huge; }, "pixels"},
      {"no name", [](CardData& c) { c.name = ""; }, "a name"},
      {"no NIK", [](CardData& c) { c.nik = ""; }, "a NIK"},
      {"not UTF-8", [](CardData& c) { c.address = "JL \xff"; }, "Alamat"},
      {"a line break", [](CardData& c) { c.name = "A\nB"; }, "Nama"},
      {"an endless name", [](CardData& c) { c.name = std::string(400, 'W'); }, "Nama"},
      {"an endless heading", [](CardData& c) { c.regency = std::string(200, 'W'); }, "regency"},
  };
  for (const Case& test : cases) {
    SCOPED_TRACE(test.what);
    CardData card = SampleCard();
    test.spoil(card);
    auto pdf = RenderCardPdf(card);
    ASSERT_EQ(pdf.status().code(), absl::StatusCode::kInvalidArgument);
    EXPECT_THAT(std::string(pdf.status().message()), HasSubstr(test.message));
    EXPECT_THAT(std::string(pdf.status().message()), Not(HasSubstr("SPESIMEN")));
  }
}

TEST(CardPageTest, EmptyFieldsAreDashes) {
  CardData card;
  card.nik = "5106034512900001";
  card.name = "CONTOH";
  card.photo_png = bangli::PortraitPng({});
  EXPECT_THAT(WithoutSpace(Poppler("pdftotext -raw %s -", Render(card))),
              HasSubstr("JenisKelamin:-"));
}

}  // namespace
}  // namespace keping::edge
