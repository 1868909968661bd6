#include "common/exchange/file_type.h"

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"

namespace keping::exchange {

absl::string_view NameOf(FileKind kind) {
  switch (kind) {
    case FileKind::kRecords:
      return "records";
    case FileKind::kWithdrawals:
      return "withdrawals";
    case FileKind::kAllotments:
      return "allotments";
    case FileKind::kAnswers:
      return "answers";
    case FileKind::kRequestAnswers:
      return "request-answers";
  }
  return "";
}

std::optional<FileType> TypeOfFile(absl::string_view name) {
  FileType type;
  if (absl::EndsWithIgnoreCase(name, ".json") || absl::EndsWithIgnoreCase(name, ".jsonl")) {
    type.format = FileFormat::kJson;
  } else if (!absl::EndsWithIgnoreCase(name, ".csv")) {
    return std::nullopt;
  }
  for (const FileKind kind : {FileKind::kRecords, FileKind::kWithdrawals, FileKind::kAllotments,
                              FileKind::kAnswers, FileKind::kRequestAnswers}) {
    const absl::string_view word = NameOf(kind);
    if (!absl::StartsWithIgnoreCase(name, word) || absl::ascii_isalnum(name[word.size()])) continue;
    type.kind = kind;
    return type;
  }
  return std::nullopt;
}

}  // namespace keping::exchange
