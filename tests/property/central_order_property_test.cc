// The centre's verdicts depend on the set of facts, never on the order in which they arrive or on
// how often; and its ledger says what a slow twin reads from all the facts anew.

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "central_node/core/findings.h"
#include "central_node/core/joined_names.h"
#include "central_node/core/judge_box.h"
#include "central_node/core/judge_prr.h"
#include "common/base/prng.h"
#include "common/domain/entry.h"
#include "gtest/gtest.h"
#include "tests/support/central_chaos.h"
#include "tests/support/memory_centre.h"

namespace keping::central {
namespace {

using namespace ::keping::domain;  // NOLINT: every kind of event is read here
using base::Prng;
using keping::testing::Blank;
using keping::testing::kBlanks;
using ledger::Account;
using ledger::Place;
using Chaos = keping::testing::CentralChaos;

MemoryCentre Judge(const std::vector<ArrivedEntry>& history, Prng* order) {
  MemoryCentre centre({.offices = {{NodeId::Of("susut"), "51.06.01"}}});
  centre.Handle(CentralEntriesReplayed{keping::testing::SetBack()}, Mode::kReplay);
  std::vector<ArrivedEntry> arriving = history;
  if (order != nullptr) {
    for (const ArrivedEntry& entry : history) {
      if (order->Chance(1, 4)) arriving.push_back(entry);
    }
    for (size_t i = arriving.size(); i > 1; --i) {
      std::swap(arriving[i - 1], arriving[order->Below(i)]);
    }
  }
  for (size_t at = 0; at < arriving.size();) {
    const size_t size =
        std::min<size_t>(arriving.size() - at, order == nullptr ? 1 : 1 + order->Below(7));
    centre.Handle(CentralEntriesReplayed{{arriving.begin() + static_cast<ptrdiff_t>(at),
                                          arriving.begin() + static_cast<ptrdiff_t>(at + size)}},
                  Mode::kReplay);
    at += size;
  }
  return centre;
}

std::map<Place, int64_t> NonEmpty(const ledger::Balances& balances) {
  std::map<Place, int64_t> places;
  for (const auto& [place, quantity] : balances.places()) {
    if (quantity != 0) places[place] = quantity;
  }
  return places;
}

PrrTally NonEmpty(const PrrTally& tally) {
  PrrTally counts;
  for (const auto& [key, count] : tally) {
    if (count != 0) counts[key] = count;
  }
  return counts;
}

// Cards of the nodes' days, and what their counts and books do not both have.
std::map<NodeId, std::string> Counted(const MemoryCentre& centre) {
  std::map<NodeId, std::string> counted;
  for (const auto& [node, row] : centre.resident().nodes) {
    std::string& text = counted[node];
    absl::StrAppend(&text, row.differing.ToString());
    for (const auto& [kind, days] : row.figures) {
      for (const auto& [day, cards] : days) {
        absl::StrAppend(&text, " ", static_cast<int>(kind), ":", absl::FormatCivilTime(day), ":",
                        cards);
      }
    }
  }
  return counted;
}

// Of what lost nodes held, by node.
std::map<NodeId, uint64_t> Unsettled(const MemoryCentre& centre) {
  std::map<NodeId, uint64_t> counts;
  for (const auto& [node, row] : centre.resident().nodes) counts[node] = row.unsettled;
  return counts;
}

TEST(CentralOrderTest, VerdictsDependOnTheSetOfFactsAlone) {
  std::set<KeepReason> reasons;  // for which a card stayed
  for (uint64_t seed = 1; seed <= 400; ++seed) {
    SCOPED_TRACE(absl::StrCat("seed ", seed));
    const std::vector<ArrivedEntry> history = Chaos(seed).History();
    const MemoryCentre straight = Judge(history, nullptr);
    Prng order(seed * 7919);
    const MemoryCentre shuffled = Judge(history, &order);
    EXPECT_EQ(NonEmpty(straight.balances()), NonEmpty(shuffled.balances()));
    EXPECT_EQ(NonEmpty(straight.tally()), NonEmpty(shuffled.tally()));
    EXPECT_EQ(Unsettled(straight), Unsettled(shuffled));
    EXPECT_EQ(Counted(straight), Counted(shuffled));
    for (const auto& [serial, row] : straight.tables().blanks) {
      EXPECT_EQ(JudgeNamed(serial, straight.tables().blanks, straight.tables().jobs),
                JudgeNamed(serial, shuffled.tables().blanks, shuffled.tables().jobs))
          << serial.text();
    }
    for (const auto& [prr, row] : straight.tables().prrs) {
      const PrrVerdict verdict =
          JudgePrr(row.facts, straight.tables().jobs, {}, StepsIn(straight.tables()));
      EXPECT_EQ(verdict, JudgePrr(shuffled.tables().prrs.at(prr).facts, shuffled.tables().jobs, {},
                                  StepsIn(shuffled.tables())))
          << prr.value();
      for (const Anomaly& anomaly : verdict.anomalies) {
        if (anomaly.kept.has_value()) reasons.insert(anomaly.kept->reason);
      }
      EXPECT_EQ(verdict.state, row.state);
    }
    EXPECT_EQ(straight.resident().centre.district_stock, shuffled.resident().centre.district_stock);
    EXPECT_EQ(straight.resident().centre.unissued, shuffled.resident().centre.unissued);
    EXPECT_EQ(straight.resident().centre.allotted_again, shuffled.resident().centre.allotted_again);
    if (HasFailure()) return;
  }
  EXPECT_FALSE(reasons.empty());
}

// What is found of every entity that has no blank's or record's verdict, as text.
std::set<std::string> FoundElsewhere(const MemoryCentre& centre) {
  Touched all;
  for (const auto& [act, job] : centre.tables().jobs) all.jobs[act];
  for (const auto& [prr, row] : centre.tables().prrs) all.prrs[prr];
  for (const auto& [batch, row] : centre.tables().batches) all.batches[batch];
  for (const auto& [name, row] : centre.tables().names) all.names.insert(name);
  for (const auto& [node, row] : centre.resident().nodes) all.days.insert(node);
  for (const auto& [node, row] : centre.tables().counts) all.counts.insert(node);
  for (const auto& [act, row] : centre.tables().figures) all.figures.insert(act);
  for (const LoanPaper& paper : centre.resident().centre.loans) {
    all.districts.insert(paper.paper.district);
  }
  for (const auto& [key, row] : centre.tables().printer_days) {
    all.printer_days[key] = {NodeId::Of("susut"), PrinterId::Of("p"), absl::CivilDay(1970, 1, 1)};
  }
  std::set<std::string> found;
  for (const Finding& finding :
       FindOthers({.offices = {}, .cards_per_day = 1}, all, centre.tables(), centre.resident())) {
    for (const Anomaly& anomaly : finding.anomalies) {
      std::string text = absl::StrCat(CaseKindName(anomaly.kind), " ", finding.entity.text);
      for (const crypto::Hash& fact : anomaly.evidence) absl::StrAppend(&text, " ", fact.Hex());
      if (anomaly.kept.has_value()) {
        absl::StrAppend(&text, " keeps ", anomaly.kept->card.blank.text(), " for reason ",
                        static_cast<int>(anomaly.kept->reason), anomaly.ask ? ", asks" : "");
      }
      found.insert(text);
    }
  }
  for (const auto& [batch, row] : centre.tables().batches) {
    for (const auto& [act, swap] : row.swaps) {
      found.insert(absl::StrCat("swapped ", act.value(), " ", swap.intended.text(), " ",
                                swap.found.text(), " ", swap.verified.Hex()));
    }
  }
  return found;
}

TEST(CentralOrderTest, FindingsDependOnTheSetOfFactsAlone) {
  std::set<std::string> kinds;
  for (uint64_t seed = 1; seed <= 400; ++seed) {
    SCOPED_TRACE(absl::StrCat("seed ", seed));
    const std::vector<ArrivedEntry> history = Chaos(seed).History();
    Prng order(seed * 104729);
    const std::set<std::string> found = FoundElsewhere(Judge(history, nullptr));
    EXPECT_EQ(found, FoundElsewhere(Judge(history, &order)));
    for (const std::string& one : found) kinds.insert(one.substr(0, one.find(' ')));
    if (HasFailure()) return;
  }
  EXPECT_EQ(kinds,
            (std::set<std::string>{"bindings_shifted", "doubt_unresolved", "loan_contradiction",
                                   "name_clash", "node_silent", "over_duty", "swapped",
                                   "two_cards_one_person", "untrained_print"}));
}

// Of each box what is left, where, and what is wrong with it; and what all of them were to hold.
std::set<std::string> BoxesOf(const MemoryCentre& centre) {
  std::set<std::string> boxes{absl::StrCat("in boxes ", centre.resident().centre.in_boxes)};
  for (const auto& [box, row] : centre.tables().boxes) {
    std::string text = absl::StrCat(
        box.value(), " ", row.unidentified, " ", ledger::AccountName(row.place.account), " ",
        row.place.holder.value(), " ", row.excess, " of ", row.quantity, ": ",
        row.facts.born.ToString(), "; ", row.facts.strays.ToString());
    for (const Anomaly& anomaly : JudgeBox(row.facts).anomalies) {
      for (const crypto::Hash& fact : anomaly.evidence) absl::StrAppend(&text, " ", fact.Hex());
    }
    boxes.insert(std::move(text));
  }
  return boxes;
}

TEST(CentralOrderTest, BoxesDependOnTheSetOfFactsAlone) {
  for (uint64_t seed = 1; seed <= 400; ++seed) {
    SCOPED_TRACE(absl::StrCat("seed ", seed));
    const std::vector<ArrivedEntry> history = Chaos(seed, false, false, true).History();
    Prng order(seed * 7907);
    const MemoryCentre straight = Judge(history, nullptr);
    const MemoryCentre shuffled = Judge(history, &order);
    EXPECT_EQ(BoxesOf(straight), BoxesOf(shuffled));
    EXPECT_EQ(NonEmpty(straight.balances()), NonEmpty(shuffled.balances()));
    EXPECT_EQ(Unsettled(straight), Unsettled(shuffled));
    EXPECT_EQ(straight.resident().centre.district_stock, shuffled.resident().centre.district_stock);
    EXPECT_EQ(straight.resident().centre.unissued, shuffled.resident().centre.unissued);
    EXPECT_TRUE(straight.balances().Close().balanced);
    if (HasFailure()) return;
  }
}

TEST(CentralOrderTest, CountsAndFiguresDependOnTheSetOfFactsAlone) {
  std::set<std::string> kinds;
  for (uint64_t seed = 1; seed <= 400; ++seed) {
    SCOPED_TRACE(absl::StrCat("seed ", seed));
    const std::vector<ArrivedEntry> history = Chaos(seed, false, true).History();
    Prng order(seed * 15485863);
    const MemoryCentre straight = Judge(history, nullptr);
    const MemoryCentre shuffled = Judge(history, &order);
    EXPECT_EQ(Counted(straight), Counted(shuffled));
    const std::set<std::string> found = FoundElsewhere(straight);
    EXPECT_EQ(found, FoundElsewhere(shuffled));
    for (const std::string& one : found) kinds.insert(one.substr(0, one.find(' ')));
    if (HasFailure()) return;
  }
  EXPECT_TRUE(kinds.contains("count_variance"));
  EXPECT_TRUE(kinds.contains("report_contradiction"));
}

// ---------------------------------------------------------------------------------------------
// The slow twin: for each serial it reads the whole history again.

struct TwinAct {
  std::map<BlankSerial, std::vector<const ArrivedEntry*>> good;
  std::map<BlankSerial, std::vector<const ArrivedEntry*>> spoiled;
  bool unused = false;
  bool doubted = false;
  const ArrivedEntry* intent = nullptr;  // with the smallest id
};

// The history as it would be if everybody had used the printed serial of each blank that has two
// names, of which nobody says anything else.
class OneName {
 public:
  explicit OneName(const std::vector<ArrivedEntry>& history) {
    std::set<std::pair<BlankSerial, BlankSerial>> pairs;
    std::map<BlankSerial, int> said;
    for (const ArrivedEntry& entry : history) {
      const auto* one = std::get_if<BlankIdentified>(&*entry.event);
      if (one == nullptr || !pairs.insert({one->printed, one->uid}).second) continue;
      ++said[one->printed];
      ++said[one->uid];
    }
    for (const auto& [printed, uid] : pairs) {
      if (printed != uid && said[printed] == 1 && said[uid] == 1) printed_[uid] = printed;
    }
  }

