#include "common/messages/catalogue.h"

#include <gtest/gtest.h>

namespace keping::messages {
namespace {

constexpr Message kIndonesian[] = {{"page", "Halaman {page} dari {pages}"}, {"sum", "Jumlah"}};
constexpr Message kEnglish[] = {{"page", "Page {page} of {pages}"}, {"sum", "Sum"}};

TEST(CatalogueTest, TextsAreThoseOfTheLanguageWithTheirValues) {
  const Catalogues texts(kIndonesian, kEnglish);
  EXPECT_EQ(texts.Text(Language::kIndonesian, "page", {{"page", "1"}, {"pages", "3"}}),
            "Halaman 1 dari 3");
  EXPECT_EQ(texts.Text(Language::kEnglish, "sum"), "Sum");
  EXPECT_EQ(texts.Find(Language::kEnglish, "page"), "Page {page} of {pages}");
  EXPECT_EQ(texts.Find(Language::kEnglish, "nothing"), "");
  EXPECT_EQ(texts.All(Language::kIndonesian).size(), 2U);
}

TEST(CatalogueTest, AValueIsNotFilledInItself) {
  EXPECT_EQ(Fill("{a} {b}", {{"a", "{b}"}, {"b", "x"}}), "{b} x");
}

}  // namespace
}  // namespace keping::messages
