#include "deploy/bangli/png_padding.h"

#include <array>
#include <cstdint>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/base/check.h"

namespace keping::bangli {
namespace {

// Length, type and checksum, which surround a chunk's data.
constexpr size_t kChunkOverhead = 12;
constexpr absl::string_view kEndChunk("\0\0\0\0IEND\xae\x42\x60\x82", 12);

constexpr std::array<uint32_t, 256> MakeCrcTable() {
  std::array<uint32_t, 256> table{};
  for (uint32_t i = 0; i < 256; ++i) {
    uint32_t value = i;
    for (int bit = 0; bit < 8; ++bit) value = value & 1 ? 0xedb88320u ^ (value >> 1) : value >> 1;
    table[i] = value;
  }
  return table;
}

constexpr std::array<uint32_t, 256> kCrcTable = MakeCrcTable();

// The checksum of a chunk's type and data (PNG, 2nd edition, annex D).
uint32_t Crc(absl::string_view bytes) {
  uint32_t crc = 0xffffffffu;
  for (char byte : bytes) crc = kCrcTable[(crc ^ static_cast<uint8_t>(byte)) & 0xff] ^ (crc >> 8);
  return crc ^ 0xffffffffu;
}

std::string BigEndian(uint32_t value) {
  return {static_cast<char>(value >> 24), static_cast<char>(value >> 16),
          static_cast<char>(value >> 8), static_cast<char>(value)};
}

}  // namespace

std::string PadPng(std::string png, size_t size, base::Prng& prng) {
  if (size < png.size() + kChunkOverhead) return png;
  KEPING_CHECK(absl::EndsWith(png, kEndChunk), "a PNG file ends in its end chunk");
  const size_t data_size = size - png.size() - kChunkOverhead;
  const std::string body = absl::StrCat("kpAd", prng.Bytes(data_size));
  png.resize(png.size() - kEndChunk.size());
  absl::StrAppend(&png, BigEndian(static_cast<uint32_t>(data_size)), body, BigEndian(Crc(body)),
                  kEndChunk);
  return png;
}

}  // namespace keping::bangli
