// The people of an office as stock keepers: take over what lay there at go-live, count, list
// finished cards for the villages, give them out, write down what became of them, burn what is
// spoiled. Honest, and sometimes interrupted: after a crash they look into the books before they go
// on.
//
//   StockPeople stock(&world, &matter, &office);
//   stock.Look();            // now and then, while the node runs
//   stock.done();            // nothing is half done
//
// Laws: *a count is true*, *a card leaves once*, *a called back card stays*, *an answer is taken*,
// *the fire is true*.
#ifndef KEPING_TESTS_SIM_STOCK_PEOPLE_H_
#define KEPING_TESTS_SIM_STOCK_PEOPLE_H_

#include <optional>
#include <string>
#include <vector>

#include "tests/sim/matter.h"
#include "tests/sim/office.h"
#include "tests/sim/world.h"

namespace keping::sim {

// How the serials begin that lay in an office before it had a node.
inline constexpr char kOldSerials[] = "OLD";

// Not thread-safe. Everything that it points to outlives it.
class StockPeople {
 public:
  StockPeople(World* world, Matter* matter, Office* office);

  // A part of the people's look around. Not while a card lies in a printer.
  void Look();
  // What lay here at go-live, and is unknown to books that were set back.
  void TakeOverAgain();
  // In act 2 only what is half done is ended.
  bool done() const { return opening_.empty() && !leaving_ && !answering_ && !burning_; }

 private:
  struct Opening {
    domain::Pile pile = domain::Pile::kTray;
    std::vector<int> blanks;
  };
  struct Answering {
    domain::SerialSet delivered;
    domain::SerialSet returned;
  };

  void FillCupboard();
  void TakeOver();
  void Count(domain::Pile pile);
  void CheckDifference(domain::Pile pile, const domain::SerialSet& serials, const char* what);
  void ListCards();
  void Leave();
  void Out(const domain::SerialSet& left);
  void CheckNotCalledBack(const domain::SerialSet& left);
  void AnswerForSome();
  void DeliverAtTheCounter();
  void Say(const edge::AnswerCards& answer, const Answering& meant);
  void EndAnswer();
  void Burn();
  void EndFire();

  // All that lies there, of this office.
  domain::SerialSet Lying(BlankAt at) const;
  void MoveAll(const domain::SerialSet& serials, BlankAt at);
  // Nobody said anything about it that is not so.
  bool Honest(const domain::BlankSerial& serial) const;
  bool Ready() const;
  void Break(const char* law, const std::string& detail);
  const edge::EdgeCore& core() const { return office_.node()->core(); }

  World& world_;
  Matter& matter_;
  Office& office_;
  base::Prng prng_;
  std::vector<Opening> opening_;          // in the cupboard, not taken over yet
  std::optional<domain::ActId> leaving_;  // the manifest that is to leave
  std::optional<Answering> answering_;
  std::optional<domain::SerialSet> burning_;
};

}  // namespace keping::sim

#endif  // KEPING_TESTS_SIM_STOCK_PEOPLE_H_
