#include "edge_node/core/print_journal.h"

#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <vector>

namespace keping::edge {
namespace {

using domain::ActId;
using domain::BlankSerial;

const ActId kAct = ActId::Of("act-1");
const BlankSerial kBlank = BlankSerial::Of("A1");
const BlankSerial kOther = BlankSerial::Of("A2");

domain::PrintIntended Intent(const char* act = "act-1", const char* prr = "prr-1",
                             const char* blank = "A1", const char* printer = "p1") {
  domain::PrintIntended intent;
  intent.act = ActId::Of(act);
  intent.prr = domain::PrrId::Of(prr);
  intent.blank = BlankSerial::Of(blank);
  intent.printer = domain::PrinterId::Of(printer);
  return intent;
}

using Change = std::function<void(PrintJournal&)>;
struct NamedChange {
  const char* name;
  Change apply;
};

const NamedChange kSent = {"sent", [](PrintJournal& j) { j.Apply(domain::PrintSent{kAct, 7}); }};
const NamedChange kCompleted = {"completed",
                                [](PrintJournal& j) { j.Apply(domain::PrintCompleted{kAct}); }};
const NamedChange kFailed = {"failed", [](PrintJournal& j) {
                               j.Apply(domain::PrintFailed{kAct, domain::PrintFailure::kAborted});
                             }};
const NamedChange kDoubted = {"doubted", [](PrintJournal& j) {
                                j.Apply(domain::PrintDoubted{kAct, domain::DoubtCause::kRestart});
                              }};
const NamedChange kVerified = {"verified", [](PrintJournal& j) {
                                 j.Apply(domain::PrintVerified{kAct, kBlank, {}}, 9);
                               }};
const NamedChange kSpoiled = {
    "spoiled", [](PrintJournal& j) {
      j.Apply(domain::PrintSpoiled{kAct, kBlank, domain::SpoilCause::kPrint, {}}, 9);
    }};
const NamedChange kUnused = {"unused", [](PrintJournal& j) {
                               j.Apply(domain::PrintUnused{kAct, {}}, 9);
                             }};
const NamedChange kAllChanges[] = {kSent,     kCompleted, kFailed, kDoubted,
                                   kVerified, kSpoiled,   kUnused};

struct Transition {
  std::vector<NamedChange> before;
  JobStage stage;
  // What each of kAllChanges leads to, in their order.
  JobStage after[7];
};

std::string NamesOf(const std::vector<NamedChange>& changes) {
  std::string names = "intended";
  for (const NamedChange& change : changes) names += std::string(" ") + change.name;
  return names;
}

PrintJournal JournalAfter(const std::vector<NamedChange>& changes) {
  PrintJournal journal;
  journal.Apply(Intent(), 1);
  for (const NamedChange& change : changes) change.apply(journal);
  return journal;
}

TEST(PrintJournalTest, Transitions) {
  using S = JobStage;
  const Transition kTable[] = {
      {{},
       S::kIntended,
       {S::kSent, S::kCompleted, S::kFailed, S::kDoubt, S::kGood, S::kSpoiled, S::kUnused}},
      {{kSent},
       S::kSent,
       {S::kSent, S::kCompleted, S::kFailed, S::kDoubt, S::kGood, S::kSpoiled, S::kUnused}},
      {{kSent, kCompleted},
       S::kCompleted,
       {S::kCompleted, S::kCompleted, S::kFailed, S::kDoubt, S::kGood, S::kSpoiled, S::kUnused}},
      {{kSent, kFailed},
       S::kFailed,
       {S::kFailed, S::kCompleted, S::kFailed, S::kDoubt, S::kGood, S::kSpoiled, S::kUnused}},
      {{kSent, kDoubted},
       S::kDoubt,
       {S::kDoubt, S::kDoubt, S::kDoubt, S::kDoubt, S::kGood, S::kSpoiled, S::kUnused}},
      {{kSent, kCompleted, kVerified},
       S::kGood,
       {S::kGood, S::kGood, S::kGood, S::kGood, S::kGood, S::kGood, S::kGood}},
      {{kSent, kFailed, kSpoiled},
       S::kSpoiled,
       {S::kSpoiled, S::kSpoiled, S::kSpoiled, S::kSpoiled, S::kSpoiled, S::kSpoiled, S::kSpoiled}},
      {{kDoubted, kUnused},
       S::kUnused,
       {S::kUnused, S::kUnused, S::kUnused, S::kUnused, S::kUnused, S::kUnused, S::kUnused}},
  };
  for (const Transition& row : kTable) {
    EXPECT_EQ(JournalAfter(row.before).Find(kAct)->stage, row.stage) << NamesOf(row.before);
    for (size_t i = 0; i < std::size(kAllChanges); ++i) {
      PrintJournal journal = JournalAfter(row.before);
      kAllChanges[i].apply(journal);
      EXPECT_EQ(journal.Find(kAct)->stage, row.after[i])
          << NamesOf(row.before) << ", then " << kAllChanges[i].name << ": "
          << JobStageName(journal.Find(kAct)->stage);
    }
  }
}

TEST(PrintJournalTest, ASettledJobNeverChanges) {
  for (const NamedChange& settle : {kVerified, kSpoiled, kUnused}) {
    PrintJournal journal = JournalAfter({kDoubted, settle});
    const Job before = *journal.Find(kAct);
    for (const NamedChange& change : kAllChanges) change.apply(journal);
    journal.Apply(domain::PrintVerified{kAct, kOther, {}}, 9);
    journal.Apply(Intent(), 9);
    const Job& after = *journal.Find(kAct);
    EXPECT_EQ(after.stage, before.stage) << settle.name;
    EXPECT_EQ(after.final_blank, before.final_blank) << settle.name;
    EXPECT_EQ(after.printer_job, before.printer_job) << settle.name;
    EXPECT_EQ(after.printer_said_completed, before.printer_said_completed) << settle.name;
    EXPECT_EQ(after.office_day, before.office_day) << settle.name;
    EXPECT_EQ(journal.doubts_opened(), 1u) << settle.name;
    EXPECT_EQ(journal.doubts_resolved(), 1u) << settle.name;
    EXPECT_EQ(journal.order().size(), 1u) << settle.name;
  }
}

TEST(PrintJournalTest, CompletedInDoubtStaysDoubtButIsRemembered) {
  const PrintJournal journal = JournalAfter({kDoubted, kCompleted});
  EXPECT_EQ(journal.Find(kAct)->stage, JobStage::kDoubt);
  EXPECT_TRUE(journal.Find(kAct)->printer_said_completed);
}

TEST(PrintJournalTest, ADoubtIsOpenedOnce) {
  const PrintJournal journal = JournalAfter({kDoubted, kDoubted});
  EXPECT_EQ(journal.doubts_opened(), 1u);
  EXPECT_EQ(journal.doubts_resolved(), 0u);
}

TEST(PrintJournalTest, TheNumberOfTheJobIsKeptThroughADoubt) {
  const PrintJournal journal = JournalAfter({kDoubted, kSent});
  EXPECT_EQ(journal.Find(kAct)->printer_job, 7);
}

TEST(PrintJournalTest, OpenMeansNotAnsweredAndFedMeansNotProvenUnused) {
  const struct {
    std::vector<NamedChange> changes;
    bool open;
    bool fed;
  } kTable[] = {
      {{}, true, true},          {{kSent}, true, true},     {{kCompleted}, true, true},
      {{kFailed}, true, true},   {{kDoubted}, true, true},  {{kVerified}, false, true},
      {{kSpoiled}, false, true}, {{kUnused}, false, false},
  };
  for (const auto& row : kTable) {
    const PrintJournal journal = JournalAfter(row.changes);
    EXPECT_EQ(journal.Find(kAct)->open(), row.open) << NamesOf(row.changes);
    EXPECT_EQ(journal.Find(kAct)->fed(), row.fed) << NamesOf(row.changes);
    EXPECT_EQ(journal.OpenJobs().size(), row.open ? 1u : 0u) << NamesOf(row.changes);
    EXPECT_EQ(journal.OpenJobAt(domain::PrinterId::Of("p1")) != nullptr, row.open);
    EXPECT_EQ(journal.OpenJobWith(kBlank) != nullptr, row.open);
  }
}

TEST(PrintJournalTest, GoodOnAnotherBlankRebinds) {
  PrintJournal journal = JournalAfter({kCompleted});
  journal.Apply(domain::PrintVerified{kAct, kOther, {}}, 9);
  EXPECT_EQ(journal.Find(kAct)->final_blank, kOther);
  EXPECT_EQ(journal.Find(kAct)->intent.blank, kBlank);
}

TEST(PrintJournalTest, LatestJobOfAPrr) {
  PrintJournal journal = JournalAfter({kFailed, kSpoiled});
  EXPECT_EQ(journal.LatestOf(domain::PrrId::Of("prr-1"))->intent.act, kAct);
  journal.Apply(Intent("act-2", "prr-1", "A2"), 1);
  EXPECT_EQ(journal.LatestOf(domain::PrrId::Of("prr-1"))->intent.act.value(), "act-2");
  EXPECT_EQ(journal.LatestOf(domain::PrrId::Of("prr-2")), nullptr);
}

TEST(PrintJournalTest, PrintersWaitForTheirOwnJobs) {
  PrintJournal journal = JournalAfter({});
  journal.Apply(Intent("act-2", "prr-2", "A2", "p2"), 1);
  EXPECT_EQ(journal.OpenJobs().size(), 2u);
  kUnused.apply(journal);
  EXPECT_EQ(journal.OpenJobAt(domain::PrinterId::Of("p1")), nullptr);
  EXPECT_EQ(journal.OpenJobAt(domain::PrinterId::Of("p2"))->intent.act.value(), "act-2");
}

TEST(PrintJournalTest, UnknownActsChangeNothing) {
  PrintJournal journal;
  for (const NamedChange& change : kAllChanges) change.apply(journal);
  EXPECT_EQ(journal.Find(kAct), nullptr);
  EXPECT_TRUE(journal.OpenJobs().empty());
  EXPECT_EQ(journal.doubts_opened(), 0u);
}

TEST(PrintJournalTest, EveryStageHasAName) {
  EXPECT_STREQ(JobStageName(JobStage::kIntended), "intended");
  EXPECT_STREQ(JobStageName(JobStage::kSent), "sent");
  EXPECT_STREQ(JobStageName(JobStage::kCompleted), "completed");
  EXPECT_STREQ(JobStageName(JobStage::kFailed), "failed");
  EXPECT_STREQ(JobStageName(JobStage::kDoubt), "doubt");
  EXPECT_STREQ(JobStageName(JobStage::kGood), "good");
  EXPECT_STREQ(JobStageName(JobStage::kSpoiled), "spoiled");
  EXPECT_STREQ(JobStageName(JobStage::kUnused), "unused");
}

}  // namespace
}  // namespace keping::edge
