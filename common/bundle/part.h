// A part of a bundle, as one file: everything that is known of the whole, and one piece of its
// sealed body. A bundle that was not split is one part.
//
//   file := head piece
//   head := "keping bundle 1\n" manifest_size(u32) manifest signature(64)
//           index(u32) count(u32) offset(u64) size(u64) piece_hash(32)
//   integers are big-endian; index counts from 1; the piece lies at `offset` of the body
//
// The signature covers the manifest, and by it the body's hash: index and offset only say where a
// piece may belong, and the hash over all of them says whether it does.
//
//   PartSet set;
//   KEPING_RETURN_IF_ERROR(set.Add(head, "stick/susut.kbundle.003"));   // any order, repeated
//   if (std::string missing = set.Missing(); !missing.empty()) …
//   for (const PartSet::Span& span : set.Spans()) …read them one after the other…
#ifndef KEPING_COMMON_BUNDLE_PART_H_
#define KEPING_COMMON_BUNDLE_PART_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "common/bundle/manifest.h"
#include "common/crypto/hash.h"

namespace keping::bundle {

inline constexpr uint32_t kMaxParts = 9999;

struct PartHead {
  std::string manifest;  // its text
  std::string signature;
  uint32_t index = 1;
  uint32_t count = 1;
  uint64_t offset = 0;
  uint64_t size = 0;
  crypto::Hash piece_hash;
};

// The longest head.
inline constexpr size_t kMaxHeadBytes =
    16 + 4 + kMaxManifestBytes + kSignatureBytes + 4 + 4 + 8 + 8 + crypto::Hash::kSize;

std::string EncodePartHead(const PartHead& head);

struct ParsedHead {
  PartHead part;
  Manifest manifest;
  size_t bytes = 0;  // of the head: the piece follows
};
// From the first kMaxHeadBytes of a file, or all of a shorter one. InvalidArgument with K-245.
absl::StatusOr<ParsedHead> ParsePartHead(absl::string_view bytes);
// A file that begins so was a bundle once, whatever became of it.
bool BeginsAsBundle(absl::string_view bytes);

// The parts of one bundle that are at hand. A value; not thread-safe.
class PartSet {
 public:
  // A piece, or what of it is not in the pieces before.
  struct Span {
    std::string file;
    uint64_t skip = 0;  // bytes of the file before it, its head included
    uint64_t size = 0;
  };

  // InvalidArgument with K-245 for a part of another bundle. `file` is not looked into.
  absl::Status Add(const ParsedHead& head, const std::string& file);

  bool empty() const { return parts_.empty(); }
  // Of what all parts say. There is at least one.
  const ParsedHead& first() const { return parts_.front().head; }
  // Which parts are not here, as people call them ("2, 5 to 7 of 9"); empty: the body is whole.
  std::string Missing() const;
  // The whole body in order, once Missing() is empty.
  std::vector<Span> Spans() const;

 private:
  struct Part {
    ParsedHead head;
    std::string file;
  };

  std::vector<Part> parts_;  // by offset
};

}  // namespace keping::bundle

#endif  // KEPING_COMMON_BUNDLE_PART_H_
