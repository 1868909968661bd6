#include "edge_node/papers/manifest_paper.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "tests/support/paper_reader.h"

namespace keping::edge {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using tests::PagesOf;
using tests::ReadPdf;

ManifestPaper Paper(int cards) {
  ManifestPaper paper{.manifest = "5f2c1a9b7d3e48f0a1b2c3d4e5f60718",
                      .office_name = "Kecamatan Susut",
                      .village_code = "51.06.01.2001",
                      .village_name = "Abuan",
                      .kecamatan_name = "Susut",
                      .made_on = absl::CivilDay(2017, 4, 27)};
  for (int i = 1; i <= cards; ++i) {
    paper.rows.push_back({.serial = absl::StrCat("04A1B2C3D4E5", 10 + i),
                          .name = absl::StrCat("Ni Wayan Nomor ", i),
                          .masked_nik = "510601********01"});
  }
  return paper;
}

TEST(ManifestPaperTest, SaysWhatItIsInIndonesian) {
  const auto pdf = DrawManifest(Paper(3));
  ASSERT_TRUE(pdf.ok()) << pdf.status();
  const std::string text = ReadPdf(*pdf);
  for (const char* part :
       {"DAFTAR SERAH TERIMA KTP-EL", "Kecamatan Susut", "Abuan (51.06.01.2001)", "27 April 2017",
        "5f2c1a9b7d3e48f0a1b2c3d4e5f60718", "Ni Wayan Nomor 3", "04A1B2C3D4E511",
        "510601********01", "Yang menerima", "Halaman 1 dari 1"}) {
    EXPECT_THAT(text, HasSubstr(part));
  }
  EXPECT_THAT(text, Not(HasSubstr("SPESIMEN")));
  EXPECT_EQ(PagesOf(text), 1);
}

TEST(ManifestPaperTest, ALongListGoesOnAndKeepsEveryCard) {
  for (int cards : {15, 19, 20, 26, 27, 60, 200}) {
    SCOPED_TRACE(cards);
    const std::string text = ReadPdf(*DrawManifest(Paper(cards)));
    for (int i = 1; i <= cards; ++i) {
      EXPECT_THAT(text, HasSubstr(absl::StrCat("Ni Wayan Nomor ", i)));
    }
    EXPECT_THAT(text, HasSubstr(absl::StrCat("dari ", PagesOf(text))));
    EXPECT_THAT(text.substr(text.find(absl::StrCat("Nomor ", cards))), HasSubstr("Yang menerima"));
  }
}

TEST(ManifestPaperTest, AVeryLongNameIsSetSmallerAndNeverCut) {
  ManifestPaper paper = Paper(1);
  paper.rows[0].name = "Ida Ayu Komang Putu Raka Widyastuti Purnama Dewi Mahadewi Sari";
  const std::string text = ReadPdf(*DrawManifest(paper));
  for (const char* word : {"Ida Ayu", "Widyastuti", "Mahadewi", "Sari"}) {
    EXPECT_THAT(text, HasSubstr(word));
  }
}

TEST(ManifestPaperTest, SyntheticDataAreMarkedOnEveryPage) {
  ManifestPaper paper = Paper(60);
  paper.specimen = true;
  const std::string text = ReadPdf(*DrawManifest(paper));
  for (size_t from = 0, end; (end = text.find('\f', from)) != text.npos; from = end + 1) {
    EXPECT_THAT(text.substr(from, end - from), HasSubstr("SPESIMEN"));
  }
  EXPECT_THAT(WriteManifest(paper), HasSubstr("SPESIMEN"));
}

TEST(ManifestPaperTest, TheSamePaperIsTheSameBytes) {
  EXPECT_EQ(*DrawManifest(Paper(5)), *DrawManifest(Paper(5)));
}

TEST(ManifestPaperTest, AsTextItHasARowForEachCard) {
  ManifestPaper paper = Paper(2);
  paper.rows[1].name.clear();
  const std::string text = WriteManifest(paper);
  EXPECT_THAT(text, HasSubstr("   1  04A1B2C3D4E511  510601********01  Ni Wayan Nomor 1\n"));
  EXPECT_THAT(text, HasSubstr("   2  04A1B2C3D4E512  510601********01  -\n"));
  EXPECT_THAT(text, HasSubstr("Jumlah: 2 kartu"));
}

}  // namespace
}  // namespace keping::edge
