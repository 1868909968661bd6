// One edge node with everything around it simulated: store, clock, link, centre; the test plays the
// people and the printer.
//
//   Office office;
//   ASSERT_TRUE(office.Open().ok());
//   office.Equip();                                  // Ayu certified, records, a tray of blanks
//   auto decision = office.node().Handle(edge::Print{…});
//   office.PowerCut(prng);                           // what was not synced may be gone
//   ASSERT_TRUE(office.Open().ok());                 // the next start
#ifndef KEPING_TESTS_SUPPORT_OFFICE_H_
#define KEPING_TESTS_SUPPORT_OFFICE_H_

#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "common/base/prng.h"
#include "common/storage/faulty_store.h"
#include "common/time/simulated_clock.h"
#include "edge_node/node/edge_node.h"
#include "tests/support/paper_centre.h"

namespace keping::tests {

// Node "susut", application version "8.1", printer "p1" with 50 cards a day, UTC+8.
edge::EdgeSettings OfficeSettings();
// A record that "susut" may print: lease epoch 1.1, NIK ending in 0007, enrolled at `second`.
domain::PrrItem PrintablePrr(const std::string& id, int second = 0);

// Not thread-safe.
class Office {
 public:
  explicit Office(edge::EdgeSettings settings = OfficeSettings());

  // Opens the node over the store as it is and starts it; at first and after every end.
  absl::Status Open();
  bool running() const { return node_ != nullptr; }
  // The process ends; what it wrote is there.
  void Kill();
  // The machine loses its power: what was not synced may be gone, a new boot begins.
  void PowerCut(base::Prng& prng);

  // Operator "ayu" certified; `prrs` records prr-001 …; `blanks` blanks A0001 … received.
  void Equip(int prrs = 3, int blanks = 10);

  // Time passes, here and at the centre. Whoever sets clock() by hand moves only the office's.
  void Advance(absl::Duration time);

  // ---- The link.
  void Connect();
  void Disconnect();
  bool connected() const { return connected_; }
  // Carries frames until both sides are quiet. A frame that the node refuses cuts the link, and its
  // status is returned.
  absl::Status Exchange();
  // Connect and Exchange, again after every refusal, at most three times.
  absl::Status Sync();

  edge::Print PrintOf(const std::string& prr, const std::string& blank);
  // Handles what must not fail; the decision may be a refusal or an error of its own.
  edge::Decision Do(const edge::Input& input);

  edge::EdgeNode& node() { return *node_; }
  const edge::EdgeCore& core() const { return node_->core(); }
  storage::FaultyStore& store() { return store_; }
  time::SimulatedClock& clock() { return clock_; }
  PaperCentre& centre() { return centre_; }
  edge::Conditions& conditions() { return conditions_; }
  // What the node asked the printer to do.
  std::vector<edge::Action>& actions() { return actions_; }
  // Frames sent and not carried yet.
  std::deque<sync::NodeFrame>& sent() { return sent_; }
  // Calls of the `failed` port.
  const std::vector<absl::Status>& failures() const { return failures_; }
  // From the next Open on.
  void set_check_record(decltype(edge::EdgePorts::check_record) check) {
    check_record_ = std::move(check);
  }
  // Called as well with every action, after it was noted.
  void set_on_action(std::function<void(const edge::Action&)> on_action) {
    on_action_ = std::move(on_action);
  }

 private:
  edge::EdgePorts Ports();

  edge::EdgeSettings settings_;
  std::unique_ptr<crypto::Signer> node_signer_;
  std::unique_ptr<crypto::Signer> centre_signer_;
  std::unique_ptr<crypto::Verifier> verifier_;
  storage::FaultyStore store_;
  time::SimulatedClock clock_;
  time::SimulatedClock centre_clock_;
  base::Prng random_;
  PaperCentre centre_;
  edge::Conditions conditions_;
  std::vector<edge::Action> actions_;
  std::deque<sync::NodeFrame> sent_;
  std::vector<absl::Status> failures_;
  std::function<void(const edge::Action&)> on_action_;
  decltype(edge::EdgePorts::check_record) check_record_;
  bool connected_ = false;
  std::unique_ptr<edge::EdgeNode> node_;
};

}  // namespace keping::tests

#endif  // KEPING_TESTS_SUPPORT_OFFICE_H_
