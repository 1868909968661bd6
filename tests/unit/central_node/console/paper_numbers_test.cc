// The numbers of papers: which print gets which, and what takes none.
#include "central_node/console/paper_numbers.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/base/prng.h"
#include "common/storage/faulty_store.h"
#include "tests/support/paper_district.h"
#include "tests/support/paper_reader.h"

namespace keping::central {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

class PaperNumbersTest : public PaperDistrict {};

TEST_F(PaperNumbersTest, TheSameContentIsACopyAndOtherContentTheNextNumber) {
  district_.Command(Dispatch{.transfer = domain::TransferId::Of("t2"),
                             .node = NodeId::Of("tembuku"),
                             .quantity = 5,
                             .serials = {}});
  const std::string year = absl::StrCat(
      absl::CivilYear(absl::ToCivilDay(district_.clock().Now().wall, absl::UTCTimeZone())).year());
  const auto first = Make(v1::PAPER_KIND_HANDOVER, "t1");
  EXPECT_EQ(first->number(), absl::StrCat("001/BAST/", year));
  EXPECT_EQ(first->copy(), 0u);
  EXPECT_EQ(first->file_name(), absl::StrCat("001-BAST-", year, ".pdf"));
  EXPECT_EQ(Make(v1::PAPER_KIND_HANDOVER, "t2")->number(), absl::StrCat("002/BAST/", year));
  const auto again = Make(v1::PAPER_KIND_HANDOVER, "t1");
  EXPECT_EQ(again->number(), first->number());
  EXPECT_EQ(again->copy(), 1u);
  EXPECT_THAT(tests::ReadPdf(again->content()), HasSubstr("SALINAN ke-1"));
  EXPECT_EQ(Make(v1::PAPER_KIND_RECALLS, "")->number(), absl::StrCat("001/DPK/", year))
      << "each kind counts by itself";
}

TEST_F(PaperNumbersTest, AVoidNumberStaysInTheRegisterAndIsNotUsedAgain) {
  const std::string first = Make(v1::PAPER_KIND_HANDOVER, "t1")->number();
  EXPECT_EQ(VoidNumber(first), absl::OkStatus());
  const auto next = Make(v1::PAPER_KIND_HANDOVER, "t1");
  EXPECT_THAT(next->number(), StartsWith("002/BAST/"));
  EXPECT_EQ(next->copy(), 0u);
  EXPECT_THAT(std::string(VoidNumber(first).message()), StartsWith("K-357"));
  EXPECT_THAT(std::string(VoidNumber("9").message()), StartsWith("K-356"));
  const auto papers = papers_.ListPapers({});
  ASSERT_EQ(papers->papers_size(), 2);
  EXPECT_EQ(papers->papers(0).number(), first);
  EXPECT_EQ(papers->papers(0).void_reason(), "salah cetak");
  EXPECT_EQ(papers->papers(1).void_reason(), "");
  const auto book = Make(v1::PAPER_KIND_REGISTER, "");
  ASSERT_TRUE(book.ok()) << book.status();
  EXPECT_EQ(book->number(), "") << "the register itself has none";
  EXPECT_THAT(tests::ReadPdf(book->content()), HasSubstr("BATAL: salah"));
}

TEST_F(PaperNumbersTest, NeitherATableNorAFailureTakesANumber) {
  EXPECT_FALSE(Make(v1::PAPER_KIND_HANDOVER, "t9").ok());
  EXPECT_TRUE(Make(v1::PAPER_KIND_HANDOVER, "t1", v1::PAPER_FORMAT_XLSX).ok());
  EXPECT_TRUE(Make(v1::PAPER_KIND_HANDOVER, "t1", v1::PAPER_FORMAT_CSV).ok());
  EXPECT_FALSE(Make(v1::PAPER_KIND_HANDOVER, "t1", v1::PAPER_FORMAT_CSV, 7).ok());
  EXPECT_FALSE(Make(v1::PAPER_KIND_HANDOVER, "t1", v1::PAPER_FORMAT_UNSPECIFIED).ok());
  EXPECT_EQ(papers_.ListPapers({})->papers_size(), 0);
  EXPECT_THAT(Make(v1::PAPER_KIND_HANDOVER, "t1")->number(), StartsWith("001/"));
}

TEST_F(PaperNumbersTest, ACentreThatWasSetBackGivesNoNumberTwice) {
  PaperNumbers numbers(
      {.store = &district_.centre_store(), .form = "{number}/{kind}/{year}", .failed = &Failed});
  const auto text = [&](uint32_t generation, const std::string& content) {
    const auto paper = numbers.For({.kind = v1::PAPER_KIND_HANDOVER,
                                    .code = "BAST",
                                    .generation = generation,
                                    .content = crypto::Sha256({content}),
                                    .day = absl::CivilDay(2017, 6, 5)});
    EXPECT_TRUE(paper.ok() && numbers.Keep(*paper).ok());
    return paper->text;
  };
  EXPECT_EQ(text(1, "a"), "001/BAST/2017");
  EXPECT_EQ(text(1, "b"), "002/BAST/2017");
  EXPECT_EQ(text(2, "c"), "001-P2/BAST/2017");
  EXPECT_EQ(text(2, "d"), "002-P2/BAST/2017");
  EXPECT_EQ(text(2, "a"), "001/BAST/2017") << "a reprint keeps its number";
  EXPECT_EQ(text(3, "e"), "001-P3/BAST/2017");
  EXPECT_EQ(numbers.List(0)->size(), 5u);
}

TEST_F(PaperNumbersTest, NumbersOutliveARestart) {
  ASSERT_TRUE(Make(v1::PAPER_KIND_HANDOVER, "t1").ok());
  const PaperNumbers numbers(
      {.store = &district_.centre_store(), .form = "{number}/{kind}/{year}", .failed = &Failed});
  ASSERT_EQ(numbers.List(0)->size(), 1u);
  EXPECT_EQ(numbers.List(0)->front().by, OperatorId::Of("sari"));
  EXPECT_TRUE(numbers.List(1900)->empty());
}

TEST_F(PaperNumbersTest, AnActHasOneNumberInBothLanguages) {
  Work();
  const std::pair<v1::PaperKind, const char*> papers[] = {
      {v1::PAPER_KIND_HANDOVER, "t1"},
      {v1::PAPER_KIND_MONTHLY_STOCK, ""},
      {v1::PAPER_KIND_DESTRUCTION, "burn"},
      {v1::PAPER_KIND_RECALLS, ""},
      {v1::PAPER_KIND_INVITATIONS, "51.06.01.2001"},
  };
  for (const auto& [kind, reference] : papers) {
    const auto first = Make(kind, reference);
    ASSERT_TRUE(first.ok()) << first.status();
    v1::MakePaperRequest request = Request(kind, reference);
    request.set_language(v1::PAPER_LANGUAGE_ENGLISH);
    const auto english = Make(request);
    ASSERT_TRUE(english.ok()) << english.status();
    EXPECT_EQ(english->number(), first->number()) << kind;
    EXPECT_EQ(english->copy(), 1u) << kind;
    EXPECT_THAT(tests::ReadPdf(english->content()), HasSubstr("COPY no. 1")) << kind;
    EXPECT_NE(tests::ReadPdf(english->content()), tests::ReadPdf(Make(kind, reference)->content()));
  }
}

// The answer was lost on its way: whoever asks again for the same has the original.
TEST_F(PaperNumbersTest, ARequestThatIsRepeatedGetsTheSamePrint) {
  v1::MakePaperRequest request = Request(v1::PAPER_KIND_HANDOVER, "t1");
  request.set_request_id("9f2c");
  const auto lost = Make(request);
  ASSERT_TRUE(lost.ok()) << lost.status();
  PaperConsole restarted(ports());
  const auto again = restarted.MakePaper(request);
  ASSERT_TRUE(again.ok()) << again.status();
  EXPECT_EQ(again->copy(), 0u);
  EXPECT_EQ(again->content(), lost->content()) << "the original, to the byte";

  request.set_request_id("9f2d");
  const auto copy = Make(request);
  EXPECT_EQ(copy->number(), lost->number());
  EXPECT_EQ(copy->copy(), 1u);
  EXPECT_EQ(Make(request)->content(), copy->content()) << "and so is a copy";
  request.set_request_id("9f2c");
  EXPECT_EQ(Make(request)->copy(), 2u) << "not the last print any more";
  EXPECT_EQ(Make(v1::PAPER_KIND_HANDOVER, "t1")->copy(), 3u);
  EXPECT_EQ(Make(v1::PAPER_KIND_HANDOVER, "t1")->copy(), 4u) << "without an id each is a print";
  EXPECT_EQ(papers_.ListPapers({})->papers_size(), 1);
  request.set_request_id(std::string(1000, 'x'));
  EXPECT_TRUE(absl::IsInvalidArgument(Make(request).status()));
}

// ---------------------------------------------------------------------------------------------
// What breaks between the drawing and the number.

class RefusingStoreTest : public PaperNumbersTest,
                          public ::testing::WithParamInterface<storage::FaultyStore::Failure> {};

// Whether a write that failed is on the disk nobody knows before the centre starts again.
INSTANTIATE_TEST_SUITE_P(Failures, RefusingStoreTest,
                         ::testing::Values(storage::FaultyStore::Failure::kNotWritten,
                                           storage::FaultyStore::Failure::kUnknownButWritten));

TEST_P(RefusingStoreTest, GivesNoPaperAndKeepsNoNumberThatNobodyHas) {
  std::vector<absl::Status> failures;
  PaperConsole::Ports broken = ports();
  broken.failed = [&](const absl::Status& status) { failures.push_back(status); };
  PaperConsole papers(broken);
  v1::MakePaperRequest request = Request(v1::PAPER_KIND_HANDOVER, "t1");
  request.set_request_id("9f2c");
  district_.centre_store().FailNextWrite(GetParam());
  EXPECT_FALSE(papers.MakePaper(request).ok());
  EXPECT_EQ(failures.size(), 1u) << "the centre ends";
  EXPECT_FALSE(papers.MakePaper(request).ok()) << "nor later";
  EXPECT_EQ(papers.ListPapers({})->papers_size(), 0);

  district_.centre_store().Reopen();
  const bool written = GetParam() == storage::FaultyStore::Failure::kUnknownButWritten;
  EXPECT_EQ(papers.ListPapers({})->papers_size(), written ? 1 : 0);
  PaperConsole restarted(ports());
  const auto made = restarted.MakePaper(request);
  ASSERT_TRUE(made.ok()) << made.status();
  EXPECT_THAT(made->number(), StartsWith("001/"));
  EXPECT_EQ(made->copy(), 0u) << "the original";
  EXPECT_EQ(restarted.ListPapers({})->papers_size(), 1);
}

// A paper is drawn before its number is written, and its number is durable before anybody has it:
// a centre that is killed while it draws has written nothing, and one that is killed later has lost
// nothing.
TEST_F(PaperNumbersTest, ANumberIsWrittenBehindTheDrawingAndSynced) {
  const PaperNumbers numbers(
      {.store = &district_.centre_store(), .form = "{number}/{kind}/{year}", .failed = &Failed});
  const PaperNumbers::Wanted wanted{.kind = v1::PAPER_KIND_HANDOVER,
                                    .code = "BAST",
                                    .content = crypto::Sha256({"a"}),
                                    .day = absl::CivilDay(2017, 6, 5)};
  EXPECT_EQ(numbers.For(wanted)->text, "001/BAST/2017");
  EXPECT_EQ(numbers.For(wanted)->text, "001/BAST/2017") << "to draw it takes no number";
  EXPECT_TRUE(numbers.List(0)->empty());

  base::Prng prng(7);
  ASSERT_TRUE(Make(v1::PAPER_KIND_HANDOVER, "t1").ok());
  EXPECT_EQ(district_.centre_store().Crash(prng), 0u);
  EXPECT_EQ(numbers.List(0)->size(), 1u);
}

}  // namespace
}  // namespace keping::central