  std::vector<ArrivedEntry> Rename(std::vector<ArrivedEntry> history) const {
    for (ArrivedEntry& entry : history) {
      std::visit([this](auto& event) { RenameEvent(event); }, *entry.event);
    }
    return history;
  }

 private:
  template <typename T>
  void RenameEvent(T& event) const {
    if constexpr (std::is_same_v<T, BlanksReceived>) {
      event.missing = event.missing.Difference(event.received);
      event.unexpected = event.unexpected.Difference(event.received).Difference(event.missing);
    }
    if constexpr (requires { event.blank; }) RenameBlank(event.blank);
    if constexpr (requires { event.serials; }) RenameSet(event.serials);
    if constexpr (requires { event.blanks; }) RenameSet(event.blanks);
    if constexpr (requires { event.cards; }) RenameSet(event.cards);
    if constexpr (requires { event.received; }) RenameSet(event.received);
    if constexpr (requires { event.missing; }) RenameSet(event.missing);
    if constexpr (requires { event.unexpected; }) RenameSet(event.unexpected);
    if constexpr (requires { event.delivered; }) RenameSet(event.delivered);
    if constexpr (requires { event.not_found; }) RenameSet(event.not_found);
    if constexpr (requires { event.returned; }) RenameSet(event.returned);
    if constexpr (std::is_same_v<T, GenerationMet>) {
      for (auto& transfer : event.transfers) RenameSet(transfer.serials);
    }
    if constexpr (std::is_same_v<T, BlanksReceived>) {
      // Missed under the one name and not expected under the other: it came.
      event.received = event.received.Union(event.missing.Intersect(event.unexpected));
    }
  }
  template <typename Blank>
  void RenameBlank(Blank& blank) const {
    if constexpr (std::is_same_v<Blank, BlankSerial>) {
      if (const auto printed = printed_.find(blank); printed != printed_.end()) {
        blank = printed->second;
      }
    } else {
      if (blank.has_value()) RenameBlank(*blank);
    }
  }
  template <typename Set>
  void RenameSet(Set& set) const {
    if constexpr (std::is_same_v<Set, SerialSet>) {
      for (const auto& [uid, printed] : printed_) {
        if (!set.Contains(uid)) continue;
        set.Remove(uid);
        set.Insert(printed);
      }
    }
  }

