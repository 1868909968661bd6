// The quarantine door of a CentralNode, and how it closes nodes: what an incarnation sends after it
// was revoked or retired lies apart, byte for byte, until two officers believe it.
#include <algorithm>
#include <iterator>
#include <optional>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "central_node/core/node_end.h"
#include "central_node/store/central_node.h"
#include "central_node/store/replay.h"
#include "central_node/store/row_codec.h"
#include "common/base/status_macros.h"
#include "common/storage/key_space.h"

namespace keping::central {
namespace {

using domain::IncarnationId;
using domain::NodeId;
using ledger::Account;

std::string StreamPrefix(absl::string_view prefix, const NodeId& node,
                         const IncarnationId& incarnation) {
  const std::string entries = storage::NodeStreamPrefix(node.value(), incarnation.value());
  return absl::StrCat(prefix, entries.substr(storage::kNodeEntryPrefix.size()));
}

// The first signed head of the claims at or after `seq`; 0 when there is none.
absl::StatusOr<uint64_t> NextSignedHead(const storage::KvStore& store, const NodeId& node,
                                        const IncarnationId& incarnation, uint64_t seq) {
  const std::string prefix = StreamPrefix(storage::kClaimSignedHeadPrefix, node, incarnation);
  uint64_t next = 0;
  absl::Status status;
  KEPING_RETURN_IF_ERROR(
      store.Scan(storage::ClaimSignedHeadKey(node.value(), incarnation.value(), seq),
                 storage::PrefixEnd(prefix), [&](absl::string_view key, absl::string_view) {
                   const auto found = storage::ReadBigEndian64(key, prefix.size());
                   if (found.ok()) next = *found;
                   status = found.status();
                   return false;
                 }));
  KEPING_RETURN_IF_ERROR(status);
  return next;
}

// What was lost before and is not settled is lost with the next machine too.
bool HeldByLost(Account account) {
  return account == Account::kNodeStock || account == Account::kBoundToJob ||
         account == Account::kInDoubt || account == Account::kUnidentified ||
         account == Account::kMaybeUsed;
}

// Of an ended incarnation: more than any office writes before somebody looks.
constexpr uint64_t kMaxClaims = 100'000;

// Why no more of it is taken; empty: it is. `before`: claims that are here.
std::string TooMuch(const CheckedSegment& checked, uint64_t before) {
  if (before + checked.fresh.size() > kMaxClaims) {
    return absl::StrCat("got more than ", kMaxClaims,
                        " entries after its end; two officers look "
                        "at what is here first (keping central claims)");
  }
  return TooManyBlanks(
      {.node = {}, .incarnation = {}, .entries = Arrived(checked.fresh, IncarnationId())});
}

// Of a record that is withdrawn the node may not have heard.
bool LeasedToLost(PrrState state) {
  return state == PrrState::kWithdrawn ||
         std::find(std::begin(kLeasedStates), std::end(kLeasedStates), state) !=
             std::end(kLeasedStates);
}

}  // namespace

std::optional<CentralNode::Ended> CentralNode::ended(const NodeId& node,
                                                     const IncarnationId& incarnation) const {
  const StreamHead* stream = logs().Stream(node, incarnation);
  if (stream == nullptr || stream->ends.empty()) return std::nullopt;
  Ended ended{.end = stream->ends.rbegin()->first,
              .quarantined = IsQuarantined(*stream),
              .taken = logs().End(node, incarnation)};
  if (stream->claims_seq > stream->seq) ended.taken = {stream->claims_seq, stream->claims_hash};
  return ended;
}

bool CentralNode::CertificateHolds(const NodeId& node, const IncarnationId& certified,
                                   const IncarnationId& incarnation) const {
  const StreamHead* own = logs().Stream(node, incarnation);
  // The quarantine door and the last words of a lost machine are open to the machine itself.
  if (own == nullptr || !own->ends.empty()) return true;
  if (!certified.empty()) {
    const StreamHead* of_certificate = logs().Stream(node, certified);
    return of_certificate == nullptr || of_certificate->ends.empty();
  }
  // From before certificates named incarnations: good while no machine of the node has ended.
  const NodeRow& row = resident_.nodes.at(node);
  for (const auto& [id, stream] : row.streams) {
    if (!stream.ends.empty()) return false;
  }
  return true;
}

absl::StatusOr<SegmentResult> CentralNode::TakeClaims(const time::Moment& now, const NodeId& node,
                                                      const sync::Segment& segment,
                                                      const crypto::Verifier& verifier) {
  const std::string& name = node.value();
  const std::string& incarnation = segment.incarnation.value();
  StreamHead taken = *logs().Stream(node, segment.incarnation);
  const uint64_t fact_seq = taken.seq;
  if (taken.claims_seq > taken.seq) {
    taken.seq = taken.claims_seq;
    taken.hash = taken.claims_hash;
  }
  KEPING_ASSIGN_OR_RETURN(
      const CheckedSegment checked,
      CheckSegment(
          node, segment, &taken, verifier, [&](uint64_t seq) -> absl::StatusOr<std::string> {
            KEPING_ASSIGN_OR_RETURN(
                std::optional<std::string> bytes,
                store_->Get(seq <= fact_seq ? storage::NodeEntryKey(name, incarnation, seq)
                                            : storage::ClaimEntryKey(name, incarnation, seq)));
            if (bytes.has_value()) return *std::move(bytes);
            return absl::DataLossError(
                absl::StrCat("entry ", seq, " of ", name, " is missing: restore the database"));
          }));
  SegmentResult result{.verdict = checked.verdict, .held = {}, .detail = checked.detail};
  if (checked.verdict == SegmentVerdict::kAlreadyHeld) result.verdict = SegmentVerdict::kClaimed;
  if (checked.verdict == SegmentVerdict::kGap) KEPING_RETURN_IF_ERROR(NoteGap(now, node, segment));
  if (checked.verdict == SegmentVerdict::kAccepted) {
    std::string too_much = TooMuch(checked, taken.seq - fact_seq);
    if (!too_much.empty()) {
      return SegmentResult{
          .verdict = SegmentVerdict::kBadSegment, .held = {}, .detail = std::move(too_much)};
    }
    storage::WriteBatch raw;
    for (const FreshEntry& fresh : checked.fresh) {
      raw.Put(storage::ClaimEntryKey(name, incarnation, fresh.entry.header.seq), fresh.bytes);
    }
    const FreshEntry& last = checked.fresh.back();
    raw.Put(storage::ClaimSignedHeadKey(name, incarnation, last.entry.header.seq),
            segment.signature);
    KEPING_RETURN_IF_ERROR(Commit(now, Mode::kLive,
                                  ClaimsArrived{.node = node,
                                                .incarnation = segment.incarnation,
                                                .seq = last.entry.header.seq,
                                                .head = last.hash},
                                  raw)
                               .status());
    result.verdict = SegmentVerdict::kClaimed;
    result.new_entries = checked.fresh.size();
  }
  result.held = ended(node, segment.incarnation)->taken;
  return result;
}

absl::StatusOr<CommandResult> CentralNode::Handle(const time::Moment& now,
                                                  const AcceptClaims& command) {
  if (broken_) return storage::ReopenNeeded();
  AcceptClaims with_head = command;
  with_head.head = {};
  KEPING_ASSIGN_OR_RETURN(with_head.next_signed,
                          NextSignedHead(*store_, command.node, command.incarnation, command.seq));
  if (with_head.next_signed == command.seq && command.seq > 0) {
    KEPING_ASSIGN_OR_RETURN(const std::optional<std::string> bytes,
                            store_->Get(storage::ClaimEntryKey(
                                command.node.value(), command.incarnation.value(), command.seq)));
    if (bytes.has_value()) with_head.head = domain::HashEntryBytes(*bytes);
  }
  KEPING_ASSIGN_OR_RETURN(const CommandResult result, Commit(now, Mode::kLive, with_head, {}));
  if (result.outcome == CommandOutcome::kDone) {
    KEPING_RETURN_IF_ERROR(PostAccepted(now, command.node, command.incarnation));
  }
  return result;
}

absl::Status CentralNode::PostAllAccepted(const time::Moment& now) {
  std::vector<std::pair<NodeId, IncarnationId>> waiting;
  for (const auto& [node, row] : resident_.nodes) {
    for (const auto& [incarnation, stream] : row.streams) {
      if (stream.accepted_seq > stream.seq) waiting.emplace_back(node, incarnation);
    }
  }
  for (const auto& [node, incarnation] : waiting) {
    KEPING_RETURN_IF_ERROR(PostAccepted(now, node, incarnation));
  }
  return absl::OkStatus();
}

absl::Status CentralNode::PostAccepted(const time::Moment& now, const NodeId& node,
                                       const IncarnationId& incarnation) {
  const std::string& name = node.value();
  const std::string& stream_name = incarnation.value();
  while (true) {
    const StreamHead& stream = *logs().Stream(node, incarnation);
    const uint64_t first = stream.seq + 1;
    if (stream.accepted_seq < first) return absl::OkStatus();
    KEPING_ASSIGN_OR_RETURN(const uint64_t last, NextSignedHead(*store_, node, incarnation, first));
    if (last == 0 || last > stream.accepted_seq) return absl::OkStatus();
    const std::string head_key = storage::ClaimSignedHeadKey(name, stream_name, last);
    KEPING_ASSIGN_OR_RETURN(const std::optional<std::string> signature, store_->Get(head_key));
    EntriesArrived arrived{.node = node, .incarnation = incarnation, .entries = {}};
    storage::WriteBatch raw;
    absl::Status status;
    KEPING_RETURN_IF_ERROR(
        store_->Scan(storage::ClaimEntryKey(name, stream_name, first),
                     storage::ClaimEntryKey(name, stream_name, last + 1),
                     [&](absl::string_view key, absl::string_view bytes) {
                       absl::StatusOr<ArrivedEntry> entry = ReadArrivedEntry(bytes);
                       status = entry.status();
                       if (!status.ok()) return false;
                       raw.Put(storage::NodeEntryKey(name, stream_name, entry->ref.seq), bytes);
                       raw.Delete(key);
                       arrived.entries.push_back(*std::move(entry));
                       return true;
                     }));
    KEPING_RETURN_IF_ERROR(status);
    if (arrived.entries.size() != last - first + 1 || !signature.has_value()) {
      return absl::DataLossError(absl::StrCat("claims of ", name, " from entry ", first, " to ",
                                              last, " are missing: restore the database"));
    }
    raw.Put(storage::NodeSignedHeadKey(name, stream_name, last), *signature);
    raw.Delete(head_key);
    KEPING_RETURN_IF_ERROR(Commit(now, Mode::kLive, std::move(arrived), raw).status());
  }
}

Holdings CentralNode::HoldingsOf(const NodeId& node) const {
  const auto blanks = [&](std::initializer_list<Account> accounts) {
    int64_t sum = 0;
    for (const Account account : accounts) sum += balances_.At({account, node});
    return static_cast<uint64_t>(sum);
  };
  uint64_t leases = 0;
  for (const PrrState state : kLeasedStates) {
    const auto count = prr_tally_.find({state, node});
    if (count != prr_tally_.end()) leases += static_cast<uint64_t>(count->second);
  }
  const auto row = resident_.nodes.find(node);
  return {.blanks = blanks({Account::kUnidentified, Account::kNodeStock, Account::kBoundToJob,
                            Account::kInDoubt, Account::kInTransit}),
          .cards = blanks(
              {Account::kPrintedReady, Account::kReturned, Account::kWithdrawn, Account::kSpoiled}),
          .leases = leases,
          .maybe_used = row == resident_.nodes.end() ? 0 : row->second.unsettled};
}

// A district has a few hundred thousand records, and this is done once in a machine's life.
absl::Status CentralNode::LookUpHeld(CloseNode& command) const {
  absl::Status status;
  KEPING_RETURN_IF_ERROR(store_->Scan(
      storage::kBlankRowPrefix, storage::PrefixEnd(storage::kBlankRowPrefix),
      [&](absl::string_view key, absl::string_view value) {
        const auto row = DecodeRow<BlankRow>(value);
        const auto serial = domain::BlankSerial::Parse(key.substr(storage::kBlankRowPrefix.size()));
        status = row.ok() ? serial.status() : row.status();
        if (!status.ok()) return false;
        if (row->place.holder == command.node && HeldByLost(row->place.account)) {
          command.blanks.Insert(*serial);
        }
        return true;
      }));
  KEPING_RETURN_IF_ERROR(status);
  KEPING_RETURN_IF_ERROR(store_->Scan(
      storage::kBoxRowPrefix, storage::PrefixEnd(storage::kBoxRowPrefix),
      [&](absl::string_view key, absl::string_view value) {
        const auto row = DecodeRow<BoxRow>(value);
        const auto box = domain::BoxId::Parse(key.substr(storage::kBoxRowPrefix.size()));
        status = row.ok() ? box.status() : row.status();
        if (!status.ok()) return false;
        const bool held = row->place.holder == command.node && HeldByLost(row->place.account);
        if (held && row->unidentified > 0) command.boxes.insert(*box);
        return true;
      }));
  KEPING_RETURN_IF_ERROR(status);
  KEPING_RETURN_IF_ERROR(store_->Scan(
      storage::kPrrRowPrefix, storage::PrefixEnd(storage::kPrrRowPrefix),
      [&](absl::string_view key, absl::string_view value) {
        const auto row = DecodeRow<PrrRow>(value);
        const auto prr = domain::PrrId::Parse(key.substr(storage::kPrrRowPrefix.size()));
        status = row.ok() ? prr.status() : row.status();
        if (!status.ok()) return false;
        if (row->holder == command.node && LeasedToLost(row->state)) {
          command.prrs.push_back(*prr);
        }
        return true;
      }));
  return status;
}

absl::StatusOr<CommandResult> CentralNode::Handle(const time::Moment& now,
                                                  const CloseNode& command) {
  if (broken_) return storage::ReopenNeeded();
  // What came before its end is facts.
  KEPING_RETURN_IF_ERROR(JudgeAll(now));
  CloseNode looked_up = command;
  if (command.end == domain::NodeEnd::kRetired) {
    looked_up.holdings = HoldingsOf(command.node);
    looked_up.holdings.unproven = command.holdings.unproven;
  }
  if (command.end == domain::NodeEnd::kLost) KEPING_RETURN_IF_ERROR(LookUpHeld(looked_up));
  const bool waited = !resident_.centre.unheard.empty();
  KEPING_ASSIGN_OR_RETURN(CommandResult result, Commit(now, Mode::kLive, looked_up, {}));
  if (waited) KEPING_RETURN_IF_ERROR(GrantAllWaiting(now));
  return result;
}

}  // namespace keping::central
