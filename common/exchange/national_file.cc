#include "common/exchange/national_file.h"

#include <google/protobuf/util/json_util.h>

#include <algorithm>
#include <set>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/base/utf8.h"
#include "common/exchange/text_encoding.h"
#include "keping/national/v1/national.pb.h"

namespace keping::exchange {
namespace {

namespace v1 = national::v1;
using google::protobuf::Message;

constexpr char kNotUtf8[] =
    "got bytes that are no UTF-8, want the file saved as CSV UTF-8 or Unicode text";

bool IsFileName(const std::string& name) {
  return !name.empty() && name[0] != '.' && std::all_of(name.begin(), name.end(), [](char c) {
    return absl::ascii_isalnum(static_cast<unsigned char>(c)) || c == '.' || c == '-' || c == '_';
  });
}

std::string KeyOf(FileKind kind, const Message& row) {
  switch (kind) {
    case FileKind::kRecords: {
      const auto& record = static_cast<const v1::Record&>(row);
      return absl::StrCat(record.prr(), " ", record.version());
    }
    case FileKind::kWithdrawals: {
      const auto& withdrawal = static_cast<const v1::Withdrawal&>(row);
      return absl::StrCat(withdrawal.prr(), " ", withdrawal.version());
    }
    case FileKind::kAllotments:
      return static_cast<const v1::Allotment&>(row).allotment();
    case FileKind::kAnswers:
      return static_cast<const v1::ReportAnswer&>(row).item();
    case FileKind::kRequestAnswers:
      return static_cast<const v1::BlankRequestAnswer&>(row).item();
  }
  return "";
}

std::optional<RowProblem> CheckOf(FileKind kind, const Message& row, const Villages& villages) {
  switch (kind) {
    case FileKind::kRecords:
      return CheckRow(static_cast<const v1::Record&>(row), villages);
    case FileKind::kWithdrawals:
      return CheckRow(static_cast<const v1::Withdrawal&>(row));
    case FileKind::kAllotments:
      return CheckRow(static_cast<const v1::Allotment&>(row));
    case FileKind::kAnswers:
      return CheckRow(static_cast<const v1::ReportAnswer&>(row));
    case FileKind::kRequestAnswers:
      return CheckRow(static_cast<const v1::BlankRequestAnswer&>(row));
  }
  return std::nullopt;
}

// The library's own words quote the value.
std::string JsonProblem(const Message& row, absl::string_view said, std::string* field) {
  if (absl::StrContains(said, "Cannot find field")) {
    return "got a field that the contract does not have, want those of national.proto";
  }
  for (int i = 0; i < row.GetDescriptor()->field_count(); ++i) {
    const std::string& name = row.GetDescriptor()->field(i)->name();
    if (!absl::StrContains(said, absl::StrCat(name, ":")) &&
        !absl::StrContains(said, absl::StrCat(name, ")"))) {
      continue;
    }
    *field = name;
    return "got a value of another type, want that of national.proto";
  }
  return "got something that is no JSON of this row, want the fields of national.proto";
}

}  // namespace

std::unique_ptr<NationalFile> NationalFile::Read(FileType type, std::string bytes,
                                                 Sources sources) {
  absl::StatusOr<std::string> text = ToUtf8(std::move(bytes));
  std::unique_ptr<NationalFile> file(
      new NationalFile(type, text.ok() ? *std::move(text) : std::string(), std::move(sources)));
  if (!text.ok()) {
    file->Reject(1, "", text.status().message());
  } else if (type.format == FileFormat::kJson) {
    file->json_.emplace(file->text_);
  } else {
    file->csv_.emplace(file->text_);
    file->ReadHeader();
  }
  return file;
}

std::unique_ptr<NationalFile> NationalFile::TooLarge(FileType type, uint64_t bytes) {
  std::unique_ptr<NationalFile> file(new NationalFile(type, "", {}));
  file->Reject(1, "",
               absl::StrCat("got a file of ", bytes, " bytes, want at most ", kMaxFileBytes,
                            "; bring it in parts, with its pictures as files"));
  return file;
}

NationalFile::NationalFile(FileType type, std::string bytes, Sources sources)
    : type_(type), text_(std::move(bytes)), sources_(std::move(sources)) {}

void NationalFile::Reject(size_t line, const std::string& column, absl::string_view reason) {
  rejected_.push_back({.line = line, .column = column, .reason = std::string(reason)});
}

std::string NationalFile::ColumnName(const std::string& field) const {
  return type_.format == FileFormat::kCsv ? ColumnOfField(field) : field;
}

// A first line that is no header is a row, perhaps: its words are not quoted.
void NationalFile::ReadHeader() {
  const std::optional<CsvRows::Row> header = csv_->Next(CsvRows::kAnyNumber);
  std::string problem;
  std::set<const Column*> named;
  if (!header.has_value()) problem = "got an empty file, want a line with the names of the columns";
  if (header.has_value()) problem = header->problem;
  for (size_t i = 0; problem.empty() && i < header->fields.size(); ++i) {
    const Column* column = FindColumn(
        type_.kind, absl::AsciiStrToLower(absl::StripAsciiWhitespace(header->fields[i])));
    if (column == nullptr) {
      problem = absl::StrCat("got a name for column ", i + 1, " that is none of a file of ",
                             NameOf(type_.kind), ", want those of deploy/README.md");
    } else if (!named.insert(column).second) {
      problem = absl::StrCat("got the column ", column->name, " again, want each once");
    }
    columns_.push_back(column);
  }
  for (const Column& column : ColumnsOf(type_.kind)) {
    if (!problem.empty() || !column.required || named.contains(&column)) continue;
    problem = absl::StrCat("got no column ", column.name, ", want it in the first line");
  }
  if (problem.empty()) return;
  Reject(header.has_value() ? header->line : 1, "", problem);
  csv_.reset();
}

bool NationalFile::SetFields(const CsvRows::Row& csv, Message* row) {
  for (size_t i = 0; i < columns_.size(); ++i) {
    const std::string& text = csv.fields[i];
    const Column& column = *columns_[i];
    absl::Status status;
    if (!base::IsUtf8(text)) {
      status = absl::InvalidArgumentError(kNotUtf8);
    } else if (!text.empty()) {
      status = column.set(column, text, row);
    } else if (column.required && !column.may_be_empty) {
      status = absl::InvalidArgumentError("got nothing, want a value");
    }
    if (status.ok()) continue;
    Reject(csv.line, column.name, status.message());
    return false;
  }
  return true;
}

size_t NationalFile::ReadCsvRow(Message* row) {
  const std::optional<CsvRows::Row> csv = csv_->Next(columns_.size());
  if (!csv.has_value()) return 0;
  if (!csv->problem.empty()) {
    Reject(csv->line, "", csv->problem);
  } else if (SetFields(*csv, row) && AddPictures(csv->line, row)) {
    Check(csv->line, row);
  }
  return csv->line;
}

size_t NationalFile::ReadJsonRow(Message* row) {
  const std::optional<JsonRows::Row> json = json_->Next();
  if (!json.has_value()) return 0;
  if (!json->problem.empty() || !base::IsUtf8(json->text)) {
    Reject(json->line, "", json->problem.empty() ? kNotUtf8 : json->problem);
    return json->line;
  }
  const auto parsed =
      google::protobuf::util::JsonStringToMessage({json->text.data(), json->text.size()}, row);
  if (!parsed.ok()) {
    std::string field;
    const auto said = parsed.message();
    const std::string reason = JsonProblem(*row, {said.data(), said.size()}, &field);
    Reject(json->line, field, reason);
  } else if (AddPictures(json->line, row)) {
    Check(json->line, row);
  }
  return json->line;
}

bool NationalFile::AddPictures(size_t line, Message* row) {
  if (type_.kind != FileKind::kRecords || !sources_.picture) return true;
  auto* record = static_cast<v1::Record*>(row);
  if (!IsFileName(record->prr())) return true;
  const auto add = [&](const char* column, const std::string& name, size_t most, bool* ok) {
    auto bytes = sources_.picture(name, most);
    if (!bytes.ok()) Reject(line, column, bytes.status().message());
    *ok = *ok && bytes.ok();
    return bytes.ok() ? *std::move(bytes) : std::string();
  };
  bool ok = true;
  if (record->picture().empty()) {
    record->set_picture(add("picture", record->prr() + ".png", kMaxPictureBytes, &ok));
  }
  if (ok && record->signature().empty()) {
    record->set_signature(
        add("signature", record->prr() + "-signature.png", kMaxSignatureBytes, &ok));
  }
  return ok;
}

bool NationalFile::IsFirst(size_t line, const Message& row) {
  const auto [first, is_new] = lines_.emplace(KeyOf(type_.kind, row), line);
  if (is_new) return true;
  Reject(line, "",
         absl::StrCat("got the same key as in line ", first->second,
                      ", want each once; the first is taken"));
  return false;
}

bool NationalFile::Check(size_t line, Message* row) {
  if (const auto problem = CheckOf(type_.kind, *row, sources_.villages)) {
    Reject(line, ColumnName(problem->field), problem->reason);
    return false;
  }
  if (!IsFirst(line, *row)) return false;
  if (type_.kind != FileKind::kRecords) return true;
  for (const RowProblem& warning : WarningsOf(static_cast<const v1::Record&>(*row))) {
    warnings_.push_back({line, ColumnName(warning.field), warning.reason});
  }
  return true;
}

bool NationalFile::Next(Message* row) {
  while (csv_.has_value() || json_.has_value()) {
    row->Clear();
    const size_t rejected_before = rejected_.size();
    const size_t line = csv_.has_value() ? ReadCsvRow(row) : ReadJsonRow(row);
    if (line == 0) break;
    ++rows_;
    if (rejected_.size() == rejected_before) return true;
  }
  return false;
}

}  // namespace keping::exchange
