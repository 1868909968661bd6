// What a person typed after `keping`, as a value.
//
//   auto parsed = ParseCommandLine(argc, argv, "id_ID.UTF-8", std::cout, std::cerr);
#ifndef KEPING_COMMON_CLI_COMMAND_LINE_H_
#define KEPING_COMMON_CLI_COMMAND_LINE_H_

#include <ostream>
#include <string>
#include <variant>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "common/cli/backup_commands.h"
#include "common/cli/bundle_commands.h"
#include "common/cli/check_national.h"
#include "common/cli/evidence_pack.h"
#include "common/cli/export_log.h"
#include "common/cli/officer_calls.h"
#include "common/cli/reader.h"
#include "common/cli/requests.h"
#include "common/cli/restore.h"
#include "common/cli/support_bundle.h"
#include "common/cli/verify_report.h"
#include "common/cli/verify_request.h"
#include "common/cli/watch_district.h"

namespace keping::cli {

// The program's promise to scripts.
enum ExitCode {
  kDone = 0,
  kFailed = 1,           // an operating error: the node does not run, the disk failed, …
  kUsage = 2,            // the command line, or a value in it
  kRefused = 3,          // a rule forbids it: a refused print, an act that is settled already
  kFoundDifferences = 4  // `verify` found something, or a list has what is to be done
};

// Where the node's API is: one of the two.
struct Where {
  std::string config;
  std::string socket;
};

struct CommandLine {
  Where where;
  bool json = false;
  // Where the bytes of an answer go that is a file; else empty.
  std::string out;
  absl::Duration timeout = absl::Seconds(30);
  std::variant<EdgeRequest, CentralRequest, VerifyRequest, ReaderRequest, VerifyReportRequest,
               VerifyPackRequest, ExportLogRequest, SupportBundleRequest, ExportBundleRequest,
               ImportBundlesRequest, InspectBundlesRequest, MakeBackupRequest, ListBackupsRequest,
               CheckBackupRequest, RestoreRequest, NewEscrowKeyRequest, CheckNationalRequest,
               OfficerCommand, WatchRequest>
      request;
};

// The command, or the exit code after help was shown on `out` or a usage error on `err`, in the
// language of `locale` if no --lang says another.
std::variant<CommandLine, int> ParseCommandLine(int argc, const char* const* argv,
                                                absl::string_view locale, std::ostream& out,
                                                std::ostream& err);

}  // namespace keping::cli

#endif  // KEPING_COMMON_CLI_COMMAND_LINE_H_
