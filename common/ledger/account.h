// The custody accounts of blanks: every serial lies in exactly one at any time.
//
//   for (Account account : kAllAccounts) Show(AccountName(account));
//
// The enum is exhaustive: the closing equation of balances.h is derived from it, so that an account
// added here is counted everywhere.
#ifndef KEPING_COMMON_LEDGER_ACCOUNT_H_
#define KEPING_COMMON_LEDGER_ACCOUNT_H_

#include <array>

namespace keping::ledger {

enum class Account {
  // Sources: where serials come from. Their balance is minus what they gave.
  kCentre = 1,     // the national centre, by allotment
  kUnknownOrigin,  // serials that somebody used or scanned and that nothing below or above names

  kDistrictStock,
  kInTransit,  // held for the node that it was dispatched to
  kNodeStock,
  kBoundToJob,
  kInDoubt,
  kPrintedReady,
  kSpoiled,
  kMissing,           // dispatched and not found, or not where a job said it was: to be located
  kContested,         // claimed by two
  kUnaccountedClaim,  // used, scanned or handed on where it was never received, or never issued

  // A source too: what lay in an office before its first day and no allotment names.
  kOpeningBalance,

  // After the card was made.
  kHandedOver,  // with the village head, who has not answered for it
  kDelivered,   // with the resident
  kReturned,    // back in the office, to go out again
  kWithdrawn,   // called back and kept for destruction
  kDestroyed,   // burnt on record

  kMaybeUsed,  // held by a lost node, of whose log nobody knows the end

  // Counted, and without serials: in boxes that lie at the district or in an office, as long as
  // nobody scanned them. In transit, missing and the like they count with the others.
  kUnidentified,

  // Between this district and others.
  kBorrowed,   // a source: what another district lent, or gave back in place of what was lent to it
  kLentOut,    // with another district, which is to give it or another one back
  kGivenBack,  // with another district for good, in place of what was borrowed there
};

inline constexpr Account kLastAccount = Account::kGivenBack;

// As they follow each other in a blank's life.
inline constexpr std::array<Account, 23> kAllAccounts = {
    Account::kCentre,        Account::kBorrowed,        Account::kOpeningBalance,
    Account::kUnknownOrigin, Account::kUnidentified,    Account::kDistrictStock,
    Account::kInTransit,     Account::kNodeStock,       Account::kBoundToJob,
    Account::kInDoubt,       Account::kPrintedReady,    Account::kHandedOver,
    Account::kDelivered,     Account::kReturned,        Account::kWithdrawn,
    Account::kSpoiled,       Account::kDestroyed,       Account::kLentOut,
    Account::kGivenBack,     Account::kMissing,         Account::kMaybeUsed,
    Account::kContested,     Account::kUnaccountedClaim};

constexpr bool IsSource(Account account) {
  return account == Account::kCentre || account == Account::kBorrowed ||
         account == Account::kOpeningBalance || account == Account::kUnknownOrigin;
}

// Stable snake_case name, for programs and screens.
const char* AccountName(Account account);

}  // namespace keping::ledger

#endif  // KEPING_COMMON_LEDGER_ACCOUNT_H_
