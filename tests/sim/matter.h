// The physical world: where every blank lies, and which cards exist. Programs never see it; people
// do, and the laws compare it with the books.
//
//   int blank = matter.AddBlank(serial);              // at the district
//   matter.Move(blank, BlankAt::kTray, office);
//   matter.StartJob({.act = …, .blank = blank});      // it lies in the printer's hopper
//   matter.EndJob(act, {.fed = true, .good = true});  // now it is a good card
#ifndef KEPING_TESTS_SIM_MATTER_H_
#define KEPING_TESTS_SIM_MATTER_H_

#include <cstdint>
#include <deque>
#include <map>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "common/domain/blank_serial.h"
#include "common/domain/ids.h"
#include "common/domain/serial_set.h"
#include "edge_node/printing/simulated_printer.h"

namespace keping::sim {

// kCupboard: in an office before it has a node. A finished card is a kGoodCard until it leaves.
enum class BlankAt {
  kDistrict,
  kBox,
  kCupboard,
  kTray,
  kHopper,
  kGoodCard,
  kHandedOver,
  kDelivered,
  kReturned,
  kWithdrawn,
  kSpoiled,
  kDestroyed,
  kLost
};

const char* BlankAtName(BlankAt at);

struct Blank {
  domain::BlankSerial serial;
  BlankAt at = BlankAt::kDistrict;
  int office = -1;
  // Somebody said something about it that is not so: the books may differ from the world.
  bool misreported = false;
  // A log that said something about it is not there any more.
  bool strayed = false;
  // Its office scanned its stock since then, and it did not lie there.
  bool looked_for = false;

  bool doubtful() const { return misreported || strayed; }
};

// One job at a printer, as it physically went.
struct Job {
  domain::ActId act;
  domain::PrrId prr;
  int office = 0;
  domain::PrinterId printer;
  int blank = 0;  // the one that lies in the hopper
  bool fed = false;
  bool good = false;
  bool ended = false;
  bool recalled = false;        // the card was called back
  bool misreported = false;     // a person's answer about this job was not true
  bool fed_denied = false;      // a person said that no card was fed, and one was
  bool on_lost_branch = false;  // its machine's log does not know it any more
  bool unasked = false;         // printed by a program that keeps no rule
};

// Not thread-safe.
class Matter {
 public:
  int AddBlank(const domain::BlankSerial& serial);
  // -1 for a serial that no blank has.
  int Find(const domain::BlankSerial& serial) const;
  Blank& blank(int index) { return blanks_[index]; }
  const std::vector<Blank>& blanks() const { return blanks_; }
  void Move(int blank, BlankAt at, int office);

  // Blanks that lie in an office's tray, the ones received first in front.
  std::deque<int>& tray(int office) { return trays_[office]; }

  void StartJob(Job job);
  // What came out of the printer. The blank of an unfed job stays in the hopper until Settle.
  void EndJob(const domain::ActId& act, const edge::CardTruth& truth);
  // A person took the result away: an unfed blank goes back to the tray.
  void ClearPrinter(const domain::ActId& act);
  Job* FindJob(const domain::ActId& act);
  const std::vector<Job>& jobs() const { return jobs_; }
  // Good cards of one record, as indices of jobs().
  const std::vector<size_t>& GoodCards(const domain::PrrId& prr) const;
  uint64_t fed() const { return fed_; }

 private:
  std::vector<Blank> blanks_;
  absl::flat_hash_map<std::string, int> by_serial_;
  std::map<int, std::deque<int>> trays_;
  std::vector<Job> jobs_;
  absl::flat_hash_map<std::string, size_t> by_act_;
  absl::flat_hash_map<std::string, std::vector<size_t>> good_cards_;
  uint64_t fed_ = 0;
};

}  // namespace keping::sim

#endif  // KEPING_TESTS_SIM_MATTER_H_
