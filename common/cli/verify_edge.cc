// Verifies the store of an edge node: its log, what it signed, what the centre countersigned, and
// its blanks.

#include <map>
#include <memory>
#include <optional>

#include "absl/strings/str_cat.h"
#include "common/base/status_macros.h"
#include "common/cli/conservation.h"
#include "common/cli/interrupted_jobs.h"
#include "common/cli/log_walk.h"
#include "common/cli/store_report.h"
#include "common/cli/verify.h"
#include "common/crypto/signer.h"
#include "common/storage/key_space.h"
#include "common/sync/frames.h"
#include "common/wire/frame_codec.h"
#include "keping/store/v1/edge.pb.h"
#include "keping/sync/v1/sync.pb.h"

namespace keping::cli {
namespace {

using storage::PrefixEnd;

class EdgeVerification {
 public:
  EdgeVerification(const storage::KvStore& store, std::string centre_public_key,
                   v1::StoreReport* report)
      : store_(store),
        centre_public_key_(std::move(centre_public_key)),
        report_(report),
        verifier_(crypto::MakeEd25519Verifier()),
        walk_("log", report, [this](const LoggedEvent& event) { On(event); }) {}

  absl::Status Run(LogHashes* logs) {
    report_->set_program("edge");
    KEPING_RETURN_IF_ERROR(WalkAncestors());
    KEPING_RETURN_IF_ERROR(WalkLog());
    report_->set_node(walk_.node().value());
    KEPING_RETURN_IF_ERROR(CheckSignedHeads());
    KEPING_RETURN_IF_ERROR(CheckReceipt());
    KEPING_RETURN_IF_ERROR(Note());
    CountBlanks();
    ListJobs();
    for (const auto& [number, walk] : ancestors_) {
      walk->WriteStream();
      (*logs)[{walk->node().value(), walk->incarnation().value()}] = walk->TakeHashes();
    }
    walk_.WriteStream();
    (*logs)[{walk_.node().value(), walk_.incarnation().value()}] = walk_.TakeHashes();
    return absl::OkStatus();
  }

 private:
  void On(const LoggedEvent& event) {
    ++events_;
    census_.Add(event);
    jobs_.Add(event.event);
  }
  void Add(const char* code, const std::string& place, const std::string& sentence) {
    AddDifference(report_, code, place, sentence);
  }
  void AddCheck(const char* name, uint64_t count) { cli::AddCheck(report_, name, count); }
  void AddTotal(const char* account, uint64_t quantity) {
    v1::Total* total = report_->add_totals();
    total->set_account(account);
    total->set_holder(walk_.node().value());
    total->set_quantity(static_cast<int64_t>(quantity));
  }

  // The logs of earlier incarnations: number, seq.
  absl::Status WalkAncestors() {
    const absl::string_view entries = storage::kAncestorEntryPrefix;
    const absl::string_view heads = storage::kAncestorHeadPrefix;
    absl::Status status;
    const auto walk_at = [&](absl::string_view key, uint64_t* seq) -> LogWalk* {
      const auto number = storage::ReadBigEndian64(key, 1);
      const auto at = storage::ReadBigEndian64(key, 1 + sizeof(uint64_t));
      status = number.ok() ? at.status() : number.status();
      if (!status.ok()) return nullptr;
      *seq = *at;
      std::unique_ptr<LogWalk>& walk = ancestors_[*number];
      if (walk == nullptr) {
        walk = std::make_unique<LogWalk>(absl::StrCat("earlier log ", *number), report_,
                                         [this](const LoggedEvent& event) { On(event); });
      }
      return walk.get();
    };
    uint64_t seq = 0;
    KEPING_RETURN_IF_ERROR(store_.Scan(entries, PrefixEnd(entries),
                                       [&](absl::string_view key, absl::string_view value) {
                                         LogWalk* const walk = walk_at(key, &seq);
                                         if (walk != nullptr) walk->Visit(seq, value);
                                         return walk != nullptr;
                                       }));
    KEPING_RETURN_IF_ERROR(status);
    KEPING_RETURN_IF_ERROR(store_.Scan(heads, PrefixEnd(heads),
                                       [&](absl::string_view key, absl::string_view signature) {
                                         LogWalk* const walk = walk_at(key, &seq);
                                         if (walk == nullptr) return false;
                                         walk->CheckSignedHead(seq, signature, *verifier_);
                                         return true;
                                       }));
    AddCheck("earlier_logs", ancestors_.size());
    return status;
  }

  absl::Status WalkLog() {
    absl::Status status;
    KEPING_RETURN_IF_ERROR(store_.Scan(storage::kEntryPrefix, PrefixEnd(storage::kEntryPrefix),
                                       [&](absl::string_view key, absl::string_view value) {
                                         const auto seq = storage::ReadBigEndian64(key, 1);
                                         status = seq.status();
                                         if (seq.ok()) walk_.Visit(*seq, value);
                                         return seq.ok();
                                       }));
    AddCheck("entries", walk_.entries());
    AddCheck("events", events_);
    return status;
  }

