#include "common/bundle/manifest.h"

#include <array>
#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "common/base/check.h"
#include "common/base/status_macros.h"

namespace keping::bundle {
namespace {

constexpr absl::string_view kTitle = "keping bundle manifest 1\n";
constexpr absl::string_view kNone = "-";
constexpr size_t kKeyBytes = 32;
constexpr size_t kSetIdDigits = 16;
constexpr std::array<Kind, 4> kKinds = {Kind::kLog, Kind::kAnswer, Kind::kRequest, Kind::kSlip};

class LineWriter {
 public:
  void Text(absl::string_view name, absl::string_view value) {
    absl::StrAppend(&text_, name, " ", value.empty() ? kNone : value, "\n");
  }
  void Number(absl::string_view name, uint64_t value) { Text(name, absl::StrCat(value)); }
  void Base64(absl::string_view name, absl::string_view bytes) {
    Text(name, absl::Base64Escape(bytes));
  }
  void Hash(absl::string_view name, const crypto::Hash& value) {
    Text(name, value.IsZero() ? std::string() : value.Hex());
  }
  std::string Take() { return std::move(text_); }

 private:
  std::string text_ = std::string(kTitle);
};

// Reads what LineWriter wrote. After the first error values are empty, and status() says why.
class LineReader {
 public:
  explicit LineReader(absl::string_view text) : rest_(text) {
    if (!Skip(kTitle)) Fail("title");
  }

  absl::string_view Text(absl::string_view name) {
    const size_t end = rest_.find('\n');
    if (!status_.ok() || end == absl::string_view::npos || !Skip(name) || !Skip(" ")) {
      return Fail(name);
    }
    const absl::string_view value = rest_.substr(0, rest_.find('\n'));
    rest_.remove_prefix(value.size() + 1);
    if (value.empty()) return Fail(name);
    return value == kNone ? absl::string_view() : value;
  }
  uint64_t Number(absl::string_view name) {
    const absl::string_view text = Text(name);
    uint64_t value = 0;
    // Canonical: a value has one spelling.
    if (!absl::SimpleAtoi(text, &value) || absl::StrCat(value) != text) Fail(name);
    return value;
  }
  std::string Bytes(absl::string_view name, size_t size) {
    const absl::string_view text = Text(name);
    if (text.empty()) return {};
    std::string bytes = absl::HexStringToBytes(text.size() % 2 == 0 ? text : text.substr(1));
    if (text.size() == 2 * size && absl::BytesToHexString(bytes) == text) return bytes;
    Fail(name);
    return {};
  }
  std::string Base64(absl::string_view name) {
    const absl::string_view text = Text(name);
    std::string bytes;
    if (!absl::Base64Unescape(text, &bytes) || absl::Base64Escape(bytes) != text) Fail(name);
    return bytes;
  }
  crypto::Hash Hash(absl::string_view name) {
    const auto hash = crypto::Hash::FromBytes(Bytes(name, crypto::Hash::kSize));
    return hash.ok() ? *hash : crypto::Hash();
  }
  template <typename Id>
  Id Named(absl::string_view name) {
    const absl::string_view text = Text(name);
    if (text.empty()) return Id();
    auto id = Id::Parse(text);
    if (!id.ok()) Fail(name);
    return id.ok() ? *std::move(id) : Id();
  }

  absl::Status End() {
    if (status_.ok() && !rest_.empty()) Fail("end");
    return status_;
  }

 private:
  bool Skip(absl::string_view expected) {
    if (rest_.substr(0, expected.size()) != expected) return false;
    rest_.remove_prefix(expected.size());
    return true;
  }
  absl::string_view Fail(absl::string_view name) {
    if (status_.ok()) {
      status_ = absl::InvalidArgumentError(
          absl::StrCat("K-245: the bundle's manifest is damaged at \"", name,
                       "\", or of a later version of Keping; copy the file again"));
    }
    return {};
  }

