#include "common/keys/key_rotation.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <deque>
#include <filesystem>
#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "common/base/prng.h"
#include "common/storage/faulty_store.h"
#include "common/storage/sealed_rows.h"
#include "tests/support/temp_folder.h"

namespace keping::keys {
namespace {

using ::testing::HasSubstr;
using ::testing::UnorderedElementsAre;

// A node that has nothing but sealed rows, and the tasks of its core thread.
class Machine {
 public:
  Machine() {
    DataKeys keys = *DataKeys::Load(folder_.path(), "");
    EXPECT_TRUE(keys.MakeNext().ok());
  }

  // The process starts, after an end of the last one wherever that was.
  void Start() {
    tasks_.clear();
    rotation_.reset();
    DataKeys keys = *DataKeys::Load(folder_.path(), "");
    auto rows = storage::SealedRows::Open(&store_, *crypto::RecordCipher::FromKeys(keys.secrets()),
                                          [this](size_t size) { return prng_.Bytes(size); },
                                          {.prefixes = {"r/"}, .lost_key_advice = "none"});
    ASSERT_TRUE(rows.ok()) << rows.status();
    rows_ = std::make_unique<storage::SealedRows>(*std::move(rows));
    KeyRotation::Ports ports;
    ports.rotate = [this](const std::string& key) { return rows_->StartRotation(key); };
    ports.reseal_some = [this]() -> absl::StatusOr<bool> {
      if (rows_->resealing()) {
        if (absl::Status status = rows_->ResealSome(); !status.ok()) return status;
      }
      return rows_->resealing();
    };
    ports.named = [this]() -> const std::vector<crypto::KeyId>& { return rows_->named_keys(); };
    ports.after = [this](absl::Duration, std::function<void()> task) {
      tasks_.push_back(std::move(task));
    };
    rotation_ = std::make_unique<KeyRotation>(std::move(keys), std::move(ports));
    rotation_->Resume();
  }  // namespace
  void Put(int count) {
    for (int i = 0; i < count; ++i) {
      const std::string key = absl::StrCat("r/", i);
      storage::WriteBatch batch;
      batch.Put(key, rows_->Seal(std::string(storage::SealedRows::kStepBytes / 2, 'x'), key));
      ASSERT_TRUE(store_.Write(batch, storage::Durability::kSynced).ok());
    }
  }
  bool RunOne() {
    if (tasks_.empty()) return false;
    auto task = std::move(tasks_.front());
    tasks_.pop_front();
    task();
    return true;
  }
  std::vector<std::string> Files() const {
    std::vector<std::string> names;
    for (const auto& file : std::filesystem::directory_iterator(folder_.path())) {
      names.push_back(file.path().filename().string());
    }
    return names;
  }

  base::Prng prng_{1};
  tests::TempFolder folder_;
  storage::FaultyStore store_;
  std::deque<std::function<void()>> tasks_;
  std::unique_ptr<storage::SealedRows> rows_;
  std::unique_ptr<KeyRotation> rotation_;
};  // namespace keping::keys

TEST(KeyRotationTest, TheOldKeyGoesWhenNothingNamesIt) {
  Machine machine;
  machine.Start();
  machine.Put(4);
  ASSERT_TRUE(machine.rotation_->Rotate().ok());
  EXPECT_THAT(std::string(machine.rotation_->Rotate().status().message()), HasSubstr("K-211"));
  EXPECT_THAT(machine.Files(), UnorderedElementsAre("data.1.key", "data.2.key"));
  while (machine.rows_->resealing()) {
    EXPECT_EQ(machine.Files().size(), 2u);
    ASSERT_TRUE(machine.RunOne());
  }
  EXPECT_THAT(machine.Files(), UnorderedElementsAre("data.2.key"));
  EXPECT_FALSE(machine.RunOne());
  EXPECT_EQ(machine.rows_->resealed_rows(), 4u);
  EXPECT_TRUE(machine.rotation_->Rotate().ok()) << "and again";
}

// Ended after any number of steps, or before the node heard of the new key.
TEST(KeyRotationTest, AProcessThatEndsGoesOnAtItsNextStart) {
  for (int steps = 0; steps < 6; ++steps) {
    Machine machine;
    machine.Start();
    machine.Put(4);
    if (steps == 0) {
      ASSERT_TRUE(DataKeys::Load(machine.folder_.path(), "")->MakeNext().ok());
    } else {
      ASSERT_TRUE(machine.rotation_->Rotate().ok());
    }
    for (int i = 1; i < steps; ++i) machine.RunOne();
    machine.store_.Crash(machine.prng_);
    machine.Start();
    while (machine.RunOne()) {
    }
    EXPECT_THAT(machine.Files(), UnorderedElementsAre("data.2.key")) << steps;
    for (int i = 0; i < 4; ++i) {
      const std::string key = absl::StrCat("r/", i);
      EXPECT_TRUE(machine.rows_->Open(**machine.store_.Get(key), key).ok()) << steps;
    }
  }
}

TEST(KeyRotationTest, AFailedStoreEndsNothingButThisRun) {
  Machine machine;
  machine.Start();
  machine.Put(4);
  ASSERT_TRUE(machine.rotation_->Rotate().ok());
  machine.store_.FailNextWrite(storage::FaultyStore::Failure::kNotWritten);
  EXPECT_TRUE(machine.RunOne());
  EXPECT_FALSE(machine.RunOne()) << "the node is finished";
  EXPECT_EQ(machine.Files().size(), 2u);
}

}  // namespace
}  // namespace keping::keys
