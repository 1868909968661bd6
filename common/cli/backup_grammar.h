// `keping central backup` and `restore`, and `keping escrow`, as a part of the grammar of
// command_line_parser.cc, and what they say.
#ifndef KEPING_COMMON_CLI_BACKUP_GRAMMAR_H_
#define KEPING_COMMON_CLI_BACKUP_GRAMMAR_H_

#include <string>

#include "common/cli/backup_commands.h"
#include "common/cli/command_line.h"
#include "common/cli/office_time.h"
#include "common/cli/restore.h"
#include "keping/cli/v1/backup.pb.h"

namespace CLI {
class App;
}

namespace keping::cli {

// Holds what the commands' options write to: must live until they are parsed.
class BackupGrammar {
 public:
  void AddCentral(CLI::App* central, CommandLine& command);
  void AddEscrow(CLI::App& app, CommandLine& command);

 private:
  void AddBackup(CLI::App* central, CommandLine& command);
  void AddRestore(CLI::App* central, CommandLine& command);

  MakeBackupRequest make_;
  ListBackupsRequest list_;
  CheckBackupRequest check_;
  RestoreRequest restore_;
  NewEscrowKeyRequest escrow_;
};

// Text that ends with a line break.
std::string RenderBackup(const v1::Backup& made, const OfficeTime& time);
std::string RenderBackups(const v1::Backups& found, const OfficeTime& time);
std::string RenderCheckedBackup(const v1::CheckedBackup& checked);
std::string RenderRestored(const v1::RestoredCentre& restored);
std::string RenderEscrowKey(const v1::NewEscrowKey& made);

}  // namespace keping::cli

#endif  // KEPING_COMMON_CLI_BACKUP_GRAMMAR_H_
