// A node's log in memory, for tests of the centre: chains entries, signs segments, and can be bent.
//
//   NodeLog log("susut", "susut-1");
//   log.Add(IncarnationOpened{…});
//   centre.Ingest(now, log.node(), log.SegmentFrom(1), *log.verifier());
#ifndef KEPING_TESTS_SUPPORT_NODE_LOG_H_
#define KEPING_TESTS_SUPPORT_NODE_LOG_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/crypto/signer.h"
#include "common/domain/entry.h"
#include "common/domain/event.h"
#include "common/sync/frames.h"
#include "common/wire/event_codec.h"

namespace keping::testing {

class NodeLog {
 public:
  // Ed25519 where the programs that check the log know nothing else.
  enum class Signing { kKeyedHash, kEd25519 };

  NodeLog(const std::string& node, const std::string& incarnation,
          Signing signing = Signing::kKeyedHash)
      : node_(domain::NodeId::Of(node)), incarnation_(domain::IncarnationId::Of(incarnation)) {
    const crypto::Hash key = crypto::Sha256({"key of", node, "/", incarnation});
    const bool real = signing == Signing::kEd25519;
    signer_ = real ? *crypto::MakeEd25519Signer(key.AsBytes())
                   : crypto::MakeKeyedHashSigner(key.AsBytes());
    verifier_ = real ? crypto::MakeEd25519Verifier() : crypto::MakeKeyedHashVerifier();
  }

  const domain::NodeId& node() const { return node_; }
  const domain::IncarnationId& incarnation() const { return incarnation_; }
  const std::string& public_key() const { return signer_->public_key(); }
  const crypto::Verifier& verifier() const { return *verifier_; }
  uint64_t size() const { return entries_.size(); }
  const std::vector<std::string>& entries() const { return entries_; }

  void Add(const domain::Event& event) {
    const wire::EncodedEvent encoded = wire::EncodeEvent(event);
    AddRaw(encoded.type, encoded.payload);
  }

  void AddRaw(uint32_t type, const std::string& payload) {
    domain::Entry entry;
    entry.header.node = node_;
    entry.header.incarnation = incarnation_;
    entry.header.seq = entries_.size() + 1;
    if (!entries_.empty()) entry.header.previous = domain::HashEntryBytes(entries_.back());
    entry.header.boot_id = "boot";
    entry.header.wall_micros = wall_micros_++;
    entry.header.type = type;
    entry.payload = payload;
    entries_.push_back(domain::EncodeEntry(entry));
  }

  // What its clock shows in the next entry.
  void SetClock(int64_t wall_micros) { wall_micros_ = wall_micros; }

  // The log as it was after `size` entries: what a restored copy would go on from.
  void TruncateTo(size_t size) { entries_.resize(size); }

  // Entries first … last, signed; last 0 means the end.
  sync::Segment SegmentFrom(uint64_t first, uint64_t last = 0) const {
    if (last == 0) last = entries_.size();
    sync::Segment segment;
    segment.incarnation = incarnation_;
    segment.first_seq = first;
    for (uint64_t seq = first; seq <= last; ++seq) segment.entries.push_back(entries_[seq - 1]);
    segment.signature = signer_->Sign(sync::HeadStatement(
        node_, incarnation_, {.seq = last, .hash = domain::HashEntryBytes(entries_[last - 1])}));
    return segment;
  }

 private:
  const domain::NodeId node_;
  const domain::IncarnationId incarnation_;
  std::unique_ptr<crypto::Signer> signer_;
  std::unique_ptr<crypto::Verifier> verifier_;
  std::vector<std::string> entries_;
  int64_t wall_micros_ = 0;
};

}  // namespace keping::testing

#endif  // KEPING_TESTS_SUPPORT_NODE_LOG_H_
