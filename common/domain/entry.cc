#include "common/domain/entry.h"

#include <algorithm>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/base/check.h"

namespace keping::domain {
namespace {

constexpr uint8_t kGrammarVersion = 1;
constexpr absl::string_view kBranchPrefix = "fork-";

template <typename Integer>
void AppendInteger(std::string& out, Integer value) {
  for (int shift = (sizeof(Integer) - 1) * 8; shift >= 0; shift -= 8) {
    out.push_back(static_cast<char>(static_cast<uint64_t>(value) >> shift));
  }
}

void AppendText(std::string& out, absl::string_view text) {
  KEPING_CHECK(text.size() <= 255, "a header text has at most 255 bytes");
  out.push_back(static_cast<char>(text.size()));
  out.append(text.data(), text.size());
}

// Reads the grammar from the front of a buffer; the first failure sticks. Every start of a node
// reads its whole log through here, so that nothing but a failure costs an absl::Status.
class Reader {
 public:
  explicit Reader(absl::string_view bytes) : rest_(bytes), size_(bytes.size()) {}

  absl::string_view Take(size_t count, const char* field) {
    if (failed_ || rest_.size() < count) return Fail(count, field);
    const absl::string_view taken = rest_.substr(0, count);
    rest_.remove_prefix(count);
    return taken;
  }

  template <typename Integer>
  Integer TakeInteger(const char* field) {
    uint64_t value = 0;
    for (char byte : Take(sizeof(Integer), field)) value = value << 8 | static_cast<uint8_t>(byte);
    return static_cast<Integer>(value);
  }

  absl::string_view TakeText(const char* field) { return Take(TakeInteger<uint8_t>(field), field); }

  template <typename Id>
  Id TakeId(const char* field) {
    auto id = Id::Parse(TakeText(field));
    if (id.ok()) return *std::move(id);
    if (!failed_) status_ = id.status();
    failed_ = true;
    return Id();
  }

  bool ok() const { return !failed_; }
  const absl::Status& status() const { return status_; }
  size_t remaining() const { return rest_.size(); }

 private:
  absl::string_view Fail(size_t count, const char* field) {
    if (!failed_) {
      status_ = absl::InvalidArgumentError(absl::StrCat("bad log entry: ", field, " at byte ",
                                                        size_ - rest_.size(), " needs ", count,
                                                        " bytes, got ", rest_.size()));
    }
    failed_ = true;
    return {};
  }

  absl::string_view rest_;
  size_t size_;
  bool failed_ = false;
  absl::Status status_;
};

}  // namespace

std::string EncodeEntry(const Entry& entry) {
  const EntryHeader& header = entry.header;
  KEPING_CHECK(entry.payload.size() <= kMaxPayloadSize, "events are bounded");
  KEPING_CHECK(header.boot_id.size() <= kMaxBootIdSize, "a boot id is a UUID at most");
  std::string out;
  out.reserve(160 + entry.payload.size());
  AppendInteger(out, kGrammarVersion);
  AppendText(out, header.node.value());
  AppendText(out, header.incarnation.value());
  AppendInteger(out, header.seq);
  out.append(header.previous.AsBytes().data(), crypto::Hash::kSize);
  AppendInteger(out, header.hybrid_time);
  AppendText(out, header.boot_id);
  AppendInteger(out, header.monotonic_micros);
  AppendInteger(out, header.wall_micros);
  AppendInteger(out, header.type);
  AppendInteger(out, static_cast<uint32_t>(entry.payload.size()));
  out += entry.payload;
  return out;
}

absl::StatusOr<Entry> ParseEntry(absl::string_view bytes) {
  Reader reader(bytes);
  const auto version = reader.TakeInteger<uint8_t>("grammar version");
  if (reader.ok() && version != kGrammarVersion) {
    return absl::InvalidArgumentError(
        absl::StrCat("bad log entry: grammar version ", version, ", want ", kGrammarVersion));
  }
  Entry entry;
  EntryHeader& header = entry.header;
  header.node = reader.TakeId<NodeId>("node");
  header.incarnation = reader.TakeId<IncarnationId>("incarnation");
  header.seq = reader.TakeInteger<uint64_t>("seq");
  const absl::string_view previous = reader.Take(crypto::Hash::kSize, "previous hash");
  header.hybrid_time = reader.TakeInteger<uint64_t>("hybrid time");
  const absl::string_view boot_id = reader.TakeText("boot id");
  header.monotonic_micros = reader.TakeInteger<int64_t>("monotonic time");
  header.wall_micros = reader.TakeInteger<int64_t>("wall time");
  header.type = reader.TakeInteger<uint32_t>("type");
  const auto payload_size = reader.TakeInteger<uint32_t>("payload size");
  if (!reader.ok()) return reader.status();
  if (boot_id.size() > kMaxBootIdSize || payload_size > kMaxPayloadSize ||
      reader.remaining() != payload_size) {
    return absl::InvalidArgumentError(
        absl::StrCat("bad log entry: payload size ", payload_size, " (at most ", kMaxPayloadSize,
                     ") with ", reader.remaining(), " bytes left, boot id of ", boot_id.size(),
                     " (at most ", kMaxBootIdSize, ")"));
  }
  header.boot_id = std::string(boot_id);
  std::copy(previous.begin(), previous.end(), header.previous.bytes.begin());
  entry.payload = std::string(reader.Take(payload_size, "payload"));
  return entry;
}

IncarnationId BranchName(const crypto::Hash& first_entry) {
  return IncarnationId::Of(absl::StrCat(kBranchPrefix, first_entry.Hex().substr(0, 32)));
}

bool IsBranch(const IncarnationId& stream) {
  return absl::StartsWith(stream.value(), kBranchPrefix);
}

}  // namespace keping::domain
