#include "common/wire/field_reader.h"

#include <gtest/gtest.h>

#include "common/domain/event.h"

namespace keping::wire {
namespace {

TEST(FieldReaderTest, GoodFieldsLeaveNoError) {
  FieldReader read("Message");
  EXPECT_EQ(read.Id<domain::ActId>("act", "a").value(), "a");
  EXPECT_TRUE(read.OptionalId<domain::ActId>("act", "").empty());
  EXPECT_EQ(read.Blank("blank", "A1").text(), "A1");
  EXPECT_FALSE(read.OptionalBlank("blank", "").has_value());
  EXPECT_TRUE(read.Serials("serials", "").empty());
  EXPECT_TRUE(read.OptionalHash("hash", "").IsZero());
  EXPECT_EQ(read.EnumValue("cause", 5, domain::SpoilCause::kWarped), domain::SpoilCause::kWarped);
  EXPECT_TRUE(read.status().ok());
}

TEST(FieldReaderTest, TheFirstErrorStays) {
  FieldReader read("Message");
  read.Id<domain::ActId>("first", "");
  read.Hash("second", "short");
  EXPECT_EQ(read.status(), absl::InvalidArgumentError(
                               "bad Message.first: bad act id: got 0 characters, want 1 to 64"));
}

TEST(FieldReaderTest, EnumsBelowOneAndAboveTheLastAreRefused) {
  for (const int number : {-1, 0, 6}) {
    FieldReader read("Message");
    read.EnumValue("cause", number, domain::SpoilCause::kWarped);
    EXPECT_FALSE(read.status().ok()) << number;
  }
}

TEST(FieldReaderTest, AnEmptyHashIsNoHash) {
  FieldReader read("Message");
  read.Hash("hash", "");
  EXPECT_FALSE(read.status().ok());
}

}  // namespace
}  // namespace keping::wire
