// One office as a machine: its disk, its clocks, its printers, and the edge node that runs there
// now and then. People (people.h) and the link (link.h) reach the node through it.
//
//   Office office(&world, &matter, &laws, 2, keys);
//   office.PowerOn();
//   office.Do(edge::Print{…});        // nullopt when the node is down or just died
//   office.CutPower(3 * kHour);       // what was not synced is gone; it boots again later
#ifndef KEPING_TESTS_SIM_OFFICE_H_
#define KEPING_TESTS_SIM_OFFICE_H_

#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "common/crypto/signer.h"
#include "common/sync/frames.h"
#include "common/sync/witness.h"
#include "edge_node/node/carried_answer.h"
#include "edge_node/node/edge_node.h"
#include "edge_node/printing/simulated_printer.h"
#include "tests/sim/laws.h"
#include "tests/sim/matter.h"
#include "tests/sim/watched_store.h"
#include "tests/sim/world.h"

namespace keping::sim {

inline constexpr char kApplicationVersion[] = "1.0.0";

struct OfficeKeys {
  domain::IncarnationId incarnation;
  std::shared_ptr<const crypto::Signer> signer;
  const crypto::Verifier* verifier = nullptr;
  std::string centre_public_key;
};

// A printer and the job that lies in it.
struct PrinterUnit {
  domain::PrinterId id;
  std::unique_ptr<edge::SimulatedPrinter> printer;
  std::optional<domain::ActId> in_hopper;  // the job last submitted, until a person clears it
  domain::ActId batch = {};     // that a person opened here, until the printer is cleared
  std::deque<int> hopper = {};  // of the batch: the blanks behind the one under way
  int steps_left = 0;
  bool reachable = true;
};

// Not thread-safe. Everything that it points to outlives it.
class Office {
 public:
  // `log`: the machine's place in the chronicle; its office's own machine has the office's.
  Office(World* world, Matter* matter, Laws* laws, int index, int log, OfficeKeys keys,
         int printers);

  int index() const { return index_; }
  int log() const { return log_; }
  const domain::NodeId& id() const { return id_; }
  const OfficeKeys& keys() const { return keys_; }
  // Null while the machine or the program is down.
  edge::EdgeNode* node() { return node_.get(); }
  MachineClock& clock() { return clock_; }
  WatchedStore& store() { return store_; }
  std::vector<PrinterUnit>& printers() { return printers_; }
  // The blank that a person put into the hopper for the next submission, by act.
  void Load(const domain::ActId& act, int blank) { loaded_ = {act, blank}; }

  void PowerOn();
  // Before it is switched on: it wakes with the whole disk of another machine.
  void CopyDiskOf(const Office& original);
  void SwitchOff();
  // The program dies; the machine, and what was written, stay. It starts again after `down_for`.
  void Kill(Micros down_for);
  // The machine loses power.
  void CutPower(Micros down_for);
  // It is switched off as it should be.
  void ShutDown(Micros down_for);
  // The database is set back to a copy made earlier, with the program down for `down_for`. Of a
  // whole disk the witness beside the keys is set back with it.
  void MakeBackup();
  bool has_backup() const { return backup_.has_value(); }
  void RestoreBackup(bool whole_disk, Micros down_for);
  // One of the last entries of the log cannot be read any more.
  void DamageLog(Micros down_for);
  // A program that keeps no rule writes these into the log while the node does not run. False: it
  // could not.
  bool WriteUnasked(const std::vector<domain::Event>& events, Micros down_for);
  // The node runs, and writes nothing any more.
  bool frozen() const { return node_ != nullptr && node_->store().frozen().has_value(); }
  // Ends the log of a frozen node: it goes on under a new incarnation (keping-edge recover).
  void Succeed(OfficeKeys next, Micros down_for);
  // It went on under a new incarnation at least once.
  bool succeeds() const { return succeeds_; }

  // Hands an input to the node; nullopt when there is no node, or the input was its end.
  std::optional<edge::Decision> Do(const edge::Input& input);
  domain::ActId NewAct() { return node_->NewAct(); }
  // Of all that the node knows, to compare it with what it reads back from its log.
  std::string Digest() const;

  // ---- The link.
  std::function<void(const sync::NodeFrame&)> on_send = [](const sync::NodeFrame&) {};
  std::function<void()> on_down = [] {};
  // The node dropped the connection.
  std::function<void()> on_drop = [] {};
  void Connected();
  // False: the node dropped the connection.
  bool Receive(const sync::CentreFrame& frame);
  // A frame that is not the centre's.
  void ReceiveForged(const sync::CentreFrame& frame);
  void Disconnected();
  // An answer of the centre that a person carried here.
  absl::Status Carry(const edge::AnswerOrigin& origin,
                     const std::vector<sync::CentreFrame>& frames);

 private:
  edge::EdgeSettings Settings() const;
  void Start();
  // The node object is in use when its store fails, so that it ends a moment later.
  void EndSoon();
  void Stop();
  void StartAgain(Micros down_for, bool power);
  void LosePower(Micros down_for);
  void Act(const edge::Action& action);
  PrinterUnit* FindUnit(const domain::PrinterId& id);
  void Submit(PrinterUnit& unit, const edge::SubmitJob& submit);
  // The blank that lies in front of the printer's rollers.
  std::optional<int> FrontBlank(PrinterUnit& unit, const domain::ActId& act);
  void Report(const edge::JobReport& report);
  // A request that the printer's driver sent twice is refused the second time, since the printer is
  // busy with the first.
  void RefuseLater(const edge::JobReport& accepted);
  void NoteLogged();
  void Watch(PrinterUnit& unit);
  void Step(PrinterUnit& unit);
  void NoteEnd(PrinterUnit& unit);

  World& world_;
  Matter& matter_;
  Laws& laws_;
  const int index_;
  const int log_;
  const domain::NodeId id_;
  OfficeKeys keys_;
  base::Prng prng_;
  MachineClock clock_;
  WatchedStore store_;
  struct Backup {
    storage::FaultyStore store;
    sync::Witness witness;
  };
  std::optional<Backup> backup_;
  sync::Witness witness_;  // beside the keys: how far the log had come
  std::unique_ptr<edge::EdgeNode> node_;
  std::vector<PrinterUnit> printers_;
  std::pair<domain::ActId, int> loaded_;
  uint64_t life_ = 0;  // counts the node objects, so that what was meant for one misses the next
  bool power_ = false;
  bool off_for_good_ = false;
  bool damaged_ = false;  // the log, and no node opened it since
  bool succeeds_ = false;
  bool ending_ = false;
  Micros off_since_ = 0;
};

}  // namespace keping::sim

#endif  // KEPING_TESTS_SIM_OFFICE_H_
