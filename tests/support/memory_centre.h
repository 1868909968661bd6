// The central core over plain maps: what a test of its decisions needs, without store and wire.
//
//   MemoryCentre centre({.offices = {{NodeId::Of("susut"), "51.06.01"}}});
//   centre.Handle(EnrolNode{…});
//   FactRef ref = centre.FromNode(NodeId::Of("susut"), PrintVerified{…});
//   EXPECT_EQ(centre.prr("p1").state, PrrState::kPrinted);
#ifndef KEPING_TESTS_SUPPORT_MEMORY_CENTRE_H_
#define KEPING_TESTS_SUPPORT_MEMORY_CENTRE_H_

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "central_node/core/step.h"
#include "common/ledger/balances.h"

namespace keping::central {

// What it is made of is copied and destroyed in its own file: every test would pay for it.
class MemoryCentre : public EventSink {
 public:
  explicit MemoryCentre(Settings settings);
  MemoryCentre(const MemoryCentre&);
  MemoryCentre(MemoryCentre&&);
  MemoryCentre& operator=(MemoryCentre&&);
  ~MemoryCentre() override;

  FactRef Append(const domain::Event& event) override;

  Effects Handle(const Input& input, Mode mode = Mode::kLive);

  // What every clock shows from now on; the Unix epoch at first.
  void set_wall(absl::Time wall) { wall_ = wall; }

  // The nation hands over the first version of a record of the village 51.06.01.2001.
  Effects Arrive(const domain::PrrId& prr);

  // One more entry of a node's first stream.
  Effects FromNode(const std::string& node, const domain::Event& event);

  // The entry that FromNode would hand in, to be handed in later. Seqs follow the order of calls.
  ArrivedEntry Entry(const std::string& node, const domain::Event& event);

  // Each as of the last input.
  const PrrRow& prr(const std::string& id) const;
  const BlankRow& blank(const std::string& serial) const;
  const BoxRow& box(const std::string& id) const;
  // Revision 0 when there is no such case.
  CaseRow case_of(domain::CaseKind kind, const std::string& entity) const;
  const std::vector<ArrivedEntry>& log() const { return log_; }
  const Rows& tables() const { return tables_; }
  const Resident& resident() const { return resident_; }
  const ledger::Balances& balances() const { return balances_; }
  const PrrTally& tally() const { return tally_; }
  const std::vector<std::string>& reports() const { return reports_; }

 private:
  void Store(const Effects& effects, const Rows& rows);

  Settings settings_;
  absl::Time wall_ = absl::UnixEpoch();
  Resident resident_;
  Rows tables_;
  ledger::Balances balances_;
  PrrTally tally_;
  std::vector<ArrivedEntry> log_;
  std::vector<std::string> reports_;
  std::map<std::string, uint64_t> node_seqs_;
};

}  // namespace keping::central

#endif  // KEPING_TESTS_SUPPORT_MEMORY_CENTRE_H_
