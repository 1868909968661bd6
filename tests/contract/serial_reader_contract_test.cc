// What every SerialReader promises, against the simulated one, one that types into a page, and
// PC/SC with Debian's virtual reader.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/escaping.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "common/scan/reader_profile.h"
#include "edge_node/readers/keyboard_reader.h"
#include "edge_node/readers/pcsc_reader.h"
#include "edge_node/readers/simulated_reader.h"
#include "tests/support/virtual_reader.h"

namespace keping::edge {
namespace {

using domain::BlankSerial;
using scan::Scan;
using scan::ScanProblem;

const BlankSerial kCard = BlankSerial::Of("04A1B2C3D4E5F6");
const BlankSerial kOtherCard = BlankSerial::Of("DEADBEEF");

class Scans {
 public:
  SerialReader::ScanCallback callback() {
    return [this](const Scan& scan) {
      absl::MutexLock lock(&mutex_);
      scans_.push_back(scan);
    };
  }
  std::vector<Scan> all() const {
    absl::MutexLock lock(&mutex_);
    return scans_;
  }
  [[nodiscard]] bool Await(size_t size) const {
    absl::MutexLock lock(&mutex_);
    auto enough = [&] { return scans_.size() >= size; };
    return mutex_.AwaitWithTimeout(absl::Condition(&enough), absl::Minutes(1));
  }

 private:
  mutable absl::Mutex mutex_;
  std::vector<Scan> scans_;
};

// A reader on a table, and a person's hand.
class ReaderRig {
 public:
  virtual ~ReaderRig() = default;
  virtual SerialReader& reader() = 0;
  virtual void Hold(const BlankSerial& card) = 0;
  virtual void HoldUnreadable() = 0;
  virtual void Lift() = 0;
  // A keyboard is not known to be there, and sees no card that lay there before.
  virtual bool is_device() const { return true; }
  virtual void Unplug() {}
  virtual void PlugIn() {}
};

class SimulatedRig : public ReaderRig {
 public:
  SerialReader& reader() override { return reader_; }
  void Hold(const BlankSerial& card) override { reader_.Hold(card); }
  void HoldUnreadable() override { reader_.HoldUnreadable(); }
  void Lift() override { reader_.Lift(); }
  void Unplug() override { reader_.Unplug(); }
  void PlugIn() override { reader_.PlugIn(); }

 private:
  SimulatedReader reader_;
};

class KeyboardRig : public ReaderRig {
 public:
  SerialReader& reader() override { return reader_; }
  void Hold(const BlankSerial& card) override { reader_.Type(scan::Typed(kProfile, card)); }
  void HoldUnreadable() override { reader_.Type("ERROR\n"); }
  void Lift() override {}
  bool is_device() const override { return false; }

 private:
  static const scan::ReaderProfile kProfile;
  KeyboardReader reader_{"loket-1", kProfile};
};
const scan::ReaderProfile KeyboardRig::kProfile = {
    .reversed = true, .letters = scan::LetterCase::kLower, .enter = true};

class PcscRig : public ReaderRig {
 public:
  SerialReader& reader() override { return reader_; }
  void Hold(const BlankSerial& card) override {
    machine_.Hold(absl::HexStringToBytes(card.text()) + std::string("\x90\x00", 2));
  }
  void HoldUnreadable() override { machine_.Hold(std::string("\x6A\x81", 2)); }
  // The reader looks several times a second: a hand is slower than that, a test is not.
  void Lift() override { machine_.Lift(); }
  void Unplug() override { machine_.Unplug(); }
  void PlugIn() override { machine_.PlugIn(); }

 private:
  tests::VirtualReader machine_;
  PcscReader reader_{{.name = "Virtual PCD", .retry_interval = absl::Milliseconds(50)}};
};

struct Implementation {
  const char* name;
  std::function<std::unique_ptr<ReaderRig>()> make;
};

class SerialReaderContractTest : public ::testing::TestWithParam<Implementation> {
 protected:
  ~SerialReaderContractTest() override { rig_->reader().Stop(); }

  void AwaitConnected(bool connected) {
    // The reader says how it is without being asked for it; a minute is plenty.
    absl::Mutex mutex;
    absl::MutexLock lock(&mutex);
    for (int i = 0; i < 6000 && rig_->reader().Status().connected != connected; ++i) {
      auto never = [] { return false; };
      mutex.AwaitWithTimeout(absl::Condition(&never), absl::Milliseconds(10));
    }
    ASSERT_EQ(rig_->reader().Status().connected, connected);
  }

