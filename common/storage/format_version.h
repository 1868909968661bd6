// Which program a database belongs to, and in which format it is written.
//
//   constexpr uint32_t kFormat = 1;
//   KEPING_RETURN_IF_ERROR(CheckFormatVersion(*store, kFormat, "edge"));   // first thing after
//   opening
#ifndef KEPING_COMMON_STORAGE_FORMAT_VERSION_H_
#define KEPING_COMMON_STORAGE_FORMAT_VERSION_H_

#include <cstdint>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "common/storage/kv_store.h"

namespace keping::storage {

// Marks an empty store with `program` ("edge" or "central") and `supported`, and checks the mark of
// any other. FailedPrecondition: it belongs to another program, or its format is not `supported`.
// DataLoss: it holds data but no readable mark. Nothing but an empty store is written to.
[[nodiscard]] absl::Status CheckFormatVersion(KvStore& store, uint32_t supported,
                                              absl::string_view program);

}  // namespace keping::storage

#endif  // KEPING_COMMON_STORAGE_FORMAT_VERSION_H_
