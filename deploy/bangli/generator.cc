#include "deploy/bangli/generator.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <optional>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "common/base/check.h"
#include "common/base/prng.h"
#include "common/domain/value_lists.h"
#include "deploy/bangli/choose.h"
#include "deploy/bangli/names.h"
#include "deploy/bangli/png_padding.h"
#include "deploy/bangli/portrait.h"
#include "deploy/bangli/signature.h"

namespace keping::bangli {
namespace {

using domain::Gender;
using domain::ValueList;

constexpr absl::CivilDay kFirstOfficeDay(2016, 2, 29);
constexpr absl::CivilDay kLastOfficeDay(2017, 4, 26);
constexpr int kOfficeOpens = 8;  // o'clock
constexpr uint64_t kOfficeSeconds = 7 * 3600;
// Records of so many enrolments in a row reach the centre in any order.
constexpr size_t kShuffledTogether = 64;

// Inhabitants in thousands, in the order of the kecamatan codes: Susut, Bangli, Tembuku, Kintamani.
constexpr Weighted kKecamatan[] = {{"510601", 43}, {"510602", 48}, {"510603", 34}, {"510604", 90}};

constexpr Weighted kAges[] = {{"17", 30}, {"25", 25}, {"40", 25}, {"55", 14}, {"68", 6}};
constexpr int kAgeFrom[] = {17, 25, 40, 55, 68};
constexpr int kAgeTo[] = {24, 39, 54, 67, 92};

constexpr const char* kBloodGroups[] = {"A", "B", "AB", "O", "O", "-", "-", "-", "-"};
constexpr Weighted kOtherReligions[] = {
    {"ISLAM", 70}, {"KRISTEN", 12}, {"KATHOLIK", 8}, {"BUDHA", 9}, {"KHONGHUCU", 1}};
constexpr const char* kBanjars[] = {
    "KAWAN", "KAJA",     "KELOD", "KANGIN", "KAUH",  "TENGAH",       "PANDE",     "SALA", "GUNUNG",
    "GERIA", "PULESARI", "TEGAL", "KUTUH",  "MUKUS", "ALIS BINTANG", "PENATAHAN", "SIDEM"};
constexpr Weighted kMaleWork[] = {
    {"PETANI/PEKEBUN", 34},       {"KARYAWAN SWASTA", 20}, {"WIRASWASTA", 16},
    {"BURUH HARIAN LEPAS", 12},   {"PEDAGANG", 6},         {"PEGAWAI NEGERI SIPIL (PNS)", 5},
    {"KEPOLISIAN RI (POLRI)", 2}, {"SENIMAN", 2},          {"TUKANG KAYU", 3}};
constexpr Weighted kFemaleWork[] = {{"PETANI/PEKEBUN", 30},
                                    {"MENGURUS RUMAH TANGGA", 24},
                                    {"KARYAWAN SWASTA", 18},
                                    {"PEDAGANG", 10},
                                    {"WIRASWASTA", 9},
                                    {"PEGAWAI NEGERI SIPIL (PNS)", 4},
                                    {"GURU", 3},
                                    {"PERAWAT", 2}};

base::Prng PrngFor(uint64_t seed, uint64_t stream, size_t index) {
  return base::Prng(seed * 0x9e3779b97f4a7c15u + stream * 0xd1b54a32d192ed03u + index);
}

std::string CodeOf(ValueList list, absl::string_view words) {
  std::optional<std::string> code = domain::OfficialValueLists().Code(list, words);
  KEPING_CHECK(code.has_value(), "the generator's words are of the official lists");
  return *std::move(code);
}

const char* Occupation(base::Prng& prng, Gender gender, int age) {
  if (age < 23 && prng.Chance(3, 5)) return "PELAJAR/MAHASISWA";
  if (age > 75) return "BELUM/TIDAK BEKERJA";
  return gender == Gender::kMale ? ChooseWeighted(prng, kMaleWork).text
                                 : ChooseWeighted(prng, kFemaleWork).text;
}

const char* MaritalStatus(base::Prng& prng, int age) {
  if (age < 20 || (age < 32 && prng.Chance(1, 2))) return "BELUM KAWIN";
  if (age > 60 && prng.Chance(1, 3)) return "CERAI MATI";
  return prng.Chance(1, 40) ? "CERAI HIDUP" : "KAWIN";
}

bool CanWrite(base::Prng& prng, int birth_year) {
  return birth_year >= 1955 ? !prng.Chance(1, 100) : !prng.Chance(1, 5);
}

std::vector<absl::CivilDay> OfficeDays() {
  std::vector<absl::CivilDay> days;
  for (absl::CivilDay day = kFirstOfficeDay; day <= kLastOfficeDay; ++day) {
    const absl::Weekday weekday = absl::GetWeekday(day);
    if (weekday != absl::Weekday::saturday && weekday != absl::Weekday::sunday) days.push_back(day);
  }
  return days;
}

absl::CivilDay BirthDate(base::Prng& prng) {
  const Weighted& chosen = ChooseWeighted(prng, kAges);
  const auto band = static_cast<size_t>(&chosen - kAges);
  // Everybody was 17 on the first day of enrolment.
  const absl::CivilDay youngest(kFirstOfficeDay.year() - kAgeFrom[band], 2, 28);
  const absl::CivilDay oldest(kFirstOfficeDay.year() - kAgeTo[band] - 1, 3, 1);
  return oldest + prng.Between(0, youngest - oldest);
}

}  // namespace

std::string PrrId(size_t index) { return absl::StrFormat("PRR-5106-%07d", index + 1); }

// What is drawn before the texts, so that NIKs can be numbered for all at once.
struct Generator::Person {
  base::Prng prng{0};
  size_t kecamatan = 0;
  size_t village = 0;
  Gender gender = Gender::kMale;
  absl::CivilDay birth_date;  // as the NIK has it

