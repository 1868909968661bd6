#include "edge_node/app/recover.h"

#include <filesystem>
#include <optional>
#include <system_error>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "common/base/status_macros.h"
#include "common/files/file.h"
#include "common/keys/machine_witness.h"
#include "common/storage/event_log.h"
#include "common/storage/key_space.h"
#include "edge_node/app/upkeep.h"
#include "edge_node/store/ancestry.h"
#include "edge_node/store/log_tail.h"
#include "edge_node/sync_client/node_keys.h"
#include "keping/store/v1/edge.pb.h"
#include "keping/sync/v1/sync.pb.h"

namespace keping::edge {
namespace {

// In this order: a database that goes on under the new incarnation refuses to be opened until the
// last one is there.
constexpr const char* kKeyFiles[] = {"log.key", "node.key",   "node.pem",
                                     "ca.pem",  "centre.pub", "incarnation"};

constexpr size_t kMaxLineBytes = 256;

// How far the centre countersigned this log.
absl::StatusOr<uint64_t> ProvenSeq(const storage::KvStore& store,
                                   const domain::IncarnationId& incarnation) {
  KEPING_ASSIGN_OR_RETURN(const auto bytes, store.Get(storage::kContactKey));
  store::v1::StoredContact stored;
  sync::v1::SessionResponse last;
  if (!bytes || !stored.ParseFromString(*bytes) || !last.ParseFromString(stored.receipt()) ||
      last.receipt().incarnation() != incarnation.value()) {
    return uint64_t{0};
  }
  return last.receipt().seq();
}

}  // namespace

absl::StatusOr<Recovery> Recovery::Look(const config::v1::EdgeConfig& config) {
  KEPING_ASSIGN_OR_RETURN(const std::unique_ptr<Upkeep> upkeep, Upkeep::Open(config));
  KEPING_ASSIGN_OR_RETURN(std::unique_ptr<storage::KvStore> store, upkeep->OpenStore());
  Recovery recovery(config, std::move(store));
  KEPING_RETURN_IF_ERROR(recovery.Read());
  return recovery;
}

absl::Status Recovery::Read() {
  KEPING_ASSIGN_OR_RETURN(const Ancestry ancestry,
                          Ancestry::Open(*store_, [](const domain::Entry&) {}));
  // The file that is moved last; until then those that are in use may be of both incarnations.
  const auto next = files::ReadFile(NextKeys() + "/incarnation", kMaxLineBytes);
  if (next.ok() && !ancestry.successor().empty() &&
      absl::StripAsciiWhitespace(*next) == ancestry.successor().value()) {
    begun_ = ancestry.successor();
    return absl::OkStatus();
  }
  KEPING_ASSIGN_OR_RETURN(const NodeKeys keys, LoadNodeKeys(config_.keys_dir()));
  KEPING_ASSIGN_OR_RETURN(const storage::EventLog log, storage::EventLog::Open(store_.get()));
  head_ = {log.head().seq, log.head().hash};
  incarnation_ = keys.incarnation;
  KEPING_ASSIGN_OR_RETURN(const auto frozen, store_->Get(storage::kFrozenKey));
  if (!frozen.has_value()) {
    return absl::FailedPreconditionError(
        "there is nothing to recover: the log of this node is in order as far as it knows. Start "
        "the node; it says so when its machine was restored or cloned");
  }
  store::v1::Frozen proto;
  if (!proto.ParseFromString(*frozen)) {
    return absl::DataLossError(
        "the database is damaged: the mark of a log that ended does not "
        "parse. Keep the database as it is and call the district office.");
  }
  frozen_ = {static_cast<sync::ProblemKind>(proto.kind()), proto.held_seq(), proto.by_centre()};
  KEPING_ASSIGN_OR_RETURN(const auto reason, store_->Get(storage::kLockKey));
  reason_ = reason.value_or("no reason was kept");
  KEPING_ASSIGN_OR_RETURN(const LogTail tail, LogTail::Open(store_.get(), head_));
  fetched_to_ = tail.end().seq;
  KEPING_ASSIGN_OR_RETURN(proven_seq_, ProvenSeq(*store_, incarnation_));
  return absl::OkStatus();
}

std::string Recovery::Describe() const {
  if (!begun_.empty()) {
    return absl::StrCat("A recovery was begun: the database goes on under incarnation ",
                        begun_.value(), ". This ends it: the new keys take their place.\n");
  }
  std::string text =
      absl::StrCat("Node ", config_.node_id(), ", incarnation ", incarnation_.value(), ".\n",
                   "Why it stopped writing: ", reason_, ".\n", "Its log ends at entry ", head_.seq,
                   "; the centre countersigned ", proven_seq_, " of it.\n");
  if (fetched_to_ > head_.seq) {
    absl::StrAppend(&text, "Fetched back from the centre: entries ", head_.seq + 1, " to ",
                    fetched_to_, ".\n");
  }
  absl::StrAppend(
      &text,
      "Recovery makes new keys, has them signed with a one-time code of the district, keeps this "
      "log "
      "byte for byte, and goes on under a new incarnation. Records come anew from the centre. No "
      "blank may be used before it was scanned: keping edge stock rescan. Passwords and the duty "
      "of "
      "the printers stay.\n");
  return text;
}

std::string Recovery::NextKeys() const { return config_.keys_dir() + "/next"; }

absl::Status Recovery::Run(EnrolmentOptions enrolment, bool leave_behind,
                           const time::Clock& clock) {
  if (!begun_.empty()) return MoveKeys(begun_);
  if (!leave_behind) {
    KEPING_RETURN_IF_ERROR(CheckDelivered(
        frozen_, {.head_seq = head_.seq, .fetched_to = fetched_to_, .proven_seq = proven_seq_}));
  }
  enrolment.node_id = config_.node_id();
  enrolment.keys_dir = NextKeys();
  enrolment.centre_address = config_.centre_enrolment_address();
  if (!IsEnrolled(enrolment.keys_dir)) KEPING_RETURN_IF_ERROR(Enrol(enrolment, clock));
  KEPING_ASSIGN_OR_RETURN(const NodeKeys next, LoadNodeKeys(enrolment.keys_dir));
  KEPING_RETURN_IF_ERROR(Succeed(next.incarnation));
  return MoveKeys(next.incarnation);
}

absl::Status Recovery::Succeed(const domain::IncarnationId& successor) {
  KEPING_ASSIGN_OR_RETURN(const LogTail tail, LogTail::Open(store_.get(), head_));
  KEPING_ASSIGN_OR_RETURN(const keys::MachineWitness witness,
                          keys::MachineWitness::Read(config_.keys_dir()));
  const bool forked = frozen_.kind != sync::ProblemKind::kRollback;
  storage::WriteBatch batch;
  KEPING_RETURN_IF_ERROR(StageSuccession(
      *store_, tail, successor,
      forked ? domain::IncarnationReason::kForked : domain::IncarnationReason::kRestored,
      witness.seen().incarnation == incarnation_ ? ReachedSeq(frozen_, witness.seen().head.seq) : 0,
      &batch));
  return store_->Write(batch, storage::Durability::kSynced);
}

absl::Status Recovery::MoveKeys(const domain::IncarnationId& successor) const {
  namespace fs = std::filesystem;
  KEPING_ASSIGN_OR_RETURN(const keys::MachineWitness witness,
                          keys::MachineWitness::Read(config_.keys_dir()));
  KEPING_RETURN_IF_ERROR(witness.Write(successor, {}));
  for (const char* name : kKeyFiles) {
    const fs::path from = fs::path(NextKeys()) / name;
    std::error_code error;
    if (!fs::exists(from, error)) continue;
    fs::rename(from, fs::path(config_.keys_dir()) / name, error);
    if (error) {
      return absl::UnavailableError(absl::StrCat("cannot move ", from.string(), " to ",
                                                 config_.keys_dir(), ": ", error.message(),
                                                 "; mend that and run this again"));
    }
  }
  std::error_code ignored;
  fs::remove(NextKeys(), ignored);
  return absl::OkStatus();
}

}  // namespace keping::edge
