#include "common/storage/sealed_rows.h"

#include <optional>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "common/base/check.h"
#include "common/base/status_macros.h"
#include "common/storage/key_space.h"

namespace keping::storage {
namespace {

using crypto::KeyId;

// After a key, this gives the smallest key that is greater.
constexpr absl::string_view kSmallestSuffix("\0", 1);

constexpr absl::string_view kLostCode = "K-210: ";

std::string JoinIds(const std::vector<KeyId>& ids, absl::string_view separator) {
  return absl::StrJoin(ids, separator,
                       [](std::string* out, const KeyId& id) { absl::StrAppend(out, id.value()); });
}

absl::StatusOr<std::vector<KeyId>> ParseIds(absl::string_view text) {
  std::vector<KeyId> ids;
  for (const absl::string_view word : absl::StrSplit(text, ' ')) {
    auto id = KeyId::Parse(word);
    if (!id.ok()) {
      return absl::DataLossError(
          "the database's list of data keys is damaged: restore the database from a backup");
    }
    ids.push_back(*std::move(id));
  }
  return ids;
}

}  // namespace

bool IsDataKeyLost(const absl::Status& status) {
  return absl::StartsWith(status.message(), kLostCode);
}

absl::Status DataKeyLost(absl::string_view which, absl::string_view advice) {
  return absl::FailedPreconditionError(absl::StrCat(
      kLostCode, which, " is not here, and records of this database are sealed under it. No event ",
      "is lost. Put the key back from its backup; without one, ", advice));
}

absl::Status RotationUnderWay() {
  return absl::FailedPreconditionError(
      "K-211: records are still being sealed under the present data key; wait until that is done "
      "(the status shows it), then change the key again.");
}

absl::StatusOr<SealedRows> SealedRows::Open(KvStore* kv, crypto::RecordCipher cipher, Random random,
                                            SealedRowsOptions options) {
  SealedRows rows(kv, std::move(cipher), std::move(random), std::move(options));
  KEPING_RETURN_IF_ERROR(rows.LoadNamedKeys());
  return rows;
}

absl::Status SealedRows::LoadNamedKeys() {
  KEPING_ASSIGN_OR_RETURN(const std::optional<std::string> text, kv_->Get(kDataKeysKey));
  std::vector<KeyId> named;
  if (text) {
    KEPING_ASSIGN_OR_RETURN(named, ParseIds(*text));
  } else {
    for (const std::string& prefix : options_.prefixes) {
      KEPING_ASSIGN_OR_RETURN(const auto row, kv_->Last(prefix, PrefixEnd(prefix)));
      if (!row) continue;
      return absl::DataLossError(
          "the database has sealed rows and no list of the data keys that they name: restore it "
          "from a backup");
    }
  }
  std::vector<KeyId> lost;
  std::vector<KeyId> wanted;
  for (const KeyId& id : named) {
    if (!cipher_.Has(id)) lost.push_back(id);
    if (id != cipher_.current()) wanted.push_back(id);
  }
  if (!lost.empty()) {
    return DataKeyLost(absl::StrCat("data key ", JoinIds(lost, " and ")), options_.lost_key_advice);
  }
  wanted.push_back(cipher_.current());
  if (wanted != named) KEPING_RETURN_IF_ERROR(NameKeys(wanted));
  named_ = std::move(wanted);
  return absl::OkStatus();
}

absl::Status SealedRows::NameKeys(const std::vector<KeyId>& ids) {
  WriteBatch batch;
  batch.Put(kDataKeysKey, JoinIds(ids, " "));
  return kv_->Write(batch, Durability::kSynced);
}

std::string SealedRows::Seal(absl::string_view plaintext, absl::string_view key) const {
  return cipher_.SealWithNonce(plaintext, key, random_(crypto::kSealNonceSize));
}

absl::Status SealedRows::StartRotation(const std::string& key) {
  if (resealing()) return RotationUnderWay();
  crypto::RecordCipher cipher = cipher_;
  KEPING_RETURN_IF_ERROR(cipher.Add(key));
  const std::vector<KeyId> ids = cipher.ids();
  KEPING_RETURN_IF_ERROR(NameKeys(ids));
  cipher_ = std::move(cipher);
  named_ = ids;
  return absl::OkStatus();
}

absl::Status SealedRows::ResealSome() {
  KEPING_CHECK(resealing(), "there is something to reseal");
  if (prefix_ == options_.prefixes.size()) return FinishRotation();
  const std::string& prefix = options_.prefixes[prefix_];
  WriteBatch batch;
  size_t bytes = 0;
  size_t rows = 0;
  bool more = false;
  KEPING_RETURN_IF_ERROR(kv_->Scan(cursor_.empty() ? prefix : cursor_, PrefixEnd(prefix),
                                   [&](absl::string_view key, absl::string_view sealed) {
                                     more = bytes >= kStepBytes || rows == kStepRows;
                                     if (more) return false;
                                     ++rows;
                                     bytes += key.size() + sealed.size();
                                     Reseal(key, sealed, batch);
                                     cursor_ = absl::StrCat(key, kSmallestSuffix);
                                     return true;
                                   }));
  if (!more) {
    ++prefix_;
    cursor_.clear();
  }
  if (batch.empty()) return absl::OkStatus();
  // The last step syncs them all.
  KEPING_RETURN_IF_ERROR(kv_->Write(batch, Durability::kBuffered));
  resealed_rows_ += batch.ops().size();
  return absl::OkStatus();
}

void SealedRows::Reseal(absl::string_view key, absl::string_view sealed, WriteBatch& batch) {
  if (crypto::KeyIdOfSealed(sealed) == cipher_.current()) return;
  const auto plaintext = cipher_.Open(sealed, key);
  if (plaintext.ok()) {
    batch.Put(key, Seal(*plaintext, key));
  } else {
    ++unreadable_rows_;
  }
}

absl::Status SealedRows::FinishRotation() {
  const std::vector<KeyId> old_keys(named_.begin(), named_.end() - 1);
  // Synced after every resealed row: a crash never leaves a row whose key is no longer named.
  KEPING_RETURN_IF_ERROR(NameKeys({cipher_.current()}));
  for (const KeyId& id : old_keys) cipher_.Forget(id);
  named_ = {cipher_.current()};
  prefix_ = 0;
  return absl::OkStatus();
}

}  // namespace keping::storage