  std::map<BlankSerial, BlankSerial> printed_;
};

class Twin {
 public:
  explicit Twin(const std::vector<ArrivedEntry>& history)
      : history_(OneName(history).Rename(history)) {
    for (const ArrivedEntry& entry : history_) {
      const auto* one = As<Corrected>(entry);
      if (one == nullptr) continue;
      if (one->blank) {
        spoils_set_aside_.insert({*one->blank, one->event});
      } else {
        set_aside_[one->subject].insert(one->event);
      }
    }
    for (const ArrivedEntry& entry : history_) ReadAct(entry);
    for (auto& [id, act] : acts_) act.doubted = act.doubted || set_aside_.contains(id);
  }

  std::map<Account, int64_t> Totals() const {
    std::map<Account, int64_t> totals;
    for (int i = 0; i < kBlanks; ++i) {
      const BlankSerial serial = Blank(static_cast<uint64_t>(i));
      const Account account = AccountOf(serial);
      if (account == Account::kCentre) continue;  // nobody ever heard of it
      ++totals[account];
      --totals[Allotted(serial)   ? Account::kCentre
               : Opened(serial)   ? Account::kOpeningBalance
               : Borrowed(serial) ? Account::kBorrowed
                                  : Account::kUnknownOrigin];
    }
    return totals;
  }

