#include "common/ledger/account.h"

#include "common/base/check.h"

namespace keping::ledger {

const char* AccountName(Account account) {
  switch (account) {
    case Account::kCentre:
      return "centre";
    case Account::kUnknownOrigin:
      return "unknown_origin";
    case Account::kDistrictStock:
      return "district_stock";
    case Account::kInTransit:
      return "in_transit";
    case Account::kNodeStock:
      return "node_stock";
    case Account::kBoundToJob:
      return "bound_to_job";
    case Account::kInDoubt:
      return "in_doubt";
    case Account::kPrintedReady:
      return "printed_ready";
    case Account::kSpoiled:
      return "spoiled";
    case Account::kMissing:
      return "missing";
    case Account::kContested:
      return "contested";
    case Account::kUnaccountedClaim:
      return "unaccounted_claim";
    case Account::kOpeningBalance:
      return "opening_balance";
    case Account::kHandedOver:
      return "handed_over";
    case Account::kDelivered:
      return "delivered";
    case Account::kReturned:
      return "returned";
    case Account::kWithdrawn:
      return "withdrawn";
    case Account::kDestroyed:
      return "destroyed";
    case Account::kMaybeUsed:
      return "maybe_used";
    case Account::kUnidentified:
      return "unidentified";
    case Account::kBorrowed:
      return "borrowed";
    case Account::kLentOut:
      return "lent_out";
    case Account::kGivenBack:
      return "given_back";
  }
  KEPING_CHECK(false, "every account has a name");
}

}  // namespace keping::ledger
