#include "common/backup/row_chunks.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"

namespace keping::backup {
namespace {

using Rows = std::vector<std::pair<std::string, std::string>>;

std::string Packed(const Rows& rows) {
  RowPacker packer;
  std::string bytes;
  for (const auto& [key, value] : rows) {
    packer.Add(key, value);
    if (packer.full()) bytes += packer.Take();
  }
  return bytes + packer.Take();
}

absl::StatusOr<Rows> Unpacked(const std::string& bytes, size_t piece) {
  RowUnpacker unpacker;
  Rows rows;
  for (size_t at = 0; at < bytes.size(); at += piece) {
    const absl::Status added =
        unpacker.Add(absl::string_view(bytes).substr(at, piece),
                     [&rows](absl::string_view key, absl::string_view value) {
                       rows.emplace_back(key, value);
                       return absl::OkStatus();
                     });
    if (!added.ok()) return added;
  }
  if (!unpacker.between_chunks()) return absl::OutOfRangeError("cut");
  return rows;
}

const Rows kRows = {{"a", ""},
                    {std::string("\0\xff", 2), "value"},
                    {"big", std::string(3 << 20, 'x')},
                    {"c", std::string(1000, 'y')}};

TEST(RowChunksTest, ComeBackHoweverTheFileIsCut) {
  const std::string bytes = Packed(kRows);
  for (const size_t piece : {size_t{1}, size_t{7}, size_t{4096}, bytes.size()}) {
    const auto rows = Unpacked(bytes, piece);
    ASSERT_TRUE(rows.ok()) << rows.status();
    EXPECT_EQ(*rows, kRows);
  }
}

TEST(RowChunksTest, NoRowsAreNoBytes) {
  EXPECT_EQ(Packed({}), "");
  EXPECT_EQ(*Unpacked("", 1), Rows());
}

TEST(RowChunksTest, AFileThatWasCutIsTold) {
  const std::string bytes = Packed(kRows);
  for (const size_t size : {size_t{3}, bytes.size() / 2, bytes.size() - 1}) {
    EXPECT_FALSE(Unpacked(bytes.substr(0, size), size).ok()) << size;
  }
}

TEST(RowChunksTest, OtherBytesAreRefused) {
  EXPECT_TRUE(absl::IsInvalidArgument(Unpacked(std::string(64, '\0'), 64).status()));
  EXPECT_TRUE(absl::IsInvalidArgument(Unpacked(std::string(64, '\xff'), 64).status()));
  // A chunk of plain bytes that are no rows.
  EXPECT_TRUE(absl::IsInvalidArgument(Unpacked(std::string("\0\0\0\4\0abc", 8), 8).status()));
}

TEST(RowChunksTest, AnErrorOfTheVisitorEndsIt) {
  RowUnpacker unpacker;
  int visited = 0;
  const absl::Status added =
      unpacker.Add(Packed(kRows), [&visited](absl::string_view, absl::string_view) {
        ++visited;
        return absl::ResourceExhaustedError("full");
      });
  EXPECT_TRUE(absl::IsResourceExhausted(added));
  EXPECT_EQ(visited, 1);
}

}  // namespace
}  // namespace keping::backup
