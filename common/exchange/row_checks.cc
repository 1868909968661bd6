#include "common/exchange/row_checks.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/time/civil_time.h"
#include "common/base/epoch_days.h"
#include "common/domain/blank_serial.h"
#include "common/domain/ids.h"
#include "common/domain/limits.h"
#include "common/domain/nik.h"
#include "common/domain/serial_set.h"
#include "common/domain/value_lists.h"

namespace keping::exchange {
namespace {

namespace v1 = national::v1;
using Problem = std::optional<RowProblem>;
using domain::ValueList;
using google::protobuf::FieldDescriptor;

constexpr absl::string_view kPngStart("\x89PNG\r\n\x1a\n", 8);
// What a program puts where it could not read a character.
constexpr absl::string_view kReplacementCharacter = "\xEF\xBF\xBD";
constexpr char kVillagePattern[] = "00.00.00.0000";

Problem Bad(absl::string_view field, absl::string_view reason) {
  return RowProblem{std::string(field), std::string(reason)};
}

Problem Bad(absl::string_view field, const absl::Status& status) {
  return Bad(field, absl::string_view(status.message()));
}

size_t Characters(const std::string& text) {
  return static_cast<size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  }));
}

Problem CheckText(const std::string& field, const std::string& text) {
  for (const char c : text) {
    if (c == '\n' || c == '\r') return Bad(field, "got a line break, want one line");
    if (c == '\0') return Bad(field, "got a zero byte, want text");
    if (absl::ascii_iscntrl(static_cast<unsigned char>(c))) {
      return Bad(field, "got an invisible character, want text");
    }
  }
  if (absl::StrContains(text, kReplacementCharacter)) {
    return Bad(field, "got a character that another program could not read, want the right one");
  }
  const size_t characters = Characters(text);
  if (characters > kMaxTextCharacters) {
    return Bad(field,
               absl::StrCat("got ", characters, " characters, want at most ", kMaxTextCharacters));
  }
  return std::nullopt;
}

Problem CheckTexts(const google::protobuf::Message& row) {
  for (int i = 0; i < row.GetDescriptor()->field_count(); ++i) {
    const FieldDescriptor* field = row.GetDescriptor()->field(i);
    // The serials of an allotment are one text of any length.
    if (field->type() != FieldDescriptor::TYPE_STRING || field->name() == "serials") continue;
    std::string scratch;
    const std::string& text = row.GetReflection()->GetStringReference(row, field, &scratch);
    if (Problem problem = CheckText(field->name(), text)) return problem;
  }
  return std::nullopt;
}

template <typename Id>
Problem CheckId(absl::string_view field, const std::string& text) {
  if (Id::Parse(text).ok()) return std::nullopt;
  return Bad(field, text.empty() ? "got nothing, want an id"
                                 : "got another form, want an id: at most 64 letters, digits and "
                                   "any of . _ : / -");
}

Problem CheckListed(absl::string_view field, ValueList list, const std::string& code) {
  if (domain::OfficialValueLists().Text(list, code).ok()) return std::nullopt;
  return Bad(field, code.empty() ? "got nothing, want a value of the list"
                                 : "got a value that is not in the list, want one of "
                                   "common/domain/value_lists.csv, by its code or its words");
}

bool HasVillageForm(const std::string& code) {
  return code.size() == sizeof(kVillagePattern) - 1 &&
         std::equal(code.begin(), code.end(), kVillagePattern, [](char got, char pattern) {
           return pattern == '0' ? absl::ascii_isdigit(static_cast<unsigned char>(got))
                                 : got == pattern;
         });
}

Problem CheckPicture(absl::string_view field, const std::string& bytes, size_t most) {
  if (bytes.size() > most) {
    return Bad(field, absl::StrCat("got ", bytes.size(), " bytes, want at most ", most));
  }
  if (absl::StartsWith(bytes, kPngStart)) return std::nullopt;
  return Bad(field, "got something else, want a PNG file");
}

Problem CheckPerson(const v1::Record& record) {
  if (record.name().empty()) return Bad("name", "got nothing, want the name");
  if (record.gender() == v1::GENDER_UNSPECIFIED) return Bad("gender", "got nothing, want one");
  if (record.birth_date_days() * int64_t{86'400'000'000} > record.enrolled_at_micros()) {
    return Bad("birth_date_days", "got a day after the enrolment, want one before");
  }
  if (!record.blood_group().empty()) {
    if (Problem problem = CheckListed("blood_group", ValueList::kBloodType, record.blood_group())) {
      return problem;
    }
  }
  for (const auto& [field, list, code] :
       {std::tuple{"religion", ValueList::kReligion, &record.religion()},
        std::tuple{"marital_status", ValueList::kMaritalStatus, &record.marital_status()},
        std::tuple{"occupation", ValueList::kOccupation, &record.occupation()},
        std::tuple{"citizenship", ValueList::kCitizenship, &record.citizenship()}}) {
    if (Problem problem = CheckListed(field, list, *code)) return problem;
  }
  return std::nullopt;
}

Problem CheckVillage(const v1::Record& record, const Villages& villages) {
  if (!HasVillageForm(record.village_code())) {
    return Bad("village_code", "got another form, want a code like 51.06.01.2001");
  }
  if (villages.empty() || villages.contains(record.village_code())) return std::nullopt;
  return Bad("village_code", "got a village that is not in the list, want one of villages.csv");
}

Problem CheckVersion(uint32_t version) {
  if (version > 0) return std::nullopt;
  return Bad("version", "got 0, want 1 or more");
}

template <typename Answer>
Problem CheckAnswer(const Answer& answer) {
  if (Problem problem = CheckTexts(answer)) return problem;
  if (answer.item().empty()) return Bad("item", "got nothing, want the item that is answered");
  if (answer.accepted() || !answer.reason().empty()) return std::nullopt;
  return Bad("reason", "got nothing, want why it is not accepted");
}

}  // namespace

