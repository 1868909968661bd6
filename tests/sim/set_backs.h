// What follows when the disk of an office is not what it was: its database was set back, its log
// was damaged, or it goes on under a new incarnation. The chronicle is made to say again what the
// disk says, and whatever the lost entries were about has gone astray: the books may differ from
// the world there, until somebody has looked.
//
//   SetBacks set_backs(&matter, &chronicle);
//   set_backs.OnCut(2, store);            // the store is the older copy now
//   set_backs.OnSucceeded(2, store);      // and now a new incarnation follows
#ifndef KEPING_TESTS_SIM_SET_BACKS_H_
#define KEPING_TESTS_SIM_SET_BACKS_H_

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "common/crypto/hash.h"
#include "common/storage/kv_store.h"
#include "tests/sim/chronicle.h"
#include "tests/sim/matter.h"

namespace keping::sim {

// Not thread-safe. Both outlive it.
class SetBacks {
 public:
  SetBacks(Matter* matter, Chronicle* chronicle) : matter_(*matter), chronicle_(*chronicle) {}

  // `log`: the machine's place in the chronicle.
  void OnCut(int log, const storage::KvStore& store);
  void OnSucceeded(int log, const storage::KvStore& store);
  // Another machine with the disk of this one wrote an entry.
  void OnApart(int log, const std::string& bytes) { Disturb(log, {bytes}); }
  // A copied machine, for good.
  void OnSwitchedOff(int log);

 private:
  // The books that the disk gives; `own` gets the entries of its present log.
  OfficeBooks ReadBooks(int log, const storage::KvStore& store, std::vector<std::string>* own,
                        std::vector<crypto::Hash>* all) const;
  // Forgets these strays; whoever has no other one is where the books say again.
  template <typename Pred>
  void Forget(Pred is_over);
  void NoteSuccession(const storage::KvStore& store);
  void Disturb(int log, const std::vector<std::string>& lost);
  void Stray(int log, const domain::BlankSerial& serial, const crypto::Hash& entry);
  void ForgetNotFound(int log);
  void MarkJobs(int log);

  Matter& matter_;
  Chronicle& chronicle_;
  // By log and blank: the entries about it that this log has not.
  std::map<std::pair<int, int>, std::vector<crypto::Hash>> strays_;
};

}  // namespace keping::sim

#endif  // KEPING_TESTS_SIM_SET_BACKS_H_
