#include "deploy/bangli/names.h"

#include "absl/strings/str_cat.h"
#include "deploy/bangli/choose.h"

namespace keping::bangli {
namespace {

using domain::Gender;

constexpr const char* kGivenMale[] = {
    "SUARTA",   "ADNYANA", "WIRAWAN",    "DARMAWAN", "MAHENDRA", "SUTRISNA", "ARTAWAN",
    "SUARDANA", "WIDIANA", "SUKARTA",    "BUDIARTA", "PARWATA",  "SUSILA",   "ASTAWA",
    "SUJANA",   "MERTA",   "KERTA",      "ARDANA",   "YASA",     "SUWENA",   "PASTIKA",
    "SUBRATA",  "WIJAYA",  "ARIMBAWA",   "SUKADANA", "WIDNYANA", "SUMERTA",  "PRADNYANA",
    "SUDIARSA", "ARNAWA",  "SUDARMA",    "WARDANA",  "SUPARTA",  "NURJANA",  "SEDANA",
    "SUGIARTA", "MUDITA",  "RENTEN",     "SUDIRA",   "ARSANA",   "PUTRA",    "SUWITRA",
    "SANTIKA",  "KARIANA", "SUDIATMIKA", "ERAWAN",   "SURYAWAN", "DIARTA",   "MULIARTA"};

constexpr const char* kGivenFemale[] = {
    "SUARTINI",  "SRIASIH",    "WIDIANI",  "ASTUTI",     "WAHYUNI",     "PUSPAYANTI", "DEWI",
    "LESTARI",   "KUSUMAWATI", "SUKERTI",  "SUDIASIH",   "ARIANI",      "PURNAMI",    "MURNIATI",
    "RASMINI",   "SURYANI",    "YULIANI",  "RATNADI",    "SUKRENI",     "WARTINI",    "MARIANI",
    "PADMI",     "SULASTRI",   "ARTINI",   "JULIANTARI", "TRISNAYANTI", "BUDIANI",    "SUMIATI",
    "KARTINI",   "SUPARMI",    "MERTASIH", "EKAYANTI",   "PRATIWI",     "NURJANI",    "WIRATI",
    "SANTIASIH", "ANGGRENI",   "SUCI",     "RAI",        "SWANDEWI",    "CAHYANI",    "MUDIARI"};

// A second given name became usual from about 1985 on.
constexpr const char* kSecondMale[] = {"ADI",   "AGUS",   "EKA",  "DWI",  "TRI",  "BAYU", "DHARMA",
                                       "INDRA", "SATRIA", "WIRA", "YOGA", "ARYA", "GUNA"};
constexpr const char* kSecondFemale[] = {"AYU",   "EKA",   "DWI",  "TRI",   "SRI",  "DIAN", "INTAN",
                                         "PUTRI", "RATNA", "NOVI", "WULAN", "DESI", "CITRA"};

struct Order {
  const char* male;
  const char* female;
  uint64_t weight;
};

constexpr Order kOrders[] = {
    {"WAYAN", "WAYAN", 22},   {"PUTU", "PUTU", 10},    {"GEDE", "LUH", 4},
    {"MADE", "MADE", 18},     {"KADEK", "KADEK", 12},  {"NENGAH", "NENGAH", 6},
    {"NYOMAN", "NYOMAN", 10}, {"KOMANG", "KOMANG", 9}, {"KETUT", "KETUT", 9}};

struct Title {
  const char* male;
  const char* female;
  bool with_order;  // the order of birth follows
};

constexpr Title kTitles[] = {{"SANG", "SANG AYU", true},
                             {"DEWA", "DESAK", true},
                             {"I GUSTI", "I GUSTI AYU", true},
                             {"NGAKAN", "DESAK", true},
                             {"ANAK AGUNG GEDE", "ANAK AGUNG AYU", false},
                             {"IDA BAGUS", "IDA AYU", false},
                             {"COKORDA GEDE", "COKORDA ISTRI", false}};

constexpr const char* kOtherMale[] = {"SUPARMAN",        "AHMAD FAUZI",   "BUDI SANTOSO",
                                      "MUHAMMAD RIDWAN", "YOHANES SERAN", "SUGENG PRAYITNO",
                                      "DAVID GUNAWAN",   "SLAMET"};
constexpr const char* kOtherFemale[] = {"SITI AMINAH",  "SRI HANDAYANI", "MARIA BUPU",
                                        "NUR HASANAH",  "LILIS SURYANI", "PONIYEM",
                                        "DEBORA LIMAN", "SULASTRI"};

constexpr const char* kDegrees[] = {", S.PD.", ", SE", ", S.KOM.", ", A.MD.KEB.", ", S.AG., M.SI."};

const char* ChooseOrder(base::Prng& prng, bool male) {
  uint64_t total = 0;
  for (const Order& order : kOrders) total += order.weight;
  uint64_t draw = prng.Below(total);
  size_t index = 0;
  while (draw >= kOrders[index].weight) draw -= kOrders[index++].weight;
  return male ? kOrders[index].male : kOrders[index].female;
}

std::string Given(base::Prng& prng, bool male, int birth_year) {
  const char* given = male ? Choose(prng, kGivenMale) : Choose(prng, kGivenFemale);
  if (birth_year < 1985 || !prng.Chance(2, 3)) return given;
  return absl::StrCat(male ? Choose(prng, kSecondMale) : Choose(prng, kSecondFemale), " ", given);
}

std::string Balinese(base::Prng& prng, bool male, int birth_year) {
  const std::string given = Given(prng, male, birth_year);
  const char* particle = male ? "I" : "NI";
  if (birth_year < 1955 && prng.Chance(1, 6)) return absl::StrCat(particle, " ", given);
  const char* order = ChooseOrder(prng, male);
  if (prng.Chance(1, 12)) {
    const Title& title = Choose(prng, kTitles);
    const char* text = male ? title.male : title.female;
    return title.with_order ? absl::StrCat(text, " ", order, " ", given)
                            : absl::StrCat(text, " ", given);
  }
  return absl::StrCat(particle, " ", order, " ", given);
}

}  // namespace

std::string MakeName(base::Prng& prng, Gender gender, int birth_year, Custom custom) {
  const bool male = gender == Gender::kMale;
  if (custom == Custom::kOther) return male ? Choose(prng, kOtherMale) : Choose(prng, kOtherFemale);
  std::string name = Balinese(prng, male, birth_year);
  if (birth_year > 1955 && birth_year < 1994 && prng.Chance(1, 30)) {
    absl::StrAppend(&name, Choose(prng, kDegrees));
  }
  return name;
}

}  // namespace keping::bangli
