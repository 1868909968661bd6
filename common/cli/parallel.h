// Work on many things of one kind, of which none needs another's result, on all processors.
//
//   InParallel(blanks.size(), [&](size_t begin, size_t end) {
//     for (size_t i = begin; i < end; ++i) places[i] = census.PlaceOf(blanks[i]);
//   });
#ifndef KEPING_COMMON_CLI_PARALLEL_H_
#define KEPING_COMMON_CLI_PARALLEL_H_

#include <cstddef>

#include "absl/functional/function_ref.h"

namespace keping::cli {

// Calls `work` for parts that make up [0, count), from several threads; returns when all is done.
void InParallel(size_t count, absl::FunctionRef<void(size_t begin, size_t end)> work);

}  // namespace keping::cli

#endif  // KEPING_COMMON_CLI_PARALLEL_H_
