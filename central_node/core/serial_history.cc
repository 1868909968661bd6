#include "central_node/core/serial_history.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "central_node/core/count_facts.h"
#include "common/base/check.h"

namespace keping::central {
namespace {

using domain::Pile;

// One thing that a log says of the blank.
struct Trace {
  FactRef fact;
  BookWord word = BookWord::kNeverCame;  // what the book said after it
  domain::ActId act = {};                // of a use; or empty
  bool in_hand = true;
  std::optional<FactRef> set_aside = {};  // by this correction
};

BookWord WordOfPile(Pile pile) {
  switch (pile) {
    case Pile::kTray:
      return BookWord::kInTray;
    case Pile::kSpoiled:
      return BookWord::kSpoiled;
    case Pile::kPrinted:
      return BookWord::kPrinted;
  }
  KEPING_CHECK(false, "every pile has its word");
}

// A card that was called back is burnt with the spoiled ones, and lies among them until then.
bool LiesIn(Pile pile, BookWord word) {
  return word == WordOfPile(pile) || (pile == Pile::kSpoiled && word == BookWord::kCalledBack);
}

BookWord WordAfter(StepKind kind) {
  switch (kind) {
    case StepKind::kReturned:
      return BookWord::kPrinted;
    case StepKind::kHandedOver:
    case StepKind::kNotFound:
    case StepKind::kDelivered:
      return BookWord::kHandedOver;
    case StepKind::kWithdrawn:
      return BookWord::kCalledBack;
    case StepKind::kDestroyed:
      return BookWord::kDestroyed;
  }
  KEPING_CHECK(false, "every step leaves a word");
}

// The correction that sets `event` aside, the first of its log.
std::optional<FactRef> SetAsideBy(const std::vector<CorrectionFact>& corrections,
                                  const crypto::Hash& event) {
  std::optional<FactRef> first;
  for (const CorrectionFact& one : corrections) {
    if (one.event != event) continue;
    if (!first.has_value() || PlaceInLog(one.fact) < PlaceInLog(*first)) first = one.fact;
  }
  return first;
}

class Traces {
 public:
  explicit Traces(const BlankRecord& blank) : serial_(blank.serial) {
    for (const domain::ActId& act : blank.facts.jobs) {
      const auto job = blank.jobs.find(act);
      KEPING_CHECK(job != blank.jobs.end(), "the jobs of a blank are prefetched");
      ReadJob(act, job->second);
    }
    ReadStock(blank.facts);
  }

  std::vector<Trace> Take() { return std::move(traces_); }

 private:
  void ReadJob(const domain::ActId& act, const JobFacts& job) {
    bool intended = false;
    for (const IntentFact& intent : job.intents) {
      if (intent.blank != serial_) continue;
      intended = true;
      Add({.fact = intent.fact, .word = BookWord::kInJob, .act = act});
    }
    for (const OutcomeFact& outcome : job.outcomes) {
      const bool card =
          outcome.kind == OutcomeKind::kVerified || outcome.kind == OutcomeKind::kSpoiled;
      const bool unused =
          outcome.kind == OutcomeKind::kUnused || outcome.kind == OutcomeKind::kNotAccepted;
      if (card && outcome.blank == serial_) {
        Add({.fact = outcome.fact,
             .word =
                 outcome.kind == OutcomeKind::kVerified ? BookWord::kPrinted : BookWord::kSpoiled,
             .act = act,
             .set_aside = SetAsideBy(job.corrections, outcome.fact.id)});
      } else if (intended && (card || unused)) {
        // The card was found on another blank, or there is none: this one lies in the tray again.
        Add({.fact = outcome.fact,
             .word = BookWord::kInTray,
             .in_hand = false,
             .set_aside = SetAsideBy(job.corrections, outcome.fact.id)});
      }
    }
  }

  void ReadStock(const BlankFacts& facts) {
    for (const ScanFact& scan : facts.scans) {
      if (scan.kind == ScanKind::kReceived || scan.kind == ScanKind::kFound) {
        Add({.fact = scan.fact, .word = BookWord::kInTray});
      } else if (scan.kind == ScanKind::kNotFound) {
        Add({.fact = scan.fact, .word = BookWord::kSought, .in_hand = false});
      } else if (scan.kind == ScanKind::kUnexpected) {
        Add({.fact = scan.fact, .word = BookWord::kNeverCame});
      }
    }
    for (const SpoilFact& spoil : facts.spoils) {
      Add({.fact = spoil.fact,
           .word = BookWord::kSpoiled,
           .act = spoil.act,
           .set_aside = SetAsideBy(facts.corrections, spoil.fact.id)});
    }
    for (const OpeningFact& opening : facts.openings) {
      Add({.fact = opening.fact, .word = WordOfPile(opening.pile)});
    }
    for (const DispatchFact& dispatch : facts.dispatches) {
      if (!dispatch.from.empty()) Add({.fact = dispatch.fact, .word = BookWord::kLent});
    }
    for (const StepFact& step : facts.steps) {
      Add({.fact = step.fact, .word = WordAfter(step.kind)});
    }
  }

