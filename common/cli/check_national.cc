#include "common/cli/check_national.h"

#include <google/protobuf/message.h>

#include <filesystem>
#include <memory>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/status_macros.h"
#include "common/exchange/national_file.h"
#include "common/files/file.h"

namespace keping::cli {

absl::StatusOr<CheckedFile> CheckNational(const CheckNationalRequest& request) {
  const std::filesystem::path path = request.file;
  const auto type = exchange::TypeOfFile(path.filename().string());
  if (!type.has_value()) {
    return absl::InvalidArgumentError(
        absl::StrCat("got a file named ", path.filename().string(),
                     ", want a name that begins with records, withdrawals, allotments or answers "
                     "and ends in .csv, .json or .jsonl"));
  }
  KEPING_ASSIGN_OR_RETURN(std::string bytes,
                          files::ReadFile(request.file, exchange::kMaxFileBytes));
  const std::filesystem::path folder = path.has_parent_path() ? path.parent_path() : ".";
  KEPING_ASSIGN_OR_RETURN(exchange::Sources sources, exchange::SourcesIn(folder.string()));
  const auto file = exchange::NationalFile::Read(*type, std::move(bytes), std::move(sources));
  CheckedFile checked{.kind = std::string(exchange::NameOf(type->kind))};
  const std::unique_ptr<google::protobuf::Message> row = exchange::NewRow(type->kind);
  while (file->Next(row.get())) ++checked.good;
  checked.rows = file->rows();
  checked.rejected = file->rejected();
  checked.warnings = file->warnings();
  return checked;
}

std::string RenderCheckedFile(const CheckedFile& checked) {
  std::string text =
      absl::StrCat(checked.rows, " rows of ", checked.kind, ": ", checked.good, " good, ",
                   checked.rejected.size(), " bad, ", checked.warnings.size(), " warnings\n");
  for (const exchange::Finding& finding : checked.rejected) {
    absl::StrAppend(&text, "bad      ", exchange::Sentence(finding), "\n");
  }
  for (const exchange::Finding& finding : checked.warnings) {
    absl::StrAppend(&text, "warning  ", exchange::Sentence(finding), "\n");
  }
  return text;
}

}  // namespace keping::cli
