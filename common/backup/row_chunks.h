// The rows of a database as bytes of files, in the order of their keys: to write them out while the
// database works, and to make another one of them.
//
//   file  := chunk*
//   chunk := size(u32) packed(size)          rows, packed as in common/wire/zstd.h
//   row   := key_size(u32) value_size(u32) key value
//   integers are big-endian; a chunk holds whole rows, about 1 MB of them or a single larger one
//
//   RowPacker packer;
//   packer.Add(key, value);
//   if (packer.full()) out << packer.Take();      // and once more at the end
//
//   RowUnpacker unpacker;
//   KEPING_RETURN_IF_ERROR(unpacker.Add(bytes, [&](auto key, auto value) { … }));
//   if (!unpacker.between_chunks()) …the file was cut…
#ifndef KEPING_COMMON_BACKUP_ROW_CHUNKS_H_
#define KEPING_COMMON_BACKUP_ROW_CHUNKS_H_

#include <cstddef>
#include <string>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace keping::backup {

// Not thread-safe.
class RowPacker {
 public:
  void Add(absl::string_view key, absl::string_view value);
  // Time to take a chunk.
  bool full() const;
  // The rows since the last call as one chunk; empty for none.
  std::string Take();

 private:
  std::string rows_;
};

// Not thread-safe.
class RowUnpacker {
 public:
  using OnRow = absl::FunctionRef<absl::Status(absl::string_view key, absl::string_view value)>;

  // The next bytes of the file, however cut. InvalidArgument: no RowPacker made them. Errors of
  // `on_row` are passed on. After an error it is finished.
  absl::Status Add(absl::string_view bytes, OnRow on_row);
  bool between_chunks() const { return bytes_.empty(); }

 private:
  std::string bytes_;
};

}  // namespace keping::backup

#endif  // KEPING_COMMON_BACKUP_ROW_CHUNKS_H_
