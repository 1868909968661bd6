#include "edge_node/core/release_slip.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"

namespace keping::edge {
namespace {

using ::testing::HasSubstr;

ReleaseSlip Sample() {
  return {.printer = domain::PrinterId::Of("susut-p1"),
          .from = domain::NodeId::Of("susut"),
          .day = absl::CivilDay(2017, 4, 27),
          .fed_today = 31,
          .wear = 1031,
          .event = crypto::Sha256({"released"})};
}

TEST(ReleaseSlipTest, IsReadAsItWasWritten) {
  const std::string line = FormatSlip(Sample());
  EXPECT_THAT(line, HasSubstr("KEPING-SLIP susut-p1 susut 2017-04-27 31 1031 "));
  EXPECT_EQ(*ParseSlip(line), Sample());
  EXPECT_EQ(*ParseSlip(absl::StrCat("  ", absl::AsciiStrToUpper(line), "\r\n")), Sample());
  EXPECT_EQ(*ParseSlip(absl::StrReplaceAll(line, {{" ", "\n"}})), Sample()) << "in lines";
}

TEST(ReleaseSlipTest, AnythingElseIsRefusedInWords) {
  const std::string line = FormatSlip(Sample());
  const std::string kLines[] = {
      "",
      "KEPING-SLIP",
      line.substr(0, line.size() - 1),
      absl::StrCat(line, " more"),
      absl::StrReplaceAll(line, {{" 31 ", " 13 "}}),
      absl::StrReplaceAll(line, {{" 31 ", " -1 "}}),
      absl::StrReplaceAll(line, {{"2017-04-27", "2017-04-31"}}),
      absl::StrReplaceAll(line, {{"susut-p1", "susut-p2"}}),
      absl::StrReplaceAll(line, {{Sample().event.Hex(), "0123"}}),
      absl::StrReplaceAll(line, {{Sample().event.Hex(), std::string(64, 'g')}}),
  };
  for (const std::string& wrong : kLines) {
    EXPECT_TRUE(absl::IsInvalidArgument(ParseSlip(wrong).status())) << wrong;
    EXPECT_THAT(std::string(ParseSlip(wrong).status().message()), HasSubstr("K-162")) << wrong;
  }
}

}  // namespace
}  // namespace keping::edge