 private:
  template <typename T>
  static const T* As(const ArrivedEntry& entry) {
    return std::get_if<T>(&*entry.event);
  }

  void ReadAct(const ArrivedEntry& entry) {
    if (const auto* one = As<PrintIntended>(entry)) {
      TwinAct& act = acts_[one->act];
      if (act.intent == nullptr || entry.ref.id < act.intent->ref.id) act.intent = &entry;
    }
    if (const auto* one = As<PrintVerified>(entry)) {
      if (Believed(one->act, entry)) acts_[one->act].good[one->blank].push_back(&entry);
      acts_[one->act];
    }
    if (const auto* one = As<PrintSpoiled>(entry)) {
      if (Believed(one->act, entry)) acts_[one->act].spoiled[one->blank].push_back(&entry);
      acts_[one->act];
    }
    if (const auto* one = As<PrintUnused>(entry)) {
      TwinAct& act = acts_[one->act];
      act.unused = act.unused || Believed(one->act, entry);
    }
    if (const auto* one = As<PrintDoubted>(entry)) acts_[one->act].doubted = true;
  }

  bool Believed(const ActId& act, const ArrivedEntry& answer) const {
    const auto aside = set_aside_.find(act);
    return aside == set_aside_.end() || !aside->second.contains(answer.ref.id);
  }

  // The serial that an entry spoils outside a job, if nobody set that aside.
  const ActId* SpoilerOf(const BlankSerial& serial, const ArrivedEntry& entry) const {
    const auto* spoiled = As<BlankSpoiled>(entry);
    const auto* test = As<TestCardPrinted>(entry);
    if (spoils_set_aside_.contains({serial, entry.ref.id})) return nullptr;
    if (spoiled != nullptr && spoiled->blank == serial) return &spoiled->act;
    return test != nullptr && test->blank == serial ? &test->act : nullptr;
  }

  // In the same log, or under the incarnation that was enrolled after it.
  static bool Later(const FactRef& a, const FactRef& b) {
    return a.After(b) || (a.node == b.node && a.incarnation > b.incarnation);
  }

  // Another job's card was found on the serial after this intent.
  bool Taken(const BlankSerial& serial, const FactRef& intent) const {
    for (const auto& [id, act] : acts_) {
      const auto& cards = act.good.empty() ? act.spoiled : act.good;
      const auto found = cards.find(serial);
      if (found == cards.end()) continue;
      for (const ArrivedEntry* card : found->second) {
        if (Later(card->ref, intent)) return true;
      }
    }
    return false;
  }

  // The office found it as a blank under a later incarnation.
  bool FoundUnder(const BlankSerial& serial, const FactRef& intent) const {
    return std::any_of(history_.begin(), history_.end(), [&](const ArrivedEntry& entry) {
      const auto* one = As<StockRescanned>(entry);
      return one != nullptr && one->blanks.Contains(serial) && entry.ref.node == intent.node &&
             !entry.ref.SameStream(intent) && !Later(intent, entry.ref);
    });
  }

  bool InHand(const BlankSerial& serial, const ArrivedEntry& entry) const {
    if (const auto* one = As<StockRescanned>(entry)) return one->blanks.Contains(serial);
    const auto* one = As<BlanksReceived>(entry);
    if (one == nullptr || one->received.Contains(serial)) return one != nullptr;
    return one->unexpected.Contains(serial) && !one->missing.Contains(serial);
  }