  void Add(Trace trace) { traces_.push_back(std::move(trace)); }

  const domain::BlankSerial& serial_;
  std::vector<Trace> traces_;
};

class HistoryReader {
 public:
  HistoryReader(Pile pile, const FactRef& count) : pile_(pile), count_(count) {}

  // In the order of the office's log.
  void Hear(const Trace& trace) {
    if (count_.Later(trace.fact)) {
      HearBefore(trace);
    } else if (trace.fact.Later(count_)) {
      HearAfter(trace);
    }
    if (trace.set_aside.has_value() && trace.set_aside->Later(count_)) {
      Learn(history_.if_missing, LearnedKind::kCorrected, *trace.set_aside);
      Learn(history_.if_surplus, LearnedKind::kCorrected, *trace.set_aside);
    }
  }

  SerialHistory Take() { return std::move(history_); }

 private:
  void HearBefore(const Trace& trace) {
    if (trace.in_hand) history_.in_hand = trace.fact;
    if (trace.set_aside.has_value() && count_.Later(*trace.set_aside)) return;
    if (trace.word != BookWord::kNeverCame) {
      history_.word = trace.word;
      history_.word_fact = trace.fact;
    }
    if (trace.act.empty()) {
      if (trace.word == BookWord::kInTray) history_.use = std::nullopt;
    } else if (!history_.use.has_value() || history_.use->act != trace.act) {
      history_.use = SerialUse{.act = trace.act, .fact = trace.fact};
    }
  }

  // An answer that was set aside again still tells that somebody had the blank in hand.
  void HearAfter(const Trace& trace) {
    if (trace.in_hand) Learn(history_.if_missing, LearnedKind::kFound, trace.fact);
    if (LiesIn(pile_, trace.word) && !trace.set_aside.has_value()) {
      Learn(history_.if_surplus, LearnedKind::kAccounted, trace.fact);
    }
  }

  static void Learn(std::optional<Learned>& learned, LearnedKind kind, const FactRef& fact) {
    if (learned.has_value() && PlaceInLog(learned->fact) <= PlaceInLog(fact)) return;
    learned = Learned{.kind = kind, .fact = fact};
  }

  const Pile pile_;
  const FactRef& count_;
  SerialHistory history_;
};

// An office that lent it to `node` had it before, and that tells nothing.
bool LentFrom(const BlankFacts& facts, const domain::NodeId& lender, const domain::NodeId& node) {
  return std::any_of(
             facts.dispatches.begin(), facts.dispatches.end(),
             [&](const DispatchFact& one) { return one.from == lender && one.node == node; }) ||
         std::any_of(facts.scans.begin(), facts.scans.end(), [&](const ScanFact& one) {
           return one.lent_by == lender && one.fact.node == node;
         });
}

}  // namespace

SerialHistory ReadHistory(const BlankRecord& blank, Pile pile, const FactRef& count) {
  std::vector<Trace> traces = Traces(blank).Take();
  std::sort(traces.begin(), traces.end(), [](const Trace& a, const Trace& b) {
    return std::tuple(PlaceInLog(a.fact), a.fact.id) < std::tuple(PlaceInLog(b.fact), b.fact.id);
  });
  HistoryReader reader(pile, count);
  std::optional<FactRef> elsewhere;
  for (const Trace& trace : traces) {
    if (trace.fact.node == count.node) {
      reader.Hear(trace);
    } else if (trace.in_hand && !LentFrom(blank.facts, trace.fact.node, count.node)) {
      if (!elsewhere.has_value() || trace.fact.id < elsewhere->id) elsewhere = trace.fact;
    }
  }
  SerialHistory history = reader.Take();
  if (!elsewhere.has_value()) return history;
  history.elsewhere = elsewhere->node;
  if (!history.if_missing.has_value()) {
    history.if_missing = Learned{.kind = LearnedKind::kElsewhere, .fact = *elsewhere};
  }
  return history;
}

}  // namespace keping::central
