// Verifies the store of a central node: its own log, the logs of the nodes that it holds byte for
// byte, and its custody ledger against the blanks counted again from all of them.

#include <map>
#include <memory>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "common/base/status_macros.h"
#include "common/cli/conservation.h"
#include "common/cli/destroyed_pictures.h"
#include "common/cli/entry_pipeline.h"
#include "common/cli/log_walk.h"
#include "common/cli/parallel.h"
#include "common/cli/store_report.h"
#include "common/cli/supply_facts.h"
#include "common/cli/verify.h"
#include "common/cli/verify_custody.h"
#include "common/crypto/signer.h"
#include "common/storage/key_space.h"
#include "keping/store/v1/central.pb.h"

namespace keping::cli {
namespace {

namespace row = ::keping::store::v1;

using Stream = std::pair<std::string, std::string>;  // node, incarnation

class CentralVerification {
 public:
  CentralVerification(const storage::KvStore& store, v1::StoreReport* report,
                      const crypto::Verifier* verifier)
      : store_(store),
        report_(report),
        ed25519_(crypto::MakeEd25519Verifier()),
        verifier_(verifier == nullptr ? *ed25519_ : *verifier) {}

  absl::Status Run(LogHashes* logs) {
    report_->set_program("central");
    KEPING_RETURN_IF_ERROR(ReadWaiting());
    KEPING_RETURN_IF_ERROR(WalkOwnLog());
    KEPING_RETURN_IF_ERROR(WalkNodeLogs());
    KEPING_RETURN_IF_ERROR(
        CheckSignedHeads("signed_heads", storage::kNodeSignedHeadPrefix, walks_));
    KEPING_RETURN_IF_ERROR(WalkClaims());
    KEPING_RETURN_IF_ERROR(CheckNodeRows());
    CountBlanks();
    KEPING_RETURN_IF_ERROR(CheckCustodyRows(store_, census_, count_, report_));
    KEPING_RETURN_IF_ERROR(supplies_.Check(store_, report_));
    KEPING_RETURN_IF_ERROR(destroyed_.Check(store_, report_));
    for (const auto& [stream, walk] : walks_) {
      walk->WriteStream();
      (*logs)[stream] = walk->TakeHashes();
    }
    return absl::OkStatus();
  }

 private:
  void Add(const char* code, const std::string& place, const std::string& sentence) {
    AddDifference(report_, code, place, sentence);
  }
  void AddCheck(const char* name, uint64_t count) { cli::AddCheck(report_, name, count); }

  using Walks = std::map<Stream, std::unique_ptr<LogWalk>>;

  static Stream StreamOf(const storage::NodeStreamKey& key) { return {key.node, key.incarnation}; }

  // What is receipted and not judged yet: books and rows do not know of it.
  absl::Status ReadWaiting() {
    uint64_t entries = 0;
    KEPING_RETURN_IF_ERROR(ScanPrefix(
        store_, storage::kToJudgePrefix, [&](absl::string_view, absl::string_view value) {
          row::WaitingRun run;
          if (!run.ParseFromArray(value.data(), static_cast<int>(value.size()))) {
            return Unreadable("the row of entries to be judged");
          }
          waiting_.push_back(run);
          first_waiting_.try_emplace({run.node(), run.incarnation()}, run.first_seq());
          entries += run.last_seq() + 1 - run.first_seq();
          return absl::OkStatus();
        }));
    entries_waiting_ = entries;
    AddCheck("entries_to_judge", entries);
    return absl::OkStatus();
  }

  bool Waits(const Stream& stream, uint64_t seq) const {
    const auto first = first_waiting_.find(stream);
    return first != first_waiting_.end() && seq >= first->second;
  }

  // Each run is there as it was receipted, behind what is judged and the runs before it.
  void CheckWaiting() {
    for (const row::WaitingRun& run : waiting_) {
      const std::string place = absl::StrCat("log of ", run.node());
      uint64_t& end = judged_[{run.node(), run.incarnation()}];
      if (run.first_seq() != end + 1) {
        Add("queue_broken", place,
            absl::StrCat("got entry ", run.first_seq(), " of incarnation ", run.incarnation(),
                         " as the next to be judged, want entry ", end + 1));
      }
      end = run.last_seq();
      const auto walk = walks_.find({run.node(), run.incarnation()});
      const auto hash = crypto::Hash::FromBytes(run.last_hash());
      if (walk == walks_.end() || !hash.ok()) {
        Add("log_lost", place,
            absl::StrCat("got no entry ", run.last_seq(), " of incarnation ", run.incarnation(),
                         " as it was receipted, want it to be judged"));
      } else if (walk->second->CheckWitness("the queue of judging", run.last_seq(), *hash)) {
        walk->second->SetProven(run.last_seq());
      }
    }
  }