  std::string NikStem() const {
    const int day = birth_date.day() + (gender == Gender::kFemale ? 40 : 0);
    return absl::StrFormat("%s%02d%02d%02d", kKecamatan[kecamatan].text, day, birth_date.month(),
                           birth_date.year() % 100);
  }
};

Generator::Generator(const GeneratorOptions& options)
    : options_(options),
      villages_(Villages()),
      villages_of_kecamatan_(std::size(kKecamatan)),
      office_days_(OfficeDays()) {
  KEPING_CHECK(options.count <= kMaxCount, "the program checks its flags");
  KEPING_CHECK(options.picture_bytes <= kMaxPictureBytes, "the program checks its flags");
  for (size_t i = 0; i < villages_.size(); ++i) {
    for (size_t k = 0; k < std::size(kKecamatan); ++k) {
      if (villages_[i].KecamatanDigits() == kKecamatan[k].text) {
        villages_of_kecamatan_[k].push_back(i);
      }
    }
  }
  NumberPersons();
}

void Generator::NumberPersons() {
  std::map<std::string, uint16_t> last_serial;
  nik_serials_.reserve(options_.count);
  for (size_t i = 0; i < options_.count; ++i) {
    nik_serials_.push_back(++last_serial[MakePerson(i).NikStem()]);
  }
}

Generator::Person Generator::MakePerson(size_t index) const {
  Person person;
  person.prng = PrngFor(options_.seed, 1, index);
  const Weighted& kecamatan = ChooseWeighted(person.prng, kKecamatan);
  person.kecamatan = static_cast<size_t>(&kecamatan - kKecamatan);
  const auto& villages = villages_of_kecamatan_[person.kecamatan];
  person.village = villages[person.prng.Below(villages.size())];
  person.gender = person.prng.Chance(1, 2) ? Gender::kFemale : Gender::kMale;
  person.birth_date = BirthDate(person.prng);
  return person;
}

absl::Time Generator::EnrolmentTime(size_t index) const {
  const size_t block = index / kShuffledTogether;
  const size_t begin = block * kShuffledTogether;
  const size_t size = std::min(kShuffledTogether, options_.count - begin);
  std::vector<size_t> order(size);
  std::iota(order.begin(), order.end(), begin);
  base::Prng prng = PrngFor(options_.seed, 2, block);
  for (size_t i = size; i > 1; --i) std::swap(order[i - 1], order[prng.Below(i)]);

  const uint64_t total = office_days_.size() * kOfficeSeconds;
  const uint64_t second =
      total * order[index - begin] / options_.count + prng.Below(total / options_.count + 1) / 2;
  const absl::CivilDay day = office_days_[second / kOfficeSeconds];
  const absl::CivilSecond opens(day.year(), day.month(), day.day(), kOfficeOpens, 0, 0);
  const absl::TimeZone wita = absl::FixedTimeZone(8 * 3600);
  return absl::FromCivil(opens + static_cast<int64_t>(second % kOfficeSeconds), wita);
}

Record Generator::MakeText(size_t index) const {
  KEPING_CHECK(index < options_.count, "a record's number is below the count");
  Person person = MakePerson(index);
  base::Prng& prng = person.prng;
  const Village& village = villages_[person.village];
  const bool newcomer = prng.Chance(1, 40);
  const int birth_year = static_cast<int>(person.birth_date.year());
  const int age = static_cast<int>(kLastOfficeDay.year()) - birth_year;

  Record record;
  record.prr = PrrId(index);
  record.nik = absl::StrFormat("%s%04d", person.NikStem(), nik_serials_[index]);
  record.name =
      MakeName(prng, person.gender, birth_year, newcomer ? Custom::kOther : Custom::kBalinese);
  record.birth_place = newcomer ? "DENPASAR" : absl::AsciiStrToUpper(village.name);
  record.birth_date = person.birth_date + (prng.Chance(1, 200) ? prng.Between(1, 28) : 0);
  record.gender = person.gender;
  record.blood_group = CodeOf(ValueList::kBloodType, Choose(prng, kBloodGroups));
  const char* banjar = village.type == "kelurahan" ? "LINGK. " : "BR. ";
  record.address = absl::StrCat(banjar, Choose(prng, kBanjars));
  record.rt_rw = prng.Chance(3, 5)
                     ? "000/000"
                     : absl::StrFormat("%03d/%03d", prng.Between(1, 9), prng.Between(1, 4));
  record.village_code = village.code;
  record.village_name = absl::AsciiStrToUpper(village.name);
  record.kecamatan_name = absl::AsciiStrToUpper(village.kecamatan);
  record.kabupaten_name = "BANGLI";
  record.province_name = "BALI";
  record.religion =
      CodeOf(ValueList::kReligion, newcomer ? ChooseWeighted(prng, kOtherReligions).text : "HINDU");
  record.marital_status = CodeOf(ValueList::kMaritalStatus, MaritalStatus(prng, age));
  record.occupation = CodeOf(ValueList::kOccupation, Occupation(prng, person.gender, age));
  record.citizenship = CodeOf(ValueList::kCitizenship, "WNI");
  record.enrolled_at = EnrolmentTime(index);
  return record;
}

Record Generator::Make(size_t index) const {
  Record record = MakeText(index);
  if (options_.picture_bytes == 0) return record;
  base::Prng prng = PrngFor(options_.seed, 3, index);
  const int year = static_cast<int>(record.birth_date.year());
  const PortraitTraits traits = ChooseTraits(prng, record.gender, year);
  record.picture = PadPng(PortraitPng(traits), options_.picture_bytes, prng);
  if (CanWrite(prng, year)) record.signature = SignaturePng(prng);
  return record;
}

}  // namespace keping::bangli
