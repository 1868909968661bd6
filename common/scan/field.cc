#include "common/scan/field.h"

#include <algorithm>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_split.h"
#include "common/base/check.h"
#include "common/domain/nik.h"
#include "common/domain/serial_set.h"
#include "common/scan/scan.h"

namespace keping::scan {
namespace {

using domain::BlankSerial;
using domain::SerialSet;

constexpr size_t kManifestSize = 32;  // hexadecimal digits of an act's id
constexpr absl::string_view kRange = "..";

constexpr Words kNoNik = {"K-230", "Tidak ada NIK. Ketik 16 angka pada KTP atau KK.",
                          "There is no NIK. Type the 16 digits of the card or the family card."};
constexpr Words kNikTwice = {"K-233", "NIK ini terketik dua kali. Kosongkan isian dan ketik lagi.",
                             "This NIK was typed twice. Clear the field and type it again."};
constexpr Words kNikCutOff = {"K-234", "NIK terpotong: harus 16 angka. Periksa dan ketik lagi.",
                              "The NIK is cut off: it has 16 digits. Look and type it again."};
constexpr Words kNikTooLong = {"K-235", "Terlalu panjang untuk NIK: harus 16 angka.",
                               "Too long for a NIK: it has 16 digits."};
constexpr Words kBlankForNik = {"K-236", "Ini nomor blangko, bukan NIK. Ketik NIK warga itu.",
                                "This is the number of a blank, not a NIK. Type the resident's "
                                "NIK."};
constexpr Words kOtherForNik = {"K-236", "Ini bukan NIK. Ketik 16 angka NIK warga itu.",
                                "This is no NIK. Type the 16 digits of the resident's NIK."};

constexpr Words kNoManifest = {"K-230", "Tidak ada yang terbaca. Pindai kode QR pada daftar.",
                               "Nothing was read. Scan the QR code of the list."};
constexpr Words kNikForManifest = {
    "K-231", "Ini NIK seorang warga. Pindai kode QR pada daftar serah terima.",
    "This is a resident's NIK. Scan the QR code of the handover's list."};
constexpr Words kManifestTwice = {"K-233",
                                  "Kode QR ini terbaca dua kali. Kosongkan isian dan pindai lagi.",
                                  "This QR code was read twice. Clear the field and scan it once."};
constexpr Words kBlankForManifest = {
    "K-236", "Ini nomor blangko. Pindai kode QR pada daftar serah terima.",
    "This is the number of a blank. Scan the QR code of the handover's list."};
constexpr Words kOtherForManifest = {
    "K-236", "Ini bukan kode daftar serah terima. Pindai kode QR pada daftar itu.",
    "This is not the code of a handover's list. Scan the QR code of that list."};

constexpr Words kManifestForBlank = {
    "K-236", "Ini kode QR daftar serah terima, bukan nomor blangko. Pindai blangko atau kartunya.",
    "This is the QR code of a handover's list, not the number of a blank. Scan the blank or card."};
constexpr Words kBadRange = {"K-237", "Rentang ini tidak benar. Tulis seperti A0001000..A0001999.",
                             "This range is not right. Write it like A0001000..A0001999."};

FieldInput Wrong(const Words& words) { return {.problem = words, .text = {}}; }
FieldInput Right(std::string text) { return {.problem = {"", "", ""}, .text = std::move(text)}; }

bool AllOf(absl::string_view text, bool (*is)(unsigned char)) {
  return !text.empty() && std::all_of(text.begin(), text.end(), is);
}

bool LooksLikeManifest(absl::string_view text) {
  return text.size() == kManifestSize && AllOf(text, absl::ascii_isxdigit);
}

// Whether `text` is the same thing twice, perhaps with Enter between.
bool IsTwice(absl::string_view text, bool (*is_one)(absl::string_view)) {
  const std::vector<absl::string_view> words =
      absl::StrSplit(text, absl::ByAnyChar(" \r\n\t"), absl::SkipEmpty());
  if (words.size() == 2) return words[0] == words[1] && is_one(words[0]);
  const size_t half = text.size() / 2;
  return text.size() % 2 == 0 && text.substr(0, half) == text.substr(half) &&
         is_one(text.substr(0, half));
}

// Digits as people write a NIK: 5106.0141.0190.0001; empty when anything else is in it.
std::string DigitsOf(absl::string_view text) {
  std::string digits;
  for (const char c : text) {
    if (absl::ascii_isdigit(c)) {
      digits += c;
    } else if (!absl::StrContains(" .-", absl::string_view(&c, 1))) {
      return "";
    }
  }
  return digits;
}

bool IsNik(absl::string_view text) { return domain::Nik::Parse(text).ok(); }

bool IsBlank(const ReaderProfile& profile, absl::string_view text) {
  return ReadScan(profile, text).problem == ScanProblem::kNone;
}

FieldInput ReadNik(const ReaderProfile& profile, absl::string_view text) {
  if (text.empty()) return Wrong(kNoNik);
  const std::string digits = DigitsOf(text);
  if (IsNik(digits)) return Right(digits);
  if (IsTwice(text, &IsNik)) return Wrong(kNikTwice);
  if (LooksLikeManifest(text)) return Wrong(kOtherForNik);
  // A reader that types decimal numbers: most chips have more digits than a person.
  if (IsBlank(profile, text)) return Wrong(kBlankForNik);
  if (digits.empty()) return Wrong(kOtherForNik);
  return Wrong(digits.size() < domain::Nik::kDigits ? kNikCutOff : kNikTooLong);
}

FieldInput ReadManifest(const ReaderProfile& profile, absl::string_view text) {
  if (text.empty()) return Wrong(kNoManifest);
  if (LooksLikeManifest(text)) return Right(absl::AsciiStrToLower(text));
  if (LooksLikeNik(DigitsOf(text))) return Wrong(kNikForManifest);
  if (IsTwice(text, &LooksLikeManifest)) return Wrong(kManifestTwice);
  return Wrong(IsBlank(profile, text) ? kBlankForManifest : kOtherForManifest);
}

FieldInput ReadBlank(const ReaderProfile& profile, absl::string_view typed) {
  if (LooksLikeManifest(absl::StripAsciiWhitespace(typed))) return Wrong(kManifestForBlank);
  const Scan scan = ReadScan(profile, typed);
  return scan.problem == ScanProblem::kNone ? Right(scan.serial.text())
                                            : Wrong(WordsOf(scan.problem));
}

// Adds one serial or range; empty words when that went well.
Words AddItem(const ReaderProfile& profile, absl::string_view item, SerialSet& set) {
  if (!absl::StrContains(item, kRange)) {
    const FieldInput one = ReadBlank(profile, item);
    if (one.ok()) set.Insert(BlankSerial::Of(one.text));
    return one.problem;
  }
  const std::pair<absl::string_view, absl::string_view> ends =
      absl::StrSplit(item, absl::MaxSplits(kRange, 1));
  const auto first = BlankSerial::Parse(ends.first);
  const auto last = BlankSerial::Parse(ends.second);
  const bool range = first.ok() && last.ok() && set.InsertRange(*first, *last).ok();
  return range ? Words{"", "", ""} : kBadRange;
}

FieldInput ReadBlanks(const ReaderProfile& profile, absl::string_view typed) {
  if (const FieldInput one = ReadBlank(profile, typed); one.ok()) return one;
  std::vector<absl::string_view> items =
      absl::StrSplit(typed, absl::ByAnyChar("\r\n\t,;"), absl::SkipWhitespace());
  const bool spaced = items.size() == 1 && !absl::StrContains(items.front(), kRange);
  if (spaced) items = absl::StrSplit(items.front(), ' ', absl::SkipWhitespace());
  if (items.empty()) return ReadBlank(profile, typed);
  SerialSet set;
  for (const absl::string_view item : items) {
    const Words problem = AddItem(profile, item, set);
    if (problem.code[0] == '\0') continue;
    // What is no list is judged as a whole.
    return Wrong(spaced ? ReadBlank(profile, typed).problem : problem);
  }
  return Right(set.ToString());
}

// What it is has been recognised; no other way of reading makes a serial of it.
bool IsRecognised(const FieldInput& input) {
  const absl::string_view code = input.problem.code;
  return code == "K-230" || code == "K-231" || code == "K-232" || code == "K-233" ||
         code == "K-236";
}

}  // namespace

FieldInput ReadFieldUntaught(Field field, absl::string_view typed) {
  FieldInput as_chip = ReadField(ReaderProfile{}, field, typed);
  if (as_chip.ok() || IsRecognised(as_chip)) return as_chip;
  FieldInput as_printed = ReadField({.notation = Notation::kText}, field, typed);
  return as_printed.ok() || IsRecognised(as_printed) ? as_printed : as_chip;
}

FieldInput ReadField(const ReaderProfile& profile, Field field, absl::string_view typed) {
  const absl::string_view text = absl::StripAsciiWhitespace(typed);
  switch (field) {
    case Field::kBlank:
      return ReadBlank(profile, typed);
    case Field::kBlanks:
      return ReadBlanks(profile, typed);
    case Field::kNik:
      return ReadNik(profile, text);
    case Field::kManifest:
      return ReadManifest(profile, text);
  }
  KEPING_CHECK(false, "a field of the table");
}

}  // namespace keping::scan
