#include "common/config/text_config.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <string>

#include "absl/strings/str_cat.h"
#include "common/files/file.h"
#include "keping/config/v1/edge.pb.h"

namespace keping::config {
namespace {

class TextConfigTest : public ::testing::Test {
 protected:
  void TearDown() override { std::filesystem::remove(path_); }
  // The error for `text`, without the path.
  std::string ErrorOf(const std::string& text) {
    EXPECT_TRUE(files::WriteFile(path_, text, files::Access::kOwnerOnly).ok());
    const absl::Status status = ParseTextConfig(path_, &config_);
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
    std::string message(status.message());
    EXPECT_EQ(message.compare(0, path_.size(), path_), 0) << message;
    return message.substr(std::min(message.size(), path_.size()));
  }

  std::string path_ = absl::StrCat(::testing::TempDir(), "/text_config_test.", getpid());
  v1::EdgeConfig config_;
};

TEST_F(TextConfigTest, ReadsFieldsAndComments) {
  const std::string text = "# an office\nnode_id: \"edge-1\"\nprinters { cards_per_day: 40 }\n";
  ASSERT_TRUE(files::WriteFile(path_, text, files::Access::kOwnerOnly).ok());
  ASSERT_TRUE(ParseTextConfig(path_, &config_).ok());
  EXPECT_EQ(config_.node_id(), "edge-1");
  EXPECT_EQ(config_.printers(0).cards_per_day(), 40);
}

TEST_F(TextConfigTest, ErrorsTellWhereAndWhatWasWanted) {
  struct Case {
    const char* text;
    const char* want;
  };
  for (const Case& c : {
           Case{"printers {\n  colour: 1\n}",
                ":2:9: got unknown field \"colour\", want one of: printer_id, uri, cards_per_day, "
                "job_timeout_seconds"},
           Case{"disk_reserve_mb: \"much\"", ":1:18: got \"much\", want integer"},
           Case{"specimen: maybe", ":1:16: got \"maybe\" for \"specimen\", want true or false"},
           Case{"node_id: 7", ":1:10: got 7, want string"},
           Case{"node_id: \"a\"\nnode_id: \"b\"",
                ":2:8: got field \"node_id\" more than once, want it once"},
           Case{"node_id: \"a", ":1:12: got text that does not parse: "},
           Case{"disk_reserve_mb: 99999999999", ":1:18: got text that does not parse: Integer"},
           Case{"printers {", ":1:11: got "},
           Case{"office_name: \"B\xe0ngli\"",
                ": got bytes in office_name that are no UTF-8, want the file in that encoding"},
           Case{"printers { uri: \"ipp://\\377\" }", ": got bytes in printers.uri that are no"},
       }) {
    const std::string error = ErrorOf(c.text);
    EXPECT_EQ(error.substr(0, std::string(c.want).size()), c.want) << error;
  }
}

TEST_F(TextConfigTest, MissingFileIsNotFound) {
  EXPECT_EQ(ParseTextConfig(path_ + ".absent", &config_).code(), absl::StatusCode::kNotFound);
}

}  // namespace
}  // namespace keping::config
