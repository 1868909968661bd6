// When a backup of the centre was last handed over whole, across restarts: a line of text beside
// the database.
//
//   LastBackup last(config.data_dir());
//   last.Note(order.made_at);
//   last.made_at();   // by the centre's wall clock
//
// The centre knows nothing of what becomes of the files afterwards.
#ifndef KEPING_COMMON_BACKUP_LAST_BACKUP_H_
#define KEPING_COMMON_BACKUP_LAST_BACKUP_H_

#include <optional>
#include <string>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"

namespace keping::backup {

// Thread-safe.
class LastBackup {
 public:
  // A file that is missing or cannot be read says that none is known.
  explicit LastBackup(absl::string_view data_dir);

  // The moment that the backup is of. Remembered also when it cannot be written, with the codes of
  // files::WriteFile.
  absl::Status Note(absl::Time made_at);
  // Nullopt: none is known.
  std::optional<absl::Time> made_at() const;

 private:
  const std::string path_;
  mutable absl::Mutex mutex_;
  std::optional<absl::Time> made_at_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace keping::backup

#endif  // KEPING_COMMON_BACKUP_LAST_BACKUP_H_
