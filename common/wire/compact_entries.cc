#include "common/wire/compact_entries.h"

#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>

#include <algorithm>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "common/base/status_macros.h"
#include "common/domain/entry.h"

namespace keping::wire {
namespace {

using google::protobuf::io::CodedInputStream;
using google::protobuf::io::CodedOutputStream;

// Shorter ones are not worth their two sizes.
constexpr size_t kMinHexDigits = 16;

// Differences wrap around, so that every value has one.
int64_t Minus(int64_t a, int64_t b) {
  return static_cast<int64_t>(static_cast<uint64_t>(a) - static_cast<uint64_t>(b));
}
int64_t Plus(int64_t a, int64_t b) {
  return static_cast<int64_t>(static_cast<uint64_t>(a) + static_cast<uint64_t>(b));
}

uint64_t ZigZag(int64_t value) {
  return (static_cast<uint64_t>(value) << 1) ^ static_cast<uint64_t>(value >> 63);
}
int64_t UnZigZag(uint64_t value) { return static_cast<int64_t>((value >> 1) ^ (~(value & 1) + 1)); }

uint64_t ExpectedHybrid(uint64_t before, int64_t wall_micros) {
  const uint64_t wall = static_cast<uint64_t>(wall_micros / 1000) << 16;
  return std::max(before + 1, wall);
}

bool IsHexDigit(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); }

// Where the next run of hex digits begins that is worth packing, and its even length; the end and 0
// when there is none.
std::pair<size_t, size_t> FindHex(absl::string_view bytes) {
  for (size_t begin = 0; begin < bytes.size();) {
    size_t end = begin;
    while (end < bytes.size() && IsHexDigit(bytes[end])) ++end;
    const size_t size = (end - begin) / 2 * 2;
    if (size >= kMinHexDigits) return {begin, size};
    begin = end + 1;
  }
  return {bytes.size(), 0};
}

class Writer {
 public:
  explicit Writer(std::string* out) : stream_(out), coded_(&stream_) {}

  void Varint(uint64_t value) { coded_.WriteVarint64(value); }
  void Difference(int64_t value) { Varint(ZigZag(value)); }
  void Raw(absl::string_view bytes) {
    coded_.WriteRaw(bytes.data(), static_cast<int>(bytes.size()));
  }
  void Bytes(absl::string_view bytes) {
    Varint(bytes.size());
    Raw(bytes);
  }
  void Payload(absl::string_view payload) {
    while (true) {
      const auto [begin, size] = FindHex(payload);
      Bytes(payload.substr(0, begin));
      Bytes(absl::HexStringToBytes(payload.substr(begin, size)));
      if (size == 0) return;
      payload.remove_prefix(begin + size);
    }
  }

 private:
  google::protobuf::io::StringOutputStream stream_;
  CodedOutputStream coded_;
};

// The first failure sticks.
class Reader {
 public:
  Reader(absl::string_view bytes, size_t max_bytes)
      : coded_(reinterpret_cast<const uint8_t*>(bytes.data()), static_cast<int>(bytes.size())),
        size_(bytes.size()),
        room_(max_bytes) {}

  bool AtEnd() const { return static_cast<size_t>(coded_.CurrentPosition()) == size_; }
  bool ok() const { return ok_; }

  uint64_t Varint() {
    uint64_t value = 0;
    ok_ = ok_ && coded_.ReadVarint64(&value);
    return value;
  }
  int64_t Difference() { return UnZigZag(Varint()); }
  std::string Bytes(uint64_t size) {
    std::string bytes;
    ok_ = ok_ && size <= size_ - static_cast<size_t>(coded_.CurrentPosition()) && size <= room_ &&
          coded_.ReadString(&bytes, static_cast<int>(size));
    room_ -= ok_ ? size : 0;
    return bytes;
  }
  std::string Payload() {
    std::string payload;
    while (ok_) {
      payload += Bytes(Varint());
      const std::string hex = Bytes(Varint());
      if (hex.empty()) break;
      payload += absl::BytesToHexString(hex);
    }
    return payload;
  }

