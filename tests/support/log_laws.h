// The laws that the log of one office alone shows, checked by walking it: an independent reading of
// what its core projects.
//
//   LogLaws laws(/*limit=*/50);
//   for (event in log) laws.Check(event);
//   laws.CheckTray(core);
#ifndef KEPING_TESTS_SUPPORT_LOG_LAWS_H_
#define KEPING_TESTS_SUPPORT_LOG_LAWS_H_

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <variant>
#include <vector>

#include "common/domain/event.h"
#include "edge_node/core/edge_core.h"

namespace keping::tests {

// What an open job holds is followed here from scan to scan, where the core moves it with every
// event. Not thread-safe.
class LogLaws {
 public:
  // `limit`: cards a day of each printer.
  explicit LogLaws(uint32_t limit) : limit_(limit) {}

  void Check(const domain::Event& event) {
    if (std::get_if<domain::OfficeDayOpened>(&event) != nullptr) {
      ++day_;
      fed_.clear();
      granted_.clear();
      barred_at_.clear();
    } else if (const auto* received = std::get_if<domain::BlanksReceived>(&event)) {
      received->received.ForEach(
          [this](const domain::BlankSerial& blank) { received_.insert(blank); });
    } else if (const auto* intent = std::get_if<domain::PrintIntended>(&event)) {
      Intend(*intent);
    } else if (const auto* verified = std::get_if<domain::PrintVerified>(&event)) {
      Consume(verified->blank, verified->act);
      good_[jobs_[verified->act].intent.prr].insert(verified->act);
      const domain::PrrId& prr = jobs_[verified->act].intent.prr;
      EXPECT_TRUE(good_[prr].size() == 1 || corrected_.contains(prr)) << prr.value();
      Settle(verified->act);
    } else if (const auto* spoiled = std::get_if<domain::PrintSpoiled>(&event)) {
      Consume(spoiled->blank, spoiled->act);
      Settle(spoiled->act);
    } else if (const auto* blank = std::get_if<domain::BlankSpoiled>(&event)) {
      Consume(blank->blank, blank->act);
    } else if (const auto* unused = std::get_if<domain::PrintUnused>(&event)) {
      jobs_[unused->act].start = HeldBy(unused->act).value_or(domain::BlankSerial());
      Settle(unused->act);
      if (jobs_[unused->act].day == day_) --fed_[jobs_[unused->act].intent.printer];
      jobs_[unused->act].unused = true;
    } else if (const auto* corrected = std::get_if<domain::Corrected>(&event)) {
      Correct(corrected->subject);
    } else {
      CheckBatch(event);
      CheckMachine(event);
    }
  }

  void CheckTray(const edge::EdgeCore& core) const {
    const edge::BlankTray& tray = core.tray();
    const std::set<domain::BlankSerial> held = Held();
    EXPECT_EQ(tray.Count(edge::BlankUse::kBound), held.size());
    for (const domain::BlankSerial& blank : held)
      EXPECT_FALSE(tray.Available(blank)) << blank.text();
    EXPECT_EQ(tray.Count(edge::BlankUse::kUsed) + tray.Count(edge::BlankUse::kSpoiled),
              consumed_.size());
    EXPECT_EQ(tray.available().size() + held.size() + consumed_.size(), received_.size());
    EXPECT_EQ(core.journal().OpenJobs().size(), open_.size());
  }

 private:
  struct Known {
    domain::PrintIntended intent;
    uint64_t day = 0;
    domain::BlankSerial start;  // what it held when it was last opened
    bool unused = false;
  };

