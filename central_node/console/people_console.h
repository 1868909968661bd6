// The people part of the district API (keping.central.v1.PeopleService), answered from the central
// node on the core thread.
//
//   KEPING_ASSIGN_OR_RETURN(FirstPassword password, MakeFirstPassword(random));
//   absl::StatusOr<v1::AddOperatorResponse> answer = people.AddOperator(request, password);
//
// Making a password is slow, and done on another thread.
//
// Knows protos and the node, not gRPC: people_service.h carries it over the wire.
#ifndef KEPING_CENTRAL_NODE_CONSOLE_PEOPLE_CONSOLE_H_
#define KEPING_CENTRAL_NODE_CONSOLE_PEOPLE_CONSOLE_H_

#include <functional>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "central_node/store/central_node.h"
#include "central_node/sync_service/session_hub.h"
#include "common/crypto/password.h"
#include "common/time/clock.h"
#include "keping/central/v1/people.pb.h"

namespace keping::central {

// A password that the district makes for a person: what is read out, and what is kept.
struct FirstPassword {
  std::string shown;     // as a one-time code (common/crypto/one_time_code.h)
  std::string verifier;  // of its normalised form; empty: no password was asked for
};

// Takes as long as crypto::MakePasswordVerifier: never on the core thread.
absl::StatusOr<FirstPassword> MakeFirstPassword(
    const std::function<std::string(size_t)>& draw,
    crypto::PasswordCost cost = crypto::PasswordCost::kInteractive);

// Lives on the core thread.
class PeopleConsole {
 public:
  // All outlive the console.
  struct Ports {
    CentralNode* node = nullptr;
    SessionHub* hub = nullptr;
    const time::Clock* clock = nullptr;
    std::function<std::string(size_t)> random;
    absl::TimeZone time_zone = absl::UTCTimeZone();  // of the district's days
    // The store failed: the central node is finished.
    std::function<void(const absl::Status&)> failed;
  };

  explicit PeopleConsole(Ports ports) : ports_(std::move(ports)) {}

  absl::StatusOr<v1::AddOperatorResponse> AddOperator(const v1::AddOperatorRequest& request,
                                                      const FirstPassword& password);
  absl::StatusOr<v1::RemoveOperatorResponse> RemoveOperator(
      const v1::RemoveOperatorRequest& request);
  absl::StatusOr<v1::CertifyOperatorResponse> CertifyOperator(
      const v1::CertifyOperatorRequest& request);
  absl::StatusOr<v1::ListOperatorsResponse> ListOperators(const v1::ListOperatorsRequest& request);
  absl::StatusOr<v1::RequireApplicationResponse> RequireApplication(
      const v1::RequireApplicationRequest& request);
  absl::StatusOr<v1::IssueGrantResponse> IssueGrant(const v1::IssueGrantRequest& request);
  absl::StatusOr<v1::ListGrantsResponse> ListGrants(const v1::ListGrantsRequest& request);

 private:
  template <typename Input>
  absl::Status Command(const Input& command);

  const Ports ports_;
};

}  // namespace keping::central

#endif  // KEPING_CENTRAL_NODE_CONSOLE_PEOPLE_CONSOLE_H_
