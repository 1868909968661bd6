#include "common/domain/box.h"

#include <set>
#include <string>

#include "gtest/gtest.h"

namespace keping::domain {
namespace {

struct FitCase {
  SerialScheme scheme;
  const char* listed;
  const char* serial;
  bool fits;
};

TEST(BoxTest, WhatMayComeOutOfIt) {
  const FitCase cases[] = {
      {SerialScheme::kPrinted, "", "A0001000", true},
      {SerialScheme::kPrinted, "", "04A1B2C3D4E5F6", false},
      {SerialScheme::kPrinted, "A1..A9", "A3", true},
      {SerialScheme::kPrinted, "A1..A9", "B3", false},
      {SerialScheme::kChips, "", "04A1B2C3D4E5F6", true},
      {SerialScheme::kChips, "", "A0001000", false},
      {SerialScheme::kChips, "04A1B2C3D4E5F6", "04A1B2C3D4E5F7", false},
      {SerialScheme::kQuantity, "", "A0001000", true},
      {SerialScheme::kQuantity, "", "04A1B2C3D4E5F6", true},
  };
  for (const FitCase& one : cases) {
    const Box box{.box = BoxId::Of("b"),
                  .quantity = 5,
                  .scheme = one.scheme,
                  .serials = *SerialSet::Parse(one.listed)};
    EXPECT_EQ(Fits(box, BlankSerial::Of(one.serial)), one.fits)
        << SchemeName(one.scheme) << " " << one.listed << " " << one.serial;
  }
}

TEST(BoxTest, SchemesHaveNamesOfTheirOwn) {
  std::set<std::string> names;
  for (int i = 0; i <= static_cast<int>(SerialScheme::kQuantity); ++i) {
    names.insert(SchemeName(static_cast<SerialScheme>(i)));
  }
  EXPECT_EQ(names.size(), 4u);
}

}  // namespace
}  // namespace keping::domain