  absl::string_view rest_;
  absl::Status status_;
};

Kind KindNamed(absl::string_view name) {
  for (const Kind kind : kKinds) {
    if (name == KindName(kind)) return kind;
  }
  return Kind{};
}

}  // namespace

const char* KindName(Kind kind) {
  switch (kind) {
    case Kind::kLog:
      return "log";
    case Kind::kAnswer:
      return "answer";
    case Kind::kRequest:
      return "request";
    case Kind::kSlip:
      return "slip";
  }
  KEPING_CHECK(false, "every kind of bundle has a name");
}

std::string EncodeManifest(const Manifest& manifest) {
  LineWriter write;
  write.Text("kind", KindName(manifest.kind));
  write.Text("sender", manifest.sender.value());
  write.Text("sender_incarnation", manifest.sender_incarnation.value());
  write.Text("sender_key", absl::BytesToHexString(manifest.sender_key));
  write.Text("recipient", manifest.recipient.value());
  write.Text("recipient_incarnation", manifest.recipient_incarnation.value());
  write.Number("made_at", static_cast<uint64_t>(absl::ToUnixMicros(manifest.made_at)));
  write.Number("first_seq", manifest.first_seq);
  write.Number("last_seq", manifest.last_seq);
  write.Number("head_seq", manifest.head.seq);
  write.Hash("head_hash", manifest.head.hash);
  write.Number("feed_from", manifest.feed_from);
  write.Number("feed_to", manifest.feed_to);
  write.Hash("feed_state", manifest.feed_state);
  write.Text("generation", manifest.generation.value());
  write.Number("generation_order", manifest.generation_order);
  write.Base64("certificate", manifest.certificate);
  write.Base64("key_proof", manifest.key_proof);
  write.Number("units", manifest.units);
  write.Number("unit_bytes", manifest.unit_bytes);
  write.Number("body_bytes", manifest.body_bytes);
  write.Hash("body_hash", manifest.body_hash);
  return write.Take();
}

absl::StatusOr<Manifest> ParseManifest(absl::string_view text) {
  LineReader read(text);
  Manifest manifest;
  manifest.kind = KindNamed(read.Text("kind"));
  manifest.sender = read.Named<domain::NodeId>("sender");
  manifest.sender_incarnation = read.Named<domain::IncarnationId>("sender_incarnation");
  manifest.sender_key = read.Bytes("sender_key", kKeyBytes);
  manifest.recipient = read.Named<domain::NodeId>("recipient");
  manifest.recipient_incarnation = read.Named<domain::IncarnationId>("recipient_incarnation");
  manifest.made_at = absl::FromUnixMicros(static_cast<int64_t>(read.Number("made_at")));
  manifest.first_seq = read.Number("first_seq");
  manifest.last_seq = read.Number("last_seq");
  manifest.head.seq = read.Number("head_seq");
  manifest.head.hash = read.Hash("head_hash");
  manifest.feed_from = read.Number("feed_from");
  manifest.feed_to = read.Number("feed_to");
  manifest.feed_state = read.Hash("feed_state");
  manifest.generation = read.Named<domain::GenerationId>("generation");
  manifest.generation_order = static_cast<uint32_t>(read.Number("generation_order"));
  manifest.certificate = read.Base64("certificate");
  manifest.key_proof = read.Base64("key_proof");
  manifest.units = read.Number("units");
  manifest.unit_bytes = read.Number("unit_bytes");
  manifest.body_bytes = read.Number("body_bytes");
  manifest.body_hash = read.Hash("body_hash");
  KEPING_RETURN_IF_ERROR(read.End());
  if (manifest.kind == Kind{} || manifest.sender.empty() || manifest.recipient.empty() ||
      EncodeManifest(manifest) != text) {
    return absl::InvalidArgumentError(
        "K-245: the bundle's manifest lacks its kind, sender or recipient; copy the file again");
  }
  return manifest;
}

std::string ManifestStatement(absl::string_view text) {
  return absl::StrCat("keping-bundle-v1\n", text);
}

std::string SetIdOf(absl::string_view manifest_text) {
  return crypto::Sha256({manifest_text}).Hex().substr(0, kSetIdDigits);
}

}  // namespace keping::bundle