  Scans scans_;
  std::unique_ptr<ReaderRig> rig_ = GetParam().make();
};

TEST_P(SerialReaderContractTest, HeldCardIsReportedWithItsSerial) {
  rig_->reader().Start(scans_.callback());
  rig_->Hold(kCard);
  ASSERT_TRUE(scans_.Await(1));
  EXPECT_EQ(scans_.all().at(0), (Scan{ScanProblem::kNone, kCard}));
}

TEST_P(SerialReaderContractTest, EachHoldingIsOneReport) {
  rig_->reader().Start(scans_.callback());
  const BlankSerial cards[] = {kCard, kOtherCard, kOtherCard, kCard};
  size_t held = 0;
  for (const BlankSerial& card : cards) {
    rig_->Hold(card);
    ASSERT_TRUE(scans_.Await(++held));
    rig_->Lift();
  }
  ASSERT_EQ(scans_.all().size(), held);
  for (size_t i = 0; i < held; ++i) EXPECT_EQ(scans_.all()[i].serial, cards[i]) << i;
}

TEST_P(SerialReaderContractTest, CardThatCannotBeReadIsAProblemAndTheNextOneIsRead) {
  rig_->reader().Start(scans_.callback());
  rig_->HoldUnreadable();
  ASSERT_TRUE(scans_.Await(1));
  EXPECT_NE(scans_.all().at(0).problem, ScanProblem::kNone);
  EXPECT_TRUE(scans_.all().at(0).serial.empty());
  rig_->Lift();
  rig_->Hold(kCard);
  ASSERT_TRUE(scans_.Await(2));
  EXPECT_EQ(scans_.all().at(1).serial, kCard);
}

TEST_P(SerialReaderContractTest, NothingIsReportedAfterStop) {
  rig_->reader().Start(scans_.callback());
  rig_->Hold(kCard);
  ASSERT_TRUE(scans_.Await(1));
  rig_->Lift();
  rig_->reader().Stop();
  rig_->Hold(kOtherCard);
  EXPECT_EQ(scans_.all().size(), 1u);
  rig_->reader().Stop();  // twice is once
}

TEST_P(SerialReaderContractTest, CardThatLiesThereAlreadyIsRead) {
  if (!rig_->is_device()) GTEST_SKIP() << "a keyboard types nothing by itself";
  rig_->Hold(kCard);
  rig_->reader().Start(scans_.callback());
  ASSERT_TRUE(scans_.Await(1));
  EXPECT_EQ(scans_.all().at(0).serial, kCard);
}

TEST_P(SerialReaderContractTest, UnpluggedReaderSaysSoAndComesBack) {
  if (!rig_->is_device()) GTEST_SKIP() << "nobody knows whether a keyboard is plugged in";
  rig_->reader().Start(scans_.callback());
  AwaitConnected(true);
  EXPECT_NE(rig_->reader().Status().name, "");
  EXPECT_STREQ(rig_->reader().Status().why_not.code, "");
  rig_->Unplug();
  AwaitConnected(false);
  EXPECT_STREQ(rig_->reader().Status().why_not.code, "K-239");
  rig_->PlugIn();
  AwaitConnected(true);
  rig_->Hold(kCard);
  ASSERT_TRUE(scans_.Await(1));
  EXPECT_EQ(scans_.all().at(0).serial, kCard);
}

INSTANTIATE_TEST_SUITE_P(
    All, SerialReaderContractTest,
    ::testing::Values(Implementation{"Simulated", [] { return std::make_unique<SimulatedRig>(); }},
                      Implementation{"Keyboard", [] { return std::make_unique<KeyboardRig>(); }},
                      Implementation{"Pcsc", [] { return std::make_unique<PcscRig>(); }}),
    [](const auto& instance) { return instance.param.name; });

TEST(PcscReaderTest, OnlyAUidWithSuccessIsASerial) {
  struct Case {
    std::string hex;
    const char* serial;
  };
  const Case cases[] = {{"04a1b2c3d4e5f69000", "04A1B2C3D4E5F6"},
                        {"deadbeef9000", "DEADBEEF"},
                        {"0102030405060708090a9000", "0102030405060708090A"},
                        {"9000", ""},
                        {"", ""},
                        {"6a81", ""},
                        {"04a1b2c3d4e5f66282", ""},
                        {"0102039000", ""},
                        {"01020304050607089000", ""}};
  for (const Case& test : cases) {
    EXPECT_EQ(ReadUidAnswer(absl::HexStringToBytes(test.hex)).serial.text(), test.serial)
        << test.hex;
  }
}

}  // namespace
}  // namespace keping::edge
