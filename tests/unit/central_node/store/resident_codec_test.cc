#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "central_node/store/row_codec.h"
#include "common/domain/serial_set.h"

namespace keping::central {
namespace {

// Of chips, whose numbers stand in no order: after some years there are more of them than one
// message may name, and the centre opens its database all the same.
TEST(ResidentCodecTest, ADistrictsSerialsOfManyYearsAreReadAgain) {
  constexpr domain::SerialSet::Limits kMessage;
  std::string text;
  for (uint64_t i = 0; i <= kMessage.items; ++i) {
    absl::StrAppend(&text, i == 0 ? "" : ",", absl::StrFormat("A%07d", 2 * i));
  }
  ASSERT_FALSE(domain::SerialSet::Parse(text).ok());
  CentreRow row;
  row.allotted = domain::SerialSet::Parse(text, {.blanks = std::numeric_limits<uint64_t>::max(),
                                                 .items = std::numeric_limits<size_t>::max()})
                     .value();
  row.district_stock = row.allotted;
  row.unissued = row.allotted;
  const auto again = DecodeRow<CentreRow>(EncodeRow(row));
  ASSERT_TRUE(again.ok()) << again.status();
  EXPECT_EQ(again->allotted, row.allotted);
  EXPECT_EQ(again->district_stock, row.district_stock);
  EXPECT_EQ(again->unissued, row.unissued);
}

}  // namespace
}  // namespace keping::central
