#include "common/backup/escrow_key.h"

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"
#include "common/base/status_macros.h"
#include "common/bundle/sealed_stream.h"
#include "common/crypto/hash.h"
#include "common/crypto/signer.h"

namespace keping::backup {
namespace {

constexpr size_t kCheckDigits = 8;
constexpr size_t kGroup = 4;
// What people see of a key, to tell two of them apart.
constexpr size_t kShownDigits = 16;

absl::string_view LabelOf(EscrowPart part) {
  return part == EscrowPart::kPrivate ? "keping-escrow-private-1:" : "keping-escrow-public-1:";
}

std::string DigitsOf(EscrowPart part, absl::string_view key) {
  const std::string check = crypto::Sha256({LabelOf(part), key}).Hex().substr(0, kCheckDigits);
  return absl::StrCat(absl::BytesToHexString(key), check);
}

// Of a line: its digits, without what a person puts between them.
std::string Squeezed(absl::string_view text) {
  std::string digits;
  for (const char c : text) {
    if (absl::ascii_isxdigit(c)) digits.push_back(absl::ascii_tolower(c));
  }
  return digits;
}

absl::Status Mistyped(EscrowPart part, absl::string_view got) {
  return absl::InvalidArgumentError(absl::StrCat("K-290: got ", got,
                                                 ", want the line that begins with ", LabelOf(part),
                                                 " as keping escrow new-key wrote it"));
}

absl::Status Damaged(absl::string_view why) {
  return absl::InvalidArgumentError(absl::StrCat(
      "K-288: the sealed keys of this backup are damaged (", why, "): use another copy of it"));
}

}  // namespace

absl::StatusOr<EscrowPair> EscrowPairOf(absl::string_view seed) {
  KEPING_ASSIGN_OR_RETURN(const auto signer, crypto::MakeEd25519Signer(seed));
  return EscrowPair{std::string(seed), signer->public_key()};
}

std::string EscrowText(EscrowPart part, absl::string_view key) {
  std::string text(LabelOf(part));
  const std::string digits = DigitsOf(part, key);
  for (size_t i = 0; i < digits.size(); i += kGroup) {
    absl::StrAppend(&text, " ", digits.substr(i, kGroup));
  }
  return text;
}

absl::StatusOr<std::string> ReadEscrowText(EscrowPart part, absl::string_view text) {
  for (absl::string_view line : absl::StrSplit(text, '\n')) {
    line = absl::StripAsciiWhitespace(line);
    if (!absl::StartsWithIgnoreCase(line, LabelOf(part))) continue;
    const std::string digits = Squeezed(line.substr(LabelOf(part).size()));
    constexpr size_t kWanted = 2 * kEscrowKeyBytes + kCheckDigits;
    if (digits.size() != kWanted) {
      return Mistyped(part,
                      absl::StrCat("a key of ", digits.size(), " digits instead of ", kWanted));
    }
    const std::string key = absl::HexStringToBytes(digits.substr(0, 2 * kEscrowKeyBytes));
    if (DigitsOf(part, key) != digits) return Mistyped(part, "a key with a wrong digit");
    return key;
  }
  return Mistyped(part, "a text without a key");
}

absl::StatusOr<std::string> SealKeys(const keys::KeyFiles& files, absl::string_view public_key,
                                     store::v1::SealedKeys* facts) {
  KEPING_ASSIGN_OR_RETURN(const auto writer, bundle::SealedWriter::Create(public_key));
  store::v1::EscrowedKeys keys;
  for (const auto& [name, content] : files) {
    store::v1::KeyFile* file = keys.add_files();
    file->set_name(name);
    file->set_content(content);
    facts->add_files(name);
  }
  const std::string unit = keys.SerializeAsString();
  if (unit.empty() || unit.size() > bundle::kMaxUnitBytes) {
    return absl::FailedPreconditionError(absl::StrCat("got key files of ", unit.size(),
                                                      " bytes, want 1 to ", bundle::kMaxUnitBytes));
  }
  writer->Add(unit);
  writer->Finish();
  facts->set_escrow_key(absl::BytesToHexString(public_key));
  facts->set_key_bytes(unit.size());
  return writer->Take();
}

absl::StatusOr<keys::KeyFiles> OpenKeys(absl::string_view sealed,
                                        const store::v1::SealedKeys& facts,
                                        absl::string_view seed) {
  KEPING_ASSIGN_OR_RETURN(const EscrowPair pair, EscrowPairOf(seed));
  const std::string own = absl::BytesToHexString(pair.public_key);
  if (own != facts.escrow_key()) {
    return absl::InvalidArgumentError(absl::StrCat(
        "K-290: got the private part of escrow key ", own.substr(0, kShownDigits),
        ", want that of ", facts.escrow_key().substr(0, kShownDigits),
        ", which the keys of this backup are sealed to: find that paper, or that stick"));
  }
  KEPING_ASSIGN_OR_RETURN(const bundle::OpenKey key, bundle::OpenKey::FromSignerSeed(seed));
  bundle::SealedReader reader(key, {.units = 1, .unit_bytes = facts.key_bytes()});
  store::v1::EscrowedKeys keys;
  bool parsed = false;
  const absl::Status read = reader.Add(sealed, [&](absl::string_view unit) {
    parsed = keys.ParseFromArray(unit.data(), static_cast<int>(unit.size()));
    return absl::OkStatus();
  });
  if (!read.ok()) return Damaged("they do not open");
  if (!parsed || !reader.ended()) return Damaged("they end too early");
  keys::KeyFiles files;
  for (const store::v1::KeyFile& file : keys.files()) {
    if (!keys::IsKeyFileName(file.name())) return Damaged("a file has a strange name");
    files[file.name()] = file.content();
  }
  return files;
}

}  // namespace keping::backup
