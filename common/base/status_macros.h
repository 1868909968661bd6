// Early return on an absl::Status that is not OK.
//
//   KEPING_RETURN_IF_ERROR(store.Write(batch));
//   KEPING_ASSIGN_OR_RETURN(Entry entry, ParseEntry(bytes));
#ifndef KEPING_COMMON_BASE_STATUS_MACROS_H_
#define KEPING_COMMON_BASE_STATUS_MACROS_H_

#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

#define KEPING_RETURN_IF_ERROR(expression)                                                    \
  do {                                                                                        \
    if (absl::Status keping_status = (expression); !keping_status.ok()) return keping_status; \
  } while (false)

#define KEPING_CONCAT_INNER_(a, b) a##b
#define KEPING_CONCAT_(a, b) KEPING_CONCAT_INNER_(a, b)

#define KEPING_ASSIGN_OR_RETURN(target, expression)                      \
  auto KEPING_CONCAT_(keping_result_, __LINE__) = (expression);          \
  if (!KEPING_CONCAT_(keping_result_, __LINE__).ok())                    \
    return std::move(KEPING_CONCAT_(keping_result_, __LINE__)).status(); \
  target = *std::move(KEPING_CONCAT_(keping_result_, __LINE__))

#endif  // KEPING_COMMON_BASE_STATUS_MACROS_H_
