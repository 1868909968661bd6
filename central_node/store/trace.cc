#include "central_node/store/trace.h"

#include <algorithm>
#include <string>
#include <tuple>
#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "central_node/core/case_policy.h"
#include "central_node/core/joined_names.h"
#include "central_node/core/judge_job.h"
#include "central_node/store/fact_search.h"
#include "central_node/store/replay.h"
#include "central_node/store/stored_row.h"
#include "common/base/status_macros.h"
#include "common/storage/key_space.h"

namespace keping::central {
namespace {

using domain::ActId;
using domain::CaseKind;

// Collects where facts lie, and reads their entries.
class Collector {
 public:
  explicit Collector(const CentralNode& centre) : centre_(centre) {}

  template <typename Facts>
  void Add(const Facts& facts) {
    for (const auto& one : facts) AddRef(one.fact);
  }
  void AddRef(const FactRef& ref) { refs_.emplace(ref.id, ref); }
  void AddJob(const JobFacts& job) {
    Add(job.intents);
    Add(job.outcomes);
    Add(job.corrections);
  }
  void AddBlank(const BlankFacts& facts) {
    Add(facts.dispatches);
    Add(facts.scans);
    Add(facts.spoils);
    Add(facts.corrections);
    Add(facts.openings);
    Add(facts.steps);
    Add(facts.losses);
    Add(facts.loans);
    Add(facts.names);
    Add(facts.births);
  }
  void AddBox(const BoxFacts& facts) {
    Add(facts.declarations);
    Add(facts.dispatches);
    Add(facts.scans);
    Add(facts.openings);
    Add(facts.losses);
  }
  void AddRecord(const PrrFacts& facts) {
    Add(facts.versions);
    Add(facts.withdrawals);
    Add(facts.grants);
    Add(facts.requests);
    Add(facts.releases);
    Add(facts.losses);
    Add(facts.replaced_by);
    Add(facts.destructions);
  }
  // The days without contact are the centre's own facts.
  void AddSilences(const NodeRow& row) {
    for (const auto& [seq, fact] : row.silences) {
      FactRef ref;
      ref.id = fact;
      ref.node = centre_.options().centre;
      ref.incarnation = centre_.log_incarnation();
      ref.seq = seq;
      AddRef(ref);
    }
  }
  absl::Status AddJobs(const std::set<ActId>& acts, Jobs& jobs) {
    for (const ActId& act : acts) {
      KEPING_ASSIGN_OR_RETURN(jobs[act],
                              StoredRow<JobFacts>(centre_, storage::kJobRowPrefix, act.value()));
      AddJob(jobs[act]);
    }
    return absl::OkStatus();
  }

  absl::StatusOr<TracedFacts> ReadAll() const {
    TracedFacts facts;
    for (const auto& [id, ref] : refs_) {
      KEPING_ASSIGN_OR_RETURN(TracedFact fact, Read(ref));
      facts.push_back(std::move(fact));
    }
    std::sort(facts.begin(), facts.end(), [](const TracedFact& a, const TracedFact& b) {
      return std::tie(a.ref.wall_micros, a.ref.node, a.ref.seq) <
             std::tie(b.ref.wall_micros, b.ref.node, b.ref.seq);
    });
    return facts;
  }

  // Of a stored fact that names its place alone, the clock is that of the entry.
  absl::StatusOr<TracedFact> Read(const FactRef& ref) const {
    KEPING_ASSIGN_OR_RETURN(const std::string bytes, BytesAt(ref));
    KEPING_ASSIGN_OR_RETURN(ArrivedEntry entry, ReadArrivedEntry(bytes));
    TracedFact fact{.ref = ref, .event = std::move(entry.event)};
    fact.ref.wall_micros = entry.ref.wall_micros;
    return fact;
  }

  const std::map<crypto::Hash, FactRef>& refs() const { return refs_; }