Problem CheckRow(const v1::Record& record, const Villages& villages) {
  if (Problem problem = CheckTexts(record)) return problem;
  if (Problem problem = CheckId<domain::PrrId>("prr", record.prr())) return problem;
  if (Problem problem = CheckVersion(record.version())) return problem;
  const auto nik = domain::Nik::Parse(record.nik());
  if (!nik.ok()) return Bad("nik", nik.status());
  if (record.enrolled_at_micros() <= 0) {
    return Bad("enrolled_at_micros", "got nothing, want the moment of enrolment");
  }
  if (Problem problem = CheckPerson(record)) return problem;
  if (Problem problem = CheckVillage(record, villages)) return problem;
  if (record.picture().empty()) {
    return Bad("picture", "got none, want a PNG file, in its column or as pictures/PRR.png");
  }
  if (Problem problem = CheckPicture("picture", record.picture(), kMaxPictureBytes)) return problem;
  if (!record.signature().empty()) {
    if (Problem problem = CheckPicture("signature", record.signature(), kMaxSignatureBytes)) {
      return problem;
    }
  }
  if (record.replaces().empty()) return std::nullopt;
  return CheckId<domain::PrrId>("replaces", record.replaces());
}

Problem CheckRow(const v1::Withdrawal& withdrawal) {
  if (Problem problem = CheckTexts(withdrawal)) return problem;
  if (Problem problem = CheckId<domain::PrrId>("prr", withdrawal.prr())) return problem;
  if (Problem problem = CheckVersion(withdrawal.version())) return problem;
  if (withdrawal.reason() != v1::WITHDRAWAL_REASON_UNSPECIFIED) return std::nullopt;
  return Bad("reason", "got nothing, want death, move, duplicate or other");
}

Problem CheckRow(const v1::Allotment& allotment) {
  if (Problem problem = CheckTexts(allotment)) return problem;
  if (Problem problem = CheckId<domain::AllotmentId>("allotment", allotment.allotment())) {
    return problem;
  }
  if (!allotment.request().empty()) {
    if (Problem problem = CheckId<domain::RequestId>("request", allotment.request())) {
      return problem;
    }
  }
  const auto serials = domain::SerialSet::Parse(allotment.serials());
  if (!serials.ok()) return Bad("serials", serials.status());
  if (serials->empty()) {
    const bool by_quantity =
        allotment.quantity() > 0 && allotment.quantity() <= domain::kMostBlanksOfABox;
    if (by_quantity) return std::nullopt;
    return Bad("serials", absl::StrCat("got nothing and a quantity of ", allotment.quantity(),
                                       ", want the blanks by their serials, or a quantity of 1 to ",
                                       domain::kMostBlanksOfABox));
  }
  if (serials->size() == allotment.quantity()) return std::nullopt;
  return Bad("quantity", absl::StrCat("got ", allotment.quantity(), ", want ", serials->size(),
                                      ", as it lists"));
}

Problem CheckRow(const v1::ReportAnswer& answer) { return CheckAnswer(answer); }

Problem CheckRow(const v1::BlankRequestAnswer& answer) { return CheckAnswer(answer); }

std::vector<RowProblem> WarningsOf(const v1::Record& record) {
  std::vector<RowProblem> warnings;
  const auto nik = domain::Nik::Parse(record.nik());
  if (!nik.ok()) return warnings;
  const domain::NikFacts facts{.birth_date = base::FromEpochDays(record.birth_date_days()),
                               .gender = record.gender() == v1::GENDER_FEMALE
                                             ? domain::Gender::kFemale
                                             : domain::Gender::kMale};
  for (const domain::NikWarning warning : nik->Warnings(facts)) {
    warnings.push_back({"nik", domain::Sentence(warning)});
  }
  std::string kecamatan = record.village_code().substr(0, 8);
  kecamatan.erase(std::remove(kecamatan.begin(), kecamatan.end(), '.'), kecamatan.end());
  if (nik->kecamatan_code() != kecamatan) {
    warnings.push_back({"nik", "was issued in another kecamatan than the village's"});
  }
  return warnings;
}

}  // namespace keping::exchange
