#include "common/scan/scan.h"

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "common/base/check.h"
#include "common/domain/nik.h"

namespace keping::scan {
namespace {

using domain::BlankSerial;

// Longer than any serial as any reader types it: ten bytes with separators and both affixes.
constexpr size_t kLongestSerial = 64;
constexpr size_t kShortestSerial = 4;
// A person may paste a whole box.
constexpr size_t kMostLooked = 64 * 1024;

std::string DigitsOnly(absl::string_view text) {
  std::string digits;
  for (char c : text) {
    if (absl::ascii_isdigit(c)) {
      digits += c;
    } else if (c != ' ' && c != '.' && c != '-') {
      return "";
    }
  }
  return digits;
}

absl::string_view WithoutAffixes(const ReaderProfile& profile, absl::string_view text) {
  text = absl::StripAsciiWhitespace(text);
  // A person who types a serial by hand types no affix.
  absl::ConsumePrefix(&text, absl::StripAsciiWhitespace(profile.prefix));
  absl::ConsumeSuffix(&text, absl::StripAsciiWhitespace(profile.suffix));
  return absl::StripAsciiWhitespace(text);
}

// A number that the reader has put between its own affixes is a chip's; a bare one may be a NIK.
bool MayBeNik(const ReaderProfile& profile, absl::string_view typed, absl::string_view text) {
  const bool between_affixes = text.size() < absl::StripAsciiWhitespace(typed).size();
  if (profile.notation == Notation::kDecimal && between_affixes) return false;
  return LooksLikeNik(DigitsOnly(text));
}

std::optional<BlankSerial> One(const ReaderProfile& profile, absl::string_view text) {
  return Understand(profile, WithoutAffixes(profile, text));
}

// Long and mixed enough that a printed serial does not consist of it twice by chance.
bool IsMarked(absl::string_view part) {
  return part.size() >= 6 && std::any_of(part.begin(), part.end(), absl::ascii_isalpha) &&
         std::any_of(part.begin(), part.end(), absl::ascii_isdigit);
}

// `text` cut at the places where one serial ends and another begins: at line ends and signs, else
// at blanks, else into equal parts of which each is a serial.
std::vector<absl::string_view> Parts(const ReaderProfile& profile, absl::string_view text) {
  std::vector<absl::string_view> parts =
      absl::StrSplit(text, absl::ByAnyChar("\r\n\t,;"), absl::SkipWhitespace());
  if (parts.size() > 1) return parts;
  parts = absl::StrSplit(text, ' ', absl::SkipWhitespace());
  if (parts.size() > 1) return parts;
  for (size_t count = 2; count <= 10 && count * kShortestSerial <= text.size(); ++count) {
    if (text.size() % count != 0) continue;
    const size_t size = text.size() / count;
    parts.clear();
    for (size_t at = 0; at < text.size(); at += size) parts.push_back(text.substr(at, size));
    const bool all = std::all_of(parts.begin(), parts.end(), [&](absl::string_view part) {
      // A printed serial is almost any text, and so is each part of it.
      return profile.notation != Notation::kText ? One(profile, part).has_value()
                                                 : part == parts.front() && IsMarked(part);
    });
    if (all) return parts;
  }
  return {};
}

// kDoubleRead or kSeveral when `text` is a list of serials, else kNone.
ScanProblem JudgeParts(const ReaderProfile& profile, absl::string_view text) {
  const std::vector<absl::string_view> parts = Parts(profile, text);
  if (parts.size() < 2) return ScanProblem::kNone;
  std::set<BlankSerial> serials;
  for (absl::string_view part : parts) {
    const std::optional<BlankSerial> serial = One(profile, part);
    if (!serial) return ScanProblem::kNone;
    serials.insert(*serial);
  }
  return serials.size() == 1 ? ScanProblem::kDoubleRead : ScanProblem::kSeveral;
}

bool IsOtherCode(absl::string_view text) {
  if (absl::StrContains(text, "://")) return true;
  return std::any_of(text.begin(), text.end(), [](char c) {
    return !absl::ascii_isalnum(c) && !absl::StrContains(" :-.\r\n\t,;", absl::string_view(&c, 1));
  });
}

bool IsSerialOfAnotherReader(absl::string_view text) {
  for (Notation notation : {Notation::kHex, Notation::kDecimal}) {
    ReaderProfile other;
    other.notation = notation;
    if (Understand(other, text)) return true;
  }
  return false;
}

ScanProblem JudgeLength(const ReaderProfile& profile, absl::string_view text) {
  const size_t shortest = profile.notation == Notation::kHex       ? 8
                          : profile.notation == Notation::kDecimal ? 7
                                                                   : 1;
  if (text.size() < shortest) return ScanProblem::kTooShort;
  const size_t longest = profile.notation == Notation::kText ? BlankSerial::kMaxSize : 20;
  return text.size() > longest ? ScanProblem::kTooLong : ScanProblem::kNoSerial;
}

}  // namespace

bool LooksLikeNik(absl::string_view text) {
  const absl::StatusOr<domain::Nik> nik = domain::Nik::Parse(text);
  if (!nik.ok()) return false;
  // 11 Aceh to 96 Papua Barat Daya; the code of a province has no 0 in front.
  if (text[0] == '0' || text[1] == '0') return false;
  return nik->serial() > 0 && nik->birth_date(absl::CivilDay(2099, 12, 31)).has_value();
}

Scan ReadScan(const ReaderProfile& profile, absl::string_view typed) {
  typed = typed.substr(0, kMostLooked);
  const absl::string_view text = WithoutAffixes(profile, typed);
  if (text.empty()) return {ScanProblem::kNothing, {}};
  if (MayBeNik(profile, typed, text)) return {ScanProblem::kNik, {}};
  if (const std::optional<BlankSerial> serial = Understand(profile, text)) {
    // A text profile takes nearly everything, also a printed serial that was read twice.
    const ScanProblem parts =
        profile.notation == Notation::kText ? JudgeParts(profile, text) : ScanProblem::kNone;
    if (parts != ScanProblem::kNone) return {parts, {}};
    return {ScanProblem::kNone, *serial};
  }
  if (const ScanProblem parts = JudgeParts(profile, text); parts != ScanProblem::kNone) {
    return {parts, {}};
  }
  if (IsOtherCode(text) || text.size() > kLongestSerial) return {ScanProblem::kOtherCode, {}};
  if (profile.notation != Notation::kText && IsSerialOfAnotherReader(text)) {
    return {ScanProblem::kOtherReader, {}};
  }
  return {JudgeLength(profile, text), {}};
}

bool IsComplete(const ReaderProfile& profile, absl::string_view typed) {
  if (absl::EndsWith(typed, "\n") || absl::EndsWith(typed, "\r")) return true;
  // A UID of 4 bytes is the beginning of one with 7; only Enter ends a reader that sends it.
  if (profile.enter || !absl::EndsWith(typed, profile.suffix)) return false;
  return !profile.suffix.empty() && ReadScan(profile, typed).problem == ScanProblem::kNone;
}

Words WordsOf(ScanProblem problem) {
  switch (problem) {
    case ScanProblem::kNone:
      return {"", "Kartu terbaca.", "The card was read."};
    case ScanProblem::kNothing:
      return {"K-230", "Tidak ada yang terbaca. Pindai kartunya.",
              "Nothing was read. Scan the card."};
    case ScanProblem::kNik:
      return {"K-231",
              "Ini NIK seorang warga, bukan nomor blangko. Pindai chip atau nomor pada blangko.",
              "This is a resident's NIK, not the number of a blank. Scan the chip or the number on "
              "the blank."};
    case ScanProblem::kDoubleRead:
      return {"K-233", "Kartu ini terbaca dua kali. Kosongkan isian dan pindai sekali saja.",
              "This card was read twice. Clear the field and scan it once."};
    case ScanProblem::kSeveral:
      return {"K-232", "Ada beberapa nomor blangko. Pindai satu per satu.",
              "There are several blanks' numbers. Scan them one by one."};
    case ScanProblem::kOtherCode:
      return {"K-236", "Ini kode QR atau teks lain, bukan nomor blangko.",
              "This is a QR code or another text, not the number of a blank."};
    case ScanProblem::kOtherReader:
      return {"K-237",
              "Pembaca mengetik dengan cara lain dari yang dikenalkan. Kenalkan pembaca ini lagi.",
              "The reader types in another way than it was taught. Teach this reader again."};
    case ScanProblem::kTooShort:
      return {"K-234", "Nomor terpotong. Pindai sekali lagi.",
              "The number is cut off. Scan once more."};
    case ScanProblem::kTooLong:
      return {"K-235", "Nomor terlalu panjang untuk sebuah blangko. Pindai sekali lagi.",
              "The number is too long for a blank. Scan once more."};
    case ScanProblem::kNoSerial:
      return {"K-237", "Ini bukan nomor blangko. Pindai chip atau nomor pada blangko.",
              "This is not the number of a blank. Scan the chip or the number on the blank."};
  }
  KEPING_CHECK(false, "a problem of a scan has its words");
}

}  // namespace keping::scan
