// Why a print was refused: a domain outcome, never an error. The order of the checks is their
// precedence: the first that fails is the answer (design of the print room). It is the order of the
// enum, but for what came later, whose place stands beside it: numbers never change.
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
  kNoShift,            // after kNotLoggedIn
  kApplicationTooOld,  // after kNotTrained
  kRoleForbids,        // after kNotLoggedIn, before kNoShift
  kRecordFaulty,       // after kPictureMissing
};

inline constexpr int kPrintRefusalCount = 19;

struct RefusalInfo {
  const char* code;      // stable, read out on the phone: K-101 …
  const char* name;      // stable, for programs
  const char* sentence;  // English, what is wrong and what to do
};

RefusalInfo Describe(PrintRefusal refusal);

}  // namespace keping::domain

#endif  // KEPING_COMMON_DOMAIN_REFUSAL_H_
