// An office whose blanks are counted, as the judge of counts sees it: verbs of its days, and the
// facts that they leave, folded in any order.
//
//   CountedOffice office;
//   office.Receive("A0001001..A0001010");
//   office.Print("j1", "A0001003");                  // intended and verified
//   office.OpenShift("s1", "made", 9);               // nine by hand, nine by the book
//   office.Count("A0001002", "A0001003");            // missing, surplus
//   CountVerdict verdict = office.Judge();
#ifndef KEPING_TESTS_SUPPORT_COUNTED_OFFICE_H_
#define KEPING_TESTS_SUPPORT_COUNTED_OFFICE_H_

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "central_node/core/judge_count.h"

namespace keping::central {

class CountedOffice {
 public:
  // Everything that the judge looks at.
  struct Facts {
    CountFacts counts;
    std::map<domain::BlankSerial, BlankFacts> blanks;
    Jobs jobs;
  };
  using Fold = std::function<void(Facts&)>;

  static domain::SerialSet Set(const std::string& text) { return *domain::SerialSet::Parse(text); }
  static domain::BlankSerial Serial(const std::string& text) {
    return domain::BlankSerial::Of(text);
  }
  static const domain::NodeId& Node() {
    static const auto& node = *new domain::NodeId(domain::NodeId::Of("susut"));
    return node;
  }

  // What follows is written by a new incarnation of the office.
  void BeginIncarnation() { ++era_, seq_ = 0; }
  // The next entry is of the log of another office.
  void At(const std::string& node) { node_ = domain::NodeId::Of(node); }

  FactRef Receive(const std::string& serials) { return Scan(serials, ScanKind::kReceived); }
  FactRef Find(const std::string& serials) { return Scan(serials, ScanKind::kFound); }

  FactRef Intend(const std::string& act, const std::string& blank) {
    Move(Set(blank), false);
    const FactRef ref = Next();
    IntentFact intent;
    intent.fact = ref;
    intent.blank = Serial(blank);
    intent.operator_id = domain::OperatorId::Of("ayu");
    folds_.push_back([=](Facts& facts) {
      AddFact(facts.jobs[domain::ActId::Of(act)].intents, intent);
      facts.blanks[intent.blank].jobs.insert(domain::ActId::Of(act));
    });
    return ref;
  }
  FactRef Verify(const std::string& act, const std::string& blank) {
    return Answer(act, blank, OutcomeKind::kVerified);
  }
  FactRef Spoil(const std::string& act, const std::string& blank) {
    return Answer(act, blank, OutcomeKind::kSpoiled);
  }
  FactRef Print(const std::string& act, const std::string& blank) {
    Intend(act, blank);
    return Verify(act, blank);
  }
  // The blank that the job meant lies in the tray again.
  FactRef Unused(const std::string& act, const std::string& blank) {
    Move(Set(blank), true);
    return Answer(act, "", OutcomeKind::kUnused);
  }
  FactRef SpoilLoose(const std::string& act, const std::string& blank) {
    Move(Set(blank), false);
    const FactRef ref = Next();
    folds_.push_back([=](Facts& facts) {
      AddFact(facts.blanks[Serial(blank)].spoils, {.fact = ref, .act = domain::ActId::Of(act)});
    });
    return ref;
  }
  FactRef Correct(const std::string& act, const crypto::Hash& event) {
    const FactRef ref = Next();
    folds_.push_back([=](Facts& facts) {
      AddFact(facts.jobs[domain::ActId::Of(act)].corrections, {.fact = ref, .event = event});
    });
    return ref;
  }
  FactRef Lend(const std::string& serials, const std::string& to) {
    Move(Set(serials), false);
    const FactRef ref = Next();
    ForEach(serials, [=](BlankFacts& facts) {
      AddFact(facts.dispatches,
              {.fact = ref, .transfer = {}, .node = domain::NodeId::Of(to), .from = ref.node});
    });
    return ref;
  }
  FactRef Step(const std::string& serials, StepKind kind) {
    const FactRef ref = Next();
    ForEach(serials, [=](BlankFacts& facts) { AddFact(facts.steps, {.fact = ref, .kind = kind}); });
    return ref;
  }

  FactRef OpenShift(const std::string& act, const std::string& person,
                    std::optional<uint64_t> counted = {}) {
    return Mark(act, person, true, counted);
  }
  FactRef CloseShift(const std::string& act, const std::string& person,
                     std::optional<uint64_t> counted = {}) {
    return Mark(act, person, false, counted);
  }

