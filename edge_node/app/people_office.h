// Everything about people that the edge node's program runs: the desk, its service, the sessions,
// and the thread on which passwords are looked at.
//
//   PeopleOffice people(node.get(), core.get(), &clock);
//   rpc::ServeUnix(socket, {people.service(), …});
//   people.OnFrame();                 // on the core thread, after the link brought something
//   people.Stop();                    // after the server, before the core thread
#ifndef KEPING_EDGE_NODE_APP_PEOPLE_OFFICE_H_
#define KEPING_EDGE_NODE_APP_PEOPLE_OFFICE_H_

#include <memory>

#include "common/people/confirmations.h"
#include "common/people/password_thread.h"
#include "common/people/sessions.h"
#include "common/runtime/core_thread.h"
#include "common/time/clock.h"
#include "edge_node/counter/people_desk.h"
#include "edge_node/counter/people_gate.h"
#include "edge_node/node/edge_node.h"

namespace grpc {
class Service;
}

namespace keping::edge {

// Made and stopped on the main thread.
class PeopleOffice {
 public:
  // All outlive it.
  PeopleOffice(EdgeNode* node, runtime::CoreThread* core, const time::Clock* clock);
  ~PeopleOffice();

  grpc::Service* service() { return service_.get(); }
  PeopleDesk& desk() { return desk_; }
  PeopleGate& gate() { return gate_; }

  void OnFrame() { desk_.OnFeed(); }
  void Stop();

 private:
  PeopleDesk::Ports Ports(EdgeNode* node);

  const time::Clock* const clock_;
  people::Sessions sessions_;
  people::Confirmations confirmations_;
  PeopleGate gate_;
  PeopleDesk desk_;
  std::unique_ptr<grpc::Service> service_;
  // Last, so that it ends before what it uses.
  people::PasswordThread passwords_;
};

}  // namespace keping::edge

#endif  // KEPING_EDGE_NODE_APP_PEOPLE_OFFICE_H_
