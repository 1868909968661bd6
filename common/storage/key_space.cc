#include "common/storage/key_space.h"

#include <cstddef>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"

namespace keping::storage {
namespace {

constexpr size_t kIntegerSize = 8;

}  // namespace

std::string EntryKey(uint64_t seq) {
  std::string key(kEntryPrefix);
  AppendBigEndian64(&key, seq);
  return key;
}

std::string SealedHeadKey(uint64_t last_seq) {
  std::string key(kSealedHeadPrefix);
  AppendBigEndian64(&key, last_seq);
  return key;
}

std::string QuarantineKey(uint64_t cut, absl::string_view found_at) {
  std::string key(kQuarantinePrefix);
  AppendBigEndian64(&key, cut);
  key.append(found_at.data(), found_at.size());
  return key;
}

std::string NodeStreamPrefix(absl::string_view node, absl::string_view incarnation) {
  return absl::StrCat(kNodeEntryPrefix, node, absl::string_view("\0", 1), incarnation,
                      absl::string_view("\0", 1));
}

std::string NodeEntryKey(absl::string_view node, absl::string_view incarnation, uint64_t seq) {
  std::string key = NodeStreamPrefix(node, incarnation);
  AppendBigEndian64(&key, seq);
  return key;
}

absl::StatusOr<NodeStreamKey> ReadNodeStreamKey(absl::string_view rest) {
  const size_t node_end = rest.find('\0');
  const size_t end = node_end == rest.npos ? rest.npos : rest.find('\0', node_end + 1);
  if (end == rest.npos) {
    return absl::DataLossError("got a stored key that names no stream, want node and incarnation");
  }
  auto seq = ReadBigEndian64(rest, end + 1);
  if (!seq.ok()) return seq.status();
  return NodeStreamKey{std::string(rest.substr(0, node_end)),
                       std::string(rest.substr(node_end + 1, end - node_end - 1)), *seq};
}

namespace {

// The same place of a stream under another prefix.
std::string SameUnder(absl::string_view prefix, absl::string_view node,
                      absl::string_view incarnation, uint64_t seq) {
  return absl::StrCat(prefix, NodeEntryKey(node, incarnation, seq).substr(kNodeEntryPrefix.size()));
}

}  // namespace

std::string NodeSignedHeadKey(absl::string_view node, absl::string_view incarnation, uint64_t seq) {
  return SameUnder(kNodeSignedHeadPrefix, node, incarnation, seq);
}

std::string ClaimEntryKey(absl::string_view node, absl::string_view incarnation, uint64_t seq) {
  return SameUnder(kClaimEntryPrefix, node, incarnation, seq);
}

std::string ClaimSignedHeadKey(absl::string_view node, absl::string_view incarnation,
                               uint64_t seq) {
  return SameUnder(kClaimSignedHeadPrefix, node, incarnation, seq);
}

void AppendBigEndian64(std::string* out, uint64_t value) {
  for (int shift = 56; shift >= 0; shift -= 8) out->push_back(static_cast<char>(value >> shift));
}

absl::StatusOr<uint64_t> ReadBigEndian64(absl::string_view bytes, size_t offset) {
  if (offset > bytes.size() || bytes.size() - offset < kIntegerSize) {
    return absl::DataLossError(
        absl::StrCat("bad integer: got ", bytes.size(), " bytes, want 8 from offset ", offset));
  }
  uint64_t value = 0;
  for (const char byte : bytes.substr(offset, kIntegerSize)) {
    value = value << 8 | static_cast<uint8_t>(byte);
  }
  return value;
}

std::string PrefixEnd(absl::string_view prefix) {
  std::string end(prefix);
  while (!end.empty() && end.back() == '\xff') end.pop_back();
  if (!end.empty()) ++end.back();
  return end;
}

}  // namespace keping::storage
