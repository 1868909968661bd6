#include <grpcpp/server_context.h>
#include <grpcpp/support/server_callback.h>

#include <atomic>
#include <memory>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/synchronization/mutex.h"
#include "absl/synchronization/notification.h"
#include "central_node/console/backup_console.h"
#include "common/base/status_macros.h"
#include "common/observability/log.h"
#include "common/rpc/core_call.h"
#include "keping/maintenance/v1/backup.grpc.pb.h"

namespace keping::central {
namespace {

namespace v1 = maintenance::v1;

// A stream whose writer waits until each message is under way, so that nothing piles up here for a
// caller with a slow stick. Finish is called exactly once, as the last that is done with it: it
// deletes itself then.
class BackupStream : public grpc::ServerWriteReactor<v1::BackupResponse> {
 public:
  // Cancelled: the caller is gone. Not on a thread of gRPC's.
  absl::Status Send(const v1::BackupResponse& response) {
    {
      absl::MutexLock lock(&mutex_);
      if (gone_) return absl::CancelledError("the caller is gone");
      idle_ = false;
    }
    StartWrite(&response);
    absl::MutexLock lock(&mutex_);
    mutex_.Await(absl::Condition(&idle_));
    return gone_ ? absl::CancelledError("the caller is gone") : absl::OkStatus();
  }

  void OnWriteDone(bool ok) override {
    absl::MutexLock lock(&mutex_);
    idle_ = true;
    gone_ = gone_ || !ok;
  }
  void OnCancel() override {
    absl::MutexLock lock(&mutex_);
    gone_ = true;
  }
  void OnDone() override { delete this; }

 private:
  absl::Mutex mutex_;
  bool idle_ ABSL_GUARDED_BY(mutex_) = true;
  bool gone_ ABSL_GUARDED_BY(mutex_) = false;
};

absl::Status SendBackup(const storage::KvStore& store, const backup::BackupOrder& order,
                        BackupStream& stream, absl::FunctionRef<void()> on_snapshot) {
  v1::BackupResponse response;
  const auto send_piece = [&](absl::string_view file, absl::string_view bytes) {
    response.set_file(std::string(file));
    response.set_body(std::string(bytes));
    return stream.Send(response);
  };
  KEPING_ASSIGN_OR_RETURN(const backup::SignedManifest made,
                          backup::MakeBackup(store, order, send_piece, on_snapshot));
  response.Clear();
  response.set_manifest(made.text);
  response.set_signature(made.signature);
  return stream.Send(response);
}

class BackupServiceImpl : public v1::BackupService::CallbackService {
 public:
  BackupServiceImpl(runtime::CoreThread* core, runtime::CoreThread* archivist,
                    const BackupConsole* backups)
      : core_(core), archivist_(archivist), backups_(backups) {}

  grpc::ServerWriteReactor<v1::BackupResponse>* Backup(grpc::CallbackServerContext*,
                                                       const v1::BackupRequest* request) override {
    auto* stream = new BackupStream;
    if (!core_->Post([this, stream, request = *request] { Begin(stream, request); })) {
      stream->Finish(rpc::CoreIsBusy());
    }
    return stream;
  }

 private:
  // On the core thread, which goes on once the rows of the backup are settled: they and the keys
  // that were read belong to one moment.
  void Begin(BackupStream* stream, const v1::BackupRequest& request) {
    if (under_way_.exchange(true)) {
      return stream->Finish(rpc::ToGrpcStatus(
          absl::FailedPreconditionError("another backup is being made: wait until it is done")));
    }
    absl::StatusOr<backup::BackupOrder> order = backups_->Prepare(request);
    if (!order.ok()) return End(stream, order.status());
    const auto settled = std::make_shared<absl::Notification>();
    const bool posted = archivist_->Post([this, stream, settled, order = *std::move(order)] {
      const absl::Status sent =
          SendBackup(backups_->store(), order, *stream, [&] { settled->Notify(); });
      if (sent.ok()) backups_->HandedOver(order);
      End(stream, sent);
    });
    if (!posted) return End(stream, absl::UnavailableError("the node is stopping"));
    settled->WaitForNotification();
  }

  void End(BackupStream* stream, const absl::Status& status) {
    if (status.ok()) {
      observability::LogInfo("backup_made");
    } else {
      observability::LogWarning("backup_not_made", {{"reason", status.message()}});
    }
    under_way_.store(false);
    stream->Finish(rpc::ToGrpcStatus(status));
  }

  runtime::CoreThread* const core_;
  runtime::CoreThread* const archivist_;
  const BackupConsole* const backups_;
  std::atomic<bool> under_way_{false};
};

}  // namespace

std::unique_ptr<grpc::Service> MakeBackupService(runtime::CoreThread* core,
                                                 runtime::CoreThread* archivist,
                                                 const BackupConsole* backups) {
  return std::make_unique<BackupServiceImpl>(core, archivist, backups);
}

}  // namespace keping::central