 private:
  CodedInputStream coded_;
  const size_t size_;
  size_t room_;
  bool ok_ = true;
};

void MoveTo(const domain::EntryHeader& header, crypto::Hash hash, ChainPoint& point) {
  point.seq = header.seq;
  point.hash = hash;
  point.boot_id = header.boot_id;
  point.monotonic_micros = header.monotonic_micros;
  point.wall_micros = header.wall_micros;
  point.hybrid_time = header.hybrid_time;
}

bool GoesOnFrom(const ChainPoint& point, const domain::EntryHeader& header) {
  return header.node == point.node && header.incarnation == point.incarnation &&
         header.seq == point.seq + 1 && header.previous == point.hash;
}

void Write(const domain::Entry& entry, const ChainPoint& before, Writer& out) {
  const domain::EntryHeader& header = entry.header;
  if (header.boot_id == before.boot_id) {
    out.Varint(0);
  } else {
    out.Varint(header.boot_id.size() + 1);
    out.Raw(header.boot_id);
  }
  const int64_t running = Minus(header.monotonic_micros, before.monotonic_micros);
  out.Difference(running);
  out.Difference(Minus(Minus(header.wall_micros, before.wall_micros), running));
  out.Difference(static_cast<int64_t>(header.hybrid_time -
                                      ExpectedHybrid(before.hybrid_time, header.wall_micros)));
  out.Varint(header.type);
  out.Payload(entry.payload);
}

domain::Entry Read(const ChainPoint& before, Reader& in) {
  domain::Entry entry;
  domain::EntryHeader& header = entry.header;
  header.node = before.node;
  header.incarnation = before.incarnation;
  header.seq = before.seq + 1;
  header.previous = before.hash;
  const uint64_t boot = in.Varint();
  header.boot_id = boot == 0 ? before.boot_id : in.Bytes(boot - 1);
  const int64_t running = in.Difference();
  header.monotonic_micros = Plus(before.monotonic_micros, running);
  header.wall_micros = Plus(before.wall_micros, Plus(running, in.Difference()));
  header.hybrid_time = ExpectedHybrid(before.hybrid_time, header.wall_micros) +
                       static_cast<uint64_t>(in.Difference());
  header.type = static_cast<uint32_t>(in.Varint());
  entry.payload = in.Payload();
  return entry;
}

}  // namespace

absl::StatusOr<ChainPoint> PointAfter(absl::string_view entry) {
  KEPING_ASSIGN_OR_RETURN(const domain::Entry parsed, domain::ParseEntry(entry));
  ChainPoint point;
  point.node = parsed.header.node;
  point.incarnation = parsed.header.incarnation;
  MoveTo(parsed.header, domain::HashEntryBytes(entry), point);
  return point;
}

std::optional<std::string> CompactEntries(const std::vector<std::string>& entries,
                                          ChainPoint& point) {
  std::string compact;
  ChainPoint at = point;
  {
    Writer out(&compact);
    for (const std::string& bytes : entries) {
      const absl::StatusOr<domain::Entry> entry = domain::ParseEntry(bytes);
      if (!entry.ok() || !GoesOnFrom(at, entry->header)) return std::nullopt;
      Write(*entry, at, out);
      MoveTo(entry->header, domain::HashEntryBytes(bytes), at);
    }
  }
  point = std::move(at);
  return compact;
}

absl::StatusOr<std::vector<std::string>> RestoreEntries(absl::string_view compact,
                                                        size_t max_entries, size_t max_bytes,
                                                        ChainPoint& point) {
  std::vector<std::string> entries;
  Reader in(compact, max_bytes);
  size_t left = max_bytes;
  while (!in.AtEnd()) {
    const domain::Entry entry = Read(point, in);
    const bool fits = in.ok() && entry.header.boot_id.size() <= domain::kMaxBootIdSize &&
                      entry.payload.size() <= domain::kMaxPayloadSize;
    std::string bytes = fits ? domain::EncodeEntry(entry) : "";
    if (!fits || entries.size() == max_entries || bytes.size() > left) {
      return absl::InvalidArgumentError(absl::StrCat(
          "bad compact entries: got an entry ", point.seq + 1,
          " that cannot be read, want at most ", max_entries, " entries in ", max_bytes, " bytes"));
    }
    left -= bytes.size();
    MoveTo(entry.header, domain::HashEntryBytes(bytes), point);
    entries.push_back(std::move(bytes));
  }
  return entries;
}

}  // namespace keping::wire
