// The laws of a district, checked while it runs. The ports call them: every durable entry, every
// frame that leaves, every job handed to a printer, every card that comes out.
//
//   durable before said   nothing is sent, printed, acknowledged or answered that a power cut could
//                         still take away
//   held is written       the centre holds only what some incarnation durably wrote
//   one good card         a record has two good cards only with a cause outside the programs
//   lease                 a node prints under a lease that it was granted and did not give back
//   duty                  a printer feeds at most its limit in an office day, and no clock, reboot
//                         or crash opens an office day early
//   one submission        a job goes to a printer once
//   one job at a time     a job is intended on a printer, a record and a blank that no unsettled
//                         job holds, and never on a blank that is used up; in a batch the printer
//                         waits for the card before to come out
//   a batch stops         a batch feeds its hopper in order, and nothing after it was closed or one
//                         of its cards was found on another blank
//   proven is held        a node counts as proven only what the centre countersigned
//   no false alarm        a node is locked only when its disk is not what it was, or it was ended
//   set back is noticed   a log that ends before its witness is not written to any more from the
//                         start, nor one of which the centre says that it was set back or forked
//   nothing is left behind  what was fetched back belongs to the log that a new incarnation goes on
//                         from
//   one incarnation       no node is welcomed under an incarnation that another one followed
//   scanned again         under a new incarnation no blank is printed on before somebody had it in
//                         hand
//   claims only           what a revoked node says is no fact before two officers post it: it gets
//                         no receipt for it, and no feed
//   asks first            a centre that was set back gives out nothing anew before every office has
//                         said what it had been told (laws_set_back.cc)
#ifndef KEPING_TESTS_SIM_LAWS_H_
#define KEPING_TESTS_SIM_LAWS_H_

#include <map>
#include <optional>
#include <string>
#include <tuple>

#include "common/domain/event.h"
#include "common/sync/frames.h"
#include "edge_node/core/edge_core.h"
#include "tests/sim/chronicle.h"
#include "tests/sim/matter.h"
#include "tests/sim/set_backs.h"
#include "tests/sim/watched_store.h"
#include "tests/sim/world.h"

namespace keping::sim {

domain::NodeId OfficeId(int office);
// -1 for a node that is no office.
int OfficeIndex(const domain::NodeId& node);

// Not thread-safe.
class Laws {
 public:
  Laws(World* world, Matter* matter, Chronicle* chronicle)
      : world_(*world), matter_(*matter), chronicle_(*chronicle), set_backs_(matter, chronicle) {}

  // ---- A machine of an office, by its place in the chronicle.
  void OnNodeEntry(int log, uint64_t seq, const std::string& bytes);
  void OnNodeSends(int log, const WatchedStore& store, const sync::NodeFrame& frame);
  void OnSubmit(int log, const WatchedStore& store, const edge::SubmitJob& submit);
  void OnDecision(int log, const WatchedStore& store, uint64_t head_seq);
  // The job's card left the hopper.
  void OnFed(const Job& job);
  // The machine had no power for so long.
  void OnMachineOff(int log, Micros how_long);
  // After the store was opened again: what was durable is there.
  void OnReopened(int log, const WatchedStore& store);
  // The database was set back, or the log damaged and put in order. `witnessed`: the node
  // can see that.
  void OnDiskChanged(int log, const WatchedStore& store, bool witnessed);
  // The log became an ancestor's, with what was fetched back up to there, and a new incarnation
  // follows.
  void OnSucceeded(int log, const WatchedStore& store, uint64_t fetched_to);
  // The node counts on the centre for the first `proven_seq` entries of this incarnation.
  void OnContact(int log, const domain::IncarnationId& incarnation, uint64_t proven_seq);
  // The node is there, or took a welcome. `frozen`: it writes nothing any more.
  void OnStarted(int log, bool frozen);
  void OnWelcomed(int log, const sync::Welcome& welcome, bool frozen);
  void OnLocked(int log, const std::string& reason);
  // For good; its log is at the centre, and writes nothing any more.
  void OnSwitchedOff(int log);

  // ---- The centre.
  void OnCentreEntry(uint64_t seq, const std::string& bytes);
  // Before it is answered.
  void OnHello(const sync::Hello& hello);
  void OnCentreSends(int office, const WatchedStore& store, const sync::CentreFrame& frame);
  void OnCentreReopened(const WatchedStore& store);
  // Its database was set back to its first `seq` entries. `shown`: it learns of it when it starts;
  // else some office's receipt shows it, or nothing does.
  void OnCentreRestored(uint64_t seq, bool shown);

  // Why a second good card of this record is no fault of the programs, or "".
  std::string ExcuseForSecondCard(const domain::PrrId& prr) const;

 private:
  domain::NodeId IdOf(int log) const { return OfficeId(chronicle_.node(log).office); }
  // Jobs like this one, of that day, whose card a person denied or the log forgot.
  int FedUncounted(const Job& job, uint64_t day) const;
  void OnIntent(int log, const domain::PrintIntended& event, int64_t wall_micros);
  // ---- laws_notes.cc
  void NoteStock(int log, const ReadEntry& read, const crypto::Hash& entry);
  void NoteDoubt(int log, const ReadEntry& entry);
  // ----
  void CheckFree(int log, const domain::PrintIntended& event);
  void CheckBatch(int log, const domain::PrintIntended& event);
  void CheckDayOpened(int log);
  void OnVerified(int log, const domain::PrintVerified& event, const crypto::Hash& entry);
  void OnGrant(const domain::LeaseGranted& event);
  void OnDispatch(const domain::BlanksDispatched& event);
  bool Used(const domain::PrrId& prr, const HeardGrant& grant) const;
  void CheckRevoked(int office, const sync::CentreFrame& frame);
  void CheckAskedFirst(const std::string& what);
  void CheckNotGivenAnew(int log, const domain::PrintIntended& event);
  static std::optional<std::string> HeldAt(const WatchedStore& store, const sync::Receipt& receipt);
  void CheckWelcome(const sync::Welcome& welcome);
  void CheckReceipt(int office, const WatchedStore& store, const sync::Receipt& receipt);
  void CheckFeedAck(int log, const WatchedStore& store, const sync::FeedAck& ack);
  void CheckSegment(int log, const WatchedStore& store, const sync::Segment& segment);

  World& world_;
  Matter& matter_;
  Chronicle& chronicle_;
  // Cards fed by (machine, printer, office day).
  std::map<std::tuple<int, std::string, uint64_t>, int> fed_;
  // By incarnation: the highest seq that the centre countersigned.
  std::map<domain::IncarnationId, uint64_t> receipted_;
  SetBacks set_backs_;
  sync::Hello hello_;  // the last one that the centre got
};

}  // namespace keping::sim

#endif  // KEPING_TESTS_SIM_LAWS_H_
