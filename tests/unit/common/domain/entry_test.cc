#include "common/domain/entry.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "absl/strings/escaping.h"

namespace keping::domain {
namespace {

using ::testing::HasSubstr;

// Made from the grammar by hand, not by this program: version, node, incarnation, seq, previous,
// hybrid time, boot id, monotonic and wall microseconds, type, payload size, payload.
constexpr const char* kGolden =
    "01"
    "057375737574"
    "06696e632d3766"
    "0000000000000102"
    "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"
    "0102030405060708"
    "06626f6f742d31"
    "00000000004c4b40"
    "ffffffffffffffff"
    "00000007"
    "00000005"
    "0a03616374";
constexpr const char* kGoldenHash =
    "975188406aad2fe028142dc945671878bce351be17a49abfdf990374a4f7ddc0";

Entry GoldenEntry() {
  Entry entry;
  EntryHeader& header = entry.header;
  header.node = NodeId::Of("susut");
  header.incarnation = IncarnationId::Of("inc-7f");
  header.seq = 258;
  for (size_t i = 0; i < header.previous.bytes.size(); ++i) header.previous.bytes[i] = i;
  header.hybrid_time = 0x0102030405060708;
  header.boot_id = "boot-1";
  header.monotonic_micros = 5'000'000;
  header.wall_micros = -1;
  header.type = 7;
  entry.payload =
      "\x0a\x03"
      "act";
  return entry;
}

std::string GoldenBytes() { return absl::HexStringToBytes(kGolden); }

TEST(EntryTest, FormatIsTheWrittenGrammar) {
  EXPECT_EQ(absl::BytesToHexString(EncodeEntry(GoldenEntry())), kGolden);
  EXPECT_EQ(HashEntryBytes(GoldenBytes()).Hex(), kGoldenHash);
}

TEST(EntryTest, ParsesWhatWasEncoded) {
  const auto entry = ParseEntry(GoldenBytes());
  ASSERT_TRUE(entry.ok()) << entry.status();
  EXPECT_EQ(*entry, GoldenEntry());
}

TEST(EntryTest, EmptyPayloadAndBootIdAreEntriesToo) {
  Entry entry = GoldenEntry();
  entry.payload.clear();
  entry.header.boot_id.clear();
  entry.header.monotonic_micros = INT64_MIN;
  EXPECT_EQ(ParseEntry(EncodeEntry(entry)).value(), entry);
}

TEST(EntryTest, LargestPayloadFits) {
  Entry entry = GoldenEntry();
  entry.payload.assign(kMaxPayloadSize, '\xff');
  EXPECT_EQ(ParseEntry(EncodeEntry(entry)).value(), entry);
}

TEST(EntryTest, EveryTruncationIsRefused) {
  const std::string bytes = GoldenBytes();
  for (size_t size = 0; size < bytes.size(); ++size) {
    EXPECT_FALSE(ParseEntry(bytes.substr(0, size)).ok()) << size;
  }
}

TEST(EntryTest, TrailingBytesAreRefused) { EXPECT_FALSE(ParseEntry(GoldenBytes() + '\0').ok()); }

TEST(EntryTest, EveryChangedByteChangesTheHashOrIsRefused) {
  const std::string bytes = GoldenBytes();
  for (size_t i = 0; i < bytes.size(); ++i) {
    for (int bit = 0; bit < 8; ++bit) {
      std::string changed = bytes;
      changed[i] ^= static_cast<char>(1 << bit);
      const auto entry = ParseEntry(changed);
      if (!entry.ok()) continue;
      EXPECT_NE(*entry, GoldenEntry()) << i;
      EXPECT_EQ(EncodeEntry(*entry), changed) << "the form is canonical, byte " << i;
      EXPECT_NE(HashEntryBytes(changed).Hex(), kGoldenHash) << i;
    }
  }
}

struct BadBytes {
  const char* name;
  size_t at;
  const char* replacement;
  const char* message;
};

TEST(EntryTest, ErrorsNameTheField) {
  const BadBytes kCases[] = {
      {"version", 0, "\x02", "grammar version 2, want 1"},
      {"node", 2, "\x20", "bad node id"},
      {"empty node", 1, "\0", "bad node id"},
      {"payload size", 92, "\x06", "payload size 6"},
      {"payload too large", 89, "\x7f", "at most 1048576"},
  };
  for (const BadBytes& bad : kCases) {
    std::string bytes = GoldenBytes();
    bytes[bad.at] = bad.replacement[0];
    const absl::Status status = ParseEntry(bytes).status();
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument) << bad.name;
    EXPECT_THAT(std::string(status.message()), HasSubstr(bad.message)) << bad.name;
  }
}

TEST(EntryTest, LongBootIdIsRefused) {
  std::string bytes = GoldenBytes();
  const size_t boot = bytes.find("boot-1") - 1;
  bytes.replace(boot, 7, std::string(1, 37) + std::string(37, 'b'));
  EXPECT_THAT(std::string(ParseEntry(bytes).status().message()), HasSubstr("boot id of 37"));
}

TEST(EntryDeathTest, EncodingStopsAtOurOwnBugs) {
  Entry large = GoldenEntry();
  large.payload.assign(kMaxPayloadSize + 1, 'x');
  EXPECT_DEATH(EncodeEntry(large), "events are bounded");
  Entry boot = GoldenEntry();
  boot.header.boot_id.assign(37, 'b');
  EXPECT_DEATH(EncodeEntry(boot), "a boot id is a UUID at most");
}

}  // namespace
}  // namespace keping::domain
