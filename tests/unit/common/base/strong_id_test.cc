#include "common/base/strong_id.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <type_traits>

namespace keping::base {
namespace {

struct NodeTag {
  static constexpr const char* kName = "node id";
};
struct PrrTag {
  static constexpr const char* kName = "PRR id";
};
using NodeId = StrongId<NodeTag>;
using PrrId = StrongId<PrrTag>;

static_assert(!std::is_convertible_v<NodeId, PrrId>);
static_assert(!std::is_convertible_v<std::string, NodeId>);

TEST(StrongIdTest, AcceptsTheAlphabetUpTo64Characters) {
  for (const std::string& text :
       {std::string("a"), std::string("51.06.01:x/Y_z-9"), std::string(64, 'a')}) {
    const auto id = NodeId::Parse(text);
    ASSERT_TRUE(id.ok()) << id.status();
    EXPECT_EQ(id->value(), text);
    EXPECT_FALSE(id->empty());
  }
}

TEST(StrongIdTest, RefusesEverythingElseByName) {
  for (const std::string& text :
       {std::string(), std::string(65, 'a'), std::string("a b"), std::string("\xc3\xa9"),
        std::string("a\0b", 3), std::string("a\n")}) {
    const absl::Status status = NodeId::Parse(text).status();
    EXPECT_TRUE(absl::IsInvalidArgument(status));
    EXPECT_THAT(std::string(status.message()), testing::StartsWith("bad node id: "));
  }
}

TEST(StrongIdTest, MessageDoesNotRepeatTheText) {
  EXPECT_THAT(std::string(PrrId::Parse("secret name").status().message()),
              testing::Not(testing::HasSubstr("secret")));
}

TEST(StrongIdTest, DefaultIsNone) {
  EXPECT_TRUE(NodeId().empty());
  EXPECT_NE(NodeId(), NodeId::Of("a"));
}

TEST(StrongIdTest, OrderIsThatOfTheText) {
  EXPECT_LT(NodeId::Of("a"), NodeId::Of("b"));
  EXPECT_EQ(NodeId::Of("a"), NodeId::Of("a"));
}

}  // namespace
}  // namespace keping::base
