// A file of the national centre, row by row: good rows come out as messages of keping.national.v1,
// bad ones are listed with their line and the reason.
//
//   auto file = NationalFile::Read(*TypeOfFile("records.csv"), std::move(bytes), sources);
//   auto row = NewRow(FileKind::kRecords);
//   while (file->Next(row.get())) Take(*row);
//   for (const Finding& finding : file->rejected()) Tell(Sentence(finding));
//
// CSV: a header of the names of columns.h in any order, then a row a line. JSON: one object per
// row, as protobuf writes the message (fields by their names, pictures in Base64), in an array or
// one after the other. Blank lines are passed over, and are no rows.
//
// Of rows with the same key (a record's PRR and version, an allotment, a report's item) the first
// is taken, and the others are bad.
#ifndef KEPING_COMMON_EXCHANGE_NATIONAL_FILE_H_
#define KEPING_COMMON_EXCHANGE_NATIONAL_FILE_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "common/exchange/columns.h"
#include "common/exchange/csv_rows.h"
#include "common/exchange/file_type.h"
#include "common/exchange/findings.h"
#include "common/exchange/json_rows.h"
#include "common/exchange/row_checks.h"

namespace keping::exchange {

// What is larger is brought in several files, with its pictures beside it.
inline constexpr size_t kMaxFileBytes = size_t{256} << 20;

struct Sources {
  // The bytes of a picture beside the file ("PRR-1.png", "PRR-1-signature.png"); empty: there is
  // none. Only called for names of letters, digits, dots and dashes.
  std::function<absl::StatusOr<std::string>(const std::string& name, size_t max_bytes)> picture =
      {};
  Villages villages = {};
};

// The files pictures/NAME below `folder`, and the column code of its villages.csv, where there is
// one. An error names what cannot be read.
absl::StatusOr<Sources> SourcesIn(const std::string& folder);

// Not thread-safe.
class NationalFile {
 public:
  static std::unique_ptr<NationalFile> Read(FileType type, std::string bytes, Sources sources);

  // A file of which no row is read, since it has so many bytes.
  static std::unique_ptr<NationalFile> TooLarge(FileType type, uint64_t bytes);

  // The next good row, into a message of the file's kind (NewRow); false at the end.
  bool Next(google::protobuf::Message* row);

  // So many rows were read: those that came out, and those that were bad.
  uint64_t rows() const { return rows_; }
  // Of what was read. A file of which no row can be read has one finding.
  const std::vector<Finding>& rejected() const { return rejected_; }
  // Of rows that came out.
  const std::vector<Finding>& warnings() const { return warnings_; }

 private:
  NationalFile(FileType type, std::string bytes, Sources sources);

  void ReadHeader();
  // One row into `row`; its line, or 0 at the end. What is wrong with it is a finding.
  size_t ReadCsvRow(google::protobuf::Message* row);
  size_t ReadJsonRow(google::protobuf::Message* row);
  bool SetFields(const CsvRows::Row& csv, google::protobuf::Message* row);
  bool AddPictures(size_t line, google::protobuf::Message* row);
  bool Check(size_t line, google::protobuf::Message* row);
  bool IsFirst(size_t line, const google::protobuf::Message& row);
  std::string ColumnName(const std::string& field) const;
  void Reject(size_t line, const std::string& column, absl::string_view reason);

  const FileType type_;
  const std::string text_;
  const Sources sources_;
  std::optional<CsvRows> csv_;
  std::optional<JsonRows> json_;
  std::vector<const Column*> columns_;   // of a CSV file, in its order
  std::map<std::string, size_t> lines_;  // by key, of rows that came out
  uint64_t rows_ = 0;
  std::vector<Finding> rejected_;
  std::vector<Finding> warnings_;
};

}  // namespace keping::exchange

#endif  // KEPING_COMMON_EXCHANGE_NATIONAL_FILE_H_
