// Why a print was refused: a domain outcome, never an error. The order of the enum is the
// precedence of the checks: the first that fails is the answer (design of the print room).
//
//   RefusalInfo info = Describe(PrintRefusal::kDutyUsedUp);   // {"K-113", "duty_used_up", "This
//   printer …"}
#ifndef KEPING_COMMON_DOMAIN_REFUSAL_H_
#define KEPING_COMMON_DOMAIN_REFUSAL_H_

namespace keping::domain {

enum class PrintRefusal {
  kNone = 0,
  kNotLoggedIn,
  kNotTrained,
  kNodeLocked,
  kPrrUnknown,
  kPrrWithdrawn,
  kLeaseNotHeld,
  kTooStale,
  kAlreadyPrinted,
  kPictureMissing,
  kBlankNotInTray,
  kBlankUsed,
  kPrinterNotReady,
  kDutyUsedUp,
  kDiskNearlyFull,
};

inline constexpr int kPrintRefusalCount = 15;

struct RefusalInfo {
  const char* code;      // stable, read out on the phone: K-101 …
  const char* name;      // stable, for programs
  const char* sentence;  // English, what is wrong and what to do
};

RefusalInfo Describe(PrintRefusal refusal);

}  // namespace keping::domain

#endif  // KEPING_COMMON_DOMAIN_REFUSAL_H_
