#include "central_node/console/page.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <vector>

namespace keping::central {
namespace {

using ::testing::ElementsAre;

std::vector<std::string> Taken(Page& page, const std::set<std::string>& keys) {
  std::vector<std::string> taken;
  for (const std::string& key : keys) {
    if (page.Takes(key)) taken.push_back(key);
  }
  return taken;
}

TEST(PageTest, PagesFollowEachOtherToTheEnd) {
  const std::set<std::string> keys = {"a", "b", "c", "d", "e"};
  Page first(2, "");
  EXPECT_THAT(Taken(first, keys), ElementsAre("a", "b"));
  Page second(2, first.next());
  EXPECT_THAT(Taken(second, keys), ElementsAre("c", "d"));
  Page last(2, second.next());
  EXPECT_THAT(Taken(last, keys), ElementsAre("e"));
  EXPECT_EQ(last.next(), "");
}

TEST(PageTest, AFullLastPageIsTheLast) {
  Page page(2, "");
  EXPECT_THAT(Taken(page, {"a", "b"}), ElementsAre("a", "b"));
  EXPECT_EQ(page.next(), "");
}

TEST(PageTest, WhatComesOrGoesMeanwhileShiftsNothing) {
  Page first(2, "");
  Taken(first, {"a", "b", "c"});
  Page second(2, first.next());
  EXPECT_THAT(Taken(second, {"aa", "c", "d"}), ElementsAre("c", "d"));
}

TEST(PageTest, TheSizeIsBounded) {
  Page all(0, "", 3);
  EXPECT_EQ(Taken(all, {"a", "b", "c", "d"}).size(), 3u);
  Page many(100, "", 3);
  EXPECT_EQ(Taken(many, {"a", "b", "c", "d"}).size(), 3u);
}

}  // namespace
}  // namespace keping::central