  std::unique_ptr<LogWalk> NewWalk(const std::string& name, const Stream& stream,
                                   DestroyedPictures* destroyed = nullptr) {
    return std::make_unique<LogWalk>(
        name, report_, [this, stream, destroyed](const LoggedEvent& event) {
          ++events_;
          if (destroyed != nullptr) destroyed->Add(event);
          if (Waits(stream, event.seq)) return;
          census_.Add(event);
          supplies_.Add(event);
          const auto* forked = std::get_if<domain::LogForked>(&event.event);
          if (forked == nullptr) return;
          branches_[{forked->node.value(), forked->branch.value()}] = {
              {forked->node.value(), forked->incarnation.value()}, forked->seq};
        });
  }

  absl::Status WalkOwnLog() {
    auto walk = NewWalk("the centre's log", {}, &destroyed_);
    EntryPipeline entries;
    KEPING_RETURN_IF_ERROR(ScanPrefix(
        store_, storage::kEntryPrefix, [&](absl::string_view key, absl::string_view value) {
          KEPING_ASSIGN_OR_RETURN(const uint64_t seq, storage::ReadBigEndian64(key));
          entries.Add(walk.get(), seq, value);
          return absl::OkStatus();
        }));
    entries.Finish();
    AddCheck("entries", walk->entries());
    report_->set_node(walk->node().value());
    const Stream stream{walk->node().value(), walk->incarnation().value()};
    walks_[stream] = std::move(walk);
    return absl::OkStatus();
  }

  absl::Status WalkNodeLogs() {
    uint64_t entries = 0;
    EntryPipeline pipeline;
    std::string log;  // the key without its seq, of the log that `current` walks
    LogWalk* current = nullptr;
    KEPING_RETURN_IF_ERROR(ScanPrefix(
        store_, storage::kNodeEntryPrefix, [&](absl::string_view key, absl::string_view value) {
          if (log.empty() || !absl::StartsWith(key, log)) {
            KEPING_ASSIGN_OR_RETURN(current, WalkOf(key));
            log = std::string(key.substr(0, key.size() - sizeof(uint64_t)));
          }
          if (current == nullptr) return absl::OkStatus();
          KEPING_ASSIGN_OR_RETURN(const uint64_t seq,
                                  storage::ReadBigEndian64(key.substr(log.size())));
          pipeline.Add(current, seq, value);
          ++entries;
          return absl::OkStatus();
        }));
    pipeline.Finish();
    for (const auto& [stream, trunk] : branches_) {
      KEPING_ASSIGN_OR_RETURN(const LogWalk* const walk, WalkBranch(stream));
      if (walk != nullptr) entries += walk->entries();
    }
    AddCheck("node_entries", entries);
    AddCheck("branches", branches_.size());
    AddCheck("events", events_);
    for (const auto& [stream, walk] : walks_) {
      if (branches_.contains(stream)) continue;
      if (walk->node().value() == stream.first && walk->incarnation().value() == stream.second) {
        continue;
      }
      Add("stream_misplaced", absl::StrCat("log of ", stream.first),
          absl::StrCat("got the log of node ", walk->node().value(), " incarnation ",
                       walk->incarnation().value(), ", want incarnation ", stream.second));
    }
    return absl::OkStatus();
  }

  // Of the log that an entry belongs to; null for a branch, which is walked after the log that it
  // leaves.
  absl::StatusOr<LogWalk*> WalkOf(absl::string_view key) {
    KEPING_ASSIGN_OR_RETURN(const auto at, storage::ReadNodeStreamKey(key));
    if (branches_.contains(StreamOf(at))) return nullptr;
    std::unique_ptr<LogWalk>& walk = walks_[StreamOf(at)];
    if (walk == nullptr) walk = NewWalk(absl::StrCat("log of ", at.node), StreamOf(at));
    return walk.get();
  }

