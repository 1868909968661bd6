// A file beside the database that holds some disk space for the day on which the disk is full.
// RocksDB writes what its write-ahead log holds into a new file when it opens, so that a store on a
// full disk does not even open: giving up the ballast makes that room.
//
//   auto store = OpenWithBallast(data_dir + "/ballast", [&] { return OpenRocksDbStore(…); });
#ifndef KEPING_COMMON_STORAGE_BALLAST_H_
#define KEPING_COMMON_STORAGE_BALLAST_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "common/storage/kv_store.h"

namespace keping::storage {

// More than twice what an open can write (two write buffers of 4 MB, and their tables).
inline constexpr uint64_t kBallastBytes = uint64_t{32} << 20;

// Free for this user on the disk of `path`; 0 when that cannot be told.
uint64_t FreeBytes(const std::string& path);

// Makes the file, with its blocks really taken, unless it is there or the disk has less than twice
// its size free. Whether it is there now.
bool KeepBallast(const std::string& path);
// Whether there was one to give up.
bool GiveUpBallast(const std::string& path);

using OpenStore = std::function<absl::StatusOr<std::unique_ptr<KvStore>>()>;

// Opens the store. If the disk is too full for that, gives up the ballast and tries once more; then
// `ballast_given_up` is called. Keeps a ballast for the next time where there is room.
absl::StatusOr<std::unique_ptr<KvStore>> OpenWithBallast(
    const std::string& ballast, const OpenStore& open,
    const std::function<void()>& ballast_given_up);

// What people hear when the disk is full (K-215): `cause` says what failed. `folder` is where room
// is needed, `way_out` what still works.
absl::Status DiskFull(const absl::Status& cause, absl::string_view folder,
                      absl::string_view way_out);

}  // namespace keping::storage

#endif  // KEPING_COMMON_STORAGE_BALLAST_H_
