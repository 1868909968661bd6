// What a file in the exchange folder holds, by its name: the first word says it, the ending says in
// which form. "records-2017-04.csv", "Withdrawals 3.json", "answers.csv".
#ifndef KEPING_COMMON_EXCHANGE_FILE_TYPE_H_
#define KEPING_COMMON_EXCHANGE_FILE_TYPE_H_

#include <optional>

#include "absl/strings/string_view.h"

namespace keping::exchange {

// In keping.national.v1: Record, Withdrawal, Allotment, ReportAnswer, BlankRequestAnswer.
enum class FileKind { kRecords, kWithdrawals, kAllotments, kAnswers, kRequestAnswers };
enum class FileFormat { kCsv, kJson };

struct FileType {
  FileKind kind = FileKind::kRecords;
  FileFormat format = FileFormat::kCsv;
};

// "records", "withdrawals", "allotments", "answers", "request-answers".
absl::string_view NameOf(FileKind kind);

// By a file's name, without its folder and in any case of letters; nullopt for other files.
std::optional<FileType> TypeOfFile(absl::string_view name);

}  // namespace keping::exchange

#endif  // KEPING_COMMON_EXCHANGE_FILE_TYPE_H_