  // By which it leaves the district or an office, and to whom.
  static std::vector<std::pair<TransferId, NodeId>> DeparturesOf(const BlankSerial& serial,
                                                                 const ArrivedEntry& entry) {
    std::vector<std::pair<TransferId, NodeId>> departures;
    if (const auto* one = As<BlanksDispatched>(entry); one && one->serials.Contains(serial)) {
      departures.emplace_back(one->transfer, one->node);
    }
    if (const auto* one = As<BlanksLent>(entry); one && one->blanks.Contains(serial)) {
      departures.emplace_back(one->transfer, one->to);
    }
    if (const auto* one = As<GenerationMet>(entry)) {
      for (const auto& told : one->transfers) {
        if (told.serials.Contains(serial)) departures.emplace_back(told.transfer, entry.ref.node);
      }
    }
    return departures;
  }

  // A new incarnation did not find it, and no later entry has it in hand.
  bool LookedForInVain(const BlankSerial& serial, const NodeId& node) const {
    return std::any_of(history_.begin(), history_.end(), [&](const ArrivedEntry& looked) {
      if (looked.ref.node != node || !Missed(serial, looked)) return false;
      return std::none_of(history_.begin(), history_.end(), [&](const ArrivedEntry& seen) {
        return InHand(serial, seen) && Later(seen.ref, looked.ref);
      });
    });
  }

  // It was not in the tray, or not in what was left of a box in which it had come before.
  bool Missed(const BlankSerial& serial, const ArrivedEntry& looked) const {
    if (const auto* one = As<StockRescanned>(looked)) {
      return one->missing.Contains(serial) && !one->blanks.Contains(serial);
    }
    const auto* again = As<BlanksReceived>(looked);
    if (again == nullptr || again->received.Contains(serial) || !again->missing.Contains(serial)) {
      return false;
    }
    return std::any_of(history_.begin(), history_.end(), [&](const ArrivedEntry& before) {
      const auto* came = As<BlanksReceived>(before);
      return came != nullptr && came->transfer == again->transfer &&
             came->received.Contains(serial) && Later(looked.ref, before.ref);
    });
  }

  bool Allotted(const BlankSerial& serial) const {
    return std::any_of(history_.begin(), history_.end(), [&](const ArrivedEntry& entry) {
      const auto* one = As<AllotmentReceived>(entry);
      return one != nullptr && one->serials.Contains(serial);
    });
  }

  bool Opened(const BlankSerial& serial) const {
    return std::any_of(history_.begin(), history_.end(), [&](const ArrivedEntry& entry) {
      const auto* one = As<StockOpened>(entry);
      return one != nullptr && one->serials.Contains(serial);
    });
  }

  static bool Brings(const LoanMoved& paper) {
    return paper.step == LoanStep::kBorrowed || paper.step == LoanStep::kCameBack;
  }
  bool Borrowed(const BlankSerial& serial) const {
    return std::any_of(history_.begin(), history_.end(), [&](const ArrivedEntry& entry) {
      const auto* one = As<LoanMoved>(entry);
      return one != nullptr && Brings(*one) && one->blanks.Contains(serial);
    });
  }
  // The last paper with another district, by its place in the centre's log; or nullptr.
  const LoanMoved* LastPaper(const BlankSerial& serial) const {
    const ArrivedEntry* last = nullptr;
    for (const ArrivedEntry& entry : history_) {
      const auto* one = As<LoanMoved>(entry);
      if (one == nullptr || !one->blanks.Contains(serial)) continue;
      if (last == nullptr || last->ref.seq < entry.ref.seq) last = &entry;
    }
    return last == nullptr ? nullptr : As<LoanMoved>(*last);
  }

  // What an entry says was done with the serial as a card; 0: nothing. Of a recall, that it was
  // carried out.
  int DoneWith(const BlankSerial& serial, const ArrivedEntry& entry) const {
    if (const auto* one = As<CardsDestroyed>(entry)) return one->serials.Contains(serial) ? 6 : 0;
    if (const auto* one = As<ManifestHandedOver>(entry)) return one->cards.Contains(serial) ? 2 : 0;
    if (const auto* one = As<CardsAnswered>(entry)) {
      if (one->delivered.Contains(serial)) return 4;
      if (one->not_found.Contains(serial)) return 3;
      return one->returned.Contains(serial) ? 1 : 0;
    }
    if (const auto* one = As<ActionAcknowledged>(entry)) {
      return one->blank == serial ? 5 : 0;
    }
    return 0;
  }

