#include "common/cli/backup_commands.h"

#include <algorithm>
#include <filesystem>
#include <memory>
#include <system_error>
#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "common/backup/backup_folder.h"
#include "common/backup/escrow_key.h"
#include "common/base/status_macros.h"
#include "common/cli/client.h"
#include "common/cli/new_file.h"
#include "common/cli/render_qr.h"
#include "common/crypto/random.h"
#include "common/files/file.h"
#include "common/qr/qr_code.h"

namespace keping::cli {
namespace {

namespace fs = std::filesystem;

using backup::BackupFolder;
using backup::EscrowPart;

// A text with a key in it, and a drawing of it.
constexpr size_t kMaxEscrowFileBytes = 64 * 1024;
constexpr size_t kShownDigits = 16;

// For the head of the office, who reads no manual first.
constexpr absl::string_view kPaperHead =
    "KEPING - KUNCI CADANGAN KABUPATEN / ESCROW KEY OF THE DISTRICT\n\n"
    "Rahasia. Siapa yang memegang kertas ini beserta cadangan server kabupaten, memegang kunci\n"
    "kabupaten. Simpan di brankas kepala dinas; jangan simpan salinannya di komputer mana pun.\n"
    "Secret. Whoever has this paper and a backup of the central node has the district's keys. Keep "
    "it\n"
    "in the safe of the head of the office, and no copy of it on any computer.\n\n";

std::string PaperOf(const backup::EscrowPair& pair, const std::string& private_line,
                    absl::Time now) {
  const auto code = qr::MakeQrCode(private_line);
  return absl::StrCat(
      kPaperHead, "Dibuat / made: ", absl::FormatTime("%Y-%m-%d", now, absl::UTCTimeZone()), "\n\n",
      private_line, "\n\n", backup::EscrowText(EscrowPart::kPublic, pair.public_key), "\n\n",
      code.ok() ? RenderQr(*code) : "");
}

absl::StatusOr<std::string> ReadKey(EscrowPart part, const std::string& file) {
  KEPING_ASSIGN_OR_RETURN(const std::string text, files::ReadFile(file, kMaxEscrowFileBytes));
  absl::StatusOr<std::string> key = backup::ReadEscrowText(part, text);
  if (key.ok()) return key;
  return absl::InvalidArgumentError(absl::StrCat(key.status().message(), " (in ", file, ")"));
}

}  // namespace

std::string ShortKey(const std::string& key) { return key.substr(0, kShownDigits); }

v1::Backup Describe(const BackupFolder& folder, absl::Time now) {
  v1::Backup described;
  described.set_path(folder.path());
  *described.mutable_manifest() = folder.manifest();
  described.set_bytes(folder.bytes());
  described.set_past_its_date(absl::ToUnixMicros(now) >= folder.manifest().destroy_by_micros());
  return described;
}

absl::StatusOr<v1::Backup> MakeBackupFolder(const MakeBackupRequest& request,
                                            const std::string& socket) {
  maintenance_api::BackupRequest order;
  order.set_keep_days(request.keep_days);
  if (!request.escrow.empty()) {
    KEPING_ASSIGN_OR_RETURN(*order.mutable_escrow_key(),
                            ReadKey(EscrowPart::kPublic, request.escrow));
  }
  // Not before the centre began: of two commands at once it takes one, and the other must not touch
  // what that one writes.
  std::unique_ptr<backup::BackupWriter> writer;
  backup::SignedManifest manifest;
  KEPING_RETURN_IF_ERROR(CallBackup(
      socket, order, [&](const maintenance_api::BackupResponse& response) -> absl::Status {
        if (writer == nullptr) {
          KEPING_ASSIGN_OR_RETURN(writer, backup::BackupWriter::Create(request.to));
        }
        if (!response.file().empty()) return writer->Append(response.file(), response.body());
        manifest = {response.manifest(), response.signature()};
        return absl::OkStatus();
      }));
  if (writer == nullptr) return absl::UnavailableError("the centre answered with no backup");
  KEPING_ASSIGN_OR_RETURN(const BackupFolder made, writer->Finish(manifest));
  return Describe(made, absl::FromUnixMicros(made.manifest().made_micros()));
}

absl::StatusOr<v1::Backups> ListBackups(const ListBackupsRequest& request, absl::Time now) {
  std::error_code error;
  std::vector<v1::Backup> found;
  for (fs::directory_iterator it(request.folder, error), end; !error && it != end;
       it.increment(error)) {
    std::error_code ignored;
    if (!it->is_directory(ignored)) continue;
    v1::Backup one;
    one.set_path(it->path().string());
    const bool unfinished =
        backup::DraftFolderOf(it->path().stem().string()) == it->path().filename().string();
    if (!unfinished && !fs::exists(it->path() / backup::kManifestFile, ignored)) continue;
    const auto folder = BackupFolder::Open(one.path());
    if (unfinished) {
      one.set_problem(
          "it is not finished: it is being written, or a run was cut off; nothing can be restored "
          "from it");
    } else if (folder.ok()) {
      one = Describe(*folder, now);
      one.set_problem(std::string(folder->CheckSizes().message()));
    } else {
      one.set_problem(std::string(folder.status().message()));
    }
    found.push_back(std::move(one));
  }
  if (error) {
    return absl::NotFoundError(absl::StrCat("cannot list ", request.folder, " (", error.message(),
                                            "), want a folder of backups: correct the path"));
  }
  std::sort(found.begin(), found.end(), [](const v1::Backup& a, const v1::Backup& b) {
    return std::pair(a.manifest().made_micros(), a.path()) <
           std::pair(b.manifest().made_micros(), b.path());
  });
  v1::Backups backups;
  for (v1::Backup& one : found) *backups.add_backups() = std::move(one);
  return backups;
}

bool NeedsAttention(const v1::Backup& backup) {
  return backup.past_its_date() || !backup.problem().empty();
}

absl::StatusOr<v1::CheckedBackup> CheckBackup(const CheckBackupRequest& request, absl::Time now) {
  KEPING_ASSIGN_OR_RETURN(const BackupFolder folder, BackupFolder::Open(request.backup));
  KEPING_RETURN_IF_ERROR(
      folder.Read([](absl::string_view, absl::string_view) { return absl::OkStatus(); }));
  v1::CheckedBackup checked;
  *checked.mutable_backup() = Describe(folder, now);
  if (request.escrow_key.empty() || !folder.manifest().has_keys()) return checked;
  KEPING_ASSIGN_OR_RETURN(const std::string seed, ReadEscrowSeed(request.escrow_key));
  KEPING_ASSIGN_OR_RETURN(const keys::KeyFiles keys, folder.Keys(seed));
  KEPING_RETURN_IF_ERROR(backup::CheckDataKeys(folder.manifest(), keys));
  checked.set_keys_open(true);
  return checked;
}

absl::StatusOr<v1::NewEscrowKey> MakeEscrowKey(const NewEscrowKeyRequest& request, absl::Time now) {
  KEPING_ASSIGN_OR_RETURN(const backup::EscrowPair pair,
                          backup::EscrowPairOf(crypto::RandomBytes(backup::kEscrowKeyBytes)));
  v1::NewEscrowKey made;
  made.set_private_file(request.to);
  made.set_public_file(request.to + ".pub");
  made.set_public_key(absl::BytesToHexString(pair.public_key));
  const std::string private_line = backup::EscrowText(EscrowPart::kPrivate, pair.seed);
  // The private half first: a public half without it would seal backups that nobody can open.
  KEPING_RETURN_IF_ERROR(WriteNewFile(made.private_file(), PaperOf(pair, private_line, now)));
  KEPING_RETURN_IF_ERROR(WriteNewFile(
      made.public_file(), backup::EscrowText(EscrowPart::kPublic, pair.public_key) + "\n"));
  return made;
}

absl::StatusOr<std::string> ReadEscrowSeed(const std::string& file) {
  return ReadKey(EscrowPart::kPrivate, file);
}

}  // namespace keping::cli
