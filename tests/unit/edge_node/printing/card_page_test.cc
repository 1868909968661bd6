#include "edge_node/printing/card_page.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <stdio.h>

#include <algorithm>
#include <fstream>
#include <functional>
#include <sstream>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"
#include "common/base/prng.h"
#include "deploy/bangli/portrait.h"
#include "tests/support/grey_picture.h"
#include "tests/support/sample_card.h"
#include "tests/support/temp_folder.h"

namespace keping::edge {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using tests::SampleCard;

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

std::string RunCommand(const std::string& command) {
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
  return RunCommand(absl::StrReplaceAll(tool, {{"%s", file}}));
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

// Any name that the law allows: up to 60 characters, of one word or several, with full stops and
// commas.
std::string AnyName(base::Prng& prng) {
  const size_t length = static_cast<size_t>(prng.Between(1, 60));
  const uint64_t letters_per_mark = prng.Chance(1, 4) ? 60 : 8;
  std::string name;
  while (name.size() < length) {
    const bool mark = !name.empty() && absl::ascii_isupper(name.back()) &&
                      name.size() + 1 < length && prng.Chance(1, letters_per_mark);
    name += mark ? " .,"[prng.Below(3)] : static_cast<char>('A' + prng.Below(26));
  }
  return name;
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

TEST(CardPageTest, EveryNameOfSixtyCharactersFitsAndIsWhole) {
  for (uint64_t seed = 1; seed <= 25; ++seed) {
    SCOPED_TRACE(seed);
    base::Prng prng(seed);
    CardData card = SampleCard();
    card.name = seed == 1 ? std::string(60, 'W') : AnyName(prng);
    const std::string solid = WithoutSpace(Poppler("pdftotext -raw %s -", Render(card)));
    EXPECT_THAT(solid, HasSubstr(absl::StrCat("Nama:", WithoutSpace(card.name), "Tempat")));
  }
}

TEST(CardPageTest, DateIsNotBrokenAtItsHyphens) {
  for (const char* place : {"BANGLI", "TANJUNG PANDAN BESAR", "TANJUNG PANDAN BESAR SEKA",
                            "TANJUNG PANDAN BESAR SEKALI"}) {
    CardData card = SampleCard();
    card.birth_place = place;
    EXPECT_THAT(Poppler("pdftotext -layout %s -", Render(card)), HasSubstr("05-12-1990"));
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
      {"no picture", [](CardData& c) { c.photo_png = ""; }, "K-142: the photo: got no picture"},
      {"no PNG", [](CardData& c) { c.photo_png = "GIF89a and more than the bytes of a header"; },
       "K-142: the photo: got what is not a PNG"},
      {"half a PNG", [](CardData& c) { c.photo_png.resize(c.photo_png.size() / 2); },
       "K-142: the photo: got a broken picture"},
      {"a giant PNG", [&](CardData& c) { c.photo_png = huge; },
       "K-142: the photo: got 2147483647 x 120 pixels, want 1 to 2048 a side"},
      {"a broken signature", [](CardData& c) { c.signature_png.resize(100); },
       "K-142: the signature: got a broken picture"},
      {"no name", [](CardData& c) { c.name = ""; }, "K-144: got a card without a NIK or a name"},
      {"no NIK", [](CardData& c) { c.nik = ""; }, "K-144: got a card without a NIK or a name"},
      {"not UTF-8", [](CardData& c) { c.address = "JL \xff"; },
       "K-140: Alamat: got a text that is"},
      {"a line break", [](CardData& c) { c.name = "A\nB"; }, "K-140: Nama: got a text that is"},
      {"a line separator", [](CardData& c) { c.name = "A\u2028B"; },
       "K-140: Nama: got a text that is"},
      {"text turned round", [](CardData& c) { c.name = "A\u202eB"; },
       "K-140: Nama: got a text that is"},
      {"a letter of another script", [](CardData& c) { c.name = "\u1b05"; },
       "K-140: Nama: got a character"},
      {"an endless name", [](CardData& c) { c.name = std::string(400, 'W'); },
       "K-140: Nama: got a text of 400 characters that does not fit"},
      {"an endless heading", [](CardData& c) { c.regency = std::string(200, 'W'); },
       "K-140: the regency: got a text of 200 characters"},
      {"an endless place of issue", [](CardData& c) { c.issue_place = std::string(99, 'W'); },
       "K-140: the place of issue: got"},
      {"too much of all",
       [](CardData& c) {
         c.name = c.address = c.village = c.district = c.religion = c.occupation =
             std::string(66, 'W');
       },
       "K-140: Nama, Alamat, Kel/Desa, Kecamatan, Agama, Pekerjaan: got texts that do not fit the "
       "card together"},
  };
  for (const Case& test : cases) {
    SCOPED_TRACE(test.what);
    CardData card = SampleCard();
    test.spoil(card);
    for (const auto& page : {RenderCardPdf(card), RenderCardPng(card)}) {
      ASSERT_EQ(page.status().code(), absl::StatusCode::kInvalidArgument);
      EXPECT_THAT(std::string(page.status().message()), HasSubstr(test.message));
      EXPECT_THAT(std::string(page.status().message()), Not(HasSubstr("SPESIMEN")));
      EXPECT_THAT(std::string(page.status().message()), Not(HasSubstr("WW")));
    }
  }
}

// ---- The picture.

tests::GreyPicture Picture(const CardData& card) {
  auto png = RenderCardPng(card);
  EXPECT_TRUE(png.ok()) << png.status();
  auto picture = tests::GreyPicture::FromPng(png.value_or(""));
  EXPECT_TRUE(picture.ok()) << picture.status();
  return picture.ok() ? *picture : tests::GreyPicture(1, 1);
}

TEST(CardPageTest, PictureHasTheCardsSizeAt300DotsPerInch) {
  EXPECT_EQ(Picture(SampleCard()).width(), 1011);
  EXPECT_EQ(Picture(SampleCard()).height(), 638);
  EXPECT_EQ(RenderCardPng(SampleCard()).value(), RenderCardPng(SampleCard()).value());
}

TEST(CardPageTest, PictureAndPageLookTheSame) {
  tests::TempFolder folder;
  const std::string stem = folder.path() + "/card";
  std::ofstream(stem + ".pdf", std::ios::binary) << Render(SampleCard());
  RunCommand(absl::StrCat("pdftoppm -r 300 -png -singlefile ", stem, ".pdf ", stem));
  std::stringstream png;
  png << std::ifstream(stem + ".png", std::ios::binary).rdbuf();
  const auto page = tests::GreyPicture::FromPng(png.str());
  ASSERT_TRUE(page.ok()) << page.status();
  // Poppler rounds the page up to whole pixels: compare what both have.
  const tests::GreyPicture picture = Picture(SampleCard());
  tests::GreyPicture cut(picture.width(), picture.height());
  for (int y = 0; y < std::min(picture.height(), page->height()); ++y) {
    for (int x = 0; x < std::min(picture.width(), page->width()); ++x)
      cut.set(x, y, page->at(x, y));
  }
  EXPECT_EQ(tests::Difference(picture.Halved(), cut.Halved()), "");
}

// White paper around a signature would hide what is preprinted on the blank.
TEST(CardPageTest, SignatureIsInkWithoutItsPaper) {
  CardData card = SampleCard();
  card.specimen = false;
  const std::string signed_card = RenderCardPng(card).value();
  card.signature_png = tests::GreyPicture(240, 84).ToPng();
  const std::string white = RenderCardPng(card).value();
  card.signature_png.clear();
  EXPECT_EQ(RenderCardPng(card).value(), white);
  EXPECT_NE(signed_card, white);
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
