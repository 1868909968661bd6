#include "common/domain/grant_code.h"

#include <array>

#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/time/time.h"
#include "common/base/check.h"

namespace keping::domain {
namespace {

constexpr size_t kDigits = 12;
constexpr size_t kGroup = 4;
constexpr uint64_t kMarks = 1'000'000'000;

// H. Michael Damm, Total anti-symmetrische Quasigruppen (2004): the table of order 10.
constexpr std::array<std::array<uint8_t, 10>, 10> kDamm = {{{0, 3, 1, 7, 5, 9, 8, 6, 4, 2},
                                                            {7, 0, 9, 2, 1, 5, 4, 8, 6, 3},
                                                            {4, 2, 0, 6, 8, 7, 1, 3, 5, 9},
                                                            {1, 7, 5, 0, 9, 8, 3, 4, 2, 6},
                                                            {6, 1, 2, 3, 0, 4, 5, 9, 7, 8},
                                                            {3, 6, 7, 4, 2, 0, 9, 5, 8, 1},
                                                            {5, 8, 6, 9, 7, 2, 0, 1, 3, 4},
                                                            {8, 9, 4, 5, 3, 6, 2, 0, 1, 7},
                                                            {9, 4, 3, 8, 6, 1, 7, 2, 0, 5},
                                                            {2, 5, 8, 1, 4, 3, 6, 7, 9, 0}}};

// The check digit of `digits`; 0 when they end in their check digit.
uint8_t Check(absl::string_view digits) {
  uint8_t interim = 0;
  for (const char digit : digits) interim = kDamm[interim][static_cast<size_t>(digit - '0')];
  return interim;
}

std::string TextOf(const GrantTerms& terms, uint32_t number) {
  const absl::CivilDay epoch(1970, 1, 1);
  return absl::StrCat("keping-grant-v1\n", terms.node.value(), "\n", static_cast<int>(terms.kind),
                      "\n", terms.subject.value(), "\n", terms.day - epoch, "\n",
                      terms.application_version.value(), "\n", terms.lease_epoch.generation_order,
                      ".", terms.lease_epoch.counter, "\n", number);
}

uint32_t MarkOf(absl::string_view key, const GrantTerms& terms, uint32_t number) {
  const crypto::Hash hash = crypto::KeyedHash(key, {TextOf(terms, number), "\ncode"});
  uint64_t value = 0;
  for (size_t i = 0; i < 8; ++i) value = value << 8 | hash.bytes[i];
  return static_cast<uint32_t>(value % kMarks);
}

absl::Status NotACode(absl::string_view got) {
  return absl::InvalidArgumentError(absl::StrCat("K-362: grant code: got ", got, ", want ", kDigits,
                                                 " digits like 0748 1502 9931; let it be read out "
                                                 "again"));
}

}  // namespace

std::string MakeGrantCode(absl::string_view key, const GrantTerms& terms, uint32_t number) {
  KEPING_CHECK(number < kGrantNumbers, "a grant's number has two digits");
  std::string digits = absl::StrFormat("%02d%09d", number, MarkOf(key, terms, number));
  digits.push_back(static_cast<char>('0' + Check(digits)));
  std::string code;
  for (size_t i = 0; i < kDigits; ++i) {
    if (i > 0 && i % kGroup == 0) code.push_back(' ');
    code.push_back(digits[i]);
  }
  return code;
}

crypto::Hash GrantTag(absl::string_view key, const GrantTerms& terms, uint32_t number) {
  return crypto::KeyedHash(key, {TextOf(terms, number), "\ntag"});
}

absl::StatusOr<TypedGrant> ParseGrantCode(absl::string_view typed) {
  std::string digits;
  for (const char c : typed) {
    if (c == '-' || absl::ascii_isspace(static_cast<unsigned char>(c))) continue;
    if (!absl::ascii_isdigit(static_cast<unsigned char>(c))) {
      return NotACode("a character that is no digit");
    }
    digits.push_back(c);
  }
  if (digits.size() != kDigits) return NotACode(absl::StrCat(digits.size(), " digits"));
  if (Check(digits) != 0) return NotACode("digits that do not fit together");
  uint64_t value = 0;
  for (size_t i = 0; i + 1 < kDigits; ++i)
    value = value * 10 + static_cast<uint64_t>(digits[i] - '0');
  return TypedGrant{.number = static_cast<uint32_t>(value / kMarks),
                    .mark = static_cast<uint32_t>(value % kMarks)};
}

std::optional<crypto::Hash> MatchGrant(absl::string_view key, const GrantTerms& terms,
                                       const TypedGrant& typed) {
  if (MarkOf(key, terms, typed.number) != typed.mark) return std::nullopt;
  return GrantTag(key, terms, typed.number);
}

std::string SpokenDigits(absl::string_view code) {
  constexpr std::array<const char*, 10> kWords = {"nol",  "satu", "dua",   "tiga",    "empat",
                                                  "lima", "enam", "tujuh", "delapan", "sembilan"};
  std::string spoken;
  const char* before = "";
  for (const char c : code) {
    if (!absl::ascii_isdigit(static_cast<unsigned char>(c))) {
      before = ", ";
      continue;
    }
    absl::StrAppend(&spoken, before, kWords[static_cast<size_t>(c - '0')]);
    before = " ";
  }
  return spoken;
}

}  // namespace keping::domain
