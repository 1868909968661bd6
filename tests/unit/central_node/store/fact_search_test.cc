// Facts are looked for in the logs of a small district, with its real store.
#include "central_node/store/fact_search.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "central_node/core/case_policy.h"
#include "central_node/store/trace.h"
#include "common/base/prng.h"
#include "common/domain/entry.h"
#include "common/storage/key_space.h"
#include "common/storage/memory_store.h"
#include "tests/support/node_log.h"
#include "tests/support/passing_store.h"

namespace keping::central {
namespace {

using domain::NodeId;
using keping::testing::NodeLog;
using ::testing::IsEmpty;
using ::testing::SizeIs;

// 3 April 2017 was a Monday; the district works in UTC.
time::Moment At(int day) {
  return {.wall = absl::FromCivil(absl::CivilHour(2017, 4, day, 9), absl::UTCTimeZone()),
          .monotonic = absl::Seconds(day),
          .boot_id = "boot"};
}

// Counts the walks over the centre's own log.
class CountingStore : public keping::testing::PassingStore {
 public:
  using PassingStore::PassingStore;

  absl::Status Scan(absl::string_view begin, absl::string_view end,
                    absl::FunctionRef<bool(absl::string_view key, absl::string_view value)> visit)
      const override {
    if (begin.substr(0, storage::kEntryPrefix.size()) == storage::kEntryPrefix) ++walks_;
    return PassingStore::Scan(begin, end, visit);
  }
  int walks() const { return walks_; }

 private:
  mutable int walks_ = 0;
};

class FactSearchTest : public ::testing::Test {
 protected:
  FactSearchTest() {
    CentralOptions options{
        .centre = NodeId::Of("district"),
        .settings = {},
        .cipher = *crypto::RecordCipher::FromKey(std::string(crypto::kSealKeySize, 'k')),
        .nik_lookup_key = "look-up",
        .random = [this](size_t size) { return prng_.Bytes(size); }};
    centre_ = *CentralNode::Open(&store_, std::move(options), At(3));
    for (NodeLog* log : {&susut_, &tembuku_}) {
      const auto enrolled = centre_->Handle(At(3), EnrolNode{.node = log->node(),
                                                             .incarnation = log->incarnation(),
                                                             .public_key = log->public_key()});
      EXPECT_TRUE(enrolled.ok()) << enrolled.status();
    }
  }

  // Entries whose places no row keeps.
  void Write(NodeLog& log, int entries) {
    for (int i = 0; i < entries; ++i) {
      log.Add(domain::OfficeDayOpened{.date = absl::CivilDay(2017, 4, 3) + i});
    }
    ASSERT_TRUE(centre_->Ingest(At(3), log.node(), log.SegmentFrom(1), log.verifier()).ok());
  }
  static crypto::Hash First(const NodeLog& log) {
    return domain::HashEntryBytes(log.entries().front());
  }
  crypto::Hash CentresFirst() const {
    return domain::HashEntryBytes(store_.Get(storage::EntryKey(1)).value().value());
  }
  std::vector<FactRef> Find(const NodeId& node, std::set<crypto::Hash> wanted, uint64_t most) {
    auto found = SearchLogs(*centre_, node, std::move(wanted), most);
    EXPECT_TRUE(found.ok()) << found.status();
    return found.value_or(std::vector<FactRef>());
  }

  base::Prng prng_{7};
  CountingStore store_{storage::MakeMemoryStore()};
  NodeLog susut_{"susut", "susut-1"};
  NodeLog tembuku_{"tembuku", "tembuku-1"};
  std::unique_ptr<CentralNode> centre_;
};

TEST_F(FactSearchTest, TheNodesOwnLogIsLookedAtWhateverTheOthersLength) {
  Write(susut_, 2);
  Write(tembuku_, 40);
  ASSERT_GT(centre_->log_head().seq, 2u);
  const std::vector<FactRef> found = Find(susut_.node(), {First(susut_)}, 2);
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_EQ(found[0].node, susut_.node());
  EXPECT_EQ(found[0].incarnation, susut_.incarnation());
  EXPECT_EQ(found[0].seq, 1u);
}

TEST_F(FactSearchTest, TheCentresLogIsLookedAtWhateverTheNodesLength) {
  const uint64_t all = centre_->log_head().seq;
  Write(susut_, 40);
  ASSERT_EQ(centre_->log_head().seq, all);
  const std::vector<FactRef> found = Find(susut_.node(), {CentresFirst()}, all);
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_EQ(found[0].node, NodeId::Of("district"));
}

TEST_F(FactSearchTest, OtherOfficesShareTheirBudget) {
  Write(susut_, 40);
  Write(tembuku_, 5);
  EXPECT_THAT(Find(NodeId(), {First(tembuku_)}, 10), SizeIs(1));
  EXPECT_THAT(Find(NodeId(), {First(tembuku_)}, 4), IsEmpty());
  EXPECT_THAT(Find(NodeId(), {First(susut_)}, 10), IsEmpty());
  EXPECT_THAT(Find(tembuku_.node(), {First(susut_)}, 40), SizeIs(1))
      << "it has the others' to itself";
}

TEST_F(FactSearchTest, TheDaysOfASilenceAreFoundWithoutASearch) {
  ASSERT_TRUE(centre_->EndDays(At(4), true).ok()) << "on the first day all count as heard";
  ASSERT_TRUE(centre_->EndDays(At(12), true).ok());
  const domain::CaseId id = CaseIdFor(domain::CaseKind::kNodeSilent, "susut");
  const int before = store_.walks();
  const auto trace = TraceCase(*centre_, id);
  ASSERT_TRUE(trace.ok()) << trace.status();
  ASSERT_TRUE(trace->has_value());
  EXPECT_THAT((*trace)->evidence, SizeIs(centre_->resident().centre.policy.silent_node_days));
  EXPECT_EQ((*trace)->evidence[0].ref.incarnation, centre_->log_incarnation());
  EXPECT_EQ(store_.walks(), before);
}

}  // namespace
}  // namespace keping::central
