#include "common/storage/erasure.h"

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "common/storage/faulty_store.h"
#include "gtest/gtest.h"

namespace keping::storage {
namespace {

// A disk without room for new files.
class FullDisk : public FaultyStore {
 public:
  absl::Status Purge(absl::string_view, absl::string_view) override {
    ++purges;
    return full ? absl::ResourceExhaustedError("no space left") : absl::OkStatus();
  }

  bool full = false;
  int purges = 0;
};

class ErasureTest : public ::testing::Test {
 protected:
  ErasureTest() {
    EXPECT_TRUE(erasure_.Open().ok());
    WriteBatch batch;
    batch.Delete("record/1");
    erasure_.Owe(batch);
    EXPECT_TRUE(disk_.Write(batch, Durability::kSynced).ok());
  }

  // What stands in line on the two threads.
  void Run() {
    while (!tasks_.empty()) {
      const auto tasks = std::exchange(tasks_, {});
      for (const auto& task : tasks) task();
    }
  }

  FullDisk disk_;
  Erasure erasure_{&disk_, {"record/"}};
  std::vector<std::function<void()>> tasks_;
  Eraser eraser_{
      {.erasure = &erasure_,
       .work = [this](std::function<void()> task) { tasks_.push_back(std::move(task)); },
       .answer = [this](std::function<void()> task) { tasks_.push_back(std::move(task)); },
       .settle = [this](uint64_t owed) { EXPECT_TRUE(erasure_.Settle(owed).ok()); }}};
};

TEST_F(ErasureTest, WhatIsOwedIsPaidOnceAndOneAtATime) {
  eraser_.Look();
  eraser_.Look();
  Run();
  EXPECT_EQ(erasure_.owed(), 0u);
  EXPECT_EQ(disk_.purges, 1);
  eraser_.Look();
  Run();
  EXPECT_EQ(disk_.purges, 1);
}

TEST_F(ErasureTest, APurgeThatFailedIsLoggedAndStaysOwedUntilALaterLook) {
  disk_.full = true;
  eraser_.Look();
  ::testing::internal::CaptureStderr();
  Run();
  const std::string log = ::testing::internal::GetCapturedStderr();
  EXPECT_NE(log.find("destroyed_rows_left_in_files"), std::string::npos) << log;
  EXPECT_NE(log.find("no space left"), std::string::npos) << log;
  EXPECT_EQ(log.find("record/"), std::string::npos) << "a key may name a person";
  EXPECT_GT(erasure_.owed(), 0u);
  disk_.full = false;
  eraser_.Look();
  Run();
  EXPECT_EQ(erasure_.owed(), 0u);
}

}  // namespace
}  // namespace keping::storage
