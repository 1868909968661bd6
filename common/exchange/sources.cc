#include <filesystem>
#include <system_error>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "common/base/status_macros.h"
#include "common/exchange/national_file.h"
#include "common/exchange/text_encoding.h"
#include "common/files/file.h"

namespace keping::exchange {
namespace {

constexpr size_t kMaxVillagesBytes = size_t{16} << 20;

absl::StatusOr<Villages> ReadVillages(const std::string& path) {
  auto bytes = files::ReadFile(path, kMaxVillagesBytes);
  if (absl::IsNotFound(bytes.status())) return Villages();
  KEPING_RETURN_IF_ERROR(bytes.status());
  KEPING_ASSIGN_OR_RETURN(const std::string text, ToUtf8(*std::move(bytes)));
  CsvRows rows(text);
  const auto header = rows.Next(CsvRows::kAnyNumber);
  size_t code = 0;
  while (header.has_value() && code < header->fields.size() && header->fields[code] != "code") {
    ++code;
  }
  if (!header.has_value() || code == header->fields.size()) {
    return absl::InvalidArgumentError(
        absl::StrCat(path, ": got no column code in the first line, want one with the villages"));
  }
  Villages villages;
  while (const auto row = rows.Next(header->fields.size())) {
    if (!row->problem.empty()) {
      return absl::InvalidArgumentError(
          absl::StrCat(path, " line ", row->line, ": ", row->problem));
    }
    villages.insert(row->fields[code]);
  }
  return villages;
}

}  // namespace

absl::StatusOr<Sources> SourcesIn(const std::string& folder) {
  Sources sources;
  KEPING_ASSIGN_OR_RETURN(sources.villages, ReadVillages(folder + "/villages.csv"));
  sources.picture = [pictures = folder + "/pictures/"](
                        const std::string& name, size_t max_bytes) -> absl::StatusOr<std::string> {
    std::error_code ignored;
    const std::filesystem::path path = pictures + name;
    if (!std::filesystem::exists(path, ignored)) return std::string();
    const auto size = std::filesystem::file_size(path, ignored);
    if (size > max_bytes) {
      return absl::InvalidArgumentError(
          absl::StrCat("got a file of ", size, " bytes, want at most ", max_bytes));
    }
    return files::ReadFile(path.string(), max_bytes);
  };
  return sources;
}

}  // namespace keping::exchange
