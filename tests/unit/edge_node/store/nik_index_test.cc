#include "edge_node/store/nik_index.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace keping::edge {
namespace {

using domain::Nik;
using domain::PrrId;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

const PrrId kFirst = PrrId::Of("prr-1");
const PrrId kSecond = PrrId::Of("prr-2");

TEST(NikIndexTest, FindsAllRecordsOfAPersonAndNoOther) {
  NikIndex index("key");
  const crypto::Hash ayu = index.KeyOf(*Nik::Parse("5106014101900001"));
  const crypto::Hash made = index.KeyOf(*Nik::Parse("5106014101900002"));
  index.Add(kFirst, ayu);
  index.Add(kSecond, ayu);
  EXPECT_THAT(index.Find(ayu), ElementsAre(kFirst, kSecond));
  EXPECT_THAT(index.Find(made), IsEmpty());
  EXPECT_EQ(index.KeyOfRecord(kSecond), ayu);
  EXPECT_TRUE(index.KeyOfRecord(PrrId::Of("prr-3")).IsZero());
}

TEST(NikIndexTest, ARecordThatChangesItsPersonMoves) {
  NikIndex index("key");
  const crypto::Hash ayu = index.KeyOf(*Nik::Parse("5106014101900001"));
  const crypto::Hash made = index.KeyOf(*Nik::Parse("5106014101900002"));
  index.Add(kFirst, ayu);
  index.Add(kFirst, made);
  EXPECT_THAT(index.Find(ayu), IsEmpty());
  EXPECT_THAT(index.Find(made), ElementsAre(kFirst));
}

TEST(NikIndexTest, AnotherNodesKeyGivesAnotherHash) {
  const Nik nik = *Nik::Parse("5106014101900001");
  EXPECT_NE(NikIndex("one").KeyOf(nik), NikIndex("two").KeyOf(nik));
}

}  // namespace
}  // namespace keping::edge