  // Null when the stream that it leaves is not here.
  absl::StatusOr<const LogWalk*> WalkBranch(const Stream& stream) {
    if (const auto known = walks_.find(stream); known != walks_.end()) return known->second.get();
    const auto branch = branches_.find(stream);
    if (branch == branches_.end()) return nullptr;
    KEPING_ASSIGN_OR_RETURN(const LogWalk* const trunk, WalkBranch(branch->second.trunk));
    if (trunk == nullptr) {
      Add("trunk_lost", absl::StrCat("log of ", stream.first),
          absl::StrCat("got branch ", stream.second, ", and not the log that it leaves"));
      return nullptr;
    }
    std::unique_ptr<LogWalk> walk =
        NewWalk(absl::StrCat("branch of the log of ", stream.first), stream);
    walk->BranchOff(*trunk, branch->second.first_seq, domain::IncarnationId::Of(stream.second));
    const std::string prefix = storage::NodeStreamPrefix(stream.first, stream.second);
    KEPING_RETURN_IF_ERROR(
        ScanPrefix(store_, prefix, [&](absl::string_view key, absl::string_view value) {
          KEPING_ASSIGN_OR_RETURN(const uint64_t seq, storage::ReadBigEndian64(key));
          walk->Visit(seq, value);
          return absl::OkStatus();
        }));
    return (walks_[stream] = std::move(walk)).get();
  }

  // What came after the end of an incarnation goes on from its log, and nothing of it is counted.
  absl::Status WalkClaims() {
    uint64_t entries = 0;
    KEPING_RETURN_IF_ERROR(ScanPrefix(
        store_, storage::kClaimEntryPrefix, [&](absl::string_view key, absl::string_view value) {
          KEPING_ASSIGN_OR_RETURN(const auto at, storage::ReadNodeStreamKey(key));
          std::unique_ptr<LogWalk>& walk = claims_[StreamOf(at)];
          if (walk == nullptr) walk = NewClaimsWalk(StreamOf(at));
          walk->Visit(at.seq, value);
          ++entries;
          return absl::OkStatus();
        }));
    AddCheck("claims", entries);
    return CheckSignedHeads("signed_claims", storage::kClaimSignedHeadPrefix, claims_);
  }

  std::unique_ptr<LogWalk> NewClaimsWalk(const Stream& stream) {
    auto walk = std::make_unique<LogWalk>(absl::StrCat("claims of ", stream.first), report_,
                                          [](const LoggedEvent&) {});
    const auto log = walks_.find(stream);
    if (log != walks_.end()) {
      walk->BranchOff(*log->second, log->second->last_seq() + 1,
                      domain::IncarnationId::Of(stream.second));
    }
    return walk;
  }

  // Every entry of a node lies under a head that the node signed.
  absl::Status CheckSignedHeads(const char* check, absl::string_view prefix, const Walks& walks) {
    struct Head {
      LogWalk* walk = nullptr;
      uint64_t seq = 0;
      std::string signature;
      bool holds = false;
    };
    std::vector<Head> heads;
    uint64_t all = 0;
    KEPING_RETURN_IF_ERROR(
        ScanPrefix(store_, prefix, [&](absl::string_view key, absl::string_view signature) {
          KEPING_ASSIGN_OR_RETURN(const auto at, storage::ReadNodeStreamKey(key));
          const auto walk = walks.find(StreamOf(at));
          if (walk != walks.end()) {
            heads.push_back({walk->second.get(), at.seq, std::string(signature)});
          }
          ++all;
          return absl::OkStatus();
        }));
    InParallel(heads.size(), [&](size_t begin, size_t end) {
      for (size_t i = begin; i < end; ++i) {
        Head& head = heads[i];
        head.holds = head.walk->SignatureHolds(head.seq, head.signature, verifier_);
      }
    });
    for (const Head& head : heads) head.walk->NoteSignedHead(head.seq, head.holds);
    AddCheck(check, all);
    for (const auto& [stream, walk] : walks) {
      if (stream.first == report_->node() || walk->signed_up_to() >= walk->last_seq()) continue;
      Add("entries_unsigned", absl::StrCat("log of ", stream.first),
          absl::StrCat("got entries up to ", walk->last_seq(), ", want the node's signature over ",
                       "them; it signed up to entry ", walk->signed_up_to()));
    }
    return absl::OkStatus();
  }

