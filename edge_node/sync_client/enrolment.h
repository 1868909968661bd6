// How an edge node gets its identity: with a one-time code from the centre, once.
//
//   KEPING_RETURN_IF_ERROR(Enrol({.node_id = config.node_id(), .keys_dir = config.keys_dir(),
//                                 .centre_address = config.centre_enrolment_address(),
//                                 .authority_fingerprint = typed, .one_time_code = typed_code},
//                                clock));
#ifndef KEPING_EDGE_NODE_SYNC_CLIENT_ENROLMENT_H_
#define KEPING_EDGE_NODE_SYNC_CLIENT_ENROLMENT_H_

#include <string>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "common/time/clock.h"

namespace keping::edge {

struct EnrolmentOptions {
  std::string node_id;
  std::string keys_dir;
  // host:port of the centre's enrolment service.
  std::string centre_address;
  // Both as typed by a person, from the centre's screen. The fingerprint keeps a false centre from
  // learning the code.
  std::string authority_fingerprint;
  std::string one_time_code;
  absl::Duration timeout = absl::Seconds(30);
};

// Makes the node's keys, has its certificate signed, and fills the keys folder (node_keys.h). The
// private keys never leave it. Blocks for the call.
//
// AlreadyExists: enrolled before. InvalidArgument: node id or code cannot be right. Unavailable:
// the centre cannot be reached, or is not the one with the fingerprint. Else the centre's refusal:
// see EnrolmentService. After an error, call it again: it goes on with the same keys.
absl::Status Enrol(const EnrolmentOptions& options, const time::Clock& clock);

}  // namespace keping::edge

#endif  // KEPING_EDGE_NODE_SYNC_CLIENT_ENROLMENT_H_