 private:
  absl::StatusOr<std::string> BytesAt(const FactRef& ref) const {
    if (ref.node != centre_.options().centre) {
      return centre_.logs().EntryAt(ref.node, ref.incarnation, ref.seq);
    }
    KEPING_ASSIGN_OR_RETURN(std::optional<std::string> bytes,
                            centre_.store().Get(storage::EntryKey(ref.seq)));
    if (bytes.has_value()) return *std::move(bytes);
    return absl::DataLossError(absl::StrCat("entry ", ref.seq,
                                            " of the centre's own log is not there: restore the "
                                            "database from its backup"));
  }

  const CentralNode& centre_;
  std::map<crypto::Hash, FactRef> refs_;
};

absl::StatusOr<crypto::Hash> TagOf(const std::string& hex) {
  return crypto::Hash::FromBytes(absl::HexStringToBytes(hex));
}

// Where the evidence of a case may lie, by whom it is about; what no row names is looked for in the
// logs.
absl::Status AddCandidates(const CentralNode& centre, const CaseRow& row, Collector& into) {
  Jobs jobs;
  std::vector<domain::PrrId> records;
  if (row.kind == CaseKind::kTwoCardsOnePerson) {
    KEPING_ASSIGN_OR_RETURN(const PersonRow person,
                            StoredRow<PersonRow>(centre, storage::kPersonRowPrefix, row.entity));
    records.assign(person.prrs.begin(), person.prrs.end());
  } else if (!row.prr.empty()) {
    records.push_back(row.prr);
  }
  for (const domain::PrrId& record : records) {
    KEPING_ASSIGN_OR_RETURN(const PrrRow prr,
                            StoredRow<PrrRow>(centre, storage::kPrrRowPrefix, record.value()));
    into.AddRecord(prr.facts);
    KEPING_RETURN_IF_ERROR(into.AddJobs(prr.facts.jobs, jobs));
  }
  if (row.blank.has_value()) {
    KEPING_ASSIGN_OR_RETURN(
        const BlankRow blank,
        StoredRow<BlankRow>(centre, storage::kBlankRowPrefix, row.blank->text()));
    into.AddBlank(blank.facts);
    KEPING_RETURN_IF_ERROR(into.AddJobs(blank.facts.jobs, jobs));
    KEPING_ASSIGN_OR_RETURN(const NameRow names,
                            StoredRow<NameRow>(centre, storage::kNameRowPrefix, row.blank->text()));
    into.Add(names.names);
  }
  if (IsOfTransfer(row.kind) && !row.entity.empty()) {
    KEPING_ASSIGN_OR_RETURN(
        const TransferRow transfer,
        StoredRow<TransferRow>(centre, storage::kTransferRowPrefix, row.entity));
    into.Add(transfer.facts.dispatches);
    into.Add(transfer.facts.receipts);
  }
  if (row.kind == CaseKind::kBindingsShifted) {
    KEPING_ASSIGN_OR_RETURN(const BatchRow batch,
                            StoredRow<BatchRow>(centre, storage::kBatchRowPrefix, row.entity));
    std::set<ActId> acts;
    for (const auto& [act, swap] : batch.swaps) acts.insert(act);
    KEPING_RETURN_IF_ERROR(into.AddJobs(acts, jobs));
  }
  if (row.kind == CaseKind::kCountVariance) {
    KEPING_ASSIGN_OR_RETURN(
        const CountFacts counts,
        StoredRow<CountFacts>(centre, storage::kCountsRowPrefix, row.node.value()));
    for (const auto& [pile, facts] : counts.counts) into.Add(facts);
  }
  if (row.kind == CaseKind::kReportContradiction) {
    KEPING_ASSIGN_OR_RETURN(const FiguresRow figures,
                            StoredRow<FiguresRow>(centre, storage::kFiguresRowPrefix, row.entity));
    into.Add(figures.reports);
  }
  if (row.kind == CaseKind::kNodeSilent) {
    const auto node = centre.resident().nodes.find(row.node);
    if (node != centre.resident().nodes.end()) into.AddSilences(node->second);
  }
  if (row.kind == CaseKind::kLoanContradiction) into.Add(centre.resident().centre.loans);
  if (row.kind == CaseKind::kBoxDifference) {
    KEPING_ASSIGN_OR_RETURN(const BoxRow box,
                            StoredRow<BoxRow>(centre, storage::kBoxRowPrefix, row.entity));
    into.AddBox(box.facts);
  }
  if (row.kind == CaseKind::kGrantMismatch) {
    KEPING_ASSIGN_OR_RETURN(const crypto::Hash tag, TagOf(row.entity));
    for (const auto& [node, state] : centre.resident().nodes) {
      const auto grant = state.grants.find(tag);
      if (grant != state.grants.end()) into.Add(grant->second.uses);
    }
  }
  return absl::OkStatus();
}

void AddCases(const std::set<CaseKind>& kinds, absl::string_view entity, BlankTrace& trace) {
  for (const CaseKind kind : kinds) trace.cases.insert(CaseIdFor(kind, entity));
}

absl::Status AddCasesOfRecords(const CentralNode& centre, const domain::BlankSerial& serial,
                               BlankTrace& trace) {
  for (const auto& [act, job] : trace.jobs) {
    const JobVerdict verdict = JudgeJob(job);
    const bool on_it = verdict.good.contains(serial) ||
                       (trace.other_name.has_value() && verdict.good.contains(*trace.other_name));
    if (!on_it || verdict.intent == nullptr) continue;
    const domain::PrrId& prr = verdict.intent->prr;
    KEPING_ASSIGN_OR_RETURN(const PrrRow record,
                            StoredRow<PrrRow>(centre, storage::kPrrRowPrefix, prr.value()));
    AddCases(record.cases, prr.value(), trace);
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<TracedFact> ReadFact(const CentralNode& centre, const FactRef& ref) {
  return Collector(centre).Read(ref);
}

absl::StatusOr<std::optional<BlankTrace>> TraceBlank(const CentralNode& centre,
                                                     const domain::BlankSerial& serial) {
  BlankTrace trace;
  KEPING_ASSIGN_OR_RETURN(trace.row,
                          StoredRow<BlankRow>(centre, storage::kBlankRowPrefix, serial.text()));
  if (!trace.row.exists) {
    if (!centre.resident().centre.allotted.Contains(serial)) return std::optional<BlankTrace>();
    trace.row.facts.issued = true;
    trace.row.place = {ledger::Account::kDistrictStock, {}};
  }
  std::map<domain::BlankSerial, BlankRow> names;
  names[serial] = trace.row;
  for (const NameFact& name : trace.row.facts.names) {
    for (const domain::BlankSerial& one : {name.printed, name.uid}) {
      KEPING_ASSIGN_OR_RETURN(names[one],
                              StoredRow<BlankRow>(centre, storage::kBlankRowPrefix, one.text()));
    }
  }
  Collector collector(centre);
  collector.AddBlank(trace.row.facts);
  for (const BirthFact& birth : trace.row.facts.births) {
    KEPING_ASSIGN_OR_RETURN(trace.boxes[birth.box],
                            StoredRow<BoxRow>(centre, storage::kBoxRowPrefix, birth.box.value()));
    // How the blank came to the office, before it had a name.
    collector.Add(trace.boxes[birth.box].facts.declarations);
    collector.Add(trace.boxes[birth.box].facts.dispatches);
    collector.Add(trace.boxes[birth.box].facts.scans);
  }
  KEPING_RETURN_IF_ERROR(collector.AddJobs(trace.row.facts.jobs, trace.jobs));
  AddCases(trace.row.cases, serial.text(), trace);
  if (const std::optional<JoinedNames> joined = NamesOf(serial, names)) {
    trace.other_name = serial == joined->printed ? joined->uid : joined->printed;
    const BlankRow& other = names.at(*trace.other_name);
    collector.AddBlank(other.facts);
    AddCases(other.cases, trace.other_name->text(), trace);
    KEPING_RETURN_IF_ERROR(collector.AddJobs(other.facts.jobs, trace.jobs));
    // The books have the blank under its printed serial.
    if (serial == joined->uid) trace.row.place = other.place;
    trace.row.facts.issued = trace.row.facts.issued || other.facts.issued;
  }
  KEPING_RETURN_IF_ERROR(AddCasesOfRecords(centre, serial, trace));
  KEPING_ASSIGN_OR_RETURN(trace.facts, collector.ReadAll());
  return std::optional<BlankTrace>(std::move(trace));
}

absl::StatusOr<std::optional<RecordTrace>> TraceRecord(const CentralNode& centre,
                                                       const domain::PrrId& prr) {
  KEPING_ASSIGN_OR_RETURN(std::optional<PrrView> view, ReadPrr(centre, prr));
  if (!view.has_value()) return std::optional<RecordTrace>();
  RecordTrace trace{.view = *std::move(view), .jobs = {}, .places = {}, .facts = {}};
  Collector collector(centre);
  collector.AddRecord(trace.view.row.facts);
  KEPING_RETURN_IF_ERROR(collector.AddJobs(trace.view.row.facts.jobs, trace.jobs));
  for (const GoodCard& card : trace.view.verdict.good_cards) {
    KEPING_ASSIGN_OR_RETURN(
        const BlankRow blank,
        StoredRow<BlankRow>(centre, storage::kBlankRowPrefix, card.at.blank.text()));
    trace.places[card.at.blank] = blank.place;
    collector.Add(blank.facts.steps);
  }
  KEPING_ASSIGN_OR_RETURN(trace.facts, collector.ReadAll());
  return std::optional<RecordTrace>(std::move(trace));
}

absl::StatusOr<std::vector<domain::PrrId>> RecordsOfPerson(const CentralNode& centre,
                                                           const crypto::Hash& nik_key) {
  KEPING_ASSIGN_OR_RETURN(const PersonRow person,
                          StoredRow<PersonRow>(centre, storage::kPersonRowPrefix, nik_key.Hex()));
  return std::vector<domain::PrrId>(person.prrs.begin(), person.prrs.end());
}

absl::StatusOr<std::optional<CaseTrace>> TraceCase(const CentralNode& centre,
                                                   const domain::CaseId& id) {
  KEPING_ASSIGN_OR_RETURN(std::optional<CaseView> view, ReadCase(centre, id));
  if (!view.has_value()) return std::optional<CaseTrace>();
  CaseTrace trace{.view = *std::move(view), .evidence = {}, .others = {}};
  Collector candidates(centre);
  KEPING_RETURN_IF_ERROR(AddCandidates(centre, trace.view.row, candidates));
  Collector evidence(centre);
  std::set<crypto::Hash> elsewhere;
  for (const crypto::Hash& fact : trace.view.row.evidence) {
    const auto ref = candidates.refs().find(fact);
    if (ref != candidates.refs().end()) {
      evidence.AddRef(ref->second);
    } else {
      elsewhere.insert(fact);
    }
  }
  if (!elsewhere.empty()) {
    KEPING_ASSIGN_OR_RETURN(const std::vector<FactRef> found,
                            SearchLogs(centre, trace.view.row.node, std::move(elsewhere)));
    for (const FactRef& ref : found) evidence.AddRef(ref);
  }
  KEPING_ASSIGN_OR_RETURN(trace.evidence, evidence.ReadAll());
  Collector others(centre);
  others.Add(trace.view.row.decisions);
  for (const auto& [action, row] : trace.view.actions) {
    for (const FactRef& ref : row.acknowledgements) others.AddRef(ref);
  }
  for (const auto& [fact, ref] : others.refs()) {
    KEPING_ASSIGN_OR_RETURN(TracedFact read, others.Read(ref));
    trace.others.emplace(fact, std::move(read));
  }
  return std::optional<CaseTrace>(std::move(trace));
}

}  // namespace keping::central
