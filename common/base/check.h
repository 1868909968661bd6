// KEPING_CHECK: an assertion that stays on in release.
//
// For bugs of ours only: input from disk, network, printer or a person gets an absl::Status or a
// domain outcome, never a check.
//
//   KEPING_CHECK(position <= head, "a cursor never passes the head");
#ifndef KEPING_COMMON_BASE_CHECK_H_
#define KEPING_COMMON_BASE_CHECK_H_

namespace keping::base {

// Prints the reason and where to standard error, then aborts.
[[noreturn]] void CheckFailed(const char* condition, const char* reason, const char* file,
                              int line);

}  // namespace keping::base

#define KEPING_CHECK(condition, reason)                                    \
  do {                                                                     \
    if (!(condition)) [[unlikely]]                                         \
      ::keping::base::CheckFailed(#condition, reason, __FILE__, __LINE__); \
  } while (false)

#endif  // KEPING_COMMON_BASE_CHECK_H_