  // What the centre says that it holds, which is what it countersigned, against what it holds.
  absl::Status CheckNodeRows() {
    uint64_t nodes = 0;
    uint64_t announced = 0;
    KEPING_RETURN_IF_ERROR(ScanPrefix(
        store_, storage::kNodeRowPrefix, [&](absl::string_view key, absl::string_view value) {
          row::NodeRow node;
          if (!node.ParseFromArray(value.data(), static_cast<int>(value.size()))) {
            return Unreadable("the row of a node");
          }
          ++nodes;
          for (const row::StreamHead& head : node.streams()) {
            announced += head.branch_seq() == 0 ? head.seq() : head.seq() + 1 - head.branch_seq();
            CheckStreamHead(std::string(key), head);
            CheckClaimsHead(std::string(key), head);
          }
          return absl::OkStatus();
        }));
    AddCheck("nodes", nodes);
    CheckWaiting();
    announced += entries_waiting_;
    uint64_t held = 0;
    for (const auto& [stream, walk] : walks_) {
      if (stream.first != report_->node()) held += walk->entries();
    }
    if (held > announced) {
      Add("entries_not_announced", "the logs of the nodes",
          absl::StrCat("got ", held, " entries of nodes, want the ", announced,
                       " that the rows of the nodes and the queue of judging name"));
    }
    return absl::OkStatus();
  }

  void CheckClaimsHead(const std::string& node, const row::StreamHead& head) {
    if (head.claims_seq() <= head.seq()) return;
    const auto found = claims_.find({node, head.incarnation()});
    const auto hash = crypto::Hash::FromBytes(head.claims_hash());
    if (found != claims_.end() && hash.ok()) {
      found->second->CheckWitness("the row of the node", head.claims_seq(), *hash);
      return;
    }
    Add("claims_lost", absl::StrCat("claims of ", node),
        absl::StrCat("got none of incarnation ", head.incarnation(), ", want some up to entry ",
                     head.claims_seq(), ", as the row of the node says"));
  }

  void CheckStreamHead(const std::string& node, const row::StreamHead& head) {
    judged_[{node, head.incarnation()}] = head.seq();
    if (head.seq() == 0) return;
    const auto found = walks_.find({node, head.incarnation()});
    if (found == walks_.end()) {
      Add("log_lost", absl::StrCat("log of ", node),
          absl::StrCat("got no entry of incarnation ", head.incarnation(), ", want ", head.seq(),
                       " entries, which the centre countersigned"));
      return;
    }
    LogWalk& walk = *found->second;
    if (head.branch_seq() == 0) walk.CheckPublicKey("the centre's enrolment", head.public_key());
    const auto hash = crypto::Hash::FromBytes(head.hash());
    if (hash.ok() && walk.CheckWitness("the row of the node", head.seq(), *hash)) {
      walk.SetProven(head.seq());
    }
  }

  void CountBlanks() {
    census_ = census_.Joined();
    count_ = census_.CountDistrict();
    for (const auto& [place, quantity] : count_.totals) {
      v1::Total* total = report_->add_totals();
      total->set_account(place.first);
      total->set_holder(place.second);
      total->set_quantity(quantity);
    }
    AddCheck("allotments", count_.allotments);
    AddCheck("blanks_allotted", count_.allotted_quantity);
    AddCheck("blanks_allotted_in_boxes", count_.allotted_in_boxes);
    for (const CensusProblem& problem : count_.problems) {
      Add(problem.code.c_str(), problem.place, problem.sentence);
    }
  }

  const storage::KvStore& store_;
  v1::StoreReport* const report_;
  const std::unique_ptr<crypto::Verifier> ed25519_;
  const crypto::Verifier& verifier_;
  BlankCensus census_;
  SupplyFacts supplies_;
  DestroyedPictures destroyed_;
  DistrictCount count_;
  uint64_t events_ = 0;
  std::vector<row::WaitingRun> waiting_;
  uint64_t entries_waiting_ = 0;
  std::map<Stream, uint64_t> first_waiting_;
  std::map<Stream, uint64_t> judged_;  // up to which entry
  // Of a branch, by its stream.
  struct Branch {
    Stream trunk;
    uint64_t first_seq = 0;
  };
  std::map<Stream, Branch> branches_;
  Walks walks_;
  Walks claims_;
};

}  // namespace

absl::Status VerifyCentralStore(const storage::KvStore& store, v1::StoreReport* report,
                                LogHashes* logs, const crypto::Verifier* verifier) {
  return CentralVerification(store, report, verifier).Run(logs);
}

}  // namespace keping::cli
