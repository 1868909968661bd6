#include "edge_node/core/blank_tray.h"

#include <gtest/gtest.h>

namespace keping::edge {
namespace {

using domain::BlankSerial;
using domain::SerialSet;

const BlankSerial kOne = BlankSerial::Of("A1");

BlankTray TrayOf(const char* serials) {
  BlankTray tray;
  tray.Receive(*SerialSet::Parse(serials));
  return tray;
}

TEST(BlankTrayTest, OnlyWhatWasReceivedIsAvailable) {
  const BlankTray tray = TrayOf("A1..A5,B7");
  EXPECT_TRUE(tray.Available(kOne));
  EXPECT_FALSE(tray.Available(BlankSerial::Of("A6")));
  EXPECT_EQ(tray.UseOf(BlankSerial::Of("A6")), nullptr);
  EXPECT_EQ(tray.available().size(), 6u);
}

TEST(BlankTrayTest, ABoundBlankComesBackOnlyByRelease) {
  BlankTray tray = TrayOf("A1..A5");
  tray.Bind(kOne);
  EXPECT_FALSE(tray.Available(kOne));
  EXPECT_EQ(*tray.UseOf(kOne), BlankUse::kBound);
  tray.Receive(*SerialSet::Parse("A1..A5"));
  EXPECT_FALSE(tray.Available(kOne));
  tray.Release(kOne);
  EXPECT_TRUE(tray.Available(kOne));
  EXPECT_EQ(tray.UseOf(kOne), nullptr);
}

TEST(BlankTrayTest, UsedAndSpoiledNeverComeBack) {
  for (const BlankUse use : {BlankUse::kUsed, BlankUse::kSpoiled}) {
    BlankTray tray = TrayOf("A1..A5");
    tray.Bind(kOne);
    use == BlankUse::kUsed ? tray.Use(kOne) : tray.Spoil(kOne);
    tray.Release(kOne);
    tray.Receive(SerialSet{kOne});
    EXPECT_FALSE(tray.Available(kOne));
    EXPECT_EQ(*tray.UseOf(kOne), use);
    EXPECT_EQ(tray.Count(use), 1u);
    EXPECT_EQ(tray.Count(BlankUse::kBound), 0u);
    EXPECT_EQ(tray.available().size(), 4u);
  }
}

TEST(BlankTrayTest, WhatIsDistrustedIsThereWhenItWasFound) {
  BlankTray tray = TrayOf("A1..A5");
  tray.Use(BlankSerial::Of("A5"));
  tray.Distrust();
  EXPECT_TRUE(tray.available().empty());
  EXPECT_EQ(tray.unconfirmed().ToString(), "A1..A4");
  EXPECT_TRUE(tray.Knows(kOne));
  tray.Confirm(*SerialSet::Parse("A1..A2,A5,B1"));
  EXPECT_EQ(tray.available().ToString(), "A1..A2,B1") << "a used one stays used";
  EXPECT_EQ(tray.unconfirmed().ToString(), "A3..A4");
}

TEST(BlankTrayTest, ReleasingWhatIsNotBoundAddsNothing) {
  BlankTray tray = TrayOf("A1");
  tray.Release(BlankSerial::Of("B1"));
  EXPECT_EQ(tray.available().size(), 1u);
}

}  // namespace
}  // namespace keping::edge
