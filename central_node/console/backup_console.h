// Backups of the running centre: what belongs to one is settled on the core thread, its bytes are
// read elsewhere.
//
//   BackupConsole backups({.store = store.get(), .signer = …, .clock = …, …});
//   // On the core thread:
//   KEPING_ASSIGN_OR_RETURN(backup::BackupOrder order, backups.Prepare(request));
//   // On any thread:
//   backup::MakeBackup(backups.store(), order, on_piece, on_snapshot);
#ifndef KEPING_CENTRAL_NODE_CONSOLE_BACKUP_CONSOLE_H_
#define KEPING_CENTRAL_NODE_CONSOLE_BACKUP_CONSOLE_H_

#include <functional>
#include <memory>
#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/backup/backup_maker.h"
#include "common/crypto/signer.h"
#include "common/storage/kv_store.h"
#include "common/time/clock.h"
#include "keping/maintenance/v1/backup.pb.h"

namespace grpc {
class Service;
}

namespace keping::runtime {
class CoreThread;
}

namespace keping::central {

// Immutable.
class BackupConsole {
 public:
  // All outlive it.
  struct Ports {
    const storage::KvStore* store = nullptr;
    const crypto::Signer* signer = nullptr;
    const time::Clock* clock = nullptr;
    std::string district;
    std::string keys_dir;
    std::string credentials_dir;
    // A backup of the centre as it was then was handed over whole. On any thread; may be empty.
    std::function<void(absl::Time made_at)> handed_over = nullptr;
  };

  explicit BackupConsole(Ports ports) : ports_(std::move(ports)) {}

  // Reads the keys: on the core thread, which changes them, so that they are those that the rows
  // name as long as it waits. InvalidArgument: the request.
  absl::StatusOr<backup::BackupOrder> Prepare(const maintenance::v1::BackupRequest& request) const;
  const storage::KvStore& store() const { return *ports_.store; }
  // The order was carried out, and its caller has all of it. On any thread.
  void HandedOver(const backup::BackupOrder& order) const {
    if (ports_.handed_over) ports_.handed_over(order.made_at);
  }

 private:
  const Ports ports_;
};

// Rows are read on `archivist`, one backup at a time; the core thread waits only until it is
// settled which ones. All outlive the service.
std::unique_ptr<grpc::Service> MakeBackupService(runtime::CoreThread* core,
                                                 runtime::CoreThread* archivist,
                                                 const BackupConsole* backups);

}  // namespace keping::central

#endif  // KEPING_CENTRAL_NODE_CONSOLE_BACKUP_CONSOLE_H_
