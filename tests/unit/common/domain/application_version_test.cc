#include "common/domain/application_version.h"

#include <gtest/gtest.h>

#include <cstddef>

namespace keping::domain {
namespace {

TEST(ApplicationVersionTest, OrderOfVersions) {
  // Each is older than all below it.
  const char* const kAscending[] = {"1",      "1.0", "1.0.0", "1.0.9", "1.0.10", "1.1",
                                    "1.beta", "2",   "8.9",   "8.10",  "2017.1", "2017.12"};
  for (size_t i = 0; i < std::size(kAscending); ++i) {
    for (size_t j = 0; j < std::size(kAscending); ++j) {
      EXPECT_EQ(
          IsOlder(ApplicationVersion::Of(kAscending[i]), ApplicationVersion::Of(kAscending[j])),
          i < j)
          << kAscending[i] << " and " << kAscending[j];
    }
  }
}

TEST(ApplicationVersionTest, LeadingZerosAndHugeNumbers) {
  const auto older = [](const char* a, const char* b) {
    return IsOlder(ApplicationVersion::Of(a), ApplicationVersion::Of(b));
  };
  EXPECT_FALSE(older("8.01", "8.1"));
  EXPECT_FALSE(older("8.1", "8.01"));
  EXPECT_TRUE(older("8.99999999999999999999", "8.100000000000000000000"));
  // No requirement is the empty version: nothing is older than it.
  EXPECT_FALSE(IsOlder(ApplicationVersion::Of("0"), ApplicationVersion()));
}

}  // namespace
}  // namespace keping::domain
