// The national side, as the district's link sees it: records, withdrawals and allotments by cursor,
// reports with an answer for each, over a line that is cut, loses answers and repeats itself. Its
// ledger (deploy/national_simulator) knows nothing but what was reported.
//
//   National national(&world, &matter, &causes, &centre, DrawSupply(world, cards));
//   centre.Attach(&national);
//   national.Start();
#ifndef KEPING_TESTS_SIM_NATIONAL_H_
#define KEPING_TESTS_SIM_NATIONAL_H_

#include <algorithm>
#include <deque>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "central_node/national/national_registry.h"
#include "central_node/store/records.h"
#include "common/domain/event.h"
#include "deploy/national_simulator/ledger.h"
#include "tests/sim/causes.h"
#include "tests/sim/centre.h"
#include "tests/sim/matter.h"
#include "tests/sim/world.h"

namespace keping::sim {

// The kecamatan of an office: the first eight characters of its villages' codes.
std::string KecamatanOf(int office);

// What the district gets in the simulated days.
struct Supply {
  std::deque<central::ArrivedRecord> records;
  domain::AllotmentReceived allotment;
  std::set<std::string> known_prrs;  // to the department that takes the reports
};
Supply DrawSupply(World& world, int cards);

// Not thread-safe. Everything that it points to outlives it.
class National : public central::NationalRegistry {
 public:
  National(World* world, Matter* matter, Causes* causes, Centre* centre, Supply supply);

  void Start();
  void Cut(Micros how_long) { cut_until_ = std::max(cut_until_, world_.now() + how_long); }
  void Mend() { cut_until_ = world_.now(); }
  const national_simulator::Ledger& ledger() const { return ledger_; }
  const domain::SerialSet& allotted() const { return allotment_.serials; }
  // The centre has everything that is out, and nothing waits for an answer.
  bool done() const;

  // ---- NationalRegistry.
  void PullRecords(uint64_t cursor, Done<central::RecordsPage> done) override;
  void PullWithdrawals(uint64_t cursor, Done<central::WithdrawalsPage> done) override;
  void PullAllotments(uint64_t cursor, Done<central::AllotmentsPage> done) override;
  void Report(const std::vector<central::NamedReport>& items,
              Done<std::vector<domain::ReportAnswered>> done) override;
  void RequestBlanks(const std::vector<central::NamedRequest>& items,
                     Done<std::vector<central::RequestAnswer>> done) override;

 private:
  static constexpr Micros kRound = 10 * kMinute;

  void Round();
  void Release();
  void Withdraw();
  void IssueNewVersion();
  void IssueAnother(bool replaces);
  // The answer arrives later, if the line lets question and answer through.
  template <typename Answer>
  void Reply(std::function<Answer()> make, Done<Answer> done);
  // Where a page starts: now and then one item early, so that it is repeated.
  uint64_t From(uint64_t cursor);

  World& world_;
  Matter& matter_;
  Causes& causes_;
  Centre& centre_;
  base::Prng prng_;
  std::deque<central::ArrivedRecord> to_come_;
  const size_t total_;
  int others_ = 0;                               // records that came beside those
  std::vector<central::ArrivedRecord> records_;  // out, by cursor
  std::vector<domain::PrrWithdrawn> withdrawals_;
  std::map<std::string, uint32_t> withdrawn_;
  domain::AllotmentReceived allotment_;
  national_simulator::Ledger ledger_;
  Micros cut_until_ = 0;
};

}  // namespace keping::sim

#endif  // KEPING_TESTS_SIM_NATIONAL_H_
