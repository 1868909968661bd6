// The person at an office's desk: prints the next card, looks at what came out, tells the node,
// receives boxes, carries out what the district orders. Mostly honest and mostly careful.
//
//   People people(&world, &matter, &causes, &office);
//   people.Start();
//   people.Expect(box);       // a box of blanks is on its way
#ifndef KEPING_TESTS_SIM_PEOPLE_H_
#define KEPING_TESTS_SIM_PEOPLE_H_

#include <map>
#include <set>
#include <string>
#include <vector>

#include "tests/sim/causes.h"
#include "tests/sim/matter.h"
#include "tests/sim/office.h"
#include "tests/sim/rescan.h"
#include "tests/sim/stock_people.h"
#include "tests/sim/world.h"

namespace keping::sim {

domain::OperatorId CertifiedOperator(int office);
domain::OperatorId TraineeOperator(int office);

// Blanks on their way from the district to an office.
struct Box {
  domain::TransferId transfer;
  std::vector<int> blanks;
  Micros arrives = 0;
  bool again = false;  // the books that said it was received are gone
};

// Not thread-safe. Everything that it points to outlives it.
class People {
 public:
  People(World* world, Matter* matter, Causes* causes, Office* office);

  void Start();
  void Expect(Box box) { boxes_.push_back(std::move(box)); }
  // No box is on its way or lies unopened.
  bool boxes_done() const { return boxes_.empty(); }
  bool stock_done() const { return stock_.done(); }
  // Nothing waits to be scanned under a new incarnation.
  bool rescan_done() const { return rescan_.done(); }
  uint64_t cards_started() const { return cards_started_; }

 private:
  enum class Answer { kGood, kSpoiled, kUnused };

  void Look();
  Micros UntilNextLook();
  bool OfficeHours() const;
  void ScanAgain();
  bool Rostered() const;
  bool StruckOff();
  void ReceiveBoxes();
  bool ReceiveBox(const Box& box);
  void ScanUnburnt(const Box& box, domain::SerialSet& scanned);
  void PrintAllTheSame();
  void CarryOutOrders();
  void Recall(const domain::ActionItem& order);
  void SpoilSomeBlank();
  void Serve(PrinterUnit& unit);
  // The job is open in the books: says what became of it.
  void Settle(PrinterUnit& unit, const edge::Job& open);
  // False when there is nothing to say yet, or the node died over it.
  bool Settle(const edge::Job& open);
  bool IsForgotten(const edge::Job& open);
  // Jobs whose answer was set aside: the card is in somebody's hand.
  void SettleReopened();
  bool Say(Answer answer, const edge::Job& open, const Job& job);
  bool SayGood(const edge::Job& open, const Job& job);
  bool SaySpoiled(const edge::Job& open, const Job& job);
  // The colleague saw that another card was scanned, and the right one is.
  bool Correct(const Job& job, const edge::VerifyCard& wrong);
  Answer Truth(const Job& job) const;
  Answer Wrong(Answer truth);
  void Clear(PrinterUnit& unit);
  void Print(PrinterUnit& unit);

  // ---- A tray that is printed in one go (people_batch.cc).
  void PrintBatch(PrinterUnit& unit);
  std::vector<int> FillHopper(PrinterUnit& unit, edge::OpenBatch& open);
  void OnBatchFailed(const std::vector<int>& hopper, const edge::Decision& decision);
  // Stands at the printer while it feeds.
  void WatchBatch(PrinterUnit& unit);
  void ServeBatch(PrinterUnit& unit);
  void ChangeMind(PrinterUnit& unit);
  void EndBatch(PrinterUnit& unit);

  edge::Print MakeRequest(PrinterUnit& unit, int blank);
  void MakeOdd(edge::Print& request);
  // A record of the plan that is withdrawn, or that the district asked back; empty without one.
  domain::PrrId UnprintableRecord(bool withdrawn);
  // A blank of this office that lies on a finished or spoiled card, by the books; empty without
  // one.
  domain::BlankSerial UsedBlank();
  void NoteAccepted(const domain::BlankSerial& scanned);
  void OnRefused(domain::PrintRefusal refusal, int blank);
  domain::BlankSerial Serial(int blank) { return matter_.blank(blank).serial; }

  World& world_;
  Matter& matter_;
  Causes& causes_;
  Office& office_;
  base::Prng prng_;
  StockPeople stock_;
  Rescan rescan_;
  std::vector<Box> boxes_;
  std::vector<Box> received_;
  std::map<domain::ActId, Micros> look_at_;  // when somebody looks at a card that is in doubt
  Micros rest_until_ = 0;
  uint64_t cards_started_ = 0;
  std::set<domain::OperatorId> rostered_;  // who ever was on the roster
};

}  // namespace keping::sim

#endif  // KEPING_TESTS_SIM_PEOPLE_H_
