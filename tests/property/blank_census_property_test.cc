// The count of `keping verify` and the ledger of the centre were written apart and share no code:
// whatever happens in a district, both say where every blank lies.

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/base/prng.h"
#include "common/cli/conservation.h"
#include "gtest/gtest.h"
#include "tests/support/central_chaos.h"
#include "tests/support/memory_centre.h"

namespace keping::cli {
namespace {

using central::ArrivedEntry;
using central::MemoryCentre;

std::vector<ArrivedEntry> Shuffled(std::vector<ArrivedEntry> history, base::Prng& prng) {
  for (size_t i = history.size(); i > 1; --i) std::swap(history[i - 1], history[prng.Below(i)]);
  return history;
}

BlankCensus Count(const std::vector<ArrivedEntry>& logged,
                  const std::vector<ArrivedEntry>& history) {
  BlankCensus census;
  for (const auto* entries : {&logged, &history}) {
    for (const ArrivedEntry& entry : *entries) {
      census.Add(
          {entry.ref.node, entry.ref.incarnation, entry.ref.seq, entry.ref.id, *entry.event});
    }
  }
  return census;
}

CustodyTotals Ledger(const MemoryCentre& centre) {
  CustodyTotals totals;
  for (const auto& [place, quantity] : centre.balances().places()) {
    if (quantity == 0) continue;
    totals[{ledger::AccountName(place.account), place.holder.value()}] = quantity;
  }
  return totals;
}

void ExpectAgreement(uint64_t seed, const std::vector<ArrivedEntry>& logged,
                     const std::vector<ArrivedEntry>& history) {
  SCOPED_TRACE(absl::StrCat("seed ", seed));
  base::Prng prng(seed);
  MemoryCentre centre({.offices = {{domain::NodeId::Of("susut"), "51.06.01"}}});
  centre.Handle(central::CentralEntriesReplayed{logged}, central::Mode::kReplay);
  for (const ArrivedEntry& entry : history) {
    centre.Handle(central::CentralEntriesReplayed{{entry}}, central::Mode::kReplay);
  }
  const BlankCensus census = Count(logged, Shuffled(history, prng)).Joined();
  const DistrictCount count = census.CountDistrict();
  ASSERT_EQ(count.totals, Ledger(centre));
  for (const auto& [blank, place] : count.places) EXPECT_EQ(census.PlaceOf(blank), place);
  for (const auto& [serial, row] : centre.tables().blanks) {
    const CustodyPlace place{ledger::AccountName(row.place.account), row.place.holder.value()};
    EXPECT_EQ(census.PlaceOf(serial), place) << serial.text();
  }
}

TEST(BlankCensusPropertyTest, AgreesWithTheLedgerOfTheCentre) {
  for (uint64_t seed = 1; seed <= 400 && !::testing::Test::HasFailure(); ++seed) {
    ExpectAgreement(seed, testing::SetBack(), testing::CentralChaos(seed).History());
  }
}

TEST(BlankCensusPropertyTest, AgreesAlsoWhereLogsGoOnTwice) {
  for (uint64_t seed = 1; seed <= 400 && !::testing::Test::HasFailure(); ++seed) {
    ExpectAgreement(seed, testing::SetBackAndForked(),
                    testing::CentralChaos(seed, /*forked=*/true).History());
  }
}

TEST(BlankCensusPropertyTest, AgreesAlsoWhereBlanksComeByQuantity) {
  for (uint64_t seed = 1; seed <= 400 && !::testing::Test::HasFailure(); ++seed) {
    ExpectAgreement(
        seed, testing::SetBack(),
        testing::CentralChaos(seed, /*forked=*/false, /*counted=*/false, /*boxed=*/true).History());
    ExpectAgreement(
        seed, testing::SetBackAndForked(),
        testing::CentralChaos(seed, /*forked=*/true, /*counted=*/false, /*boxed=*/true).History());
  }
}

}  // namespace
}  // namespace keping::cli
