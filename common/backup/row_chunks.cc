#include "common/backup/row_chunks.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/status_macros.h"
#include "common/bundle/big_endian.h"
#include "common/wire/zstd.h"

namespace keping::backup {
namespace {

constexpr size_t kSizeBytes = 4;
constexpr size_t kChunkBytes = size_t{1} << 20;
// A row of the largest event, with room to spare: a damaged size must not take all memory.
constexpr size_t kMaxChunkBytes = size_t{64} << 20;

absl::Status Bad(absl::string_view got) {
  return absl::InvalidArgumentError(absl::StrCat("got ", got, ", want rows of a database"));
}

absl::Status ReadRows(absl::string_view rows, RowUnpacker::OnRow on_row) {
  while (!rows.empty()) {
    if (rows.size() < 2 * kSizeBytes) return Bad("a row without its sizes");
    const size_t key = bundle::ReadBigEndian(rows.substr(0, kSizeBytes));
    const size_t value = bundle::ReadBigEndian(rows.substr(kSizeBytes, kSizeBytes));
    rows.remove_prefix(2 * kSizeBytes);
    if (key > rows.size() || value > rows.size() - key) return Bad("a row that is cut");
    KEPING_RETURN_IF_ERROR(on_row(rows.substr(0, key), rows.substr(key, value)));
    rows.remove_prefix(key + value);
  }
  return absl::OkStatus();
}

}  // namespace

void RowPacker::Add(absl::string_view key, absl::string_view value) {
  bundle::AppendBigEndian(rows_, key.size(), kSizeBytes);
  bundle::AppendBigEndian(rows_, value.size(), kSizeBytes);
  absl::StrAppend(&rows_, key, value);
}

bool RowPacker::full() const { return rows_.size() >= kChunkBytes; }

std::string RowPacker::Take() {
  if (rows_.empty()) return "";
  const std::string packed = wire::Pack(std::exchange(rows_, std::string()), "");
  std::string chunk;
  bundle::AppendBigEndian(chunk, packed.size(), kSizeBytes);
  return absl::StrCat(chunk, packed);
}

absl::Status RowUnpacker::Add(absl::string_view bytes, OnRow on_row) {
  bytes_.append(bytes.data(), bytes.size());
  size_t at = 0;
  while (bytes_.size() - at >= kSizeBytes) {
    const absl::string_view rest = absl::string_view(bytes_).substr(at);
    const size_t size = bundle::ReadBigEndian(rest.substr(0, kSizeBytes));
    if (size == 0 || size > kMaxChunkBytes) return Bad(absl::StrCat("a chunk of ", size, " bytes"));
    if (rest.size() - kSizeBytes < size) break;
    KEPING_ASSIGN_OR_RETURN(const std::string rows,
                            wire::Unpack(rest.substr(kSizeBytes, size), "", kMaxChunkBytes));
    KEPING_RETURN_IF_ERROR(ReadRows(rows, on_row));
    at += kSizeBytes + size;
  }
  bytes_.erase(0, at);
  return absl::OkStatus();
}

}  // namespace keping::backup
