#include "common/backup/backup_folder.h"

#include <google/protobuf/io/tokenizer.h>
#include <google/protobuf/text_format.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <set>
#include <system_error>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/backup/escrow_key.h"
#include "common/backup/row_chunks.h"
#include "common/base/status_macros.h"
#include "common/crypto/hash.h"
#include "common/crypto/seal.h"
#include "common/crypto/signer.h"

namespace keping::backup {
namespace {

namespace fs = std::filesystem;

constexpr size_t kMaxManifestBytes = size_t{4} << 20;
constexpr size_t kMaxSignatureBytes = 256;
constexpr size_t kMaxSealedBytes = size_t{16} << 20;

absl::Status Bad(const std::string& path, absl::string_view what) {
  return absl::InvalidArgumentError(
      absl::StrCat("K-288: ", path, " is no whole backup: ", what, ". Use another copy of it"));
}

// Whoever wrote the manifest must not name files elsewhere.
bool IsPlainName(const std::string& name) {
  return !name.empty() && name[0] != '.' && name.find('/') == std::string::npos;
}

bool IsWellFormed(const store::v1::BackupManifest& manifest) {
  std::set<std::string> names;
  const auto is_new = [&names](const store::v1::BackupPart& part) {
    return IsPlainName(part.file()) && names.insert(part.file()).second;
  };
  return !manifest.district().empty() && manifest.parts_size() > 0 &&
         std::all_of(manifest.parts().begin(), manifest.parts().end(), is_new) &&
         (!manifest.has_keys() ||
          (is_new(manifest.keys().part()) && manifest.keys().part().bytes() <= kMaxSealedBytes));
}

// Text of a later version has fields that this one does not know: that is no damage to complain of
// on standard error, as the parser would.
class Silent : public google::protobuf::io::ErrorCollector {
 public:
  void AddError(int, google::protobuf::io::ColumnNumber, const std::string&) override {}
};

absl::StatusOr<store::v1::BackupManifest> ReadManifest(const std::string& path) {
  const auto text = files::ReadFile(files::ResolvePath(path, kManifestFile), kMaxManifestBytes);
  if (absl::IsNotFound(text.status())) {
    return Bad(path,
               absl::StrCat("it has no ", kManifestFile, ", which comes last when one is written"));
  }
  KEPING_RETURN_IF_ERROR(text.status());
  const auto signature =
      files::ReadFile(files::ResolvePath(path, kSignatureFile), kMaxSignatureBytes);
  if (!signature.ok()) return Bad(path, absl::StrCat("it has no ", kSignatureFile));
  google::protobuf::TextFormat::Parser parser;
  Silent silent;
  parser.RecordErrorsTo(&silent);
  store::v1::BackupManifest manifest;
  if (!parser.ParseFromString(*text, &manifest) || manifest.version() != kManifestVersion) {
    return Bad(path, "its manifest is damaged, or of another version of Keping");
  }
  if (!crypto::MakeEd25519Verifier()->Verify(
          absl::HexStringToBytes(manifest.centre_key()), ManifestStatement(*text),
          absl::HexStringToBytes(absl::StripAsciiWhitespace(*signature)))) {
    return Bad(path, "its manifest is not as the centre signed it");
  }
  if (!IsWellFormed(manifest)) return Bad(path, "its manifest names no files that it can have");
  return manifest;
}

}  // namespace

std::string ManifestStatement(absl::string_view text) {
  return absl::StrCat("keping-backup-v1\n", text);
}

absl::Status CheckDataKeys(const store::v1::BackupManifest& manifest, const keys::KeyFiles& files) {
  std::set<std::string> here;
  for (const auto& [name, content] : files) {
    if (content.size() == crypto::kSealKeySize) here.insert(crypto::KeyIdOf(content).value());
  }
  for (const std::string& id : manifest.data_keys()) {
    if (here.contains(id)) continue;
    return absl::FailedPreconditionError(absl::StrCat(
        "K-289: data key ", id, " is missing, and records of this database are sealed ",
        "under it: put its file data.N.key into keys_dir"));
  }
  return absl::OkStatus();
}

absl::StatusOr<BackupFolder> BackupFolder::Open(const std::string& path) {
  std::error_code ignored;
  if (!fs::is_directory(path, ignored)) {
    return absl::NotFoundError(
        absl::StrCat("got no folder ", path, ", want that of a backup: correct the path"));
  }
  KEPING_ASSIGN_OR_RETURN(store::v1::BackupManifest manifest, ReadManifest(path));
  return BackupFolder(path, std::move(manifest));
}

uint64_t BackupFolder::bytes() const {
  uint64_t sum = manifest_.keys().part().bytes();
  for (const store::v1::BackupPart& part : manifest_.parts()) sum += part.bytes();
  return sum;
}

absl::Status BackupFolder::CheckSize(const store::v1::BackupPart& part) const {
  const auto size = files::FileSize(files::ResolvePath(path_, part.file()));
  if (absl::IsNotFound(size.status())) return Bad(path_, absl::StrCat(part.file(), " is missing"));
  KEPING_RETURN_IF_ERROR(size.status());
  if (*size == part.bytes()) return absl::OkStatus();
  return Bad(path_, absl::StrCat(part.file(), " has ", *size, " bytes instead of ", part.bytes()));
}

absl::Status BackupFolder::CheckSizes() const {
  for (const store::v1::BackupPart& part : manifest_.parts()) {
    KEPING_RETURN_IF_ERROR(CheckSize(part));
  }
  return manifest_.has_keys() ? CheckSize(manifest_.keys().part()) : absl::OkStatus();
}

absl::Status BackupFolder::ReadPart(
    const store::v1::BackupPart& part,
    absl::FunctionRef<absl::Status(absl::string_view)> on_piece) const {
  KEPING_RETURN_IF_ERROR(CheckSize(part));
  const std::string file = files::ResolvePath(path_, part.file());
  crypto::RunningHash hash;
  KEPING_RETURN_IF_ERROR(
      files::ReadRange(file, 0, part.bytes(), [&](absl::string_view piece) -> absl::Status {
        hash.Update(piece);
        return on_piece(piece);
      }));
  if (hash.Finish().Hex() == part.sha256()) return absl::OkStatus();
  return Bad(path_, absl::StrCat(part.file(), " was changed or damaged"));
}

absl::Status BackupFolder::Read(OnRow on_row) const {
  uint64_t rows = 0;
  for (const store::v1::BackupPart& part : manifest_.parts()) {
    RowUnpacker unpacker;
    absl::Status of_caller;
    const auto visit = [&](absl::string_view key, absl::string_view value) {
      ++rows;
      return of_caller = on_row(key, value);
    };
    const absl::Status read =
        ReadPart(part, [&](absl::string_view piece) { return unpacker.Add(piece, visit); });
    KEPING_RETURN_IF_ERROR(of_caller);
    if (absl::IsInvalidArgument(read) && !absl::StartsWith(read.message(), "K-")) {
      return Bad(path_, absl::StrCat(part.file(), " is damaged (", read.message(), ")"));
    }
    KEPING_RETURN_IF_ERROR(read);
    if (!unpacker.between_chunks()) return Bad(path_, absl::StrCat(part.file(), " is cut"));
  }
  if (rows != manifest_.rows()) {
    return Bad(path_, absl::StrCat("it has ", rows, " rows instead of ", manifest_.rows()));
  }
  if (!manifest_.has_keys()) return absl::OkStatus();
  return ReadPart(manifest_.keys().part(), [](absl::string_view) { return absl::OkStatus(); });
}

absl::StatusOr<keys::KeyFiles> BackupFolder::Keys(absl::string_view escrow_seed) const {
  std::string sealed;
  KEPING_RETURN_IF_ERROR(ReadPart(manifest_.keys().part(), [&sealed](absl::string_view piece) {
    sealed.append(piece.data(), piece.size());
    return absl::OkStatus();
  }));
  return OpenKeys(sealed, manifest_.keys(), escrow_seed);
}

std::string DraftFolderOf(const std::string& path) {
  std::string name = path;
  while (name.size() > 1 && name.back() == '/') name.pop_back();
  return name + ".unfinished";
}

absl::StatusOr<std::unique_ptr<BackupWriter>> BackupWriter::Create(const std::string& path) {
  std::error_code error;
  if (fs::exists(path, error)) {
    return absl::AlreadyExistsError(
        absl::StrCat(path, " is there already, and is never overwritten; choose another name"));
  }
  const std::string draft = DraftFolderOf(path);
  const fs::path parent = fs::path(draft).parent_path();
  // Whoever forgot to mount a stick must not fill the disk of the centre instead.
  if (!parent.empty() && !fs::is_directory(parent, error)) {
    return absl::NotFoundError(absl::StrCat("got no folder ", parent.string(),
                                            ", want it to be there: is the stick mounted?"));
  }
  fs::remove_all(draft, error);
  KEPING_RETURN_IF_ERROR(files::MakePrivateFolder(draft));
  return std::unique_ptr<BackupWriter>(new BackupWriter(draft.substr(0, draft.rfind('.'))));
}

BackupWriter::~BackupWriter() {
  file_.reset();
  std::error_code ignored;
  if (!finished_) fs::remove_all(DraftFolderOf(path_), ignored);
}

absl::Status BackupWriter::EndFile() {
  if (file_ == nullptr) return absl::OkStatus();
  KEPING_RETURN_IF_ERROR(file_->Finish());
  file_.reset();
  return absl::OkStatus();
}

absl::Status BackupWriter::Append(absl::string_view file, absl::string_view bytes) {
  if (file_ == nullptr || file_name_ != file) {
    KEPING_RETURN_IF_ERROR(EndFile());
    file_name_ = std::string(file);
    if (!IsPlainName(file_name_)) {
      return absl::InternalError(absl::StrCat("got a file called ", file, ", want a plain name"));
    }
    KEPING_ASSIGN_OR_RETURN(
        file_, files::NewFile::Create(files::ResolvePath(DraftFolderOf(path_), file_name_)));
  }
  return file_->Append(bytes);
}

absl::StatusOr<BackupFolder> BackupWriter::Finish(const SignedManifest& manifest) {
  KEPING_RETURN_IF_ERROR(EndFile());
  const std::string draft = DraftFolderOf(path_);
  KEPING_RETURN_IF_ERROR(files::WriteFile(files::ResolvePath(draft, kSignatureFile),
                                          absl::BytesToHexString(manifest.signature) + "\n",
                                          files::Access::kOwnerOnly));
  KEPING_RETURN_IF_ERROR(files::WriteFile(files::ResolvePath(draft, kManifestFile), manifest.text,
                                          files::Access::kOwnerOnly));
  KEPING_ASSIGN_OR_RETURN(const BackupFolder written, BackupFolder::Open(draft));
  KEPING_RETURN_IF_ERROR(
      written.Read([](absl::string_view, absl::string_view) { return absl::OkStatus(); }));
  KEPING_RETURN_IF_ERROR(files::RenameFolder(draft, path_));
  finished_ = true;
  return BackupFolder::Open(path_);
}

}  // namespace keping::backup
