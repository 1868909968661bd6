// What the administrator's commands did, for people.

#include "absl/strings/str_cat.h"
#include "common/cli/render.h"
#include "common/cli/table.h"

namespace keping::cli {

std::string RenderKeyChange(const maintenance_api::RotateDataKeyResponse& rotated) {
  return absl::StrCat("New records are sealed under data key ", rotated.key_id(),
                      " from now on. The others follow in the background, then the old key is "
                      "destroyed; the status shows it.\n");
}

std::string RenderExportedLog(const v1::ExportedLog& exported) {
  const std::string unsigned_tail =
      exported.signed_up_to() == exported.entries()
          ? ""
          : absl::StrCat(" Signed up to entry ", exported.signed_up_to(),
                         " only: run it as the node's user for the rest.");
  return absl::StrCat("Exported ", exported.entries(), " entries to ", exported.to(), ".",
                      unsigned_tail, " Check them: keping verify --mirror ", exported.to(), "\n");
}

std::string RenderSupportBundle(const v1::SupportBundle& bundle) {
  Table table({{"File"}, {"Bytes", Align::kRight}});
  for (const v1::BundledFile& file : bundle.files()) {
    table.AddRow({file.name(), WithThousands(static_cast<int64_t>(file.bytes()))});
  }
  std::string text = table.ToString();
  for (const std::string& missing : bundle.missing()) {
    absl::StrAppend(&text, "Missing: ", missing, "\n");
  }
  return absl::StrCat(text, "Wrote ", bundle.to(),
                      ". It holds no personal data and no keys; look through it before you send "
                      "it.\n");
}

}  // namespace keping::cli
