#include "common/keys/machine_witness.h"

#include <gtest/gtest.h>

#include "common/files/file.h"
#include "tests/support/temp_folder.h"

namespace keping::keys {
namespace {

const domain::IncarnationId kIncarnation = domain::IncarnationId::Of("inc-1");
const sync::Head kHead = {17, crypto::Sha256({"head"})};

MachineWitness Read(const tests::TempFolder& folder, const char* machine) {
  auto witness = MachineWitness::Read(folder.path(), machine);
  EXPECT_TRUE(witness.ok()) << witness.status();
  return *std::move(witness);
}

TEST(MachineWitnessTest, SaysHowFarTheLogHadCome) {
  const tests::TempFolder folder;
  EXPECT_TRUE(Read(folder, "one").seen().missing);
  ASSERT_TRUE(Read(folder, "one").Write(kIncarnation, kHead).ok());
  const sync::Witness seen = Read(folder, "one").seen();
  EXPECT_FALSE(seen.missing);
  EXPECT_FALSE(seen.other_machine);
  EXPECT_EQ(seen.incarnation, kIncarnation);
  EXPECT_EQ(seen.head, kHead);
  ASSERT_TRUE(Read(folder, "one").Write(kIncarnation, {}).ok());
  EXPECT_EQ(Read(folder, "one").seen().head, sync::Head());
}

TEST(MachineWitnessTest, KnowsItsMachine) {
  const tests::TempFolder folder;
  ASSERT_TRUE(Read(folder, "one").Write(kIncarnation, kHead).ok());
  EXPECT_TRUE(Read(folder, "two").seen().other_machine);
  EXPECT_FALSE(Read(folder, "").seen().other_machine)
      << "a machine without an id is not told apart";
  const auto text = files::ReadFile(folder.path() + "/witness", 4096);
  ASSERT_TRUE(text.ok());
  EXPECT_EQ(text->find("one"), std::string::npos) << "the machine's id itself is nobody's business";
}

TEST(MachineWitnessTest, RubbishIsNoWitness) {
  const tests::TempFolder folder;
  for (const char* rubbish : {"seq: many", "", "seq: 3 incarnation: \"inc-1\" hash: \"zz\""}) {
    ASSERT_TRUE(
        files::WriteFile(folder.path() + "/witness", rubbish, files::Access::kOwnerOnly).ok());
    EXPECT_FALSE(MachineWitness::Read(folder.path(), "one").ok()) << rubbish;
  }
}

}  // namespace
}  // namespace keping::keys
