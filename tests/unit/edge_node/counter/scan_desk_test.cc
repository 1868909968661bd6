#include "edge_node/counter/scan_desk.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace keping::edge {
namespace {

using ::testing::HasSubstr;

class ScanDeskTest : public ::testing::Test {
 protected:
  v1::ReadScanResponse Read(const std::string& counter, const std::string& typed,
                            v1::ScanField field = v1::SCAN_FIELD_BLANK) {
    v1::ReadScanRequest request;
    request.set_counter(counter);
    request.set_typed(typed);
    request.set_field(field);
    const auto response = desk_.ReadScan(request);
    EXPECT_TRUE(response.ok()) << response.status();
    return response.ok() ? *response : v1::ReadScanResponse();
  }

  ReaderStatus status_ = {.connected = true, .name = "ACS ACR122U"};
  const ScanDesk desk_{{{.counter = "reversed", .profile = {.reversed = true}},
                        {.counter = "printed", .profile = {.notation = scan::Notation::kText}},
                        {.counter = "pcsc", .status = [this] { return status_; }}}};
};

TEST_F(ScanDeskTest, EachCounterIsUnderstoodAsItsReaderTypes) {
  EXPECT_EQ(Read("reversed", "f6e5d4c3b2a104\n").text(), "04A1B2C3D4E5F6");
  EXPECT_EQ(Read("printed", "kpa-0001000\n").text(), "KPA-0001000");
  EXPECT_EQ(Read("reversed", "kpa-0001000").problem().code(), "K-237");
}

TEST_F(ScanDeskTest, WhereNoReaderWasTaughtAChipAndAPrintedSerialAreTaken) {
  for (const char* counter : {"", "unknown", "pcsc"}) {
    EXPECT_EQ(Read(counter, "04:a1:b2:c3\n").text(), "04A1B2C3") << counter;
    EXPECT_EQ(Read(counter, "KPA-0001000").text(), "KPA-0001000") << counter;
    EXPECT_EQ(Read(counter, "a0001000..a0001002", v1::SCAN_FIELD_BLANKS).text(),
              "A0001000..A0001002")
        << counter;
    EXPECT_EQ(Read(counter, "5106014101900042").problem().code(), "K-231") << counter;
    EXPECT_EQ(Read(counter, "04A1B2C304A1B2C3").problem().code(), "K-233") << counter;
    EXPECT_EQ(Read(counter, "\n").problem().code(), "K-230") << counter;
  }
}

TEST_F(ScanDeskTest, AProblemHasWordsInBothLanguagesAndNothingElse) {
  const v1::ReadScanResponse answer = Read("", "5106014101900042");
  EXPECT_THAT(answer.problem().indonesian(), HasSubstr("NIK"));
  EXPECT_THAT(answer.problem().english(), HasSubstr("NIK"));
  EXPECT_EQ(answer.text(), "");
  EXPECT_EQ(answer.SerializeAsString().find("5106014101900042"), std::string::npos);
}

TEST_F(ScanDeskTest, NikAndListAreTakenInTheirFields) {
  EXPECT_EQ(Read("", "5106014101900042", v1::SCAN_FIELD_NIK).text(), "5106014101900042");
  const std::string list = "0123456789abcdef0123456789abcdef";
  EXPECT_EQ(Read("printed", list, v1::SCAN_FIELD_MANIFEST).text(), list);
  EXPECT_EQ(Read("printed", list).problem().code(), "K-236");
}

TEST_F(ScanDeskTest, AFieldIsNamedAndTheInputHasALimit) {
  v1::ReadScanRequest request;
  request.set_typed("04A1B2C3");
  EXPECT_TRUE(absl::IsInvalidArgument(desk_.ReadScan(request).status()));
  request.set_field(v1::SCAN_FIELD_BLANKS);
  request.set_typed(std::string(ScanDesk::kMaxTyped + 1, '1'));
  EXPECT_TRUE(absl::IsInvalidArgument(desk_.ReadScan(request).status()));
}

TEST_F(ScanDeskTest, ReadersAreListedAsTheyAre) {
  auto readers = desk_.ListReaders({});
  ASSERT_TRUE(readers.ok());
  ASSERT_EQ(readers->readers_size(), 3);
  EXPECT_FALSE(readers->readers(0).at_node());
  EXPECT_TRUE(readers->readers(0).connected());
  EXPECT_TRUE(readers->readers(2).at_node());
  EXPECT_EQ(readers->readers(2).name(), "ACS ACR122U");
  EXPECT_FALSE(readers->readers(2).has_problem());

  status_ = {.connected = false, .name = "", .why_not = kReaderGone};
  readers = desk_.ListReaders({});
  EXPECT_FALSE(readers->readers(2).connected());
  EXPECT_EQ(readers->readers(2).problem().code(), "K-239");
}

TEST_F(ScanDeskTest, OnlyReadersAtTheNodeStream) {
  EXPECT_TRUE(desk_.CheckStreams("pcsc").ok());
  EXPECT_TRUE(absl::IsFailedPrecondition(desk_.CheckStreams("printed")));
  EXPECT_TRUE(absl::IsNotFound(desk_.CheckStreams("")));
}

}  // namespace
}  // namespace keping::edge
