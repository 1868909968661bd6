#include "common/cli/destroyed_pictures.h"

#include <variant>

#include "absl/strings/str_cat.h"
#include "common/base/status_macros.h"
#include "common/cli/store_report.h"
#include "common/storage/key_space.h"

namespace keping::cli {
namespace {

constexpr absl::string_view kEnd("\0", 1);

// The versions of a record that have a row below the prefix.
absl::StatusOr<std::set<uint64_t>> VersionsIn(const storage::KvStore& store,
                                              absl::string_view prefix, const std::string& prr) {
  const std::string of_record = absl::StrCat(prefix, prr, kEnd);
  std::set<uint64_t> versions;
  absl::Status bad;
  KEPING_RETURN_IF_ERROR(store.Scan(
      of_record, storage::PrefixEnd(of_record), [&](absl::string_view key, absl::string_view) {
        const auto version = storage::ReadBigEndian64(key, of_record.size());
        bad = version.status();
        if (version.ok()) versions.insert(*version);
        return version.ok();
      }));
  if (!bad.ok()) return bad;
  return versions;
}

}  // namespace

void DestroyedPictures::Add(const LoggedEvent& event) {
  if (const auto* received = std::get_if<domain::PrrReceived>(&event.event)) {
    records_[received->prr.value()].received.insert(received->version);
  } else if (const auto* gone = std::get_if<domain::PicturesDestroyed>(&event.event)) {
    for (const domain::PrrId& prr : gone->prrs) {
      Record& record = records_[prr.value()];
      record.destroyed = record.received;
    }
  }
}

absl::Status DestroyedPictures::Check(const storage::KvStore& store,
                                      v1::StoreReport* report) const {
  uint64_t count = 0;
  for (const auto& [prr, record] : records_) {
    if (record.destroyed.empty()) continue;
    ++count;
    for (const absl::string_view prefix :
         {storage::kSideRecordPrefix, storage::kSideRecordKeyPrefix}) {
      KEPING_ASSIGN_OR_RETURN(const std::set<uint64_t> here, VersionsIn(store, prefix, prr));
      for (uint64_t version : here) {
        if (!record.destroyed.contains(version)) continue;
        AddDifference(
            report, "picture_not_destroyed", absl::StrCat("record ", prr),
            absl::StrCat("got ", prefix == storage::kSideRecordPrefix ? "the pictures" : "the key",
                         " of version ", version,
                         ", want none: the log says that they were destroyed"));
      }
    }
  }
  AddCheck(report, "records_destroyed", count);
  return absl::OkStatus();
}

}  // namespace keping::cli
