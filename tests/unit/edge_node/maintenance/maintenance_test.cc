#include "edge_node/maintenance/maintenance.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <deque>
#include <string>

#include "common/storage/key_space.h"
#include "common/sync/frames.h"
#include "tests/support/office.h"
#include "tests/support/temp_folder.h"

namespace keping::edge {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using tests::Office;

class MaintenanceTest : public testing::Test {
 protected:
  MaintenanceTest() {
    EXPECT_TRUE(office_.Open().ok());
    office_.Equip();
    keys::KeyRotation::Ports ports;
    ports.rotate = [this](const std::string& key) { return office_.node().RotateDataKey(key); };
    ports.reseal_some = [this] { return office_.node().ResealSome(); };
    ports.named = [this]() -> const std::vector<crypto::KeyId>& {
      return office_.node().store().sealed_rows().named_keys();
    };
    ports.after = [this](absl::Duration, std::function<void()> task) {
      tasks_.push_back(std::move(task));
    };
    rotation_ = std::make_unique<keys::KeyRotation>(*keys::DataKeys::Load(folder_.path(), ""),
                                                    std::move(ports));
    maintenance_ = std::make_unique<Maintenance>(&office_.node(), rotation_.get());
  }  // namespace

  absl::StatusOr<maintenance::v1::ReadLogResponse> Read(uint64_t from_seq) {
    maintenance::v1::ReadLogRequest request;
    request.set_from_seq(from_seq);
    return maintenance_->ReadLog(request);
  }
  uint64_t head() { return office_.node().store().log().head().seq; }

  tests::TempFolder folder_;
  Office office_;
  std::deque<std::function<void()>> tasks_;
  std::unique_ptr<keys::KeyRotation> rotation_;
  std::unique_ptr<Maintenance> maintenance_;
};  // namespace keping::edge

TEST_F(MaintenanceTest, TheLogIsReadByteForByteAndSigned) {
  for (uint64_t from = 1; from <= head(); ++from) {
    const auto page = Read(from);
    ASSERT_TRUE(page.ok()) << page.status();
    EXPECT_EQ(page->log_entries(), head());
    ASSERT_EQ(static_cast<uint64_t>(page->entries_size()), head() - from + 1);
    EXPECT_EQ(page->entries(0), **office_.store().Get(storage::EntryKey(from)));
    const EdgeIdentity& identity = office_.node().identity();
    const storage::LogHead& last = office_.node().store().log().head();
    EXPECT_TRUE(
        identity.verifier->Verify(identity.signer->public_key(),
                                  sync::HeadStatement(office_.core().settings().node,
                                                      identity.incarnation, {last.seq, last.hash}),
                                  page->signature()));
  }
}

TEST_F(MaintenanceTest, TheEndOfTheLogIsAnEmptyPage) {
  EXPECT_THAT(Read(head() + 1)->entries(), IsEmpty());
  EXPECT_THAT(Read(head() + 1)->signature(), IsEmpty());
  EXPECT_TRUE(absl::IsInvalidArgument(Read(0).status()));
}

TEST_F(MaintenanceTest, TheLogIsReadWhilePrintingIsLocked) {
  EXPECT_FALSE(office_.node().OnFrame(sync::Problem{sync::ProblemKind::kFork, "fork"}).ok());
  ASSERT_TRUE(office_.core().locked());
  EXPECT_TRUE(Read(1).ok());
}

TEST_F(MaintenanceTest, RecordsComeUnderTheNewKeyWhileCardsArePrinted) {
  const auto rotated = maintenance_->RotateDataKey();
  ASSERT_TRUE(rotated.ok()) << rotated.status();
  const storage::SealedRows& rows = office_.node().store().sealed_rows();
  EXPECT_EQ(rotated->key_id(), rows.named_keys().back().value());
  EXPECT_THAT(std::string(maintenance_->RotateDataKey().status().message()), HasSubstr("K-211"));
  const Decision decision = office_.Do(office_.PrintOf("", "A0001"));
  EXPECT_EQ(decision.refusal, domain::PrintRefusal::kNone);
  EXPECT_TRUE(office_.node().store().Record(decision.prr).ok());
  while (!tasks_.empty()) {
    auto task = std::move(tasks_.front());
    tasks_.pop_front();
    task();
  }
  EXPECT_FALSE(rows.resealing());
  EXPECT_GT(rows.resealed_rows(), 3u);
  EXPECT_TRUE(office_.node().store().Record(decision.prr).ok());
}

TEST_F(MaintenanceTest, AStoreThatFailsEndsTheNode) {
  office_.store().FailNextWrite(storage::FaultyStore::Failure::kNotWritten);
  EXPECT_FALSE(maintenance_->RotateDataKey().ok());
  EXPECT_EQ(office_.failures().size(), 1u);
  EXPECT_FALSE(office_.node().Handle(office_.PrintOf("", "A0001")).ok());
}

}  // namespace
}  // namespace keping::edge
