#include "common/cli/export_log.h"

#include <memory>
#include <optional>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "common/base/status_macros.h"
#include "common/cli/client.h"
#include "common/cli/verify.h"
#include "common/crypto/key_file.h"
#include "common/crypto/signer.h"
#include "common/domain/entry.h"
#include "common/files/file.h"
#include "common/storage/key_space.h"
#include "common/storage/log_file.h"
#include "common/storage/rocksdb_store.h"
#include "common/sync/frames.h"

namespace keping::cli {
namespace {

constexpr char kLogKeyFile[] = "log.key";

absl::StatusOr<v1::ExportedLog> ExportRunning(storage::LogFileWriter& file,
                                              const LogSource& source) {
  v1::ExportedLog exported;
  exported.set_from_running_node(true);
  while (true) {
    KEPING_ASSIGN_OR_RETURN(const maintenance_api::ReadLogResponse page,
                            CallReadLog(source.socket, source.timeout, exported.entries() + 1));
    if (page.entries().empty()) return exported;
    for (const std::string& entry : page.entries()) file.AddEntry(entry);
    exported.set_entries(exported.entries() + static_cast<uint64_t>(page.entries_size()));
    file.AddHead(exported.entries(), page.signature());
    KEPING_RETURN_IF_ERROR(file.Sync());
    exported.set_signed_up_to(exported.entries());
  }
}

// The log in the store of a stopped node: every entry goes into the file; signatures only over
// those whose chain holds.
class StoppedLog {
 public:
  StoppedLog(const storage::KvStore& store, std::unique_ptr<crypto::Signer> signer,
             storage::LogFileWriter& file)
      : store_(store), signer_(std::move(signer)), file_(file) {}

  absl::StatusOr<v1::ExportedLog> Export() {
    absl::Status written;
    const absl::Status read =
        store_.Scan(storage::kEntryPrefix, storage::PrefixEnd(storage::kEntryPrefix),
                    [&](absl::string_view, absl::string_view bytes) {
                      written = Add(bytes);
                      return written.ok();
                    });
    KEPING_RETURN_IF_ERROR(written);
    KEPING_RETURN_IF_ERROR(Seal());
    if (signer_ == nullptr) KEPING_RETURN_IF_ERROR(AddHeadsOfStore());
    if (read.ok()) return exported_;
    return absl::Status(read.code(), absl::StrCat("exported ", exported_.entries(),
                                                  " entries, then: ", read.message()));
  }

 private:
  absl::Status Add(absl::string_view bytes) {
    const auto entry = domain::ParseEntry(bytes);
    const bool fits = whole_ && entry.ok() && entry->header.seq == head_.seq + 1 &&
                      entry->header.previous == head_.hash;
    if (whole_ && !fits) KEPING_RETURN_IF_ERROR(Seal());
    whole_ = fits;
    if (fits) {
      head_ = {entry->header.seq, domain::HashEntryBytes(bytes)};
      node_ = entry->header.node;
      incarnation_ = entry->header.incarnation;
    }
    file_.AddEntry(bytes);
    exported_.set_entries(exported_.entries() + 1);
    page_bytes_ += bytes.size();
    return page_bytes_ < sync::kMaxSegmentBytes ? absl::OkStatus() : Seal();
  }

  absl::Status Seal() {
    if (whole_ && signer_ != nullptr && head_.seq > exported_.signed_up_to()) {
      file_.AddHead(head_.seq, signer_->Sign(sync::HeadStatement(node_, incarnation_, head_)));
      exported_.set_signed_up_to(head_.seq);
    }
    page_bytes_ = 0;
    return file_.Sync();
  }

  // Of the segments that the node sent while it ran.
  absl::Status AddHeadsOfStore() {
    KEPING_RETURN_IF_ERROR(store_.Scan(storage::kSealedHeadPrefix,
                                       storage::PrefixEnd(storage::kSealedHeadPrefix),
                                       [this](absl::string_view key, absl::string_view signature) {
                                         const auto seq = storage::ReadBigEndian64(key, 1);
                                         if (seq.ok() && *seq <= head_.seq) {
                                           file_.AddHead(*seq, signature);
                                           exported_.set_signed_up_to(*seq);
                                         }
                                         return true;
                                       }));
    return file_.Sync();
  }

  const storage::KvStore& store_;
  const std::unique_ptr<crypto::Signer> signer_;
  storage::LogFileWriter& file_;
  v1::ExportedLog exported_;
  domain::NodeId node_;
  domain::IncarnationId incarnation_;
  sync::Head head_;
  bool whole_ = true;
  size_t page_bytes_ = 0;
};

// The node's own key where this user may read it; without it the log is exported all the same.
std::unique_ptr<crypto::Signer> LoadSigner(const std::string& keys_dir) {
  const auto seed = crypto::LoadSecretFile(files::ResolvePath(keys_dir, kLogKeyFile));
  if (!seed.ok()) return nullptr;
  auto signer = crypto::MakeEd25519Signer(*seed);
  return signer.ok() ? *std::move(signer) : nullptr;
}

absl::StatusOr<v1::ExportedLog> ExportStopped(const storage::KvStore& store,
                                              storage::LogFileWriter& file,
                                              const LogSource& source) {
  return StoppedLog(store, LoadSigner(source.keys_dir), file).Export();
}

}  // namespace

absl::StatusOr<v1::ExportedLog> ExportLog(const ExportLogRequest& request,
                                          const LogSource& source) {
  const absl::Status running = CheckSocket(source.socket);
  if (!running.ok() && source.data_dir.empty()) return running;
  std::unique_ptr<storage::KvStore> store;
  if (!running.ok()) {
    KEPING_ASSIGN_OR_RETURN(store, OpenStoppedStore(source.data_dir, "edge"));
  }
  KEPING_ASSIGN_OR_RETURN(const auto file, storage::LogFileWriter::Create(request.to));
  KEPING_ASSIGN_OR_RETURN(v1::ExportedLog exported, store == nullptr
                                                        ? ExportRunning(*file, source)
                                                        : ExportStopped(*store, *file, source));
  exported.set_to(request.to);
  return exported;
}

}  // namespace keping::cli
