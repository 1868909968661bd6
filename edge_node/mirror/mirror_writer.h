// Writes a node's log a second time, into a folder on another disk or on a stick that stays in: the
// last witness when the node's own disk is gone.
//
//   MirrorWriter writer({.folder = config.mirror_dir(), .node = …, .store = store.get(), …});
//   absl::Status status = writer.CatchUp(head_seq);      // durable there up to head_seq
//
//   FOLDER/NODE-INCARNATION/000001.klog, 000002.klog …   (common/storage/log_file.h)
//
// Files are only ever added to, each run of entries with the node's signature. What is missing is
// read from the node's store, so that a stick that was out for a day is caught up by itself. A file
// that ends torn is left as it is and the next one begins; entries may stand there twice.
#ifndef KEPING_EDGE_NODE_MIRROR_MIRROR_WRITER_H_
#define KEPING_EDGE_NODE_MIRROR_MIRROR_WRITER_H_

#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "common/crypto/hash.h"
#include "common/crypto/signer.h"
#include "common/domain/ids.h"
#include "common/storage/kv_store.h"
#include "common/storage/log_file.h"

namespace keping::edge {

// Both pointers outlive the writer.
struct MirrorOptions {
  std::string folder;  // must exist: the administrator makes it, so that nothing is written below
                       // an empty mount point without a word
  std::string database_folder;  // of the log that is mirrored, to see whether that is another disk
  domain::NodeId node;
  domain::IncarnationId incarnation;
  const storage::KvStore* store = nullptr;
  const crypto::Signer* signer = nullptr;
  uint64_t rotate_at_bytes = 16 * 1024 * 1024;
};

// Owned by one thread; reads the store, which any thread may do.
class MirrorWriter {
 public:
  explicit MirrorWriter(MirrorOptions options) : options_(std::move(options)) {}

  // Makes every entry up to `head_seq` durable in the folder. Also looks whether the folder is
  // still there when there is nothing to write. After an error, call it again later: it starts over
  // from what the folder holds.
  //
  // FailedPrecondition with K-213: the folder holds entries that this node's log does not have, so
  // that one of them was set back or exchanged; nothing is written there then. NotFound: no folder.
  // Else the codes of storage::LogFileWriter, or of the store.
  absl::Status CatchUp(uint64_t head_seq);

  // Durable in the folder, as far as this object has seen.
  uint64_t entries() const { return entries_; }
  // The folder was on the same disk as the database when it was last looked at.
  bool on_disk_of_database() const { return on_disk_of_database_; }
  const MirrorOptions& options() const { return options_; }

 private:
  // What the files hold.
  struct Found {
    std::map<uint64_t, crypto::Hash> entries;
    std::set<uint64_t> signed_heads;
  };

  absl::Status Open(uint64_t head_seq);
  absl::Status ReadFiles(Found* found);
  absl::Status CheckAgainstLog(const std::map<uint64_t, crypto::Hash>& found, uint64_t head_seq);
  absl::Status WriteRun(uint64_t head_seq);
  absl::Status NextFile();
  std::string StreamFolder() const;

  const MirrorOptions options_;
  std::unique_ptr<storage::LogFileWriter> file_;
  bool open_ = false;
  uint64_t last_file_ = 0;  // its number
  std::string reusable_;    // path of the last file, when it may be added to
  uint64_t entries_ = 0;
  bool on_disk_of_database_ = false;
};

}  // namespace keping::edge

#endif  // KEPING_EDGE_NODE_MIRROR_MIRROR_WRITER_H_