  // The last thing done with it there, by the last word of the latest log.
  int LastDone(const BlankSerial& serial, const NodeId& node) const {
    std::map<IncarnationId, std::map<uint64_t, int>> said;
    for (const ArrivedEntry& entry : history_) {
      const int done = DoneWith(serial, entry);
      if (done != 0 && entry.ref.node == node) said[entry.ref.incarnation][entry.ref.seq] = done;
    }
    int last = 0;
    for (const auto& [incarnation, words] : said) {
      int state = 0;
      for (const auto& [seq, done] : words) {
        // A recall is not carried out on ashes.
        if (done != 5 || state != 6) state = done;
      }
      if (state != 5 || last != 6) last = state;
    }
    return last;
  }

  Account Afterwards(const BlankSerial& serial, const NodeId& node, Account account) const {
    if (account != Account::kPrintedReady && account != Account::kSpoiled) return account;
    const Account after[] = {account,
                             Account::kReturned,
                             Account::kHandedOver,
                             Account::kHandedOver,
                             Account::kDelivered,
                             Account::kWithdrawn,
                             Account::kDestroyed};
    return after[LastDone(serial, node)];
  }

  // Somebody handed it on or destroyed it.
  bool Handled(const BlankSerial& serial) const {
    return std::any_of(history_.begin(), history_.end(), [&](const ArrivedEntry& entry) {
      const int done = DoneWith(serial, entry);
      return done != 0 && done != 5;
    });
  }

  bool RecallCarriedOut(const BlankSerial& serial) const {
    return std::any_of(history_.begin(), history_.end(),
                       [&](const ArrivedEntry& entry) { return DoneWith(serial, entry) == 5; });
  }

  // Somebody of the lost node had it in hand under a log that the loss does not name.
  bool SeenSince(const BlankSerial& serial, const TailLost& lost) const {
    return std::any_of(history_.begin(), history_.end(), [&](const ArrivedEntry& entry) {
      const bool later = std::find(lost.incarnations.begin(), lost.incarnations.end(),
                                   entry.ref.incarnation) == lost.incarnations.end();
      return entry.ref.node == lost.node && later && !domain::IsBranch(entry.ref.incarnation) &&
             Sighted(serial, entry);
    });
  }

  bool Sighted(const BlankSerial& serial, const ArrivedEntry& entry) const {
    if (InHand(serial, entry)) return true;
    if (const auto* one = As<StockOpened>(entry)) return one->serials.Contains(serial);
    if (const auto* one = As<PrintIntended>(entry)) return one->blank == serial;
    if (const auto* one = As<PrintVerified>(entry)) {
      return one->blank == serial && Believed(one->act, entry);
    }
    if (const auto* one = As<PrintSpoiled>(entry)) {
      return one->blank == serial && Believed(one->act, entry);
    }
    if (SpoilerOf(serial, entry) != nullptr) return true;
    const int done = DoneWith(serial, entry);
    return done >= 1 && done <= 4;
  }

  // Nobody knows what became of it at this node.
  bool LostAt(const BlankSerial& serial, const NodeId& node) const {
    return std::any_of(history_.begin(), history_.end(), [&](const ArrivedEntry& entry) {
      const auto* lost = As<TailLost>(entry);
      return lost != nullptr && lost->node == node && lost->blanks.Contains(serial) &&
             !SeenSince(serial, *lost);
    });
  }

  // A job that a lost log left open, on a blank that somebody had in hand since.
  bool EndedByLoss(const BlankSerial& serial, const FactRef& intent) const {
    return std::any_of(history_.begin(), history_.end(), [&](const ArrivedEntry& entry) {
      const auto* lost = As<TailLost>(entry);
      return lost != nullptr && lost->node == intent.node && lost->blanks.Contains(serial) &&
             std::find(lost->incarnations.begin(), lost->incarnations.end(), intent.incarnation) !=
                 lost->incarnations.end() &&
             SeenSince(serial, *lost);
    });
  }

  // Which acts hold the serial now, at which node, and how.
  std::map<ActId, std::pair<NodeId, Account>> Claims(const BlankSerial& serial) const {
    std::map<ActId, std::pair<NodeId, Account>> claims;
    for (const auto& [id, act] : acts_) {
      const auto* intent = act.intent == nullptr ? nullptr : As<PrintIntended>(*act.intent);
      const bool intended = intent != nullptr && intent->blank == serial;
      if (!act.good.empty()) {
        if (act.good.contains(serial)) claims[id] = {NodeOf(id), Account::kPrintedReady};
      } else if (!act.spoiled.empty()) {
        if (act.spoiled.contains(serial)) claims[id] = {NodeOf(id), Account::kSpoiled};
      } else if (intended && !act.unused && !Taken(serial, act.intent->ref) &&
                 !FoundUnder(serial, act.intent->ref) && !EndedByLoss(serial, act.intent->ref)) {
        claims[id] = {NodeOf(id), act.doubted ? Account::kInDoubt : Account::kBoundToJob};
      }
    }
    // Of two entries of one act that name the serial the greater id has the word.
    std::map<ActId, const ArrivedEntry*> words;
    for (const ArrivedEntry& entry : history_) {
      const ActId* spoiler = SpoilerOf(serial, entry);
      const auto* opened = As<StockOpened>(entry);
      const bool opens =
          opened != nullptr && opened->serials.Contains(serial) && opened->pile != Pile::kTray;
      if (spoiler == nullptr && !opens) continue;
      const ArrivedEntry*& word = words[spoiler != nullptr ? *spoiler : opened->act];
      if (word == nullptr || word->ref.id < entry.ref.id) word = &entry;
    }
    for (const auto& [act, word] : words) {
      const auto* opened = As<StockOpened>(*word);
      const bool card = opened != nullptr && opened->pile == Pile::kPrinted;
      claims[act] = {word->ref.node, card ? Account::kPrintedReady : Account::kSpoiled};
    }
    return claims;
  }