  FactRef Count(const std::string& missing, const std::string& surplus,
                domain::Pile pile = domain::Pile::kTray) {
    const FactRef ref = Next();
    CountFact count;
    count.fact = ref;
    count.missing = Set(missing);
    count.surplus = Set(surplus);
    count.operator_id = domain::OperatorId::Of("keeper");
    folds_.push_back([=](Facts& facts) {
      AddCount(facts.counts, pile, count);
      const auto touch = [&](const domain::BlankSerial& serial) { facts.blanks[serial]; };
      count.missing.ForEach(touch);
      count.surplus.ForEach(touch);
    });
    return ref;
  }

  // What the book of the tray has now.
  const domain::SerialSet& book() const { return book_; }
  // What each entry adds to the facts, in the order of the log.
  const std::vector<Fold>& folds() const { return folds_; }

  static CountVerdict JudgeFolded(const std::vector<Fold>& folds,
                                  domain::Pile pile = domain::Pile::kTray) {
    Facts facts;
    for (const Fold& fold : folds) fold(facts);
    return JudgeCount({.node = Node(),
                       .pile = pile,
                       .facts = facts.counts,
                       .blank =
                           [&](const domain::BlankSerial& serial) {
                             const auto found = facts.blanks.find(serial);
                             return found == facts.blanks.end() ? nullptr : &found->second;
                           },
                       .jobs = facts.jobs});
  }
  CountVerdict Judge(domain::Pile pile = domain::Pile::kTray) const {
    return JudgeFolded(folds_, pile);
  }

 private:
  FactRef Next() {
    const domain::NodeId node = std::exchange(node_, Node());
    FactRef ref;
    ref.seq = ++seq_;
    ref.id = crypto::Sha256({node.value(), absl::StrCat("/", era_, "/", ref.seq)});
    ref.node = node;
    ref.incarnation = domain::IncarnationId::Of(absl::StrCat(node.value(), "-", era_));
    ref.era = era_;
    return ref;
  }

  void Move(const domain::SerialSet& serials, bool into_tray) {
    if (node_ != Node()) return;
    book_ = into_tray ? book_.Union(serials) : book_.Difference(serials);
  }

  void ForEach(const std::string& serials, std::function<void(BlankFacts&)> fold) {
    folds_.push_back([set = Set(serials), fold = std::move(fold)](Facts& facts) {
      set.ForEach([&](const domain::BlankSerial& serial) { fold(facts.blanks[serial]); });
    });
  }

  FactRef Scan(const std::string& serials, ScanKind kind) {
    Move(Set(serials), true);
    const FactRef ref = Next();
    ForEach(serials, [=](BlankFacts& facts) {
      AddFact(facts.scans, {.fact = ref, .transfer = {}, .kind = kind});
    });
    return ref;
  }

  FactRef Answer(const std::string& act, const std::string& blank, OutcomeKind kind) {
    if (!blank.empty()) Move(Set(blank), false);
    const FactRef ref = Next();
    OutcomeFact outcome;
    outcome.fact = ref;
    outcome.kind = kind;
    if (!blank.empty()) outcome.blank = Serial(blank);
    folds_.push_back([=](Facts& facts) {
      AddFact(facts.jobs[domain::ActId::Of(act)].outcomes, outcome);
      if (outcome.blank.empty()) return;
      facts.blanks[outcome.blank].jobs.insert(domain::ActId::Of(act));
    });
    return ref;
  }

  FactRef Mark(const std::string& act, const std::string& person, bool opens,
               std::optional<uint64_t> counted) {
    ShiftMark mark;
    mark.fact = Next();
    mark.act = domain::ActId::Of(act);
    mark.operator_id = domain::OperatorId::Of(person);
    mark.opens = opens;
    mark.counted = counted;
    if (counted.has_value()) mark.book = book_.size();
    folds_.push_back([=](Facts& facts) { AddMark(facts.counts, mark); });
    return mark.fact;
  }

  domain::NodeId node_ = Node();
  uint64_t era_ = 1;
  uint64_t seq_ = 0;
  domain::SerialSet book_;
  std::vector<Fold> folds_;
};

}  // namespace keping::central

#endif  // KEPING_TESTS_SUPPORT_COUNTED_OFFICE_H_
