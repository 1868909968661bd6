#include "common/domain/nik.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "common/base/check.h"

namespace keping::domain {
namespace {

bool IsDayOfCalendar(int year, int month, int day) {
  const absl::CivilDay normalised(year, month, day);
  return normalised.year() == year && normalised.month() == month && normalised.day() == day;
}

}  // namespace

const char* Sentence(NikWarning warning) {
  switch (warning) {
    case NikWarning::kImpossibleDate:
      return "The NIK holds a date that is not in the calendar. Compare it with the record.";
    case NikWarning::kBirthDateDiffers:
      return "The NIK holds another birth date than the record. This is normal after a correction.";
    case NikWarning::kGenderDiffers:
      return "The NIK holds another gender than the record. This is normal after a correction.";
    case NikWarning::kSerialZero:
      return "The NIK ends in 0000, and numbering starts at 0001. Compare it with the record.";
  }
  KEPING_CHECK(false, "every NIK warning has its sentence");
}

absl::StatusOr<Nik> Nik::Parse(absl::string_view text) {
  if (text.size() != kDigits) {
    return absl::InvalidArgumentError(
        absl::StrCat("NIK: got ", text.size(),
                     " characters, want exactly 16 decimal digits; check the number and enter it "
                     "again"));
  }
  const auto bad = std::find_if_not(text.begin(), text.end(), absl::ascii_isdigit);
  if (bad != text.end()) {
    return absl::InvalidArgumentError(
        absl::StrCat("NIK: got a character that is no digit at position ", bad - text.begin() + 1,
                     ", want 16 decimal digits; check the number and enter it again"));
  }
  return Nik(text);
}

std::optional<absl::CivilDay> Nik::birth_date(absl::CivilDay reference) const {
  const int century = static_cast<int>(reference.year() / 100) * 100;
  for (int year : {century + ShortYear(), century - 100 + ShortYear()}) {
    if (!IsDayOfCalendar(year, Month(), Day())) continue;
    const absl::CivilDay day(year, Month(), Day());
    if (day <= reference) return day;
  }
  return std::nullopt;
}

std::vector<NikWarning> Nik::Warnings(const NikFacts& facts) const {
  std::vector<NikWarning> warnings;
  const bool possible = IsDayOfCalendar(1900 + ShortYear(), Month(), Day()) ||
                        IsDayOfCalendar(2000 + ShortYear(), Month(), Day());
  if (!possible) warnings.push_back(NikWarning::kImpossibleDate);
  const absl::CivilDay& birth = facts.birth_date;
  if (birth.day() != Day() || birth.month() != Month() || birth.year() % 100 != ShortYear()) {
    warnings.push_back(NikWarning::kBirthDateDiffers);
  }
  if (facts.gender != gender()) warnings.push_back(NikWarning::kGenderDiffers);
  if (serial() == 0) warnings.push_back(NikWarning::kSerialZero);
  return warnings;
}

std::string Nik::Redacted() const { return absl::StrCat(Part(0, 6), "********", Part(14, 2)); }

int Nik::Number(size_t from, size_t size) const {
  int number = 0;
  for (char digit : Part(from, size)) number = number * 10 + (digit - '0');
  return number;
}

}  // namespace keping::domain
