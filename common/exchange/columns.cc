#include "common/exchange/columns.h"

#include <map>
#include <optional>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "common/base/epoch_days.h"
#include "common/domain/value_lists.h"
#include "keping/national/v1/national.pb.h"

namespace keping::exchange {
namespace {

namespace v1 = national::v1;
using domain::ValueList;
using google::protobuf::Message;

absl::Status Want(absl::string_view got, absl::string_view want) {
  return absl::InvalidArgumentError(absl::StrCat("got ", got, ", want ", want));
}

const google::protobuf::FieldDescriptor* Field(const Message& row, absl::string_view name) {
  return row.GetDescriptor()->FindFieldByName(std::string(name));
}

absl::Status SetText(const Column& column, const std::string& text, Message* row) {
  row->GetReflection()->SetString(row, Field(*row, column.name), text);
  return absl::OkStatus();
}

absl::Status SetNumber(const Column& column, const std::string& text, Message* row) {
  uint32_t number = 0;
  if (!absl::SimpleAtoi(text, &number)) return Want("something else", "a whole number");
  const auto* field = Field(*row, column.name);
  if (field->cpp_type() == google::protobuf::FieldDescriptor::CPPTYPE_UINT64) {
    row->GetReflection()->SetUInt64(row, field, number);
  } else {
    row->GetReflection()->SetUInt32(row, field, number);
  }
  return absl::OkStatus();
}

absl::Status SetBase64(const Column& column, const std::string& text, Message* row) {
  std::string bytes;
  if (!absl::Base64Unescape(text, &bytes)) return Want("something else", "Base64 of a PNG file");
  row->GetReflection()->SetString(row, Field(*row, column.name), bytes);
  return absl::OkStatus();
}

template <ValueList list>
absl::Status SetListed(const Column& column, const std::string& text, Message* row) {
  // A value that is neither stays as it is: the check of the row names the list.
  const std::optional<std::string> code = domain::OfficialValueLists().Code(list, text);
  return SetText(column, code.value_or(text), row);
}

absl::Status SetGender(const Column&, const std::string& text, Message* row) {
  auto* record = static_cast<v1::Record*>(row);
  const std::string code = domain::OfficialValueLists().Code(ValueList::kSex, text).value_or(text);
  if (code != "1" && code != "2") {
    return Want("something else", "1 or LAKI-LAKI, 2 or PEREMPUAN");
  }
  record->set_gender(code == "1" ? v1::GENDER_MALE : v1::GENDER_FEMALE);
  return absl::OkStatus();
}

// "1990-04-03" or, as on the card, "03-04-1990": the year shows which. Forms with slashes are read
// in two ways in two countries, and are refused.
absl::Status ReadDay(const std::string& text, int32_t* days) {
  std::vector<std::string> parts = absl::StrSplit(text, '-');
  if (parts.size() == 3 && parts[2].size() == 4) std::swap(parts[0], parts[2]);
  int year = 0;
  int month = 0;
  int day = 0;
  if (parts.size() != 3 || parts[0].size() != 4 || parts[1].size() != 2 || parts[2].size() != 2 ||
      !absl::SimpleAtoi(parts[0], &year) || !absl::SimpleAtoi(parts[1], &month) ||
      !absl::SimpleAtoi(parts[2], &day)) {
    return Want("another form", "a day like 1990-04-03 or 03-04-1990");
  }
  const absl::CivilDay civil(year, month, day);
  if (civil.year() == year && civil.month() == month && civil.day() == day) {
    *days = base::ToEpochDays(civil);
    return absl::OkStatus();
  }
  if (day > 40 && day <= 71) {
    return Want("a day above 40, as in the NIK of a woman", "the day of the calendar");
  }
  return Want("a day that the calendar does not have", "one that it has");
}

absl::Status SetBirthDate(const Column&, const std::string& text, Message* row) {
  int32_t days = 0;
  const absl::Status status = ReadDay(text, &days);
  static_cast<v1::Record*>(row)->set_birth_date_days(days);
  return status;
}

absl::Status SetAllotmentDate(const Column&, const std::string& text, Message* row) {
  int32_t days = 0;
  const absl::Status status = ReadDay(text, &days);
  static_cast<v1::Allotment*>(row)->set_date_days(days);
  return status;
}

absl::Status SetEnrolledAt(const Column&, const std::string& text, Message* row) {
  absl::Time at;
  std::string ignored;
  if (!absl::ParseTime(absl::RFC3339_full, text, &at, &ignored) || at < absl::UnixEpoch()) {
    return Want("another form", "a moment with its offset like 2017-04-27T09:15:00+08:00");
  }
  static_cast<v1::Record*>(row)->set_enrolled_at_micros(absl::ToUnixMicros(at));
  return absl::OkStatus();
}

absl::Status SetSpecimen(const Column&, const std::string& text, Message* row) {
  if (!text.empty() && text != "SPESIMEN") return Want("something else", "SPESIMEN or nothing");
  static_cast<v1::Record*>(row)->set_specimen(!text.empty());
  return absl::OkStatus();
}

absl::Status SetReason(const Column&, const std::string& text, Message* row) {
  static const auto& reasons = *new std::map<std::string, v1::WithdrawalReason>{
      {"death", v1::WITHDRAWAL_REASON_DEATH},
      {"move", v1::WITHDRAWAL_REASON_MOVE},
      {"duplicate", v1::WITHDRAWAL_REASON_DUPLICATE},
      {"other", v1::WITHDRAWAL_REASON_OTHER}};
  const auto reason = reasons.find(absl::AsciiStrToLower(text));
  if (reason == reasons.end()) return Want("something else", "death, move, duplicate or other");
  static_cast<v1::Withdrawal*>(row)->set_reason(reason->second);
  return absl::OkStatus();
}

absl::Status SetExpectedDate(const Column&, const std::string& text, Message* row) {
  if (text.empty()) return absl::OkStatus();
  int32_t days = 0;
  const absl::Status status = ReadDay(text, &days);
  static_cast<v1::BlankRequestAnswer*>(row)->set_expected_days(days);
  return status;
}

template <typename Answer>
absl::Status SetAccepted(const Column&, const std::string& text, Message* row) {
  const bool yes = absl::EqualsIgnoreCase(text, "yes") || absl::EqualsIgnoreCase(text, "true");
  const bool no = absl::EqualsIgnoreCase(text, "no") || absl::EqualsIgnoreCase(text, "false");
  if (!yes && !no) return Want("something else", "yes or no");
  static_cast<Answer*>(row)->set_accepted(yes);
  return absl::OkStatus();
}

const std::vector<Column>& RecordColumns() {
  static const auto& columns = *new std::vector<Column>{
      {"prr", true, &SetText},
      {"version", true, &SetNumber},
      {"nik", true, &SetText},
      {"name", true, &SetText},
      {"birth_place", true, &SetText},
      {"birth_date", true, &SetBirthDate},
      {"gender", true, &SetGender},
      {"blood_group", true, &SetListed<ValueList::kBloodType>, true},
      {"address", true, &SetText},
      {"rt_rw", true, &SetText, true},
      {"village_code", true, &SetText},
      {"village_name", true, &SetText},
      {"kecamatan_name", true, &SetText},
      {"kabupaten_name", true, &SetText},
      {"province_name", true, &SetText},
      {"religion", true, &SetListed<ValueList::kReligion>},
      {"marital_status", true, &SetListed<ValueList::kMaritalStatus>},
      {"occupation", true, &SetListed<ValueList::kOccupation>},
      {"citizenship", true, &SetListed<ValueList::kCitizenship>},
      {"enrolled_at", true, &SetEnrolledAt},
      {"picture", false, &SetBase64},
      {"signature", false, &SetBase64},
      {"replaces", false, &SetText},
      {"specimen", false, &SetSpecimen},
  };
  return columns;
}

}  // namespace

const std::vector<Column>& ColumnsOf(FileKind kind) {
  static const auto& withdrawals = *new std::vector<Column>{
      {"prr", true, &SetText}, {"version", true, &SetNumber}, {"reason", true, &SetReason}};
  static const auto& allotments =
      *new std::vector<Column>{{"allotment", true, &SetText},     {"bast_number", true, &SetText},
                               {"date", true, &SetAllotmentDate}, {"serials", true, &SetText, true},
                               {"quantity", true, &SetNumber},    {"request", false, &SetText}};
  static const auto& answers =
      *new std::vector<Column>{{"item", true, &SetText},
                               {"accepted", true, &SetAccepted<v1::ReportAnswer>},
                               {"reason", true, &SetText, true}};
  static const auto& request_answers =
      *new std::vector<Column>{{"item", true, &SetText},
                               {"accepted", true, &SetAccepted<v1::BlankRequestAnswer>},
                               {"expected", true, &SetExpectedDate, true},
                               {"reason", true, &SetText, true}};
  switch (kind) {
    case FileKind::kRecords:
      return RecordColumns();
    case FileKind::kWithdrawals:
      return withdrawals;
    case FileKind::kAllotments:
      return allotments;
    case FileKind::kAnswers:
      return answers;
    case FileKind::kRequestAnswers:
      return request_answers;
  }
  return answers;
}

const Column* FindColumn(FileKind kind, absl::string_view name) {
  for (const Column& column : ColumnsOf(kind)) {
    if (column.name == name) return &column;
  }
  return nullptr;
}

std::string ColumnOfField(absl::string_view field) {
  if (field == "birth_date_days") return "birth_date";
  if (field == "enrolled_at_micros") return "enrolled_at";
  if (field == "date_days") return "date";
  if (field == "expected_days") return "expected";
  return std::string(field);
}

std::unique_ptr<Message> NewRow(FileKind kind) {
  switch (kind) {
    case FileKind::kRecords:
      return std::make_unique<v1::Record>();
    case FileKind::kWithdrawals:
      return std::make_unique<v1::Withdrawal>();
    case FileKind::kAllotments:
      return std::make_unique<v1::Allotment>();
    case FileKind::kRequestAnswers:
      return std::make_unique<v1::BlankRequestAnswer>();
    case FileKind::kAnswers:
      break;
  }
  return std::make_unique<v1::ReportAnswer>();
}

}  // namespace keping::exchange
