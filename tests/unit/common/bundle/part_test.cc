#include "common/bundle/part.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

namespace keping::bundle {
namespace {

constexpr uint64_t kBody = 100;

std::string SampleManifest(const char* sender = "susut") {
  Manifest manifest;
  manifest.sender = domain::NodeId::Of(sender);
  manifest.recipient = domain::NodeId::Of("central");
  manifest.body_bytes = kBody;
  return EncodeManifest(manifest);
}

PartHead Head(uint32_t index, uint32_t count, uint64_t offset, uint64_t size,
              const std::string& manifest = SampleManifest()) {
  return {.manifest = manifest,
          .signature = std::string(kSignatureBytes, 's'),
          .index = index,
          .count = count,
          .offset = offset,
          .size = size,
          .piece_hash = crypto::Sha256({"piece"})};
}

ParsedHead Parsed(const PartHead& head) {
  auto parsed = ParsePartHead(EncodePartHead(head));
  EXPECT_TRUE(parsed.ok()) << parsed.status();
  return parsed.ok() ? *parsed : ParsedHead();
}

// The file of each span and how much of it: "a25 b50".
std::string Order(const PartSet& set) {
  std::string order;
  for (const PartSet::Span& span : set.Spans()) absl::StrAppend(&order, span.file, span.size, " ");
  return order;
}

TEST(PartTest, HeadComesBackAsItWas) {
  const PartHead head = Head(2, 3, 40, 40);
  const std::string bytes = EncodePartHead(head);
  EXPECT_LE(bytes.size(), kMaxHeadBytes);
  const auto parsed = ParsePartHead(absl::StrCat(bytes, "the piece"));
  ASSERT_TRUE(parsed.ok()) << parsed.status();
  EXPECT_EQ(parsed->bytes, bytes.size());
  EXPECT_EQ(EncodePartHead(parsed->part), bytes);
  EXPECT_EQ(parsed->manifest.sender.value(), "susut");
}

TEST(PartTest, HeadCutAnywhereIsDamaged) {
  const std::string bytes = EncodePartHead(Head(1, 1, 0, kBody));
  for (size_t size = 0; size < bytes.size(); ++size) {
    const auto parsed = ParsePartHead(bytes.substr(0, size));
    EXPECT_TRUE(absl::IsInvalidArgument(parsed.status())) << size;
    EXPECT_TRUE(absl::StartsWith(parsed.status().message(), "K-245")) << size;
  }
}

TEST(PartTest, HeadThatCannotBeIsDamaged) {
  for (const PartHead& head :
       {Head(0, 1, 0, kBody), Head(2, 1, 0, kBody), Head(1, kMaxParts + 1, 0, kBody),
        Head(1, 1, kBody + 1, 0), Head(1, 1, 1, kBody), Head(1, 1, 0, ~uint64_t{0})}) {
    EXPECT_FALSE(ParsePartHead(EncodePartHead(head)).ok());
  }
}

TEST(PartSetTest, PartsComeInAnyOrderAndAgain) {
  const std::vector<ParsedHead> parts = {Parsed(Head(1, 3, 0, 40)), Parsed(Head(2, 3, 40, 40)),
                                         Parsed(Head(3, 3, 80, 20))};
  std::vector<int> order = {0, 1, 2};
  do {
    PartSet set;
    for (const int i : order) {
      EXPECT_TRUE(set.Add(parts[i], std::string(1, static_cast<char>('a' + i))).ok());
      EXPECT_TRUE(set.Add(parts[i], "again").ok());
    }
    EXPECT_EQ(set.Missing(), "");
    EXPECT_EQ(Order(set), "a40 b40 c20 ");
  } while (std::next_permutation(order.begin(), order.end()));
}

TEST(PartSetTest, SaysWhatIsMissing) {
  PartSet set;
  ASSERT_TRUE(set.Add(Parsed(Head(3, 5, 40, 20)), "c").ok());
  EXPECT_EQ(set.Missing(), "1 to 2, 4 to 5 of 5");
  ASSERT_TRUE(set.Add(Parsed(Head(1, 5, 0, 20)), "a").ok());
  ASSERT_TRUE(set.Add(Parsed(Head(5, 5, 80, 20)), "e").ok());
  EXPECT_EQ(set.Missing(), "2, 4 of 5");
}

TEST(PartSetTest, OfTwoSplittingsEachByteIsTakenOnce) {
  PartSet set;
  ASSERT_TRUE(set.Add(Parsed(Head(2, 2, 50, 50)), "b").ok());
  ASSERT_TRUE(set.Add(Parsed(Head(1, 3, 0, 40)), "x").ok());
  ASSERT_TRUE(set.Add(Parsed(Head(2, 3, 40, 40)), "y").ok());
  EXPECT_EQ(set.Missing(), "");
  EXPECT_EQ(Order(set), "x40 y40 b20 ");
  EXPECT_EQ(set.Spans().back().skip, Parsed(Head(2, 2, 50, 50)).bytes + 30);
}

TEST(PartSetTest, APartOfAnotherBundleIsRefused) {
  PartSet set;
  ASSERT_TRUE(set.Add(Parsed(Head(1, 2, 0, 50)), "a").ok());
  const absl::Status status =
      set.Add(Parsed(Head(2, 2, 50, 50, SampleManifest("bangli"))), "stick/b");
  EXPECT_TRUE(absl::IsInvalidArgument(status));
  EXPECT_TRUE(absl::StrContains(status.message(), "stick/b")) << status;
  EXPECT_EQ(set.Missing(), "2 of 2");
}

}  // namespace
}  // namespace keping::bundle