  void Intend(const domain::PrintIntended& intent) {
    EXPECT_TRUE(received_.contains(intent.blank));
    EXPECT_FALSE(consumed_.contains(intent.blank)) << intent.blank.text() << " was used before";
    EXPECT_FALSE(Held().contains(intent.blank)) << intent.blank.text() << " is in two jobs";
    EXPECT_TRUE(good_[intent.prr].empty()) << intent.prr.value() << " has a card";
    EXPECT_TRUE(open_.insert(intent.act).second);
    jobs_[intent.act] = {intent, day_, intent.blank};
    Feed(intent.printer);
    if (intent.batch.empty()) {
      EXPECT_FALSE(batch_at_.contains(intent.printer)) << "a card beside the batch";
    } else {
      std::vector<domain::BlankSerial>& hopper = hoppers_[intent.batch];
      ASSERT_FALSE(hopper.empty()) << "a closed batch, or an empty hopper";
      EXPECT_EQ(hopper.front(), intent.blank) << "the hopper's order";
      hopper.erase(hopper.begin());
    }
  }
  // A card goes into a printer that is in service here and has one left today.
  void Feed(const domain::PrinterId& printer) {
    EXPECT_TRUE(in_service_.contains(printer)) << printer.value();
    const auto barred = barred_at_.find(printer);
    const uint32_t base = barred == barred_at_.end() ? limit_ : barred->second;
    EXPECT_LE(++fed_[printer], base + granted_[printer]) << "day " << day_;
  }
  void CheckMachine(const domain::Event& event) {
    if (const auto* test = std::get_if<domain::TestCardPrinted>(&event)) {
      EXPECT_FALSE(Held().contains(test->blank)) << test->blank.text() << " is in a job";
      Consume(test->blank, test->act);
      Feed(test->printer);
    } else if (const auto* grant = std::get_if<domain::OverrideGranted>(&event)) {
      if (grant->kind == domain::OverrideKind::kDuty) granted_[grant->printer] += grant->prints;
    } else if (const auto* released = std::get_if<domain::PrinterReleased>(&event)) {
      EXPECT_EQ(in_service_.erase(released->printer), 1u) << "released twice";
      EXPECT_EQ(released->fed_today, fed_[released->printer]) << "the slip's count";
      EXPECT_FALSE(batch_at_.contains(released->printer));
    } else if (const auto* adopted = std::get_if<domain::PrinterAdopted>(&event)) {
      EXPECT_TRUE(in_service_.insert(adopted->printer).second) << "adopted twice";
      uint32_t& fed = fed_[adopted->printer];
      if (adopted->basis == domain::AdoptionBasis::kSlip) fed = std::max(fed, adopted->fed_today);
      if (adopted->basis == domain::AdoptionBasis::kWithoutSlip) {
        barred_at_[adopted->printer] = fed;
      } else {
        barred_at_.erase(adopted->printer);
      }
    }
  }
  void Settle(const domain::ActId& act) {
    EXPECT_EQ(open_.erase(act), 1u) << act.value() << " is settled twice, or was never begun";
  }
  void Consume(const domain::BlankSerial& blank, const domain::ActId& act) {
    EXPECT_TRUE(received_.contains(blank));
    EXPECT_TRUE(consumed_.emplace(blank, act).second) << blank.text() << " is in two uses";
  }
  void Correct(const domain::ActId& subject) {
    const auto used = std::find_if(consumed_.begin(), consumed_.end(),
                                   [&](const auto& entry) { return entry.second == subject; });
    const auto known = jobs_.find(subject);
    if (known == jobs_.end()) {
      ASSERT_NE(used, consumed_.end()) << "a correction of nothing";
      consumed_.erase(used);
      return;
    }
    Known& job = known->second;
    EXPECT_FALSE(open_.contains(subject)) << "a correction of an open job";
    // What the others hold by this answer stays with them.
    for (const domain::ActId& act : open_)
      jobs_[act].start = HeldBy(act).value_or(domain::BlankSerial());
    corrected_.insert(job.intent.prr);
    good_[job.intent.prr].erase(subject);
    if (job.unused) {
      job.unused = false;
      if (job.day == day_) ++fed_[job.intent.printer];
      if (consumed_.contains(job.start) || Held().contains(job.start)) job.start = {};
    } else {
      ASSERT_NE(used, consumed_.end());
      job.start = used->first;
      consumed_.erase(used);
    }
    open_.insert(subject);
  }
  // The blank at the end of the chain: whoever's card lies on this job's blank left it his own.
  std::optional<domain::BlankSerial> HeldBy(const domain::ActId& act) const {
    domain::BlankSerial blank = jobs_.at(act).start;
    for (size_t steps = 0; steps <= jobs_.size() && !blank.empty(); ++steps) {
      const auto taker = consumed_.find(blank);
      if (taker == consumed_.end()) return blank;
      const auto job = jobs_.find(taker->second);
      if (job == jobs_.end()) break;
      blank = job->second.start;
    }
    return std::nullopt;
  }
  std::set<domain::BlankSerial> Held() const {
    std::set<domain::BlankSerial> held;
    for (const domain::ActId& act : open_) {
      if (const auto blank = HeldBy(act)) held.insert(*blank);
    }
    return held;
  }
  void CheckBatch(const domain::Event& event) {
    if (const auto* opened = std::get_if<domain::BatchOpened>(&event)) {
      EXPECT_TRUE(batch_at_.insert(opened->printer).second) << "two batches at one printer";
      hoppers_[opened->act] = opened->blanks;
      printer_of_[opened->act] = opened->printer;
    } else if (const auto* closed = std::get_if<domain::BatchClosed>(&event)) {
      EXPECT_EQ(batch_at_.erase(printer_of_[closed->act]), 1u) << "closed twice";
      hoppers_[closed->act].clear();
    }
  }

  const uint32_t limit_;
  uint64_t day_ = 0;
  std::map<domain::PrinterId, uint32_t> fed_;
  std::map<domain::PrinterId, uint32_t> granted_;
  std::map<domain::PrinterId, uint32_t> barred_at_;  // adopted without a slip
  std::set<domain::PrinterId> in_service_;
  std::map<domain::ActId, Known> jobs_;
  std::set<domain::ActId> open_;
  std::set<domain::BlankSerial> received_;
  std::map<domain::BlankSerial, domain::ActId> consumed_;  // by a card, or spoiled outside a job
  std::map<domain::PrrId, std::set<domain::ActId>> good_;
  std::set<domain::PrrId> corrected_;
  std::map<domain::ActId, std::vector<domain::BlankSerial>> hoppers_;
  std::map<domain::ActId, domain::PrinterId> printer_of_;
  std::set<domain::PrinterId> batch_at_;
};

}  // namespace keping::tests

#endif  // KEPING_TESTS_SUPPORT_LOG_LAWS_H_
