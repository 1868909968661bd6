#include "edge_node/core/reservations.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace keping::edge {
namespace {

using domain::BlankSerial;
using domain::OperatorId;
using domain::PrrId;
using ::testing::HasSubstr;

const Reservations::Thing kBlank = BlankSerial::Of("A1");
const Reservations::Thing kRecord = PrrId::Of("prr-1");

Reservations::Holder At(const char* person, const char* counter = "") {
  return {OperatorId::Of(person), counter};
}

TEST(ReservationsTest, ASecondTakerIsToldWhoAndForHowLong) {
  Reservations reservations;
  ASSERT_TRUE(reservations.Take(kBlank, At("ayu", "loket 2"), absl::Hours(5)).ok());
  const absl::Status taken =
      reservations.Take(kBlank, At("made", "loket 1"), absl::Hours(5) + absl::Minutes(3));
  EXPECT_TRUE(absl::IsFailedPrecondition(taken));
  EXPECT_THAT(std::string(taken.message()), HasSubstr("K-198"));
  EXPECT_THAT(std::string(taken.message()), HasSubstr("ayu at loket 2"));
  EXPECT_THAT(std::string(taken.message()), HasSubstr("8 more minutes"));
  EXPECT_TRUE(reservations.Take(kRecord, At("made"), absl::Hours(5)).ok());
}

TEST(ReservationsTest, ItEndsAfterTenMinutesOfRunningTime) {
  Reservations reservations;
  ASSERT_TRUE(reservations.Take(kBlank, At("ayu"), absl::ZeroDuration()).ok());
  const absl::Duration end = Reservations::kHeldFor;
  EXPECT_FALSE(reservations.Check(kBlank, At("made"), end - absl::Nanoseconds(1)).ok());
  EXPECT_TRUE(reservations.Check(kBlank, At("made"), end).ok());
  EXPECT_TRUE(reservations.Held(end).empty());
}

TEST(ReservationsTest, TakingAgainHoldsLonger) {
  Reservations reservations;
  ASSERT_TRUE(reservations.Take(kBlank, At("ayu"), absl::ZeroDuration()).ok());
  ASSERT_TRUE(reservations.Take(kBlank, At("ayu"), absl::Minutes(9)).ok());
  EXPECT_FALSE(reservations.Check(kBlank, At("made"), absl::Minutes(18)).ok());
}

TEST(ReservationsTest, OnePersonAtTwoDesksIsTwo) {
  Reservations reservations;
  ASSERT_TRUE(reservations.Take(kBlank, At("ayu", "loket 1"), absl::ZeroDuration()).ok());
  EXPECT_FALSE(reservations.Check(kBlank, At("ayu", "loket 2"), absl::Minutes(1)).ok());
  EXPECT_TRUE(reservations.Check(kBlank, At("ayu"), absl::Minutes(1)).ok()) << "no desk is named";
}

TEST(ReservationsTest, OnlyTheHolderGivesBackAndUseFrees) {
  Reservations reservations;
  ASSERT_TRUE(reservations.Take(kBlank, At("ayu"), absl::ZeroDuration()).ok());
  EXPECT_FALSE(reservations.Release(kBlank, At("made"), absl::Minutes(1)).ok());
  EXPECT_TRUE(reservations.Release(kBlank, At("ayu"), absl::Minutes(1)).ok());
  EXPECT_TRUE(reservations.Check(kBlank, At("made"), absl::Minutes(1)).ok());
  ASSERT_TRUE(reservations.Take(kRecord, At("ayu"), absl::ZeroDuration()).ok());
  reservations.Free(kRecord);
  EXPECT_TRUE(reservations.Held(absl::ZeroDuration()).empty());
}

}  // namespace
}  // namespace keping::edge
