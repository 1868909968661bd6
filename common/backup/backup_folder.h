// A backup of the centre as it lies on a disk or a stick: a folder of files.
//
//   manifest.textproto    a keping.store.v1.BackupManifest: what the others are
//   manifest.sig          the centre's Ed25519 signature over ManifestStatement of it, in hex
//   database.001 …        the rows (row_chunks.h)
//   keys.sealed           keys_dir, sealed to the escrow key (escrow_key.h); or absent
//
// Nothing of it needs a secret to be checked: personal data is sealed in the rows themselves, under
// data keys that are in keys.sealed only.
//
//   KEPING_ASSIGN_OR_RETURN(BackupFolder folder, BackupFolder::Open(path));
//   KEPING_RETURN_IF_ERROR(folder.Read(on_row));        // OK: all of it is as it was signed
//
//   KEPING_ASSIGN_OR_RETURN(auto writer, BackupWriter::Create(path));
//   writer->Append("database.001", bytes); … writer->Finish(manifest);
#ifndef KEPING_COMMON_BACKUP_BACKUP_FOLDER_H_
#define KEPING_COMMON_BACKUP_BACKUP_FOLDER_H_

#include <cstdint>
#include <memory>
#include <string>
#include <utility>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "common/backup/backup_maker.h"
#include "common/files/file.h"
#include "common/keys/key_files.h"
#include "keping/store/v1/backup.pb.h"

namespace keping::backup {

inline constexpr uint32_t kManifestVersion = 1;
inline constexpr char kManifestFile[] = "manifest.textproto";
inline constexpr char kSignatureFile[] = "manifest.sig";
inline constexpr char kSealedKeysFile[] = "keys.sealed";

// The bytes that are signed: "keping-backup-v1" LF and the text.
std::string ManifestStatement(absl::string_view text);

// FailedPrecondition with K-289 when sealed rows name a data key that is not among the files.
absl::Status CheckDataKeys(const store::v1::BackupManifest& manifest, const keys::KeyFiles& files);

// A value: what the manifest says, which was signed by the key that it names.
class BackupFolder {
 public:
  using OnRow = absl::FunctionRef<absl::Status(absl::string_view key, absl::string_view value)>;

  // NotFound: there is no such folder. InvalidArgument with K-288: it is no whole backup, or was
  // changed, or is of a later version.
  static absl::StatusOr<BackupFolder> Open(const std::string& path);

  const std::string& path() const { return path_; }
  const store::v1::BackupManifest& manifest() const { return manifest_; }
  // Of all parts.
  uint64_t bytes() const;

  // Whether every file is there and as long as it should be: a look that reads none of them. The
  // codes of Read.
  absl::Status CheckSizes() const;
  // Visits all rows, and compares every part with the manifest on the way, the sealed keys too:
  // only OK says that what was visited is what was signed. InvalidArgument with K-288. Errors of
  // `on_row` are passed on.
  absl::Status Read(OnRow on_row) const;
  // The keys inside; there are some. The codes of OpenKeys, and InvalidArgument with K-288.
  absl::StatusOr<keys::KeyFiles> Keys(absl::string_view escrow_seed) const;

 private:
  BackupFolder(std::string path, store::v1::BackupManifest manifest)
      : path_(std::move(path)), manifest_(std::move(manifest)) {}

  absl::Status CheckSize(const store::v1::BackupPart& part) const;
  absl::Status ReadPart(const store::v1::BackupPart& part,
                        absl::FunctionRef<absl::Status(absl::string_view)> on_piece) const;

  std::string path_;
  store::v1::BackupManifest manifest_;
};

// What is left of a backup whose writing was cut off; it is no backup.
std::string DraftFolderOf(const std::string& path);

// Writes the files into a folder beside `path`, which has its name when they are whole, durable and
// were read back. Owned by one thread.
class BackupWriter {
 public:
  // AlreadyExists: it is never overwritten; a draft that an earlier run left is. NotFound: its
  // parent folder is not there. Else the codes of files::NewFile.
  static absl::StatusOr<std::unique_ptr<BackupWriter>> Create(const std::string& path);
  // Removes what was not finished.
  ~BackupWriter();
  BackupWriter(const BackupWriter&) = delete;
  BackupWriter& operator=(const BackupWriter&) = delete;

  // Files come one after the other.
  absl::Status Append(absl::string_view file, absl::string_view bytes);
  // The codes of BackupFolder::Open and Read, when what lies on the disk is not what was written.
  absl::StatusOr<BackupFolder> Finish(const SignedManifest& manifest);

 private:
  explicit BackupWriter(std::string path) : path_(std::move(path)) {}

  absl::Status EndFile();

  const std::string path_;
  std::string file_name_;
  std::unique_ptr<files::NewFile> file_;
  bool finished_ = false;
};

}  // namespace keping::backup

#endif  // KEPING_COMMON_BACKUP_BACKUP_FOLDER_H_
