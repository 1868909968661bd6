#include "common/cli/restore.h"

#include <array>
#include <filesystem>
#include <set>
#include <system_error>
#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "common/backup/backup_folder.h"
#include "common/backup/restore_place.h"
#include "common/base/status_macros.h"
#include "common/cli/backup_commands.h"
#include "common/cli/verify.h"
#include "common/config/central_config.h"
#include "common/crypto/key_file.h"
#include "common/crypto/signer.h"
#include "common/domain/entry.h"
#include "common/files/file.h"
#include "common/keys/key_files.h"
#include "common/keys/machine_witness.h"
#include "common/rpc/tls_identity.h"
#include "common/runtime/process.h"
#include "common/storage/key_space.h"
#include "common/storage/rocksdb_store.h"

namespace keping::cli {
namespace {

namespace fs = std::filesystem;

using backup::BackupFolder;

constexpr size_t kBatchBytes = size_t{1} << 20;
constexpr std::array<const char*, 5> kNeededKeys = {rpc::kAuthorityFile, keys::kAuthorityKeyFile,
                                                    keys::kReceiptKeyFile, keys::kCodeKeyFile,
                                                    keys::kNikLookupKeyFile};
// The centre makes these anew from its authority; those that are there may be newer.
bool IsServed(const std::string& name) {
  return name == rpc::kCertificateFile || name == rpc::kKeyFile || name == keys::kChainFile;
}

absl::Status NotHere(absl::string_view why) {
  return absl::FailedPreconditionError(absl::StrCat("K-289: ", why, ". Nothing was restored"));
}

// Writes rows in batches; durable after Finish.
class RowWriter {
 public:
  explicit RowWriter(storage::KvStore* store) : store_(store) {}

  absl::Status Add(absl::string_view key, absl::string_view value) {
    batch_.Put(key, value);
    return batch_.byte_size() < kBatchBytes ? absl::OkStatus()
                                            : Write(storage::Durability::kBuffered);
  }
  absl::Status Finish() { return Write(storage::Durability::kSynced); }

 private:
  absl::Status Write(storage::Durability durability) {
    const absl::Status written = store_->Write(batch_, durability);
    batch_.Clear();
    return written;
  }

  storage::KvStore* const store_;
  storage::WriteBatch batch_;
};

class Restoration {
 public:
  Restoration(const RestoreRequest& request, config::v1::CentralConfig config, BackupFolder folder)
      : request_(request), config_(std::move(config)), folder_(std::move(folder)) {}

  // What can be said without writing anything.
  absl::Status Check(absl::Time now) {
    *restored_.mutable_backup() = Describe(folder_, now);
    const store::v1::BackupManifest& manifest = folder_.manifest();
    if (manifest.district() != config_.district_id()) {
      return absl::InvalidArgumentError(
          absl::StrCat("K-288: this is a backup of district ", manifest.district(),
                       ", want one of ", config_.district_id(), " as the configuration says"));
    }
    if (restored_.backup().past_its_date() && !request_.past_its_date) {
      return NotHere(
          "this backup is past the date until which it may be kept, and may hold pictures that "
          "were "
          "destroyed since: use a newer one, or say --past-its-date when there is none");
    }
    KEPING_RETURN_IF_ERROR(CheckDataFolder());
    return ChooseKeys();
  }

  absl::Status Build() {
    std::error_code ignored;
    fs::remove_all(draft(), ignored);
    KEPING_RETURN_IF_ERROR(files::MakePrivateFolder(draft()));
    KEPING_RETURN_IF_ERROR(WriteRows());
    return VerifyRows();
  }

