#include "common/cli/log_walk.h"

#include <algorithm>
#include <utility>
#include <variant>

#include "absl/strings/str_cat.h"
#include "common/cli/store_report.h"
#include "common/sync/frames.h"
#include "common/wire/event_codec.h"

namespace keping::cli {

ReadEntry ReadEntryFrom(absl::string_view bytes) {
  ReadEntry read{.id = domain::HashEntryBytes(bytes), .entry = domain::ParseEntry(bytes)};
  if (read.entry.ok()) read.event = wire::DecodeEvent(read.entry->header.type, read.entry->payload);
  return read;
}

void LogWalk::Add(const std::string& code, const std::string& place, const std::string& sentence) {
  AddDifference(report_, code, place, sentence);
}

std::string LogWalk::PlaceOf(uint64_t seq) const {
  return absl::StrCat(log_name_, ", entry ", seq);
}

void LogWalk::BranchOff(const LogWalk& trunk, uint64_t first_seq,
                        const domain::IncarnationId& stream) {
  node_ = trunk.node_;
  incarnation_ = trunk.incarnation_;
  stream_ = stream;
  public_key_ = trunk.public_key_;
  base_seq_ = first_seq - 1;
  const auto before = trunk.hashes_.find(base_seq_);
  if (before != trunk.hashes_.end()) base_hash_ = before->second;
  if (base_seq_ == trunk.base_seq_) base_hash_ = trunk.base_hash_;
}

void LogWalk::Visit(uint64_t key_seq, ReadEntry read) {
  if (const uint64_t want = last_seq() + 1; key_seq != want) {
    const std::string gap = key_seq - 1 == want ? "" : absl::StrCat(" to ", key_seq - 1);
    Add("entry_missing", PlaceOf(want),
        absl::StrCat("got no entry ", want, gap, ", want every entry from 1 on"));
  }
  const crypto::Hash id = read.id;
  if (read.entry.ok()) {
    CheckHeader(key_seq, read.entry->header);
    TakeEvent(std::move(read));
  } else {
    Add("entry_damaged", PlaceOf(key_seq), std::string(read.entry.status().message()));
  }
  hashes_.insert_or_assign(hashes_.end(), key_seq, id);
}

void LogWalk::CheckHeader(uint64_t key_seq, const domain::EntryHeader& header) {
  if (node_.empty()) {
    node_ = header.node;
    incarnation_ = header.incarnation;
    stream_ = header.incarnation;
  } else if (header.node != node_ || header.incarnation != incarnation_) {
    Add("stream_mixed", PlaceOf(key_seq),
        absl::StrCat("got an entry of node ", header.node.value(), " incarnation ",
                     header.incarnation.value(), ", want node ", node_.value(), " incarnation ",
                     incarnation_.value()));
  }
  if (header.seq != key_seq) {
    Add("entry_misplaced", PlaceOf(key_seq),
        absl::StrCat("got the entry that calls itself ", header.seq, ", want ", key_seq));
  }
  const bool first = key_seq == base_seq_ + 1;
  const auto before = hashes_.find(key_seq - 1);
  if (before == hashes_.end() && !first) return;  // reported as missing
  const crypto::Hash want = first ? base_hash_ : before->second;
  if (header.previous == want) return;
  Add("chain_broken", PlaceOf(key_seq),
      absl::StrCat("it names ", header.previous.ShortHex(), " as the hash before it, want ",
                   want.ShortHex(), ": this entry or entry ", key_seq - 1, " was changed"));
}

void LogWalk::TakeEvent(ReadEntry read) {
  const domain::EntryHeader& header = read.entry->header;
  if (absl::IsUnimplemented(read.event.status())) {
    ++unknown_events_;
    return;
  }
  if (!read.event.ok()) {
    Add("event_unreadable", PlaceOf(header.seq), std::string(read.event.status().message()));
    return;
  }
  if (const auto* opened = std::get_if<domain::IncarnationOpened>(&*read.event)) {
    if (header.seq == 1) public_key_ = opened->public_key;
  }
  on_event_({header.node, stream_, header.seq, read.id, *std::move(read.event)});
}

bool LogWalk::SignatureHolds(uint64_t seq, absl::string_view signature,
                             const crypto::Verifier& verifier) const {
  const auto hash = hashes_.find(seq);
  return hash != hashes_.end() && !public_key_.empty() &&
         verifier.Verify(public_key_, sync::HeadStatement(node_, incarnation_, {seq, hash->second}),
                         signature);
}

void LogWalk::NoteSignedHead(uint64_t seq, bool holds) {
  if (holds) {
    signed_up_to_ = std::max(signed_up_to_, seq);
  } else if (!hashes_.contains(seq)) {
    Add("signed_entry_lost", PlaceOf(seq),
        absl::StrCat("the node signed its log up to entry ", seq, ", but the log ends at ",
                     last_seq(), ": entries are lost"));
  } else {
    Add("signature_wrong", PlaceOf(seq),
        public_key_.empty()
            ? "the first entry names no key, want the one that checks the signed heads"
            : "the signature of the head does not fit: it is forged, or an entry up to here was "
              "changed");
  }
}

bool LogWalk::CheckWitness(const std::string& witness, uint64_t seq, const crypto::Hash& hash) {
  const auto own = hashes_.find(seq);
  if (own == hashes_.end()) {
    Add("witnessed_entry_lost", PlaceOf(seq),
        absl::StrCat(witness, " names entry ", seq, ", but the log ends at ", last_seq(),
                     ": entries are lost"));
    return false;
  }
  if (own->second == hash) return true;
  Add("witness_contradicts", PlaceOf(seq),
      absl::StrCat("got ", own->second.ShortHex(), ", want ", hash.ShortHex(), ", as ", witness,
                   " says"));
  return false;
}

void LogWalk::CheckPublicKey(const std::string& witness, absl::string_view public_key) {
  if (entries() == 0 || public_key == public_key_) return;
  Add("key_contradicts", PlaceOf(1),
      absl::StrCat("the log opens with another key than ", witness, " knows"));
}

void LogWalk::WriteStream() const {
  v1::Stream* stream = report_->add_streams();
  stream->set_node(node_.value());
  stream->set_incarnation(incarnation_.value());
  stream->set_entries(entries());
  stream->set_unknown_events(unknown_events_);
  stream->set_signed_up_to(signed_up_to_);
  stream->set_proven_up_to(proven_up_to_);
  if (!hashes_.empty()) stream->set_head_code(hashes_.rbegin()->second.ShortHex());
}

}  // namespace keping::cli