  absl::Status CheckSignedHeads() {
    uint64_t heads = 0;
    absl::Status status;
    KEPING_RETURN_IF_ERROR(store_.Scan(storage::kSealedHeadPrefix,
                                       PrefixEnd(storage::kSealedHeadPrefix),
                                       [&](absl::string_view key, absl::string_view signature) {
                                         const auto seq = storage::ReadBigEndian64(key, 1);
                                         status = seq.status();
                                         if (!seq.ok()) return false;
                                         walk_.CheckSignedHead(*seq, signature, *verifier_);
                                         ++heads;
                                         return true;
                                       }));
    AddCheck("signed_heads", heads);
    return status;
  }

  absl::Status CheckReceipt() {
    KEPING_ASSIGN_OR_RETURN(const auto bytes, store_.Get(storage::kContactKey));
    AddCheck("receipts", bytes ? 1 : 0);
    if (!bytes) return absl::OkStatus();
    const std::optional<sync::Receipt> receipt = ReadReceipt(*bytes);
    if (!receipt) {
      Add("receipt_damaged", "last receipt", "got bytes that do not parse, want a receipt");
      return absl::OkStatus();
    }
    for (const auto& [number, walk] : ancestors_) {
      if (receipt->incarnation != walk->incarnation()) continue;
      // Of before the node was recovered; the new incarnation has none yet.
      walk->CheckWitness("the centre's last receipt", receipt->head.seq, receipt->head.hash);
      return absl::OkStatus();
    }
    if (receipt->node != walk_.node() || receipt->incarnation != walk_.incarnation()) {
      Add("receipt_foreign", "last receipt",
          absl::StrCat("got one for node ", receipt->node.value(), " incarnation ",
                       receipt->incarnation.value(), ", want one for this log"));
      return absl::OkStatus();
    }
    const bool fits =
        walk_.CheckWitness("the centre's last receipt", receipt->head.seq, receipt->head.hash);
    if (centre_public_key_.empty()) {
      report_->add_notes(
          "The signature of the last receipt was not checked: give --keys with the centre's key.");
    } else if (!verifier_->Verify(centre_public_key_, sync::ReceiptStatement(*receipt),
                                  receipt->signature)) {
      Add("receipt_signature_wrong", "last receipt",
          "the centre's key did not sign it: it is forged, damaged or of another district");
      return absl::OkStatus();
    }
    if (fits) walk_.SetProven(receipt->head.seq);
    return absl::OkStatus();
  }

  static std::optional<sync::Receipt> ReadReceipt(const std::string& bytes) {
    store::v1::StoredContact stored;
    sync::v1::SessionResponse response;
    if (!stored.ParseFromString(bytes) || !response.ParseFromString(stored.receipt())) return {};
    const auto frame = wire::DecodeFrame(response);
    if (!frame.ok() || !std::holds_alternative<sync::Receipt>(*frame)) return {};
    return std::get<sync::Receipt>(*frame);
  }

  // What a person should know and that contradicts nothing.
  absl::Status Note() {
    uint64_t cut = 0;
    KEPING_RETURN_IF_ERROR(store_.Scan(storage::kQuarantinePrefix,
                                       PrefixEnd(storage::kQuarantinePrefix),
                                       [&cut](absl::string_view, absl::string_view) {
                                         ++cut;
                                         return true;
                                       }));
    if (cut > 0) {
      report_->add_notes(absl::StrCat(
          cut, " stored values did not fit the log when the node opened it; they are kept apart."));
    }
    KEPING_ASSIGN_OR_RETURN(const auto lock, store_.Get(storage::kLockKey));
    if (lock) report_->add_notes(absl::StrCat("Printing is locked: ", *lock));
    return absl::OkStatus();
  }

  void ListJobs() {
    for (const domain::ActId& act : jobs_.at_printer()) report_->add_jobs_at_printer(act.value());
    for (const domain::ActId& act : jobs_.doubted_at_restart()) {
      report_->add_jobs_doubted_at_restart(act.value());
    }
  }

  void CountBlanks() {
    const OfficeCount count = census_.CountOffice();
    AddTotal("received", count.received);
    AddTotal("opened", count.opened);
    AddTotal("available", count.available);
    AddTotal("bound", count.bound);
    AddTotal("in_doubt", count.in_doubt);
    AddTotal("used", count.used);
    AddTotal("handed_over", count.handed_over);
    AddTotal("delivered", count.delivered);
    AddTotal("spoiled", count.spoiled);
    AddTotal("destroyed", count.destroyed);
    AddTotal("missing", count.missing);
    AddTotal("lent", count.lent);
    AddTotal("unidentified", count.unidentified);
    AddCheck("blanks", count.received);
    for (const CensusProblem& problem : count.problems) {
      Add(problem.code.c_str(), problem.place, problem.sentence);
    }
  }

  const storage::KvStore& store_;
  const std::string centre_public_key_;
  v1::StoreReport* const report_;
  const std::unique_ptr<crypto::Verifier> verifier_;
  BlankCensus census_;
  InterruptedJobs jobs_;
  uint64_t events_ = 0;
  std::map<uint64_t, std::unique_ptr<LogWalk>> ancestors_;
  LogWalk walk_;
};

}  // namespace

absl::Status VerifyEdgeStore(const storage::KvStore& store, const std::string& centre_public_key,
                             v1::StoreReport* report, LogHashes* logs) {
  return EdgeVerification(store, centre_public_key, report).Run(logs);
}

}  // namespace keping::cli
