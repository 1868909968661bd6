// What is done to a district whose centre is stopped, and what is said of its end.
//
//   KEPING_ASSIGN_OR_RETURN(std::string fingerprint, InitialiseDistrict(config, clock));
#ifndef KEPING_CENTRAL_NODE_APP_STOPPED_DISTRICT_H_
#define KEPING_CENTRAL_NODE_APP_STOPPED_DISTRICT_H_

#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "common/keys/lost_keys.h"
#include "common/time/clock.h"
#include "keping/config/v1/central.pb.h"

namespace keping::central {

// Makes what is missing of the district's keys and authority. Returns the authority's fingerprint,
// which people compare when they enrol a node.
absl::StatusOr<std::string> InitialiseDistrict(const config::v1::CentralConfig& config,
                                               const time::Clock& clock);

// The way out when the data key is lost for good; the centre is stopped. See keys::DropRecords.
absl::StatusOr<keys::DroppedRecords> DropRecords(const config::v1::CentralConfig& config);

// The way out when no administrator knows the own password any more; the centre is stopped. Whoever
// may open the socket makes the next first administrator, which the log shows: nobody is named for
// it. Returns how many officers had a password.
absl::StatusOr<uint64_t> ForgetPasswords(const config::v1::CentralConfig& config);

// What ended the centre, with what to do about it where a person can (a full disk: K-215).
absl::Status ExplainFailure(const config::v1::CentralConfig& config, const absl::Status& failure);

}  // namespace keping::central

#endif  // KEPING_CENTRAL_NODE_APP_STOPPED_DISTRICT_H_
