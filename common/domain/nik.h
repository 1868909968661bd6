// NIK: the 16-digit number of a person (Law 23/2006 art. 13; Government Regulation 37/2007 art.
// 37).
//
//   nik := kecamatan(6 digits) day(2) month(2) year(2) serial(4)      a woman's day is day + 40
//
// It never changes, even when the birth date or address is corrected later: what does not fit the
// record, or the calendar, is a warning and never a rejection.
//
//   KEPING_ASSIGN_OR_RETURN(Nik nik, Nik::Parse(text));   // at the rim
//   nik.Redacted();                                       // "510601********01", the form to print
//   for (NikWarning w : nik.Warnings({birth_date, Gender::kFemale})) Show(Sentence(w));
//
// A NIK is personal data: it has no operator<< and no AbslStringify on purpose, and no error or
// warning holds its digits. Reveal() is the one way to them, easy to find in a review.
#ifndef KEPING_COMMON_DOMAIN_NIK_H_
#define KEPING_COMMON_DOMAIN_NIK_H_

#include <compare>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"

namespace keping::domain {

enum class Gender { kMale, kFemale };

// What a record says about the person, beside the number.
struct NikFacts {
  absl::CivilDay birth_date;
  Gender gender = Gender::kMale;
};

enum class NikWarning {
  kImpossibleDate,    // the digits name no day of the calendar
  kBirthDateDiffers,  // the record's birth date was corrected, or one of the two is wrong
  kGenderDiffers,
  kSerialZero,  // numbering starts at 0001
};

// One plain sentence without personal data.
const char* Sentence(NikWarning warning);

// A value; safe to read from any thread.
class Nik {
 public:
  static constexpr size_t kDigits = 16;

  // InvalidArgument unless `text` is exactly 16 decimal digits; the message never quotes it.
  static absl::StatusOr<Nik> Parse(absl::string_view text);

  // The kecamatan that issued the number, six digits without dots: not where the person lives now.
  absl::string_view kecamatan_code() const { return Part(0, 6); }
  Gender gender() const { return RawDay() > 40 ? Gender::kFemale : Gender::kMale; }
  // The latest day with these digits that is not after `reference` (usually today), since the year
  // has two digits only: with 2017-04-27, year 16 is 2016 and year 18 is 1918. Empty when the
  // digits name no day.
  std::optional<absl::CivilDay> birth_date(absl::CivilDay reference) const;
  // 1 to 9999; 0 is a warning.
  int serial() const { return Number(12, 4); }
  // The last four digits, which a person reads off the finished card.
  std::string tail() const { return std::string(Part(12, 4)); }

  // Every way in which the number does not fit the calendar or the record.
  std::vector<NikWarning> Warnings(const NikFacts& facts) const;

  // First six and last two digits: enough to tell rows of a list apart, without the birth date.
  std::string Redacted() const;
  // All 16 digits, for the card itself, sealed storage and the keyed look-up hash.
  std::string Reveal() const { return digits_; }

  friend bool operator==(const Nik&, const Nik&) = default;
  friend auto operator<=>(const Nik&, const Nik&) = default;

 private:
  explicit Nik(absl::string_view digits) : digits_(digits) {}
  absl::string_view Part(size_t from, size_t size) const {
    return absl::string_view(digits_).substr(from, size);
  }
  int Number(size_t from, size_t size) const;
  int RawDay() const { return Number(6, 2); }
  int Day() const { return RawDay() > 40 ? RawDay() - 40 : RawDay(); }
  int Month() const { return Number(8, 2); }
  int ShortYear() const { return Number(10, 2); }

  std::string digits_;
};

}  // namespace keping::domain

#endif  // KEPING_COMMON_DOMAIN_NIK_H_