  // From here on nothing can be wrong but the disk.
  absl::StatusOr<v1::RestoredCentre> PutInPlace() {
    KEPING_RETURN_IF_ERROR(files::MakePrivateFolder(config_.keys_dir()));
    for (const auto& [name, content] : to_write_) {
      KEPING_RETURN_IF_ERROR(keys::WriteKeyFile(config_.keys_dir(), name, content));
      restored_.add_key_files(name);
    }
    // It may fit the log of the backup to the entry, where the centre's own log was quiet since.
    KEPING_RETURN_IF_ERROR(
        crypto::DestroySecretFile(files::ResolvePath(config_.keys_dir(), keys::kWitnessFile)));
    const std::string database = backup::DatabaseOf(config_.data_dir());
    KEPING_RETURN_IF_ERROR(files::RenameFolder(backup::DatabaseOf(draft()), database));
    std::error_code ignored;
    fs::remove_all(draft(), ignored);
    restored_.set_database(database);
    restored_.set_keys_dir(config_.keys_dir());
    NoteWhatIsLeft();
    return restored_;
  }

  void Abandon() {
    std::error_code ignored;
    fs::remove_all(draft(), ignored);
  }

 private:
  std::string draft() const { return backup::RestoreDraftOf(config_.data_dir()); }

  // Of a machine that has no centre; a restore that was cut off may have been here.
  absl::Status CheckDataFolder() const {
    const std::set<std::string> harmless = {backup::kRestoringFolder, "lost+found", "ballast",
                                            fs::path(config_.api_socket()).filename().string()};
    std::error_code error;
    for (fs::directory_iterator it(config_.data_dir(), error), end; !error && it != end;
         it.increment(error)) {
      const std::string name = it->path().filename().string();
      if (harmless.contains(name)) continue;
      return NotHere(absl::StrCat(
          "got ", name, " in ", config_.data_dir(),
          ", want an empty data_dir: what is there is never overwritten. Stop the centre, move the "
          "whole folder elsewhere and keep it"));
    }
    if (!error || error == std::errc::no_such_file_or_directory) return absl::OkStatus();
    return absl::PermissionDeniedError(absl::StrCat("cannot list ", config_.data_dir(), " (",
                                                    error.message(), "): correct owner and mode"));
  }

  // Which keys are written, so that with those that are there everything is.
  absl::Status ChooseKeys() {
    KEPING_ASSIGN_OR_RETURN(
        keys::KeyFiles all,
        keys::ReadKeyFiles(config_.keys_dir(), runtime::CredentialsDirectory()));
    if (!request_.escrow_key.empty()) KEPING_RETURN_IF_ERROR(AddKeysOfBackup(all));
    for (const char* name : kNeededKeys) {
      if (all.contains(name)) continue;
      return NotHere(
          absl::StrCat(name, " is missing in ", config_.keys_dir(), ". ", WhereKeysAre()));
    }
    KEPING_ASSIGN_OR_RETURN(const auto signer,
                            crypto::MakeEd25519Signer(all.at(keys::kReceiptKeyFile)));
    if (absl::BytesToHexString(signer->public_key()) != folder_.manifest().centre_key()) {
      return NotHere(absl::StrCat("the ", keys::kReceiptKeyFile, " of ", config_.keys_dir(),
                                  " is not the one that signed this backup: it is of another "
                                  "district, or the keys are"));
    }
    const absl::Status data_keys = backup::CheckDataKeys(folder_.manifest(), all);
    if (data_keys.ok()) return data_keys;
    return absl::FailedPreconditionError(
        absl::StrCat(data_keys.message(), ". ", WhereKeysAre(), ". Nothing was restored"));
  }

  absl::Status AddKeysOfBackup(keys::KeyFiles& all) {
    KEPING_ASSIGN_OR_RETURN(const std::string seed, ReadEscrowSeed(request_.escrow_key));
    if (!folder_.manifest().has_keys()) {
      return NotHere(absl::StrCat("--escrow-key is given, and there is nothing that it opens. ",
                                  WhereKeysAre()));
    }
    KEPING_ASSIGN_OR_RETURN(const keys::KeyFiles inside, folder_.Keys(seed));
    for (const auto& [name, content] : inside) {
      const auto [there, is_new] = all.try_emplace(name, content);
      if (is_new) {
        to_write_[name] = content;
      } else if (there->second != content && !IsServed(name)) {
        return NotHere(absl::StrCat("got another ", name, " in ", config_.keys_dir(),
                                    " than in the backup, want an empty keys_dir, or the keys of "
                                    "this district: keys are never overwritten"));
      }
    }
    return absl::OkStatus();
  }

