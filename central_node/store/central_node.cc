#include "central_node/store/central_node.h"

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "central_node/core/needs.h"
#include "central_node/core/node_end.h"
#include "common/base/check.h"
#include "common/base/status_macros.h"
#include "common/storage/format_version.h"
#include "common/storage/key_space.h"
#include "common/wire/event_codec.h"

namespace keping::central {
namespace {

using domain::NodeId;
using storage::Durability;
using storage::WriteBatch;

constexpr size_t kGrantsPerStep = 500;

// The centre's own log within one step: entries are staged into the step's batch.
class LogSink : public EventSink {
 public:
  LogSink(storage::EventLog& log, time::HybridClock& hybrid, const NodeId& centre,
          const Resident& resident, const time::Moment& now, WriteBatch& batch)
      : log_(log),
        hybrid_(hybrid),
        centre_(centre),
        resident_(resident),
        now_(now),
        batch_(batch) {}

  FactRef Append(const domain::Event& event) override {
    wire::EncodedEvent encoded = wire::EncodeEvent(event);
    const storage::LoggedEntry logged = log_.Stage({.node = centre_,
                                                    .incarnation = Stream(event),
                                                    .hybrid_time = hybrid_.Tick(now_.wall),
                                                    .moment = now_,
                                                    .type = encoded.type,
                                                    .payload = std::move(encoded.payload)},
                                                   &batch_);
    const domain::EntryHeader& header = logged.entry.header;
    return {.id = logged.hash,
            .node = header.node,
            .incarnation = header.incarnation,
            .seq = header.seq,
            .wall_micros = header.wall_micros};
  }

 private:
  // The stream is named by the generation that its first entry opens.
  domain::IncarnationId Stream(const domain::Event& event) const {
    if (!log_.incarnation().empty()) return log_.incarnation();
    const auto* opened = std::get_if<domain::GenerationOpened>(&event);
    const domain::GenerationId& generation =
        opened != nullptr ? opened->generation : resident_.centre.generation;
    return domain::IncarnationId::Of(generation.value());
  }

