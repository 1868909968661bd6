#include "common/backup/backup_maker.h"

#include <google/protobuf/text_format.h>

#include <memory>

#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_split.h"
#include "common/backup/backup_folder.h"
#include "common/backup/escrow_key.h"
#include "common/backup/row_chunks.h"
#include "common/base/status_macros.h"
#include "common/crypto/hash.h"
#include "common/crypto/seal.h"
#include "common/domain/entry.h"
#include "common/storage/key_space.h"
#include "keping/store/v1/central.pb.h"

namespace keping::backup {
namespace {

constexpr size_t kPieceBytes = 256 * 1024;

bool Begins(absl::string_view key, absl::string_view prefix) {
  return absl::StartsWith(key, prefix);
}

class Maker {
 public:
  Maker(const BackupOrder& order, OnPiece on_piece) : order_(order), on_piece_(on_piece) {}

  absl::Status AddRow(absl::string_view key, absl::string_view value) {
    KEPING_RETURN_IF_ERROR(Look(key, value));
    manifest_.set_rows(manifest_.rows() + 1);
    packer_.Add(key, value);
    return packer_.full() ? AddChunk() : absl::OkStatus();
  }

  absl::StatusOr<SignedManifest> Finish() {
    KEPING_RETURN_IF_ERROR(AddChunk());
    EndPart();
    KEPING_RETURN_IF_ERROR(DescribeLog());
    KEPING_RETURN_IF_ERROR(AddKeys());
    manifest_.set_version(kManifestVersion);
    manifest_.set_district(order_.district);
    manifest_.set_centre_key(absl::BytesToHexString(order_.signer->public_key()));
    manifest_.set_made_micros(absl::ToUnixMicros(order_.made_at));
    manifest_.set_destroy_by_micros(absl::ToUnixMicros(order_.destroy_by));
    manifest_.set_software(order_.software);
    manifest_.set_said_of_keys(manifest_.has_keys()
                                   ? "the keys are in this backup, sealed to the escrow key"
                                   : "the keys are NOT in this backup");
    SignedManifest made;
    google::protobuf::TextFormat::PrintToString(manifest_, &made.text);
    made.signature = order_.signer->Sign(ManifestStatement(made.text));
    return made;
  }

 private:
  // What a manifest says of the rows.
  absl::Status Look(absl::string_view key, absl::string_view value) {
    if (key == storage::kFormatVersionKey) {
      manifest_.set_format(std::string(value));
    } else if (key == storage::kDataKeysKey) {
      return NoteDataKeys(value);
    } else if (Begins(key, storage::kEntryPrefix)) {
      last_entry_ = std::string(value);
    } else if (Begins(key, storage::kNodeEntryPrefix)) {
      manifest_.set_node_entries(manifest_.node_entries() + 1);
    } else if (key == storage::kCentreRowKey) {
      store::v1::CentreRow row;
      if (!row.ParseFromArray(value.data(), static_cast<int>(value.size()))) {
        return absl::DataLossError("the row of the centre is damaged: restore the database");
      }
      manifest_.set_generation(row.generation());
      manifest_.set_generation_order(row.generation_order());
    }
    return absl::OkStatus();
  }

  absl::Status NoteDataKeys(absl::string_view ids) {
    for (const absl::string_view id : absl::StrSplit(ids, ' ', absl::SkipEmpty())) {
      manifest_.add_data_keys(std::string(id));
    }
    if (order_.escrow_key.empty()) return absl::OkStatus();
    return CheckDataKeys(manifest_, order_.keys);
  }

  absl::Status AddChunk() {
    const std::string chunk = packer_.Take();
    if (hash_ != nullptr && part_.bytes() + chunk.size() > order_.part_bytes) EndPart();
    if (chunk.empty()) return absl::OkStatus();
    if (hash_ == nullptr) {
      hash_ = std::make_unique<crypto::RunningHash>();
      part_.set_file(absl::StrFormat("database.%03d", manifest_.parts_size() + 1));
    }
    return Write(chunk);
  }

  absl::Status Write(absl::string_view bytes) {
    hash_->Update(bytes);
    part_.set_bytes(part_.bytes() + bytes.size());
    for (size_t at = 0; at < bytes.size(); at += kPieceBytes) {
      KEPING_RETURN_IF_ERROR(on_piece_(part_.file(), bytes.substr(at, kPieceBytes)));
    }
    return absl::OkStatus();
  }

  store::v1::BackupPart TakePart() {
    part_.set_sha256(hash_->Finish().Hex());
    hash_.reset();
    store::v1::BackupPart part = part_;
    part_.Clear();
    return part;
  }

  void EndPart() {
    if (hash_ != nullptr) *manifest_.add_parts() = TakePart();
  }

  absl::Status DescribeLog() {
    const auto entry = domain::ParseEntry(last_entry_);
    if (!entry.ok() || manifest_.generation().empty()) {
      return absl::FailedPreconditionError(
          "got a database without a log or a generation, want that of a centre that runs");
    }
    manifest_.set_incarnation(entry->header.incarnation.value());
    manifest_.set_head_seq(entry->header.seq);
    manifest_.set_head_hash(domain::HashEntryBytes(last_entry_).Hex());
    return absl::OkStatus();
  }

  absl::Status AddKeys() {
    if (order_.escrow_key.empty()) return absl::OkStatus();
    store::v1::SealedKeys facts;
    KEPING_ASSIGN_OR_RETURN(const std::string sealed,
                            SealKeys(order_.keys, order_.escrow_key, &facts));
    hash_ = std::make_unique<crypto::RunningHash>();
    part_.set_file(kSealedKeysFile);
    KEPING_RETURN_IF_ERROR(Write(sealed));
    *facts.mutable_part() = TakePart();
    *manifest_.mutable_keys() = std::move(facts);
    return absl::OkStatus();
  }

  const BackupOrder& order_;
  const OnPiece on_piece_;
  store::v1::BackupManifest manifest_;
  store::v1::BackupPart part_;  // that is being written
  std::unique_ptr<crypto::RunningHash> hash_;
  RowPacker packer_;
  std::string last_entry_;  // of the centre's own log
};

}  // namespace

absl::StatusOr<SignedManifest> MakeBackup(const storage::KvStore& store, const BackupOrder& order,
                                          OnPiece on_piece, absl::FunctionRef<void()> on_snapshot) {
  Maker maker(order, on_piece);
  bool fixed = false;
  const auto fix = [&] {
    if (!fixed) on_snapshot();
    fixed = true;
  };
  absl::Status status;
  const absl::Status read = store.Scan("", "", [&](absl::string_view key, absl::string_view value) {
    fix();
    status = maker.AddRow(key, value);
    return status.ok();
  });
  fix();
  KEPING_RETURN_IF_ERROR(read);
  KEPING_RETURN_IF_ERROR(status);
  return maker.Finish();
}

}  // namespace keping::backup