  std::string WhereKeysAre() const {
    if (!folder_.manifest().has_keys()) {
      return "The keys are NOT in this backup: put the files of keys_dir back from where they are "
             "kept, or use a backup that was made with --escrow";
    }
    return absl::StrCat("The keys are in this backup, sealed to escrow key ",
                        ShortKey(folder_.manifest().keys().escrow_key()),
                        ": give the file of its private part, or what was typed from the paper, by "
                        "--escrow-key");
  }

  absl::Status WriteRows() {
    KEPING_ASSIGN_OR_RETURN(const auto store,
                            storage::OpenRocksDbStore(backup::DatabaseOf(draft())));
    RowWriter rows(store.get());
    KEPING_RETURN_IF_ERROR(folder_.Read(
        [&rows](absl::string_view key, absl::string_view value) { return rows.Add(key, value); }));
    // A witness of this database was kept, and where it is not there the database is an older one.
    KEPING_RETURN_IF_ERROR(rows.Add(storage::kWitnessedKey, "1"));
    return rows.Finish();
  }

  absl::Status VerifyRows() {
    KEPING_ASSIGN_OR_RETURN(const auto store, OpenStoppedStore(draft(), "central"));
    KEPING_ASSIGN_OR_RETURN(
        const auto last,
        store->Last(storage::kEntryPrefix, storage::PrefixEnd(storage::kEntryPrefix)));
    if (!last.has_value() ||
        domain::HashEntryBytes(last->second).Hex() != folder_.manifest().head_hash()) {
      return absl::InvalidArgumentError(
          "K-288: the log in this backup does not end as its manifest says: use another copy of "
          "it");
    }
    LogHashes logs;
    v1::StoreReport& report = *restored_.mutable_report();
    report.set_path(backup::DatabaseOf(config_.data_dir()));
    KEPING_RETURN_IF_ERROR(VerifyCentralStore(*store, &report, &logs));
    if (report.differences().empty() || request_.with_differences) return absl::OkStatus();
    const v1::Difference& first = report.differences(0);
    return absl::InvalidArgumentError(absl::StrCat(
        "K-288: the database in this backup does not verify: ", report.differences_size(),
        " differences, the first: ", first.place(), ": ", first.sentence(),
        ". Use another backup; where there is none, --with-differences restores it as it is"));
  }

  void NoteWhatIsLeft() {
    restored_.add_notes(
        "At its start the centre begins a new generation, and gives nothing out before every "
        "office "
        "was heard: keping central status says which ones it waits for");
    restored_.add_notes(
        "What only the centre knew since the backup is to be entered again: people of the roster, "
        "decisions, telephone grants, revocations");
    const config::v1::NationalLinkConfig& national = config_.national();
    for (const std::string& file :
         {national.ca_file(), national.certificate_file(), national.key_file()}) {
      std::error_code ignored;
      if (fs::exists(file, ignored)) continue;
      restored_.add_notes(absl::StrCat("The national link wants ", file,
                                       ", which is not there and in no backup: put it back"));
    }
  }

  const RestoreRequest& request_;
  const config::v1::CentralConfig config_;
  const BackupFolder folder_;
  keys::KeyFiles to_write_;
  v1::RestoredCentre restored_;
};

}  // namespace

absl::StatusOr<v1::RestoredCentre> RestoreCentre(const RestoreRequest& request, absl::Time now) {
  KEPING_ASSIGN_OR_RETURN(config::v1::CentralConfig config,
                          config::LoadCentralConfig(request.config));
  KEPING_ASSIGN_OR_RETURN(BackupFolder folder, BackupFolder::Open(request.backup));
  Restoration restoration(request, std::move(config), std::move(folder));
  KEPING_RETURN_IF_ERROR(restoration.Check(now));
  if (absl::Status built = restoration.Build(); !built.ok()) {
    restoration.Abandon();
    return built;
  }
  return restoration.PutInPlace();
}

}  // namespace keping::cli
