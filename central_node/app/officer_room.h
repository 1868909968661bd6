// Everything about the district's own people that the central node's program runs: the desk at
// which they sign in, the door that asks who acts, the sessions, and the thread on which passwords
// are looked at.
//
//   OfficerRoom officers({.node = node.get(), .hub = hub.get(), …});
//   MakeDeskService(core, &officers.door(), &officers.passwords(), desk);
//   officers.Stop();                  // after the server, before the core thread
#ifndef KEPING_CENTRAL_NODE_APP_OFFICER_ROOM_H_
#define KEPING_CENTRAL_NODE_APP_OFFICER_ROOM_H_

#include <functional>
#include <memory>

#include "absl/status/status.h"
#include "central_node/console/console_gate.h"
#include "central_node/console/officer_desk.h"
#include "central_node/console/officer_door.h"
#include "central_node/store/central_node.h"
#include "central_node/sync_service/session_hub.h"
#include "common/people/confirmations.h"
#include "common/people/password_thread.h"
#include "common/people/sessions.h"
#include "common/runtime/core_thread.h"
#include "common/time/clock.h"

namespace grpc {
class Service;
}

namespace keping::central {

// Made and stopped on the main thread.
class OfficerRoom {
 public:
  // All outlive it.
  struct Ports {
    CentralNode* node = nullptr;
    SessionHub* hub = nullptr;
    runtime::CoreThread* core = nullptr;
    const time::Clock* clock = nullptr;
    std::function<void(const absl::Status&)> failed;
  };

  explicit OfficerRoom(Ports ports);
  ~OfficerRoom();

  OfficerDoor& door() { return door_; }
  ConsoleGate& gate() { return gate_; }
  people::PasswordThread& passwords() { return passwords_; }
  grpc::Service* service() { return service_.get(); }

  // Ends what an officer began who was struck off, or has another first password. Any thread.
  void SignOut(const domain::OperatorId& officer) {
    sessions_.CloseAllOf(officer, "");
    confirmations_.Forget(officer);
  }
  void Stop();

 private:
  OfficerDesk::Ports DeskPorts(Ports ports);

  people::Sessions sessions_{kOfficerSessions};
  people::Confirmations confirmations_;
  OfficerDoor door_;
  ConsoleGate gate_;
  OfficerDesk desk_;
  std::unique_ptr<grpc::Service> service_;
  // Last, so that it ends before what it uses.
  people::PasswordThread passwords_;
};

}  // namespace keping::central

#endif  // KEPING_CENTRAL_NODE_APP_OFFICER_ROOM_H_
