#include "edge_node/mirror/log_mirror.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <string>

#include "tests/support/office.h"
#include "tests/support/temp_folder.h"

namespace keping::edge {
namespace {

using ::testing::HasSubstr;
using tests::Office;

class LogMirrorTest : public testing::Test {
 protected:
  LogMirrorTest() {
    EXPECT_TRUE(office_.Open().ok());
    office_.Equip();
  }
  MirrorOptions Options(const std::string& folder) {
    const EdgeIdentity& identity = office_.node().identity();
    return {.folder = folder,
            .database_folder = folder_.path(),
            .node = office_.core().settings().node,
            .incarnation = identity.incarnation,
            .store = &office_.store(),
            .signer = identity.signer};
  }
  uint64_t head() { return office_.node().store().log().head().seq; }

  tests::TempFolder folder_;
  Office office_;
};

TEST_F(LogMirrorTest, SaysHowFarItReachesAndWhen) {
  const absl::Time now = office_.clock().Now().wall;
  LogMirror mirror(Options(folder_.path()), &office_.clock());
  EXPECT_EQ(mirror.state().whole_at, absl::InfinitePast());
  for (uint64_t seq = 1; seq <= head(); ++seq) mirror.Advance(seq);
  mirror.Stop();
  EXPECT_EQ(mirror.state().entries, head());
  EXPECT_EQ(mirror.state().whole_at, now);
  EXPECT_EQ(mirror.state().problem, "");
  EXPECT_EQ(mirror.state().folder, folder_.path());
}

TEST_F(LogMirrorTest, AFolderThatIsMissingIsAReasonAndNoFailure) {
  LogMirror mirror(Options(folder_.path() + "/none"), &office_.clock());
  mirror.Advance(head());
  mirror.Stop();
  EXPECT_THAT(mirror.state().problem, HasSubstr("put the disk or stick back"));
  EXPECT_EQ(mirror.state().entries, 0u);
}

TEST_F(LogMirrorTest, WhatWasAskedIsWrittenBeforeTheEnd) {
  LogMirror(Options(folder_.path()), &office_.clock()).Advance(head());
  MirrorWriter after(Options(folder_.path()));
  ASSERT_TRUE(after.CatchUp(head()).ok());
  EXPECT_EQ(after.entries(), head());
}

}  // namespace
}  // namespace keping::edge
