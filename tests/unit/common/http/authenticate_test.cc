#include "common/http/authenticate.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>

namespace keping::http {
namespace {

TEST(BearerTokenTest, OnlyABearerHasOne) {
  const std::pair<const char*, const char*> kRows[] = {
      {"Bearer abc", "abc"},
      {"bearer  abc ", "abc"},
      {"Bearer", ""},
      {"Bearer ", ""},
      {"Basic abc", ""},
      {"abc", ""},
      {"", ""},
      {"BearerX abc", ""},
  };
  for (const auto& [header, token] : kRows) {
    EXPECT_EQ(std::string(BearerToken(Headers({{"Authorization", header}}))), token) << header;
  }
  EXPECT_EQ(std::string(BearerToken(Headers())), "");
}

}  // namespace
}  // namespace keping::http
