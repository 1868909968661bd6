#include "tests/sim/set_backs.h"

#include <algorithm>
#include <set>

#include "central_node/core/needs.h"
#include "common/base/check.h"
#include "common/domain/entry.h"
#include "common/storage/key_space.h"
#include "common/wire/event_codec.h"
#include "edge_node/store/ancestry.h"

namespace keping::sim {
namespace {

// The blanks, records, jobs and transfers that these entries name.
central::Keys NamedBy(const std::string& bytes) {
  central::EntriesArrived arrived;
  arrived.entries.push_back({.ref = {}, .event = Chronicle::Read(bytes)});
  return central::Needs({}, arrived, central::Resident()).Next(central::Rows());
}

bool IsRescan(const std::string& bytes) {
  const auto event = Chronicle::Read(bytes);
  return event && std::holds_alternative<domain::StockRescanned>(*event);
}

}  // namespace

OfficeBooks SetBacks::ReadBooks(int log, const storage::KvStore& store,
                                std::vector<std::string>* own,
                                std::vector<crypto::Hash>* all) const {
  const auto& days = chronicle_.node(log).days;
  OfficeBooks books;
  const auto apply = [&](const std::string& bytes) {
    all->push_back(domain::HashEntryBytes(bytes));
    const auto event = Chronicle::Read(bytes);
    const auto day = days.find(all->back());
    if (event) books.Apply(*event, day == days.end() ? DayStamp() : day->second);
  };
  const auto read = edge::Ancestry::Open(
      store, [&](const domain::Entry& entry) { apply(domain::EncodeEntry(entry)); });
  KEPING_CHECK(read.ok(), "the earlier logs of a simulated disk hang together");
  const absl::string_view prefix = storage::kEntryPrefix;
  const absl::Status scanned = store.Scan(prefix, storage::PrefixEnd(prefix),
                                          [&](absl::string_view, absl::string_view bytes) {
                                            own->emplace_back(bytes);
                                            apply(own->back());
                                            return true;
                                          });
  KEPING_CHECK(scanned.ok(), "the memory of a simulated disk is read");
  return books;
}

void SetBacks::OnCut(int log, const storage::KvStore& store) {
  NodeChronicle& node = chronicle_.node(log);
  std::vector<std::string> own;
  std::vector<crypto::Hash> all;
  OfficeBooks books = ReadBooks(log, store, &own, &all);
  if (own == node.entries) return;
  node.upset = node.ever_upset = true;
  const auto parted =
      std::mismatch(node.entries.begin(), node.entries.end(), own.begin(), own.end()).first;
  const std::vector<std::string> lost(parted, node.entries.end());
  node.other_logs.push_back(std::exchange(node.entries, std::move(own)));
  node.books = std::move(books);
  Disturb(log, lost);
  MarkJobs(log);
}

void SetBacks::OnSucceeded(int log, const storage::KvStore& store) {
  NodeChronicle& node = chronicle_.node(log);
  std::vector<std::string> own;
  std::vector<crypto::Hash> all;
  node.books = ReadBooks(log, store, &own, &all);
  KEPING_CHECK(own.empty(), "a log that ended is no node's own log any more");
  node.other_logs.push_back(std::exchange(node.entries, {}));
  node.upset = node.witnessed = false;
  NoteSuccession(store);
  // What was fetched back is not lost.
  const std::set<crypto::Hash> known(all.begin(), all.end());
  Forget([&](int of_log, const std::vector<crypto::Hash>& entries) {
    return of_log == log &&
           std::all_of(entries.begin(), entries.end(),
                       [&](const crypto::Hash& one) { return known.contains(one); });
  });
  MarkJobs(log);
}

// What this machine does not know matters to nobody any more.
void SetBacks::OnSwitchedOff(int log) {
  NodeChronicle& node = chronicle_.node(log);
  // Nobody answers any more for a card that lies in it.
  for (const auto& [act, intent] : node.books.open) {
    if (Job* job = matter_.FindJob(act); job != nullptr) job->on_lost_branch = true;
  }
  chronicle_.node(node.copy).copy = -1;
  node.copy = -1;
  Forget([log](int of_log, const std::vector<crypto::Hash>&) { return of_log == log; });
  const auto last = domain::ParseEntry(node.entries.back());
  KEPING_CHECK(last.ok(), "what was durable was an entry");
  chronicle_.successions.push_back(
      {last->header.node,
       last->header.incarnation,
       {node.entries.size(), domain::HashEntryBytes(node.entries.back())}});
}

template <typename Pred>
void SetBacks::Forget(Pred is_over) {
  std::set<int> over;
  std::erase_if(strays_, [&](const auto& stray) {
    const auto& [at, entries] = stray;
    if (!is_over(at.first, entries)) return false;
    over.insert(at.second);
    return true;
  });
  for (const auto& [at, entries] : strays_) over.erase(at.second);
  for (const int blank : over) matter_.blank(blank).strayed = false;
}

void SetBacks::NoteSuccession(const storage::KvStore& store) {
  domain::NodeId node;
  const auto ancestry = edge::Ancestry::Open(
      store, [&node](const domain::Entry& entry) { node = entry.header.node; });
  KEPING_CHECK(ancestry.ok() && ancestry->parent(), "there is a log that it goes on from");
  chronicle_.successions.push_back(
      {node, ancestry->parent()->incarnation, ancestry->parent()->head});
}

void SetBacks::Disturb(int log, const std::vector<std::string>& lost) {
  Disturbed& disturbed = chronicle_.disturbed;
  for (const std::string& bytes : lost) {
    if (IsRescan(bytes)) ForgetNotFound(log);
    const central::Keys named = NamedBy(bytes);
    const crypto::Hash entry = domain::HashEntryBytes(bytes);
    disturbed.prrs.insert(named.prrs.begin(), named.prrs.end());
    for (const domain::BlankSerial& serial : named.blanks) Stray(log, serial, entry);
    for (const domain::TransferId& transfer : named.transfers) {
      disturbed.cases.emplace(domain::CaseKind::kTransferDifference, transfer.value());
    }
    for (const domain::ActId& act : named.jobs) {
      const domain::PrintIntended& intent = chronicle_.intents[act.value()].event;
      disturbed.prrs.insert(intent.prr);
      Stray(log, intent.blank, entry);
      const Job* job = matter_.FindJob(act);
      if (job != nullptr) Stray(log, matter_.blank(job->blank).serial, entry);
    }
  }
}

void SetBacks::Stray(int log, const domain::BlankSerial& serial, const crypto::Hash& entry) {
  chronicle_.disturbed.blanks.insert(serial);
  const int blank = matter_.Find(serial);
  if (blank < 0) return;
  strays_[{log, blank}].push_back(entry);
  matter_.blank(blank).strayed = true;
}

// That its blanks did not lie in the tray was said in a log that is not there any more.
void SetBacks::ForgetNotFound(int log) {
  const int office = chronicle_.node(log).office;
  for (size_t i = 0; i < matter_.blanks().size(); ++i) {
    Blank& blank = matter_.blank(static_cast<int>(i));
    if (blank.office == office) blank.looked_for = false;
  }
}

// The jobs that the machine's own log does not know.
void SetBacks::MarkJobs(int log) {
  const OfficeBooks& books = chronicle_.node(log).books;
  for (size_t i = 0; i < matter_.jobs().size(); ++i) {
    Job& job = *matter_.FindJob(matter_.jobs()[i].act);
    const auto intent = chronicle_.intents.find(job.act.value());
    const bool own = intent != chronicle_.intents.end() && intent->second.log == log;
    if (own) job.on_lost_branch = !books.Knows(job.act);
  }
}

}  // namespace keping::sim
