#include "common/bundle/part.h"

#include <algorithm>
#include <set>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/base/status_macros.h"
#include "common/bundle/big_endian.h"

namespace keping::bundle {
namespace {

constexpr absl::string_view kMagic = "keping bundle 1\n";

absl::Status Damaged(absl::string_view what) {
  return absl::InvalidArgumentError(absl::StrCat("K-245: ", what, "; copy the file again"));
}

// Reads fixed fields; ok() is false once the bytes ended.
class HeadReader {
 public:
  explicit HeadReader(absl::string_view bytes) : all_(bytes) {}

  absl::string_view Bytes(size_t size) {
    if (!ok_ || all_.size() - at_ < size) {
      ok_ = false;
      return {};
    }
    at_ += size;
    return all_.substr(at_ - size, size);
  }
  uint64_t Integer(size_t size) { return ReadBigEndian(Bytes(size)); }
  bool ok() const { return ok_; }
  size_t at() const { return at_; }

 private:
  absl::string_view all_;
  size_t at_ = 0;
  bool ok_ = true;
};

bool FitsItsBundle(const PartHead& part, const Manifest& manifest) {
  return part.index >= 1 && part.index <= part.count && part.count <= kMaxParts &&
         part.offset <= manifest.body_bytes && part.size <= manifest.body_bytes - part.offset;
}

}  // namespace

std::string EncodePartHead(const PartHead& head) {
  std::string out(kMagic);
  AppendBigEndian(out, head.manifest.size(), 4);
  absl::StrAppend(&out, head.manifest, head.signature);
  AppendBigEndian(out, head.index, 4);
  AppendBigEndian(out, head.count, 4);
  AppendBigEndian(out, head.offset, 8);
  AppendBigEndian(out, head.size, 8);
  absl::StrAppend(&out, head.piece_hash.AsBytes());
  return out;
}

bool BeginsAsBundle(absl::string_view bytes) { return absl::StartsWith(bytes, kMagic); }

absl::StatusOr<ParsedHead> ParsePartHead(absl::string_view bytes) {
  HeadReader read(bytes);
  if (bytes.empty()) return Damaged("got 0 bytes, want a bundle");
  if (!BeginsAsBundle(read.Bytes(kMagic.size()))) {
    return absl::InvalidArgumentError(
        "K-245: got a file that does not begin as a bundle of this version, want one that keping "
        "bundle export wrote; name the right file, or copy it again");
  }
  const uint64_t manifest_bytes = read.Integer(4);
  if (manifest_bytes > kMaxManifestBytes) return Damaged("the bundle's head is damaged");
  ParsedHead head;
  PartHead& part = head.part;
  part.manifest = std::string(read.Bytes(manifest_bytes));
  part.signature = std::string(read.Bytes(kSignatureBytes));
  part.index = static_cast<uint32_t>(read.Integer(4));
  part.count = static_cast<uint32_t>(read.Integer(4));
  part.offset = read.Integer(8);
  part.size = read.Integer(8);
  const absl::string_view hash = read.Bytes(crypto::Hash::kSize);
  if (!read.ok()) return Damaged("the bundle ends within its head");
  KEPING_ASSIGN_OR_RETURN(part.piece_hash, crypto::Hash::FromBytes(hash));
  KEPING_ASSIGN_OR_RETURN(head.manifest, ParseManifest(part.manifest));
  if (!FitsItsBundle(part, head.manifest)) return Damaged("the bundle's head is damaged");
  head.bytes = read.at();
  return head;
}

absl::Status PartSet::Add(const ParsedHead& head, const std::string& file) {
  if (!parts_.empty() && head.part.manifest != first().part.manifest) {
    return absl::InvalidArgumentError(
        absl::StrCat("K-245: ", file, " is a part of bundle ", SetIdOf(head.part.manifest),
                     ", the others are "
                     "of bundle ",
                     SetIdOf(first().part.manifest), "; give the parts of one bundle at a time"));
  }
  const auto after = std::find_if(parts_.begin(), parts_.end(), [&](const Part& part) {
    return part.head.part.offset > head.part.offset;
  });
  parts_.insert(after, {head, file});
  return absl::OkStatus();
}

std::vector<PartSet::Span> PartSet::Spans() const {
  std::vector<Span> spans;
  uint64_t covered = 0;
  for (const Part& part : parts_) {
    const PartHead& at = part.head.part;
    if (at.offset > covered) break;
    if (at.offset + at.size <= covered) continue;
    const uint64_t known = covered - at.offset;
    spans.push_back({part.file, part.head.bytes + known, at.size - known});
    covered = at.offset + at.size;
  }
  return spans;
}

std::string PartSet::Missing() const {
  uint64_t covered = 0;
  for (const Span& span : Spans()) covered += span.size;
  if (covered == first().manifest.body_bytes) return "";
  // By the count of the first one: a bundle is split in one way, but for somebody's whim.
  const uint32_t count = first().part.count;
  std::set<uint32_t> here;
  for (const Part& part : parts_) here.insert(part.head.part.index);
  std::vector<std::string> ranges;
  for (uint32_t i = 1; i <= count; ++i) {
    if (here.contains(i)) continue;
    const uint32_t from = i;
    while (i < count && !here.contains(i + 1)) ++i;
    ranges.push_back(from == i ? absl::StrCat(i) : absl::StrCat(from, " to ", i));
  }
  if (ranges.empty()) return absl::StrCat("a piece after byte ", covered);
  return absl::StrCat(absl::StrJoin(ranges, ", "), " of ", count);
}

}  // namespace keping::bundle
