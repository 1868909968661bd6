// Walks one log entry by entry and names everything that does not fit: the check of `keping verify`
// that needs no trust in the program that wrote the log.
//
//   LogWalk walk("node susut", &report, [&](const LoggedEvent& event) { census.Add(event); });
//   store.Scan(…, [&](key, value) { walk.Visit(seq_of_key, value); return true; });
//   walk.CheckSignedHead(last_seq, signature, *verifier);
//   walk.WriteStream(&report);
#ifndef KEPING_COMMON_CLI_LOG_WALK_H_
#define KEPING_COMMON_CLI_LOG_WALK_H_

#include <cstdint>
#include <functional>
#include <string>
#include <utility>

#include "absl/container/btree_map.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "common/cli/conservation.h"
#include "common/crypto/hash.h"
#include "common/crypto/signer.h"
#include "common/domain/entry.h"
#include "common/domain/event.h"
#include "common/domain/ids.h"
#include "keping/cli/v1/verify.pb.h"

namespace keping::cli {

// Hashes of one log's entries, of the bytes as stored, by seq.
using EntryHashes = absl::btree_map<uint64_t, crypto::Hash>;

// What an entry says, whatever stands before it.
struct ReadEntry {
  crypto::Hash id;
  absl::StatusOr<domain::Entry> entry = absl::UnknownError("not read yet");
  absl::StatusOr<domain::Event> event = absl::UnknownError("the entry does not read");
};
ReadEntry ReadEntryFrom(absl::string_view bytes);

// Not thread-safe. `report` outlives it.
class LogWalk {
 public:
  using OnEvent = std::function<void(const LoggedEvent&)>;

  LogWalk(std::string log_name, v1::StoreReport* report, OnEvent on_event)
      : log_name_(std::move(log_name)), report_(report), on_event_(std::move(on_event)) {}

  // The log goes on from `trunk` before `first_seq`, and is stored from there on as `stream`.
  void BranchOff(const LogWalk& trunk, uint64_t first_seq, const domain::IncarnationId& stream);

  // The value stored under `key_seq`; in ascending order of keys.
  void Visit(uint64_t key_seq, absl::string_view bytes) { Visit(key_seq, ReadEntryFrom(bytes)); }
  void Visit(uint64_t key_seq, ReadEntry read);

  // A signature of the node over its head at `seq`, by the key that the log's first entry names.
  void CheckSignedHead(uint64_t seq, absl::string_view signature,
                       const crypto::Verifier& verifier) {
    NoteSignedHead(seq, SignatureHolds(seq, signature, verifier));
  }
  // The two halves of it, of which the first is the work, and changes nothing.
  bool SignatureHolds(uint64_t seq, absl::string_view signature,
                      const crypto::Verifier& verifier) const;
  void NoteSignedHead(uint64_t seq, bool holds);
  // Somebody else (the centre, a receipt, the node's own row) says that entry `seq` has this hash.
  // True when it has.
  bool CheckWitness(const std::string& witness, uint64_t seq, const crypto::Hash& hash);
  void SetProven(uint64_t seq) { proven_up_to_ = seq; }
  // For a log whose key is known from elsewhere too: both must be the same.
  void CheckPublicKey(const std::string& witness, absl::string_view public_key);

  // Adds what was walked to the report.
  void WriteStream() const;

  const domain::NodeId& node() const { return node_; }
  const domain::IncarnationId& incarnation() const { return incarnation_; }
  // Of the highest entry, whether the log is whole or not.
  uint64_t last_seq() const { return hashes_.empty() ? base_seq_ : hashes_.rbegin()->first; }
  // Of the highest head whose signature holds.
  uint64_t signed_up_to() const { return signed_up_to_; }
  uint64_t entries() const { return hashes_.size(); }
  // Ends the walk.
  EntryHashes TakeHashes() { return std::move(hashes_); }

 private:
  void Add(const std::string& code, const std::string& place, const std::string& sentence);
  std::string PlaceOf(uint64_t seq) const;
  void CheckHeader(uint64_t key_seq, const domain::EntryHeader& header);
  void TakeEvent(ReadEntry read);

  const std::string log_name_;
  v1::StoreReport* const report_;
  const OnEvent on_event_;
  domain::NodeId node_;
  domain::IncarnationId incarnation_;
  domain::IncarnationId stream_;  // as it is stored; a branch has a name of its own
  std::string public_key_;
  uint64_t base_seq_ = 0;  // of the last entry before a branch
  crypto::Hash base_hash_;
  EntryHashes hashes_;
  uint64_t unknown_events_ = 0;
  uint64_t signed_up_to_ = 0;
  uint64_t proven_up_to_ = 0;
};

}  // namespace keping::cli

#endif  // KEPING_COMMON_CLI_LOG_WALK_H_