  storage::EventLog& log_;
  time::HybridClock& hybrid_;
  const NodeId& centre_;
  const Resident& resident_;
  const time::Moment& now_;
  WriteBatch& batch_;
};

// A replay appends nothing.
class NoSink : public EventSink {
 public:
  FactRef Append(const domain::Event&) override { KEPING_CHECK(false, "a replay decides nothing"); }
};

CentralOptions WithGrants(CentralOptions options) {
  if (!options.grant_key.empty()) {
    options.settings.grant_key_name =
        crypto::Sha256({"keping-grant-key-name-v1\n", options.grant_key});
  }
  return options;
}

std::string BigEndian(uint64_t value) {
  std::string out;
  storage::AppendBigEndian64(&out, value);
  return out;
}

template <typename Kind>
std::string CountKey(absl::string_view prefix, Kind kind, const NodeId& holder) {
  return absl::StrCat(prefix, std::string(1, static_cast<char>(kind)), holder.value());
}

std::string OutboxKey(uint64_t seq) { return absl::StrCat(storage::kOutboxPrefix, BigEndian(seq)); }

std::string WaitingPrefix(const NodeId& node) {
  return absl::StrCat(storage::kWaitingPrefix, node.value(), absl::string_view("\0", 1));
}

void PutCount(const std::string& key, int64_t count, WriteBatch& batch) {
  // No row stands for zero, so that equal balances are equal bytes.
  if (count == 0) {
    batch.Delete(key);
  } else {
    batch.Put(key, BigEndian(static_cast<uint64_t>(count)));
  }
}

}  // namespace

CentralNode::CentralNode(storage::KvStore* store, CentralOptions options, storage::EventLog log,
                         storage::SealedRows sealed)
    : store_(store),
      options_(WithGrants(std::move(options))),
      log_(std::move(log)),
      sealed_(std::move(sealed)),
      // What is left of a record without its key opens to nobody.
      erasure_(store, {std::string(storage::kSideRecordKeyPrefix)}),
      hybrid_(log_.last_hybrid_time()),
      lanes_(store, &sealed_, options_.grant_key),
      blanks_(store, storage::kBlankRowPrefix),
      prrs_(store, storage::kPrrRowPrefix),
      jobs_(store, storage::kJobRowPrefix),
      transfers_(store, storage::kTransferRowPrefix),
      cases_(store, storage::kCaseRowPrefix),
      actions_(store, storage::kActionRowPrefix),
      reports_(store, storage::kReportRowPrefix),
      persons_(store, storage::kPersonRowPrefix),
      printer_days_(store, storage::kPrinterDayRowPrefix),
      batches_(store, storage::kBatchRowPrefix),
      names_(store, storage::kNameRowPrefix),
      counts_(store, storage::kCountsRowPrefix),
      figures_(store, storage::kFiguresRowPrefix),
      boxes_(store, storage::kBoxRowPrefix) {}

absl::StatusOr<std::unique_ptr<CentralNode>> CentralNode::OpenForReplay(storage::KvStore* store,
                                                                        CentralOptions options) {
  KEPING_RETURN_IF_ERROR(storage::CheckFormatVersion(*store, kFormatVersion, "central"));
  KEPING_ASSIGN_OR_RETURN(storage::EventLog log, storage::EventLog::Open(store));
  if (const auto& cut = log.open_report().cut; cut.has_value()) {
    return absl::DataLossError(absl::StrCat("the centre's own log is damaged at seq ",
                                            cut->from_seq, ": ", cut->reason,
                                            ". Restore the database from its backup."));
  }
  KEPING_ASSIGN_OR_RETURN(storage::SealedRows sealed,
                          OpenSealedRows(store, options.cipher, options.random));
  auto centre = std::unique_ptr<CentralNode>(
      new CentralNode(store, std::move(options), std::move(log), std::move(sealed)));
  KEPING_RETURN_IF_ERROR(centre->LoadTables());
  KEPING_RETURN_IF_ERROR(centre->erasure_.Open());
  return centre;
}

absl::StatusOr<std::unique_ptr<CentralNode>> CentralNode::Open(storage::KvStore* store,
                                                               CentralOptions options,
                                                               const time::Moment& now) {
  KEPING_ASSIGN_OR_RETURN(std::unique_ptr<CentralNode> centre,
                          OpenForReplay(store, std::move(options)));
  centre->running_before_ = centre->resident_.centre.running;
  centre->opened_at_ = now.monotonic;
  const bool begins = centre->resident_.centre.generation.empty();
  KEPING_ASSIGN_OR_RETURN(const bool set_back, centre->WasSetBack());
  if (begins || set_back) {
    KEPING_RETURN_IF_ERROR(centre->Begin(now, {.generation = {}, .restored = !begins}));
  }
  // What was receipted before a crash; of a centre that was set back under the new generation,
  // which gives nothing out yet.
  KEPING_RETURN_IF_ERROR(centre->JudgeAll(now));
  KEPING_RETURN_IF_ERROR(centre->Commit(now, Mode::kLive, TellGrantKeys{}, {}).status());
  KEPING_RETURN_IF_ERROR(centre->PostAllAccepted(now));
  // An enrolment may have been cut off by a crash before everything that waited was granted.
  KEPING_RETURN_IF_ERROR(centre->GrantAllWaiting(now));
  // Pictures whose time is over are destroyed before anybody is served (DestroyDue).
  if (set_back) KEPING_RETURN_IF_ERROR(centre->EndDays(now, /*all=*/true));
  return centre;
}

absl::StatusOr<bool> CentralNode::WasSetBack() const {
  if (!options_.witness.has_value()) return false;
  const sync::Witness& witness = *options_.witness;
  if (witness.missing) {
    KEPING_ASSIGN_OR_RETURN(const std::optional<std::string> mark,
                            store_->Get(storage::kWitnessedKey));
    return mark.has_value();
  }
  if (witness.other_machine) return true;
  if (witness.head.seq == 0) return false;
  const auto own = log_.HeadAt(witness.head.seq);
  return !own.ok() || own->hash != witness.head.hash;
}

absl::Status CentralNode::NoteWitness() {
  if (broken_) return storage::ReopenNeeded();
  KEPING_ASSIGN_OR_RETURN(const std::optional<std::string> mark,
                          store_->Get(storage::kWitnessedKey));
  if (mark.has_value()) return absl::OkStatus();
  WriteBatch batch;
  batch.Put(storage::kWitnessedKey, "1");
  const absl::Status written = store_->Write(batch, storage::Durability::kSynced);
  return written.ok() ? written : Broken(written);
}

absl::Status CentralNode::Begin(const time::Moment& now, OpenGeneration opening) {
  opening.generation =
      domain::GenerationId::Of(absl::StrCat("g-", absl::BytesToHexString(options_.random(8))));
  return Commit(now, Mode::kLive, opening, {}).status();
}

absl::Status CentralNode::OpenNextGeneration(const time::Moment& now, const NodeId& shown_by,
                                             uint32_t known_order) {
  if (broken_) return storage::ReopenNeeded();
  KEPING_RETURN_IF_ERROR(JudgeAll(now));
  KEPING_RETURN_IF_ERROR(Begin(
      now, {.generation = {}, .restored = true, .shown_by = shown_by, .known_order = known_order}));
  return days_left_open_ > 0 ? EndDays(now, /*all=*/true) : absl::OkStatus();
}

// ---------------------------------------------------------------------------------------------
// One step: load, decide, write, remember.

absl::Status CentralNode::Broken(absl::Status cause) {
  broken_ = true;
  return cause;
}

absl::Status CentralNode::LoadRows(const Input& input, Rows& rows) {
  Needs needs(options_.settings, input, resident_);
  for (Keys missing = needs.Next(rows); !missing.empty(); missing = needs.Next(rows)) {
    KEPING_RETURN_IF_ERROR(blanks_.Load(missing.blanks, rows.blanks));
    KEPING_RETURN_IF_ERROR(prrs_.Load(missing.prrs, rows.prrs));
    KEPING_RETURN_IF_ERROR(jobs_.Load(missing.jobs, rows.jobs));
    KEPING_RETURN_IF_ERROR(transfers_.Load(missing.transfers, rows.transfers));
    KEPING_RETURN_IF_ERROR(cases_.Load(missing.cases, rows.cases));
    KEPING_RETURN_IF_ERROR(actions_.Load(missing.actions, rows.actions));
    KEPING_RETURN_IF_ERROR(reports_.Load(missing.reports, rows.reports));
    KEPING_RETURN_IF_ERROR(persons_.Load(missing.persons, rows.persons));
    KEPING_RETURN_IF_ERROR(printer_days_.Load(missing.printer_days, rows.printer_days));
    KEPING_RETURN_IF_ERROR(batches_.Load(missing.batches, rows.batches));
    KEPING_RETURN_IF_ERROR(names_.Load(missing.names, rows.names));
    KEPING_RETURN_IF_ERROR(counts_.Load(missing.counts, rows.counts));
    KEPING_RETURN_IF_ERROR(figures_.Load(missing.figures, rows.figures));
    KEPING_RETURN_IF_ERROR(boxes_.Load(missing.boxes, rows.boxes));
  }
  return absl::OkStatus();
}

void CentralNode::KeepRows(Rows& rows) {
  blanks_.Keep(rows.blanks);
  prrs_.Keep(rows.prrs);
  jobs_.Keep(rows.jobs);
  transfers_.Keep(rows.transfers);
  cases_.Keep(rows.cases);
  actions_.Keep(rows.actions);
  // A report is looked at when its card is made, and once more when it is answered, days later.
  persons_.Keep(rows.persons);
  printer_days_.Keep(rows.printer_days);
  batches_.Keep(rows.batches);
  names_.Keep(rows.names);
  counts_.Keep(rows.counts);
  figures_.Keep(rows.figures);
  boxes_.Keep(rows.boxes);
}

absl::StatusOr<CommandResult> CentralNode::Commit(const time::Moment& now, Mode mode,
                                                  const Input& input, const WriteBatch& extra) {
  if (broken_) return storage::ReopenNeeded();
  Rows rows;
  // Rows are moved out of the caches: from here on every failure leaves memory and disk apart.
  if (absl::Status loaded = LoadRows(input, rows); !loaded.ok()) return Broken(std::move(loaded));
  WriteBatch batch;
  LogSink log_sink(log_, hybrid_, options_.centre, resident_, now, batch);
  NoSink no_sink;
  EventSink& sink = mode == Mode::kLive ? static_cast<EventSink&>(log_sink) : no_sink;
  Effects effects = Step(options_.settings, mode, input, sink, rows, resident_);
  if (absl::Status staged = StageEffects(effects, rows, batch); !staged.ok()) {
    return Broken(std::move(staged));
  }
  batch.Append(extra);
  if (!batch.empty()) {
    const Durability durability = mode == Mode::kLive ? Durability::kSynced : Durability::kBuffered;
    if (absl::Status written = store_->Write(batch, durability); !written.ok()) {
      return Broken(std::move(written));
    }
    log_.Committed();
  }
  KeepRows(rows);
  return effects.result;
}

absl::Status CentralNode::StageEffects(Effects& effects, Rows& rows, WriteBatch& batch) {
  StageReports(effects, rows, batch);
  blanks_.Stage(effects.changed.blanks, rows.blanks, batch);
  prrs_.Stage(effects.changed.prrs, rows.prrs, batch);
  jobs_.Stage(effects.changed.jobs, rows.jobs, batch);
  transfers_.Stage(effects.changed.transfers, rows.transfers, batch);
  cases_.Stage(effects.changed.cases, rows.cases, batch);
  for (const auto& [state, change] : effects.case_tally) case_changes_[state] += change;
  actions_.Stage(effects.changed.actions, rows.actions, batch);
  reports_.Stage(effects.changed.reports, rows.reports, batch);
  persons_.Stage(effects.changed.persons, rows.persons, batch);
  printer_days_.Stage(effects.changed.printer_days, rows.printer_days, batch);
  batches_.Stage(effects.changed.batches, rows.batches, batch);
  names_.Stage(effects.changed.names, rows.names, batch);
  counts_.Stage(effects.changed.counts, rows.counts, batch);
  figures_.Stage(effects.changed.figures, rows.figures, batch);
  boxes_.Stage(effects.changed.boxes, rows.boxes, batch);
  for (const NodeId& node : effects.nodes) {
    batch.Put(absl::StrCat(storage::kNodeRowPrefix, node.value()),
              EncodeRow(resident_.nodes.at(node)));
  }
  if (effects.centre) batch.Put(storage::kCentreRowKey, EncodeRow(resident_.centre));
  StageBalances(effects, batch);
  for (const auto& [prr, version] : effects.destroyed) {
    batch.Delete(SideRecordKey(prr, version));
    batch.Delete(SideRecordKeyKey(prr, version));
  }
  if (!effects.destroyed.empty()) erasure_.Owe(batch);
  for (const auto& [prr, ref] : effects.reads) batch.Put(ReadKey(prr, ref), ref.id.AsBytes());
  for (const auto& [node, prr] : effects.waiting_removed) {
    batch.Delete(absl::StrCat(WaitingPrefix(node), prr.value()));
  }
  for (const auto& [node, prr] : effects.waiting_added) {
    batch.Put(absl::StrCat(WaitingPrefix(node), prr.value()), "");
  }
  return lanes_.Stage(effects.feed, batch);
}

void CentralNode::StageBalances(const Effects& effects, WriteBatch& batch) {
  std::set<ledger::Place> changed;
  for (const ledger::Move& move : effects.moves) {
    balances_.Apply(move);
    changed.insert(move.from);
    changed.insert(move.to);
    batch.Put(absl::StrCat(storage::kMovePrefix, BigEndian(++last_move_)), EncodeRow(move));
  }
  for (const ledger::Place& place : changed) {
    PutCount(CountKey(storage::kBalancePrefix, place.account, place.holder), balances_.At(place),
             batch);
  }
  for (const auto& [key, change] : effects.tally) {
    PutCount(CountKey(storage::kPrrTallyPrefix, key.first, key.second), prr_tally_[key] += change,
             batch);
  }
}

void CentralNode::StageReports(const Effects& effects, Rows& rows, WriteBatch& batch) {
  for (const std::string& item : effects.reports_added) {
    ReportRow& row = rows.reports.at(item);
    row.outbox_seq = ++last_outbox_;
    batch.Put(OutboxKey(row.outbox_seq), item);
    ++report_counts_.pending;
  }
  for (const std::string& item : effects.reports_answered) {
    const ReportRow& row = rows.reports.at(item);
    if (row.outbox_seq == 0) continue;
    batch.Delete(OutboxKey(row.outbox_seq));
    --report_counts_.pending;
    ++(row.state == ReportState::kAccepted ? report_counts_.accepted : report_counts_.rejected);
  }
  for (const std::string& item : effects.reports_retried) {
    ReportRow& row = rows.reports.at(item);
    row.outbox_seq = ++last_outbox_;
    batch.Put(OutboxKey(row.outbox_seq), item);
    --report_counts_.rejected;
    ++report_counts_.pending;
  }
}

absl::Status CentralNode::Replay(const Input& input) {
  return Commit({}, Mode::kReplay, input, {}).status();
}

// ---------------------------------------------------------------------------------------------
// Commands.

absl::StatusOr<CommandResult> CentralNode::Handle(const time::Moment& now,
                                                  const EnrolNode& command) {
  // What the node's streams show decides why it is enrolled.
  KEPING_RETURN_IF_ERROR(JudgeAll(now));
  KEPING_ASSIGN_OR_RETURN(const CommandResult result, Commit(now, Mode::kLive, command, {}));
  if (result.outcome == CommandOutcome::kDone) {
    // Of a centre that was set back others may have waited for this office to be known again.
    const bool all = resident_.centre.generation_order > 1;
    KEPING_RETURN_IF_ERROR(all ? GrantAllWaiting(now) : GrantWaitingFor(now, command.node));
  }
  return result;
}

absl::StatusOr<CommandResult> CentralNode::Handle(const time::Moment& now,
                                                  const AddOperator& command,
                                                  absl::string_view first_password) {
  // A command that will be refused must not leave a row.
  if (first_password.empty() || !resident_.nodes.contains(command.node)) {
    return Commit(now, Mode::kLive, command, {});
  }
  WriteBatch rows;
  AddOperator with_password = command;
  with_password.verifier = crypto::Sha256({SealFirstPassword(
      first_password, command.node, command.operator_id, sealed_, options_.random, rows)});
  return Commit(now, Mode::kLive, with_password, rows);
}

absl::StatusOr<CommandResult> CentralNode::Handle(const time::Moment& now,
                                                  const RemoveOperator& command) {
  return Commit(now, Mode::kLive, command, {});
}

absl::StatusOr<CommandResult> CentralNode::Handle(const time::Moment& now,
                                                  const CertifyOperator& command) {
  return Commit(now, Mode::kLive, command, {});
}

absl::StatusOr<CommandResult> CentralNode::Handle(const time::Moment& now,
                                                  const RequireApplication& command) {
  return Commit(now, Mode::kLive, command, {});
}

absl::StatusOr<CommandResult> CentralNode::Handle(const time::Moment& now,
                                                  const IssueGrant& command) {
  const bool of_lease = command.kind == domain::GrantKind::kForceLease;
  if (of_lease) KEPING_RETURN_IF_ERROR(JudgeAll(now));
  IssueGrant with_key = command;
  with_key.key = NodeGrantKey(options_.grant_key, command.node);
  with_key.first_number = static_cast<uint8_t>(options_.random(1)[0]);
  return Commit(now, Mode::kLive, with_key, {});
}

absl::StatusOr<CommandResult> CentralNode::Handle(const time::Moment& now,
                                                  const Dispatch& command) {
  KEPING_RETURN_IF_ERROR(JudgeAll(now));
  return Commit(now, Mode::kLive, command, {});
}

absl::StatusOr<CommandResult> CentralNode::Handle(const time::Moment& now,
                                                  const MoveLease& command) {
  KEPING_RETURN_IF_ERROR(JudgeAll(now));
  return Commit(now, Mode::kLive, command, {});
}

absl::Status CentralNode::GrantAllWaiting(const time::Moment& now) {
  if (!resident_.centre.unheard.empty()) return absl::OkStatus();
  for (const auto& [node, row] : resident_.nodes) {
    KEPING_RETURN_IF_ERROR(GrantWaitingFor(now, node));
  }
  return absl::OkStatus();
}

absl::Status CentralNode::GrantWaitingFor(const time::Moment& now, const NodeId& node) {
  const std::string prefix = WaitingPrefix(node);
  std::string from = prefix;
  while (true) {
    GrantWaiting step;
    KEPING_RETURN_IF_ERROR(
        store_->Scan(from, storage::PrefixEnd(prefix), [&](absl::string_view key, auto) {
          step.prrs.push_back(domain::PrrId::Of(key.substr(prefix.size())));
          from = absl::StrCat(key, absl::string_view("\0", 1));
          return step.prrs.size() < kGrantsPerStep;
        }));
    if (step.prrs.empty()) return absl::OkStatus();
    KEPING_RETURN_IF_ERROR(Commit(now, Mode::kLive, std::move(step), {}).status());
  }
}

// ---------------------------------------------------------------------------------------------
// Reading.

uint64_t CentralNode::feed_head(const NodeId& node) const {
  const auto found = resident_.nodes.find(node);
  return found == resident_.nodes.end() ? 0 : found->second.feed_head;
}

absl::StatusOr<sync::FeedBatch> CentralNode::ReadFeed(const NodeId& node, uint64_t from,
                                                      const FeedLimits& limits) const {
  if (broken_) return storage::ReopenNeeded();
  return lanes_.Read(node, feed_head(node), from, limits);
}

absl::StatusOr<std::string> CentralNode::ReadRecord(const NodeId& node, const domain::PrrId& prr,
                                                    const crypto::Hash& digest) const {
  if (broken_) return storage::ReopenNeeded();
  return lanes_.ReadRecord(node, prr, digest);
}

void CentralNode::NoteContact(const NodeId& node, absl::Time wall) { contacts_[node] = wall; }

std::optional<absl::Time> CentralNode::last_contact(const NodeId& node) const {
  const auto found = contacts_.find(node);
  return found == contacts_.end() ? std::nullopt : std::optional<absl::Time>(found->second);
}

absl::StatusOr<std::vector<NamedReport>> CentralNode::PendingReports(size_t limit) const {
  if (broken_) return storage::ReopenNeeded();
  std::vector<NamedReport> reports;
  KEPING_RETURN_IF_ERROR(store_->Scan(storage::kOutboxPrefix,
                                      storage::PrefixEnd(storage::kOutboxPrefix),
                                      [&](absl::string_view, absl::string_view item) {
                                        reports.push_back({.item = std::string(item), .row = {}});
                                        return reports.size() < limit;
                                      }));
  for (NamedReport& report : reports) {
    KEPING_ASSIGN_OR_RETURN(std::optional<ReportRow> row, reports_.Read(report.item));
    if (!row.has_value()) {
      return absl::DataLossError(absl::StrCat("report ", report.item.substr(0, 8),
                                              " is in the outbox without its row: restore the "
                                              "database"));
    }
    report.row = *std::move(row);
  }
  return reports;
}

}  // namespace keping::central