  // Where the act was written: its smallest intent, else its outcome with the greatest id.
  NodeId NodeOf(const ActId& act) const {
    if (acts_.at(act).intent != nullptr) return acts_.at(act).intent->ref.node;
    const ArrivedEntry* last = nullptr;
    for (const ArrivedEntry& entry : history_) {
      const ActId* of = nullptr;
      if (const auto* one = As<PrintVerified>(entry)) of = &one->act;
      if (const auto* one = As<PrintSpoiled>(entry)) of = &one->act;
      if (const auto* one = As<PrintUnused>(entry)) of = &one->act;
      if (const auto* one = As<PrintDoubted>(entry)) of = &one->act;
      if (of == nullptr || *of != act) continue;
      if (last == nullptr || last->ref.id < entry.ref.id) last = &entry;
    }
    return last->ref.node;
  }

  // Some job meant this serial and found its card on another, and nobody scanned it since.
  bool LeftBehind(const BlankSerial& serial) const {
    for (const auto& [id, act] : acts_) {
      const auto* intent = act.intent == nullptr ? nullptr : As<PrintIntended>(*act.intent);
      if (intent == nullptr || intent->blank != serial) continue;
      const auto& cards = act.good.empty() ? act.spoiled : act.good;
      if (cards.empty() || cards.contains(serial)) continue;
      if (!SeenAfter(serial, id, act.intent->ref)) return true;
    }
    return false;
  }

  bool SeenAfter(const BlankSerial& serial, const ActId& act, const FactRef& intent) const {
    for (const ArrivedEntry& entry : history_) {
      if (InHand(serial, entry) && Later(entry.ref, intent)) return true;
      if (const auto* one = As<PrintIntended>(entry)) {
        if (one->blank != serial || one->act == act) continue;
        if (entry.ref.SameStream(intent) ? entry.ref.After(intent) : !Later(intent, entry.ref)) {
          return true;
        }
      }
    }
    return false;
  }

  // What the entries say of a serial at rest.
  struct Traces {
    bool named = false;
    std::set<NodeId> received;
    std::set<NodeId> unexpected;
    std::set<TransferId> missing;
    std::set<TransferId> arrived;
    std::map<NodeId, std::set<TransferId>> came;
    std::map<NodeId, std::set<TransferId>> lent;
    // To whom, by the word with the greatest id.
    std::map<TransferId, std::pair<crypto::Hash, NodeId>> departed;
  };

  Traces TracesOf(const BlankSerial& serial) const {
    Traces traces;
    for (const ArrivedEntry& entry : history_) {
      const NodeId& node = entry.ref.node;
      if (const auto* one = As<StockOpened>(entry); one && one->serials.Contains(serial)) {
        traces.received.insert(node);
        traces.came[node].insert(TransferId());
      }
      if (const auto* one = As<StockRescanned>(entry)) {
        if (one->blanks.Contains(serial)) traces.received.insert(node);
        traces.named = traces.named || one->missing.Contains(serial);
      }
      if (const auto* one = As<BlanksReceived>(entry)) ReadReceipt(serial, node, *one, traces);
      if (const auto* one = As<BlanksLent>(entry); one && one->blanks.Contains(serial)) {
        traces.lent[node].insert(one->transfer);
      }
      for (const auto& [transfer, to] : DeparturesOf(serial, entry)) {
        auto& known = traces.departed[transfer];
        if (known.first < entry.ref.id) known = {entry.ref.id, to};
      }
      if (NamesInJob(serial, entry)) traces.named = true;
    }
    traces.named = traces.named || !traces.received.empty() || !traces.unexpected.empty() ||
                   !traces.departed.empty();
    return traces;
  }

  // One entry has one say about a serial: received, else missing, else unexpected.
  static void ReadReceipt(const BlankSerial& serial, const NodeId& node,
                          const BlanksReceived& receipt, Traces& traces) {
    if (receipt.received.Contains(serial)) {
      traces.received.insert(node);
      traces.arrived.insert(receipt.transfer);
      traces.came[node].insert(receipt.transfer);
      if (!receipt.lent_by.empty()) traces.lent[receipt.lent_by].insert(receipt.transfer);
    } else if (receipt.missing.Contains(serial)) {
      traces.missing.insert(receipt.transfer);
      traces.named = true;
    } else if (receipt.unexpected.Contains(serial)) {
      traces.unexpected.insert(node);
    }
  }

