#include "common/bundle/sealed_stream.h"

#include <gtest/gtest.h>

#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/crypto/signer.h"

namespace keping::bundle {
namespace {

const std::string kSeed(32, 'r');

std::string PublicKey(const std::string& seed) {
  return (*crypto::MakeEd25519Signer(seed))->public_key();
}

std::string Sealed(const std::vector<std::string>& units, const std::string& seed = kSeed) {
  auto writer = SealedWriter::Create(PublicKey(seed));
  EXPECT_TRUE(writer.ok()) << writer.status();
  std::string body;
  for (const std::string& unit : units) {
    (*writer)->Add(unit);
    body += (*writer)->Take();
  }
  (*writer)->Finish();
  return body + (*writer)->Take();
}

SealedReader::Limits LimitsOf(const std::vector<std::string>& units) {
  SealedReader::Limits limits{.units = units.size()};
  for (const std::string& unit : units) limits.unit_bytes += unit.size();
  return limits;
}

struct Opened {
  absl::Status status;
  std::vector<std::string> units;
  bool ended = false;
};

Opened Open(absl::string_view body, const SealedReader::Limits& limits, size_t step,
            const std::string& seed = kSeed) {
  SealedReader reader(*OpenKey::FromSignerSeed(seed), limits);
  Opened opened;
  for (size_t at = 0; at < body.size() && opened.status.ok(); at += step) {
    opened.status = reader.Add(body.substr(at, step), [&](absl::string_view unit) {
      opened.units.emplace_back(unit);
      return absl::OkStatus();
    });
  }
  opened.ended = reader.ended();
  return opened;
}

// Bytes that do not compress.
std::string Noise(size_t size) {
  std::string noise;
  uint32_t state = 1;
  for (size_t i = 0; i < size; ++i) {
    state = state * 1664525 + 1013904223;
    noise.push_back(static_cast<char>(state >> 24));
  }
  return noise;
}

TEST(SealedStreamTest, UnitsComeBackHoweverTheBodyIsCut) {
  const std::vector<std::string> units = {"a", std::string(300'000, 'x'), Noise(200'000), "last"};
  const std::string body = Sealed(units);
  EXPECT_LT(body.size(), 220'000u);  // compressed
  for (const size_t step : {size_t{1000}, size_t{65'537}, body.size()}) {
    const Opened opened = Open(body, LimitsOf(units), step);
    EXPECT_TRUE(opened.status.ok()) << opened.status;
    EXPECT_EQ(opened.units, units);
    EXPECT_TRUE(opened.ended);
  }
}

TEST(SealedStreamTest, NothingButAnEnd) {
  const Opened opened = Open(Sealed({}), {}, 1);
  EXPECT_TRUE(opened.status.ok()) << opened.status;
  EXPECT_TRUE(opened.ended);
}

TEST(SealedStreamTest, CutAnywhereItDoesNotEnd) {
  const std::vector<std::string> units = {"one", "two"};
  const std::string body = Sealed(units);
  for (size_t size = 0; size < body.size(); ++size) {
    const Opened opened = Open(body.substr(0, size), LimitsOf(units), 7);
    EXPECT_FALSE(opened.ended) << size;
    EXPECT_TRUE(opened.units.empty()) << size;
  }
}

TEST(SealedStreamTest, AFlippedBitAnywhereIsFound) {
  const std::vector<std::string> units = {"one", "two"};
  const std::string body = Sealed(units);
  for (size_t i = 0; i < body.size(); ++i) {
    std::string flipped = body;
    flipped[i] = static_cast<char>(flipped[i] ^ 1);
    const Opened opened = Open(flipped, LimitsOf(units), body.size());
    EXPECT_FALSE(opened.ended) << i;
    EXPECT_TRUE(opened.units.empty()) << i;
  }
}

TEST(SealedStreamTest, NobodyElseOpensIt) {
  const Opened opened = Open(Sealed({"one"}), LimitsOf({"one"}), 16, std::string(32, 'o'));
  EXPECT_TRUE(absl::StartsWith(opened.status.message(), "K-246")) << opened.status;
}

TEST(SealedStreamTest, DisclosesNothing) {
  const std::string body = Sealed({"3271234567890123"});
  EXPECT_FALSE(absl::StrContains(body, "32712345"));
  EXPECT_NE(Sealed({"same"}), Sealed({"same"}));
}

TEST(SealedStreamTest, WhatUnfoldsBeyondItsManifestIsRefused) {
  const std::vector<std::string> units = {std::string(3'000'000, '\0'), "second"};
  const std::string body = Sealed(units);
  for (const SealedReader::Limits& limits :
       {SealedReader::Limits{1, 4'000'000}, SealedReader::Limits{2, 2'999'999}}) {
    const Opened opened = Open(body, limits, body.size());
    EXPECT_TRUE(absl::StrContains(opened.status.message(), "more than its manifest says"))
        << opened.status;
  }
  // And one that keeps less than it promised did not end.
  EXPECT_FALSE(Open(body, {3, 4'000'000}, body.size()).ended);
}

TEST(SealedStreamTest, BytesAfterTheEndAreRefused) {
  const std::string body = Sealed({"one"});
  EXPECT_FALSE(Open(absl::StrCat(body, "more"), LimitsOf({"one"}), body.size() + 4).ended);
  EXPECT_FALSE(Open(absl::StrCat(body, body), LimitsOf({"one"}), 2 * body.size()).status.ok());
}

TEST(SealedStreamTest, AKeyThatIsNoneIsRefused) {
  EXPECT_FALSE(SealedWriter::Create("short").ok());
  EXPECT_FALSE(SealedWriter::Create(std::string(32, '\xff')).ok());
  EXPECT_FALSE(OpenKey::FromSignerSeed("short").ok());
}

TEST(SealedStreamTest, AnErrorOfTheReaderOfUnitsEndsIt) {
  SealedReader reader(*OpenKey::FromSignerSeed(kSeed), {.units = 2, .unit_bytes = 6});
  const absl::Status status = reader.Add(Sealed({"one", "two"}), [](absl::string_view unit) {
    return unit == "two" ? absl::DataLossError("no") : absl::OkStatus();
  });
  EXPECT_TRUE(absl::IsDataLoss(status));
}

}  // namespace
}  // namespace keping::bundle
