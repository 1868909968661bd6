#include "edge_node/app/people_office.h"

#include <grpcpp/impl/service_type.h>

#include <string>
#include <utility>

#include "common/crypto/random.h"
#include "edge_node/counter/people_service.h"

namespace keping::edge {

PeopleOffice::PeopleOffice(EdgeNode* node, runtime::CoreThread* core, const time::Clock* clock)
    : clock_(clock),
      gate_(&sessions_, &confirmations_, clock),
      desk_(Ports(node)),
      service_(MakePeopleService(core, &desk_)),
      passwords_(core, clock) {}

PeopleOffice::~PeopleOffice() { Stop(); }

void PeopleOffice::Stop() { passwords_.Stop(); }

PeopleDesk::Ports PeopleOffice::Ports(EdgeNode* node) {
  return {.node = node,
          .sessions = &sessions_,
          .confirmations = &confirmations_,
          .clock = clock_,
          .random = crypto::RandomBytes,
          .check_password =
              [this](std::string password, std::string verifier, std::function<void(bool)> done) {
                return passwords_.Check(std::move(password), std::move(verifier), std::move(done));
              },
          .make_verifier =
              [this](std::string password, std::function<void(absl::StatusOr<std::string>)> done) {
                return passwords_.Make(std::move(password), std::move(done));
              }};
}

}  // namespace keping::edge
