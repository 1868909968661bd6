#include "common/cli/reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>
#include <string>

#include "tests/support/temp_folder.h"

namespace keping::cli {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

class ReaderTest : public ::testing::Test {
 protected:
  absl::StatusOr<bool> Teach(const std::string& serial, const std::string& typed) {
    return Run({.act = ReaderAct::kTeach, .counter = "loket-1", .serial = serial}, typed);
  }
  absl::StatusOr<bool> Run(const ReaderRequest& request, const std::string& typed) {
    std::istringstream in(typed);
    std::ostringstream out;
    const absl::StatusOr<bool> understood = RunReader(request, in, out);
    out_ = out.str();
    return understood;
  }
  std::string WriteConfig(const std::string& readers) {
    const std::string path = folder_.path() + "/edge.textproto";
    std::ofstream(path)
        << R"(node_id: "edge-1" office_name: "Kintamani" data_dir: "data" keys_dir: "keys"
              centre_address: "127.0.0.1:7443" centre_enrolment_address: "127.0.0.1:7444"
              application_version: "4.2"
              printers { printer_id: "p1" uri: "ipp://127.0.0.1:8631/ipp/print" })"
        << readers;
    return path;
  }

  tests::TempFolder folder_;
  std::string out_;
};

TEST_F(ReaderTest, WhatIsTaughtGoesIntoTheConfigAndIsUnderstood) {
  const auto taught = Teach("04A1B2C3D4E5F6", "f6e5d4c3b2a104\n");
  ASSERT_TRUE(taught.ok()) << taught.status();
  EXPECT_THAT(out_, HasSubstr("readers {\n  counter: \"loket-1\"\n"));

  const std::string config = WriteConfig(out_);
  const auto checked = Run({.act = ReaderAct::kCheck, .counter = "loket-1", .config = config},
                           "f6e5d4c3b2a104\n5106045705830001\nEFBEADDE\n");
  ASSERT_TRUE(checked.ok()) << checked.status();
  EXPECT_FALSE(*checked);
  EXPECT_THAT(out_, StartsWith("04A1B2C3D4E5F6\nK-231: "));
  EXPECT_THAT(out_, HasSubstr("\nDEADBEEF\n"));
  EXPECT_THAT(out_, Not(HasSubstr("5106045705830001")));
}

TEST_F(ReaderTest, WhatTeachesNothingIsRefusedWithItsCode) {
  const absl::Status other = Teach("04A1B2C3D4E5F6", "DEADBEEF\n").status();
  EXPECT_EQ(other.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_THAT(std::string(other.message()), StartsWith("K-238: "));
  EXPECT_EQ(Teach("04A1B2C3D4E5F6", "").status().code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(Teach("?", "?").status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(out_, "");
}

TEST_F(ReaderTest, CounterWithoutAReaderIsNotFound) {
  const std::string config = WriteConfig("readers { counter: \"loket-2\" pcsc: \"ACS\" }");
  for (const char* counter : {"loket-1", "loket-2"}) {
    const auto checked = Run({.act = ReaderAct::kCheck, .counter = counter, .config = config}, "");
    EXPECT_EQ(checked.status().code(), absl::StatusCode::kNotFound) << counter;
  }
}

}  // namespace
}  // namespace keping::cli
