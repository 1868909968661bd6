#include "tests/sim/laws.h"

#include <algorithm>
#include <variant>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/time/civil_time.h"
#include "common/base/check.h"
#include "common/domain/entry.h"
#include "common/storage/key_space.h"
#include "common/wire/feed_codec.h"
#include "edge_node/core/duty_guard.h"
#include "keping/store/v1/edge.pb.h"

namespace keping::sim {
namespace {

constexpr char kDurable[] = "durable before said";
constexpr char kHeld[] = "held is written";
constexpr char kOneCard[] = "one good card";
constexpr char kLease[] = "lease";
constexpr char kDuty[] = "duty";
constexpr char kNoticed[] = "set back is noticed";
constexpr char kFree[] = "one job at a time";
constexpr char kNodePrefix[] = "office-";

template <typename Event>
const Event* As(const domain::Event& event) {
  return std::get_if<Event>(&event);
}

}  // namespace

domain::NodeId OfficeId(int office) {
  return domain::NodeId::Of(absl::StrCat(kNodePrefix, office + 1));
}

int OfficeIndex(const domain::NodeId& node) {
  absl::string_view text = node.value();
  int number = 0;
  const absl::string_view prefix = kNodePrefix;
  if (text.substr(0, prefix.size()) != prefix) return -1;
  return absl::SimpleAtoi(text.substr(prefix.size()), &number) ? number - 1 : -1;
}

// ---- An office.

void Laws::OnNodeEntry(int log, uint64_t seq, const std::string& bytes) {
  NodeChronicle& node = chronicle_.node(log);
  if (seq != node.entries.size() + 1) {
    world_.Break("log without gap", absl::StrCat(IdOf(log).value(), " wrote entry ", seq, " after ",
                                                 node.entries.size()));
    return;
  }
  if (node.witnessed) {
    world_.Break(kNoticed, absl::StrCat(IdOf(log).value(), " wrote entry ", seq,
                                        " after its disk was set back"));
  }
  node.entries.push_back(bytes);
  const auto read = Chronicle::ReadWhole(bytes);
  if (!read) return;
  const domain::Event& event = read->event;
  const crypto::Hash entry = domain::HashEntryBytes(bytes);
  DayStamp day;
  if (As<domain::OfficeDayOpened>(event) != nullptr) {
    CheckDayOpened(log);
    day = node.days[entry] = {.opened_at = world_.now(), .off_before = node.off};
  }
  NoteStock(log, *read, entry);
  NoteDoubt(log, *read);
  if (const auto* intent = As<domain::PrintIntended>(event)) {
    OnIntent(log, *intent, read->header.wall_micros);
  }
  if (const auto* verified = As<domain::PrintVerified>(event)) OnVerified(log, *verified, entry);
  if (const auto* corrected = As<domain::Corrected>(event)) {
    std::erase_if(chronicle_.cards,
                  [&](const HeardCard& card) { return card.act == corrected->subject; });
  }
  if (const auto* release = As<domain::LeaseReleased>(event)) {
    node.released.insert({release->prr, release->epoch});
  }
  if (const auto* met = As<domain::GenerationMet>(event); met != nullptr && met->last) {
    chronicle_.office(node.office).met.insert(met->generation);
  }
  node.books.Apply(event, day);
  // Of which the other machine knows nothing.
  if (node.copy >= 0) set_backs_.OnApart(node.copy, bytes);
}

void Laws::CheckBatch(int log, const domain::PrintIntended& event) {
  if (event.batch.empty()) return;
  const HeardBatch& batch = chronicle_.node(log).books.batches[event.batch];
  const char* wrong = nullptr;
  if (batch.closed) wrong = "after its end";
  if (batch.mismatched) wrong = "after a card was found on another blank";
  if (batch.fed >= batch.hopper.size() || batch.hopper[batch.fed] != event.blank) {
    wrong = "beside its hopper's order";
  }
  if (wrong == nullptr) return;
  world_.Break("a batch stops", absl::StrCat(IdOf(log).value(), " fed blank ", event.blank.text(),
                                             " of a batch ", wrong));
}

void Laws::OnVerified(int log, const domain::PrintVerified& event, const crypto::Hash& entry) {
  const domain::PrintIntended& intent = chronicle_.intents[event.act.value()].event;
  chronicle_.cards.push_back({.act = event.act,
                              .prr = intent.prr,
                              .version = intent.prr_version,
                              .office = chronicle_.node(log).office,
                              .intended = intent.blank,
                              .blank = event.blank,
                              .entry = entry});
}

// What an unsettled job holds, no other one may have.
void Laws::CheckFree(int log, const domain::PrintIntended& event) {
  const OfficeBooks& books = chronicle_.node(log).books;
  const char* held = books.used_up.contains(event.blank) ? "a blank that is used up" : nullptr;
  for (const auto& [act, other] : books.open) {
    const bool is_out =
        !event.batch.empty() && other.batch == event.batch && books.completed.contains(act);
    if (other.printer == event.printer && !is_out && !books.reopened.contains(act)) {
      held = "a printer that waits for another job";
    }
    if (other.prr == event.prr) held = "a record whose job is not settled";
    if (other.blank == event.blank) held = "a blank that another job holds";
  }
  if (held == nullptr) return;
  world_.Break(kFree,
               absl::StrCat(IdOf(log).value(), " intended ", event.prr.value(), " on ", held));
}

void Laws::OnIntent(int log, const domain::PrintIntended& event, int64_t wall_micros) {
  NodeChronicle& node = chronicle_.node(log);
  CheckFree(log, event);
  CheckBatch(log, event);
  if (node.books.Doubts(event.blank)) {
    world_.Break("scanned again", absl::StrCat(IdOf(log).value(), " intended ", event.prr.value(),
                                               " on blank ", event.blank.text(),
                                               ", which nobody scanned under its new incarnation"));
  }
  const absl::Duration off = absl::FromUnixMicros(wall_micros) - world_.TrueTime();
  chronicle_.intents[event.act.value()] = {.event = event,
                                           .log = log,
                                           .office_day = node.books.office_day,
                                           .date = node.date,
                                           .wall_micros = wall_micros,
                                           .clock_right = absl::AbsDuration(off) < absl::Hours(1)};
  if (chronicle_.unasked.contains(event.act)) return;
  bool granted = false;
  for (const HeardGrant& grant : chronicle_.grants[event.prr.value()]) {
    granted = granted || (grant.node == IdOf(log) && grant.epoch == event.lease_epoch);
  }
  CheckNotGivenAnew(log, event);
  if (!granted) {
    world_.Break(kLease, absl::StrCat(IdOf(log).value(), " printed ", event.prr.value(),
                                      " under a lease that was never granted to it"));
  }
  if (node.books.released.contains({event.prr, event.lease_epoch})) {
    world_.Break(kLease, absl::StrCat(IdOf(log).value(), " printed ", event.prr.value(),
                                      " under a lease that it had given back"));
  }
}

// A day opens after so much running time, or on a later date than the one before; by the true
// clocks, whatever the machine's say.
void Laws::CheckDayOpened(int log) {
  const NodeChronicle& node = chronicle_.node(log);
  const DayStamp& day = node.books.day;
  const Micros running = world_.now() - day.opened_at - (node.off - day.off_before);
  const bool long_enough = absl::Microseconds(running) >= edge::DutyGuard::kShortDay;
  const bool next_date = world_.now() / kDay > day.opened_at / kDay;
  if (node.books.office_day == 0 || long_enough || next_date) return;
  world_.Break(kDuty, absl::StrCat(IdOf(log).value(), " opened office day ",
                                   node.books.office_day + 1, " after ", running / kMinute,
                                   " minutes of running time, on the same date"));
}

void Laws::OnNodeSends(int log, const WatchedStore& store, const sync::NodeFrame& frame) {
  if (const auto* segment = std::get_if<sync::Segment>(&frame)) {
    CheckSegment(log, store, *segment);
  } else if (const auto* ack = std::get_if<sync::FeedAck>(&frame)) {
    CheckFeedAck(log, store, *ack);
  } else if (const auto* hello = std::get_if<sync::Hello>(&frame)) {
    if (hello->head.seq > store.durable_seq()) {
      world_.Break(kDurable, absl::StrCat(IdOf(log).value(), " said hello with entry ",
                                          hello->head.seq, ", durable are ", store.durable_seq()));
    }
  }
}

void Laws::CheckSegment(int log, const WatchedStore& store, const sync::Segment& segment) {
  const NodeChronicle& node = chronicle_.node(log);
  for (size_t i = 0; i < segment.entries.size(); ++i) {
    const uint64_t seq = segment.first_seq + i;
    if (seq > store.durable_seq() || node.entries[seq - 1] != segment.entries[i]) {
      world_.Break(kDurable,
                   absl::StrCat(IdOf(log).value(), " sent entry ", seq, " before it was durable"));
      return;
    }
  }
}

void Laws::CheckFeedAck(int log, const WatchedStore& store, const sync::FeedAck& ack) {
  store::v1::FeedCursor cursor;
  const auto bytes = store.DurableGet(storage::kFeedCursorKey);
  if (bytes && cursor.ParseFromString(*bytes) && cursor.position() >= ack.position) return;
  world_.Break(kDurable, absl::StrCat(IdOf(log).value(), " acknowledged its feed up to ",
                                      ack.position, ", durable is ", cursor.position()));
}

void Laws::OnSubmit(int log, const WatchedStore& store, const edge::SubmitJob& submit) {
  const auto intent = chronicle_.intents.find(submit.act.value());
  if (intent == chronicle_.intents.end() || intent->second.log != log) {
    world_.Break(kDurable, absl::StrCat(IdOf(log).value(),
                                        " handed a job to the printer before its intent was "
                                        "durable; durable are ",
                                        store.durable_seq()));
  }
  if (matter_.FindJob(submit.act) != nullptr) {
    world_.Break("one submission",
                 absl::StrCat(IdOf(log).value(), " submitted act ", submit.act.value(), " twice"));
  }
}

void Laws::OnDecision(int log, const WatchedStore& store, uint64_t head_seq) {
  if (head_seq <= store.durable_seq()) return;
  world_.Break(kDurable, absl::StrCat(IdOf(log).value(), " answered a person with entry ", head_seq,
                                      ", durable are ", store.durable_seq()));
}

void Laws::OnFed(const Job& job) {
  const auto intent = chronicle_.intents.find(job.act.value());
  if (intent == chronicle_.intents.end()) {
    return world_.Break(kDurable, absl::StrCat("a card came out for act ", job.act.value(),
                                               ", which no log intends"));
  }
  const uint64_t day = intent->second.office_day;
  const int fed = ++fed_[{intent->second.log, job.printer.value(), day}];
  const int limit = world_.options().cards;
  if (fed > limit && fed > limit + FedUncounted(job, day)) {
    world_.Break(kDuty, absl::StrCat(job.printer.value(), " of ", OfficeId(job.office).value(),
                                     " fed card ", fed, " of office day ", day));
  }
  if (!job.good || matter_.GoodCards(job.prr).size() < 2) return;
  if (!ExcuseForSecondCard(job.prr).empty()) return;
  world_.Break(kOneCard,
               absl::StrCat("record ", job.prr.value(), " has ", matter_.GoodCards(job.prr).size(),
                            " good cards, the last one at ", OfficeId(job.office).value()));
}

// A person who says that no card came out gets its place in the day back, and a log that was set
// back does not know of it.
int Laws::FedUncounted(const Job& job, uint64_t day) const {
  const int log = chronicle_.intents.find(job.act.value())->second.log;
  int uncounted = 0;
  for (const Job& other : matter_.jobs()) {
    if (!other.fed_denied && !other.on_lost_branch) continue;
    const auto intent = chronicle_.intents.find(other.act.value());
    if (intent == chronicle_.intents.end() || other.printer != job.printer) continue;
    if (intent->second.log == log && intent->second.office_day == day) ++uncounted;
  }
  return uncounted;
}

std::string Laws::ExcuseForSecondCard(const domain::PrrId& prr) const {
  for (size_t index : matter_.GoodCards(prr)) {
    const Job& job = matter_.jobs()[index];
    if (job.misreported) return "a person's false answer";
    if (job.unasked) return "a program that keeps no rule";
    if (job.on_lost_branch) return "a database set back";
  }
  if (chronicle_.disturbed.prrs.contains(prr)) return "a database set back";
  const auto grants = chronicle_.grants.find(prr.value());
  if (grants == chronicle_.grants.end()) return "";
  bool blind = false;
  bool forgotten = false;
  for (const HeardGrant& grant : grants->second) {
    if (grant.forced) return "a lease moved by force";
    if (grant.blind) blind = true;
    if (grant.forgotten) forgotten = true;
  }
  if (blind && forgotten) return "a centre set back, and nobody could know";
  return "";
}

void Laws::OnMachineOff(int log, Micros how_long) { chronicle_.node(log).off += how_long; }

void Laws::OnDiskChanged(int log, const WatchedStore& store, bool witnessed) {
  NodeChronicle& node = chronicle_.node(log);
  const size_t before = node.entries.size();
  set_backs_.OnCut(log, store);
  node.witnessed = witnessed && node.entries.size() < before;
}

void Laws::OnSucceeded(int log, const WatchedStore& store, uint64_t fetched_to) {
  set_backs_.OnSucceeded(log, store);
  const sync::Head& head = chronicle_.successions.back().head;
  if (head.seq >= fetched_to) return;
  world_.Break("nothing is left behind",
               absl::StrCat(IdOf(log).value(), " goes on from entry ", head.seq, " of a log that ",
                            "was fetched back up to ", fetched_to));
}

void Laws::OnSwitchedOff(int log) { set_backs_.OnSwitchedOff(log); }

void Laws::OnReopened(int log, const WatchedStore& store) {
  const NodeChronicle& node = chronicle_.node(log);
  if (node.entries.empty()) return;
  const auto last = store.DurableGet(storage::EntryKey(node.entries.size()));
  if (last == node.entries.back()) return;
  world_.Break(kDurable, absl::StrCat(IdOf(log).value(), " lost entry ", node.entries.size()));
}

void Laws::OnContact(int log, const domain::IncarnationId& incarnation, uint64_t proven_seq) {
  if (proven_seq <= receipted_[incarnation]) return;
  world_.Break("proven is held",
               absl::StrCat(IdOf(log).value(), " counts entry ", proven_seq,
                            " as proven, the centre countersigned ", receipted_[incarnation]));
}

void Laws::OnStarted(int log, bool frozen) {
  if (frozen || !chronicle_.node(log).witnessed) return;
  world_.Break(kNoticed, absl::StrCat(IdOf(log).value(), " goes on after its disk was set back"));
}

void Laws::OnWelcomed(int log, const sync::Welcome& welcome, bool frozen) {
  if (frozen || !welcome.problem.has_value()) return;
  if (welcome.problem->kind != sync::ProblemKind::kRollback &&
      welcome.problem->kind != sync::ProblemKind::kFork) {
    return;
  }
  world_.Break(kNoticed, absl::StrCat(IdOf(log).value(),
                                      " goes on after it was told: ", welcome.problem->detail));
}

void Laws::OnLocked(int log, const std::string& reason) {
  const NodeChronicle& node = chronicle_.node(log);
  if (node.upset || chronicle_.office(node.office).end) return;
  world_.Break("no false alarm", absl::StrCat(IdOf(log).value(), " was locked: ", reason));
}

// ---- The centre.

void Laws::OnCentreEntry(uint64_t seq, const std::string& bytes) {
  if (seq != chronicle_.centre_entries.size() + 1) {
    return world_.Break("log without gap", absl::StrCat("the centre wrote entry ", seq, " after ",
                                                        chronicle_.centre_entries.size()));
  }
  chronicle_.centre_entries.push_back(bytes);
  const auto read = Chronicle::ReadWhole(bytes);
  if (!read) return;
  const domain::Event& event = read->event;
  if (const auto* grant = As<domain::LeaseGranted>(event)) OnGrant(*grant);
  if (const auto* dispatch = As<domain::BlanksDispatched>(event)) OnDispatch(*dispatch);
  if (const auto* record = As<domain::PrrReceived>(event)) {
    uint32_t& version = chronicle_.versions[record->prr];
    if (record->version >= version) chronicle_.persons[record->prr] = record->nik_key;
    version = std::max(version, record->version);
    if (!record->replaces.empty()) chronicle_.replaced.insert(record->replaces);
  }
  if (const auto* withdrawal = As<domain::PrrWithdrawn>(event)) {
    const bool elsewhere = withdrawal->reason == domain::WithdrawalReason::kPrintedElsewhere;
    uint32_t& version =
        (elsewhere ? chronicle_.elsewhere : chronicle_.withdrawals)[withdrawal->prr];
    version = std::max(version, withdrawal->version);
  }
  chronicle_.NoteStanding(*read);
}

void Laws::OnGrant(const domain::LeaseGranted& event) {
  std::vector<HeardGrant>& grants = chronicle_.grants[event.prr.value()];
  const HeardGrant* last = nullptr;  // that binds the centre
  for (const HeardGrant& before : grants) {
    const bool unknown = before.forgotten && chronicle_.blind;
    if (event.epoch <= before.epoch && !unknown) {
      world_.Break(kLease, absl::StrCat("record ", event.prr.value(),
                                        " was leased again under an epoch that is not later"));
    }
    // What was forgotten and never used may go elsewhere (see CheckNotGivenAnew).
    if (!before.forgotten || (!chronicle_.blind && Used(event.prr, before))) last = &before;
  }
  // What came before a move by force is excused with it.
  if (!event.forced) CheckAskedFirst(event.prr.value());
  if (!event.forced && last != nullptr && last->node != event.node &&
      !chronicle_.Released(OfficeIndex(last->node), event.prr, last->epoch)) {
    world_.Break(kLease,
                 absl::StrCat("record ", event.prr.value(), " was leased to ", event.node.value(),
                              " before ", last->node.value(), " had given it back"));
  }
  if (grants.empty()) chronicle_.granted.push_back(event.prr);
  grants.push_back({.node = event.node,
                    .epoch = event.epoch,
                    .forced = event.forced,
                    .seq = chronicle_.centre_entries.size(),
                    .blind = chronicle_.blind});
}

void Laws::OnHello(const sync::Hello& hello) { hello_ = hello; }

void Laws::CheckWelcome(const sync::Welcome& welcome) {
  const auto enrolled = chronicle_.active.find(hello_.node);
  // Its enrolment was forgotten when the centre was set back; its certificate speaks for it.
  if (enrolled == chronicle_.active.end()) return;
  const domain::IncarnationId& active = enrolled->second;
  const bool refused =
      welcome.problem.has_value() && welcome.problem->kind == sync::ProblemKind::kSuperseded;
  if (refused == (hello_.incarnation != active)) return;
  world_.Break("one incarnation",
               absl::StrCat(hello_.node.value(), " came under ", hello_.incarnation.value(),
                            " while ", active.value(), " was enrolled last, and was ",
                            refused ? "turned away" : "welcomed"));
}

void Laws::OnCentreSends(int office, const WatchedStore& store, const sync::CentreFrame& frame) {
  CheckRevoked(office, frame);
  if (const auto* receipt = std::get_if<sync::Receipt>(&frame)) {
    CheckReceipt(office, store, *receipt);
  } else if (const auto* welcome = std::get_if<sync::Welcome>(&frame)) {
    CheckWelcome(*welcome);
  }
}

// What the centre holds at the head of a receipt, durably; of a log that was forked it may lie in a
// branch.
std::optional<std::string> Laws::HeldAt(const WatchedStore& store, const sync::Receipt& receipt) {
  const std::string key =
      storage::NodeEntryKey(receipt.node.value(), receipt.incarnation.value(), receipt.head.seq);
  const auto is_named = [&receipt](const std::optional<std::string>& bytes) {
    return bytes.has_value() && domain::HashEntryBytes(*bytes) == receipt.head.hash;
  };
  std::optional<std::string> held = store.DurableGet(key);
  if (is_named(held)) return held;
  const std::string of_node = absl::StrCat(storage::kNodeEntryPrefix, receipt.node.value());
  std::vector<std::string> keys;
  KEPING_CHECK(store
                   .Scan(of_node, storage::PrefixEnd(of_node),
                         [&](absl::string_view one, absl::string_view) {
                           keys.emplace_back(one);
                           return true;
                         })
                   .ok(),
               "the memory of a simulated disk is read");
  for (const std::string& one : keys) {
    held = store.DurableGet(one);
    if (is_named(held)) return held;
  }
  return std::nullopt;
}

void Laws::CheckReceipt(int office, const WatchedStore& store, const sync::Receipt& receipt) {
  const auto held = HeldAt(store, receipt);
  if (!held || domain::HashEntryBytes(*held) != receipt.head.hash) {
    return world_.Break(kDurable,
                        absl::StrCat("the centre receipted entry ", receipt.head.seq, " of ",
                                     receipt.node.value(), " before it was durable"));
  }
  uint64_t& highest = receipted_[receipt.incarnation];
  highest = std::max(highest, receipt.head.seq);
  chronicle_.receipted.emplace(receipt.head.hash, office);
  if (!chronicle_.Wrote(office, receipt.head.seq, *held)) {
    world_.Break(kHeld, absl::StrCat("the centre holds an entry ", receipt.head.seq, " of ",
                                     receipt.node.value(), " that the office never wrote"));
  }
}

void Laws::OnCentreReopened(const WatchedStore& store) {
  if (chronicle_.centre_entries.empty()) return;
  const auto last = store.DurableGet(storage::EntryKey(chronicle_.centre_entries.size()));
  if (last == chronicle_.centre_entries.back()) return;
  world_.Break(kDurable, absl::StrCat("the centre lost entry ", chronicle_.centre_entries.size()));
}

}  // namespace keping::sim
