#include "common/cli/verify_report.h"

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "common/base/status_macros.h"
#include "common/crypto/signer.h"
#include "common/domain/day_report.h"
#include "common/files/file.h"

namespace keping::cli {
namespace {

constexpr size_t kMaxReportBytes = 64 * 1024;

}  // namespace

absl::StatusOr<std::string> VerifyDayReport(const VerifyReportRequest& request) {
  const std::string key = absl::HexStringToBytes(request.public_key);
  KEPING_ASSIGN_OR_RETURN(const std::string text, files::ReadFile(request.file, kMaxReportBytes));
  KEPING_ASSIGN_OR_RETURN(const domain::DayReportCheck check,
                          domain::CheckDayReport(text, key, *crypto::MakeEd25519Verifier()));
  return absl::StrCat("The report of ", check.node, " for ", check.day,
                      " is signed by this key. Code ", check.code, ".\n");
}

}  // namespace keping::cli
