#include "edge_node/store/side_records.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/base/prng.h"

namespace keping::edge {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

class SideRecordsTest : public ::testing::Test {
 protected:
  SideRecord Seal(const std::vector<std::string>& names) {
    return SealSideRecord(names, [this](size_t size) { return prng_.Bytes(size); });
  }
  base::Prng prng_{1};
};

TEST_F(SideRecordsTest, NamesComeBackWithTheirKeyOnly) {
  const SideRecord side = Seal({"I Made Astawa", "Ni Luh Sari"});
  const auto names = OpenSideRecord(side.ciphertext, side.key);
  ASSERT_TRUE(names.ok()) << names.status();
  EXPECT_THAT(*names, ElementsAre("I Made Astawa", "Ni Luh Sari"));
  EXPECT_THAT(side.ciphertext, Not(HasSubstr("Astawa")));
  EXPECT_TRUE(absl::IsDataLoss(OpenSideRecord(side.ciphertext, Seal({"x"}).key).status()));
}

TEST_F(SideRecordsTest, ItsNameIsTheHashOfTheCiphertextAndTellsNothing) {
  const SideRecord first = Seal({"I Made Astawa"});
  EXPECT_EQ(first.name, crypto::Sha256({first.ciphertext}));
  EXPECT_NE(first.name, Seal({"I Made Astawa"}).name) << "the same names are sealed anew";
}

}  // namespace
}  // namespace keping::edge