  static bool NamesInJob(const BlankSerial& serial, const ArrivedEntry& entry) {
    if (const auto* one = As<PrintIntended>(entry)) return one->blank == serial;
    if (const auto* one = As<PrintVerified>(entry)) return one->blank == serial;
    if (const auto* one = As<PrintSpoiled>(entry)) return one->blank == serial;
    if (const auto* one = As<BlankSpoiled>(entry)) return one->blank == serial;
    if (const auto* one = As<Corrected>(entry)) return one->blank == serial;
    if (const auto* one = As<TailLost>(entry)) return one->blanks.Contains(serial);
    return false;
  }

  // The account, or kCentre for a serial that no fact names.
  Account AccountOf(const BlankSerial& serial) const {
    const auto claims = Claims(serial);
    if (claims.size() >= 2) return Account::kContested;
    const Traces traces = TracesOf(serial);
    const bool has_origin = Allotted(serial) || Opened(serial) || Borrowed(serial);
    const bool named = traces.named || has_origin || !claims.empty() || Handled(serial) ||
                       RecallCarriedOut(serial) || LastPaper(serial) != nullptr;
    if (!named) return Account::kCentre;
    if (claims.size() == 1) {
      const auto& [node, account] = claims.begin()->second;
      if (!has_origin || !traces.received.contains(node)) return Account::kUnaccountedClaim;
      const bool open = account == Account::kBoundToJob || account == Account::kInDoubt;
      if (open && LostAt(serial, node)) return Account::kMaybeUsed;
      return Afterwards(serial, node, account);
    }
    if (!has_origin || Handled(serial)) return Account::kUnaccountedClaim;
    if (LeftBehind(serial)) return Account::kMissing;
    return AtRest(serial, traces);
  }

  Account AtRest(const BlankSerial& serial, Traces traces) const {
    if (const LoanMoved* paper = LastPaper(serial); paper != nullptr && !Brings(*paper)) {
      const bool here =
          !traces.received.empty() || !traces.unexpected.empty() || !traces.departed.empty();
      if (here) return Account::kContested;
      return paper->step == LoanStep::kGivenBack ? Account::kGivenBack : Account::kLentOut;
    }
    std::set<NodeId> keepers;
    for (const NodeId& node : traces.received) {
      if (std::max<size_t>(1, traces.came[node].size()) > traces.lent[node].size()) {
        keepers.insert(node);
      }
    }
    if (keepers.size() >= 2) return Account::kContested;
    if (keepers.size() == 1) {
      if (LookedForInVain(serial, *keepers.begin())) return Account::kMissing;
      return LostAt(serial, *keepers.begin()) ? Account::kMaybeUsed : Account::kNodeStock;
    }
    std::set<NodeId> destinations;
    for (const auto& [transfer, word] : traces.departed) destinations.insert(word.second);
    for (const NodeId& node : traces.unexpected) {
      if (!destinations.contains(node)) return Account::kContested;
    }
    for (const TransferId& transfer : traces.arrived) traces.departed.erase(transfer);
    if (traces.departed.size() >= 2) return Account::kContested;
    if (traces.departed.empty()) {
      const bool was_lent = std::any_of(traces.lent.begin(), traces.lent.end(),
                                        [](const auto& one) { return !one.second.empty(); });
      return was_lent ? Account::kContested : Account::kDistrictStock;
    }
    return traces.missing.contains(traces.departed.begin()->first) ? Account::kMissing
                                                                   : Account::kInTransit;
  }

  const std::vector<ArrivedEntry> history_;
  std::map<ActId, TwinAct> acts_;
  std::map<ActId, std::set<crypto::Hash>> set_aside_;
  std::set<std::pair<BlankSerial, crypto::Hash>> spoils_set_aside_;
};

TEST(CentralOrderTest, TheLedgerSaysWhatASlowTwinReadsFromAllTheFacts) {
  for (uint64_t seed = 1; seed <= 400; ++seed) {
    SCOPED_TRACE(absl::StrCat("seed ", seed));
    const std::vector<ArrivedEntry> history = Chaos(seed).History();
    Prng order(seed);
    const MemoryCentre centre = Judge(history, &order);
    std::map<Account, int64_t> totals;
    for (const auto& [account, total] : centre.balances().Close().totals) {
      if (total != 0) totals[account] = total;
    }
    EXPECT_EQ(totals, Twin(history).Totals());
    EXPECT_TRUE(centre.balances().Close().balanced);
    if (HasFailure()) return;
  }
}

}  // namespace
}  // namespace keping::central
