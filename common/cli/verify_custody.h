// The custody rows of a central store against the blanks counted again from its raw logs: balances
// and journal of the ledger, the rows of blanks and boxes, the district's own stock.
//
//   KEPING_RETURN_IF_ERROR(CheckCustodyRows(store, census, census.CountDistrict(), &report));
#ifndef KEPING_COMMON_CLI_VERIFY_CUSTODY_H_
#define KEPING_COMMON_CLI_VERIFY_CUSTODY_H_

#include "absl/status/status.h"
#include "common/cli/conservation.h"
#include "common/storage/kv_store.h"
#include "keping/cli/v1/verify.pb.h"

namespace keping::cli {

// Adds what differs to the report. DataLoss: a row does not parse.
absl::Status CheckCustodyRows(const storage::KvStore& store, const BlankCensus& census,
                              const DistrictCount& count, v1::StoreReport* report);

}  // namespace keping::cli

#endif  // KEPING_COMMON_CLI_VERIFY_CUSTODY_H_
