// When an edge node leaves a line that has fallen silent.

#include <gtest/gtest.h>

#include <utility>

#include "tests/support/office.h"

namespace keping::edge {
namespace {

using tests::Office;

class SilentLineTest : public testing::Test {
 protected:
  SilentLineTest() {
    EXPECT_TRUE(office_.Open().ok());
    office_.Equip();
    EXPECT_TRUE(office_.Sync().ok());
    // Time enough since then that only what a test does can be due.
    office_.Advance(absl::Hours(1));
  }
  // Its segment is under way from now on.
  void Print(const char* blank) {
    ASSERT_EQ(office_.Do(office_.PrintOf("", blank)).refusal, domain::PrintRefusal::kNone);
    ASSERT_FALSE(office_.sent().empty());
  }
  // Its segments are under way then.
  void BeginSession() {
    office_.Connect();
    const sync::NodeFrame hello = std::move(office_.sent().front());
    office_.sent().pop_front();
    for (const sync::CentreFrame& answer : office_.centre().Answer(hello)) {
      ASSERT_TRUE(office_.node().OnFrame(answer).ok());
    }
  }
  absl::StatusCode CheckAfter(absl::Duration time) {
    office_.Advance(time);
    return office_.node().CheckSession().code();
  }

  Office office_;
};

TEST_F(SilentLineTest, IsLeftWhenAReceiptIsDue) {
  Print("A0001");
  EXPECT_EQ(CheckAfter(EdgeNode::kSilence), absl::StatusCode::kOk);
  EXPECT_EQ(CheckAfter(absl::Seconds(1)), absl::StatusCode::kUnavailable);
}

TEST_F(SilentLineTest, IsKeptWhenNothingIsDue) {
  EXPECT_EQ(CheckAfter(absl::Hours(1)), absl::StatusCode::kOk);
  Print("A0001");
  ASSERT_TRUE(office_.Exchange().ok());
  EXPECT_EQ(CheckAfter(absl::Hours(1)), absl::StatusCode::kOk);
}

TEST_F(SilentLineTest, ASlowLineHasTwiceItsLastAnswersTime) {
  Print("A0001");
  office_.Advance(absl::Seconds(9));
  ASSERT_TRUE(office_.Exchange().ok());
  const domain::ActId act = office_.core().journal().OpenJobs().at(0)->intent.act;
  office_.Do(PrinterReported{.act = act, .answer = PrinterAnswer::kAccepted, .printer_job = 1});
  ASSERT_FALSE(office_.sent().empty());
  EXPECT_EQ(CheckAfter(absl::Seconds(18)), absl::StatusCode::kOk);
  EXPECT_EQ(CheckAfter(absl::Seconds(1)), absl::StatusCode::kUnavailable);
}

TEST_F(SilentLineTest, EachAttemptThatBroughtNothingDoublesThePatience) {
  Print("A0001");
  absl::Duration patience = EdgeNode::kSilence;
  for (int attempt = 0; attempt < 3; ++attempt, patience *= 2) {
    EXPECT_EQ(CheckAfter(patience), absl::StatusCode::kOk) << attempt;
    EXPECT_EQ(CheckAfter(absl::Seconds(1)), absl::StatusCode::kUnavailable) << attempt;
    BeginSession();
    ASSERT_FALSE(office_.sent().empty());
  }
  // An answer ends that.
  ASSERT_TRUE(office_.Exchange().ok());
  const domain::ActId act = office_.core().journal().OpenJobs().at(0)->intent.act;
  office_.Do(PrinterReported{.act = act, .answer = PrinterAnswer::kAccepted, .printer_job = 1});
  ASSERT_FALSE(office_.sent().empty());
  EXPECT_EQ(CheckAfter(EdgeNode::kSilence), absl::StatusCode::kOk);
  EXPECT_EQ(CheckAfter(absl::Seconds(1)), absl::StatusCode::kUnavailable);
}

TEST_F(SilentLineTest, TheNextSessionHasItsOwnTime) {
  Print("A0001");
  EXPECT_EQ(CheckAfter(absl::Seconds(11)), absl::StatusCode::kUnavailable);
  office_.Disconnect();
  EXPECT_EQ(CheckAfter(absl::Seconds(11)), absl::StatusCode::kOk);
  ASSERT_TRUE(office_.Sync().ok());
  EXPECT_EQ(office_.core().contact().proven_seq, office_.node().store().log().head().seq);
}

}  // namespace
}  // namespace keping::edge
