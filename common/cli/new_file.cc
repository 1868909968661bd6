#include "common/cli/new_file.h"

#include "common/base/status_macros.h"
#include "common/files/file.h"

namespace keping::cli {

absl::Status WriteNewFile(const std::string& path, absl::string_view content) {
  KEPING_ASSIGN_OR_RETURN(const auto file, files::NewFile::Create(path));
  KEPING_RETURN_IF_ERROR(file->Append(content));
  return file->Finish();
}

}  // namespace keping::cli
