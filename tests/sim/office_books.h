// What follows from the entries of one office's log, written without the programs: which jobs are
// open, which blanks are used up, what day it is. The laws measure each new entry against it; after
// a database was set back it is made anew from what the disk holds.
//
//   OfficeBooks books;
//   books.Apply(event, {.opened_at = world.now(), .off_before = off});
//   if (books.used_up.contains(intent.blank)) …
#ifndef KEPING_TESTS_SIM_OFFICE_BOOKS_H_
#define KEPING_TESTS_SIM_OFFICE_BOOKS_H_

#include <map>
#include <set>
#include <utility>
#include <vector>

#include "common/domain/event.h"
#include "common/domain/ids.h"
#include "tests/sim/event_queue.h"

namespace keping::sim {

struct HeardBatch {
  std::vector<domain::BlankSerial> hopper;
  size_t fed = 0;
  bool closed = false;
  bool mismatched = false;
};

// When an office day was opened, by the true clock.
struct DayStamp {
  Micros opened_at = 0;
  Micros off_before = 0;  // how long the machine had been without power until then
};

// A value.
struct OfficeBooks {
  // `day`: of this entry, should it open one.
  void Apply(const domain::Event& event, const DayStamp& day);

  bool Knows(const domain::ActId& act) const { return intended.contains(act); }
  // The log goes on under a new incarnation, and nobody has had this blank in hand since.
  bool Doubts(const domain::BlankSerial& blank) const { return succeeds && !seen.contains(blank); }

  uint64_t office_day = 0;
  DayStamp day;
  std::set<std::pair<domain::PrrId, domain::LeaseEpoch>> released;
  std::map<domain::ActId, domain::PrintIntended> intended;
  std::map<domain::ActId, domain::PrintIntended> open;    // intended, and not settled since
  std::set<domain::BlankSerial> used_up;                  // good or spoiled
  std::map<domain::ActId, domain::BlankSerial> answered;  // the blank that each answer used up
  std::set<domain::ActId> completed;                      // by the printer
  std::set<domain::ActId> reopened;                       // by a correction
  std::map<domain::ActId, HeardBatch> batches;
  bool succeeds = false;
  std::set<domain::BlankSerial> seen;

 private:
  void On(const domain::PrintIntended& event);
  void On(const domain::PrintVerified& event);
  void On(const domain::PrintSpoiled& event);
  void On(const domain::PrintUnused& event);
  void On(const domain::BlankSpoiled& event) { used_up.insert(event.blank); }
  void On(const domain::Corrected& event);
  void On(const domain::PrintCompleted& event) { completed.insert(event.act); }
  void On(const domain::LeaseReleased& event) { released.insert({event.prr, event.epoch}); }
  void On(const domain::BatchOpened& event) { batches[event.act].hopper = event.blanks; }
  void On(const domain::BatchClosed& event) { batches[event.act].closed = true; }
  void On(const domain::IncarnationOpened& event);
  void On(const domain::StockRescanned& event) { See(event.blanks); }
  void On(const domain::BlanksReceived& event) { See(event.received); }
  void On(const domain::StockOpened& event) { See(event.serials); }
  void See(const domain::SerialSet& blanks);
};

}  // namespace keping::sim

#endif  // KEPING_TESTS_SIM_OFFICE_BOOKS_H_
