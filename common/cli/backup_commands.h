// `keping central backup` and `keping escrow`: backups of a running centre in folders, what lies in
// a folder of them, and the key that the district's keys are sealed to in them.
//
//   KEPING_ASSIGN_OR_RETURN(v1::Backup made, MakeBackupFolder(request, socket));
//   KEPING_ASSIGN_OR_RETURN(v1::Backups found, ListBackups(request, now));
//   KEPING_ASSIGN_OR_RETURN(v1::NewEscrowKey key, MakeEscrowKey(request, now));
#ifndef KEPING_COMMON_CLI_BACKUP_COMMANDS_H_
#define KEPING_COMMON_CLI_BACKUP_COMMANDS_H_

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "keping/cli/v1/backup.pb.h"

namespace keping::backup {
class BackupFolder;
}

namespace keping::cli {

struct MakeBackupRequest {
  std::string to;      // a new folder
  std::string escrow;  // file with the public part of an escrow key; empty: without keys
  uint32_t keep_days = 90;
};

struct ListBackupsRequest {
  std::string folder;
};

struct CheckBackupRequest {
  std::string backup;
  std::string escrow_key;  // file with the private part; may be empty
};

struct NewEscrowKeyRequest {
  std::string to;  // a new file; the public part goes beside it, with .pub
};

// AlreadyExists: the folder is there. Nothing is left of one that was not finished.
absl::StatusOr<v1::Backup> MakeBackupFolder(const MakeBackupRequest& request,
                                            const std::string& socket);

// The backups that lie in a folder, oldest first, by their manifests and the sizes of their files;
// with what is left of unfinished ones. Asks no node.
absl::StatusOr<v1::Backups> ListBackups(const ListBackupsRequest& request, absl::Time now);
// Whether there is something to do about one of them.
bool NeedsAttention(const v1::Backup& backup);

// Reads all of one. The codes of backup::BackupFolder and backup::OpenKeys.
absl::StatusOr<v1::CheckedBackup> CheckBackup(const CheckBackupRequest& request, absl::Time now);

// AlreadyExists: one of the files is there.
absl::StatusOr<v1::NewEscrowKey> MakeEscrowKey(const NewEscrowKeyRequest& request, absl::Time now);

// The private part out of a file that MakeEscrowKey wrote, or that was typed from its paper.
absl::StatusOr<std::string> ReadEscrowSeed(const std::string& file);

// Of a public key in hex: enough to tell two of them apart.
std::string ShortKey(const std::string& key);

// What people and programs are told of a backup.
v1::Backup Describe(const backup::BackupFolder& folder, absl::Time now);

}  // namespace keping::cli

#endif  // KEPING_COMMON_CLI_BACKUP_COMMANDS_H_
