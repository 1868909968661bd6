#include "central_node/app/officer_room.h"

#include <grpcpp/impl/service_type.h>

#include <string>
#include <utility>

#include "central_node/console/sign_in_service.h"
#include "common/crypto/random.h"

namespace keping::central {

OfficerRoom::OfficerRoom(Ports ports)
    : door_({.node = ports.node,
             .sessions = &sessions_,
             .confirmations = &confirmations_,
             .clock = ports.clock}),
      gate_(&sessions_, ports.clock),
      desk_(DeskPorts(ports)),
      service_(MakeSignInService(ports.core, &desk_)),
      passwords_(ports.core, ports.clock) {}

OfficerRoom::~OfficerRoom() { Stop(); }

void OfficerRoom::Stop() { passwords_.Stop(); }

OfficerDesk::Ports OfficerRoom::DeskPorts(Ports ports) {
  return {.node = ports.node,
          .hub = ports.hub,
          .sessions = &sessions_,
          .confirmations = &confirmations_,
          .clock = ports.clock,
          .random = crypto::RandomBytes,
          .check_password =
              [this](std::string password, std::string verifier, std::function<void(bool)> done) {
                return passwords_.Check(std::move(password), std::move(verifier), std::move(done));
              },
          .make_verifier =
              [this](std::string password, std::function<void(absl::StatusOr<std::string>)> done) {
                return passwords_.Make(std::move(password), std::move(done));
              },
          .failed = std::move(ports.failed)};
}

}  // namespace keping::central
