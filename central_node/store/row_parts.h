// What the codecs of rows have in common: the inner part of row_codec.h.
#ifndef KEPING_CENTRAL_NODE_STORE_ROW_PARTS_H_
#define KEPING_CENTRAL_NODE_STORE_ROW_PARTS_H_

#include <set>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "central_node/store/fact_codec.h"
#include "common/wire/field_reader.h"
#include "common/wire/scratch.h"

namespace keping::central {

template <typename Ids, typename Repeated>
void EncodeIds(const Ids& ids, Repeated* out) {
  for (const auto& id : ids) *out->Add() = id.value();
}

template <typename Id, typename Repeated>
std::set<Id> DecodeIds(const char* field, const Repeated& texts, wire::FieldReader& read) {
  std::set<Id> ids;
  for (const auto& text : texts) ids.insert(read.Id<Id>(field, text));
  return ids;
}

template <typename Repeated>
void EncodeHashes(const std::set<crypto::Hash>& hashes, Repeated* out) {
  for (const crypto::Hash& hash : hashes) SetBytes(hash, out->Add());
}

template <typename Repeated>
std::set<crypto::Hash> DecodeHashes(const char* field, const Repeated& texts,
                                    wire::FieldReader& read) {
  std::set<crypto::Hash> hashes;
  for (const auto& text : texts) hashes.insert(read.Hash(field, text));
  return hashes;
}

template <typename Row, typename Proto>
absl::StatusOr<Row> DecodeAs(const char* name, absl::string_view bytes,
                             Row (*decode)(const Proto& proto, wire::FieldReader& read)) {
  wire::Scratch<Proto> scratch;
  Proto& proto = *scratch;
  if (!proto.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) {
    return absl::DataLossError(
        absl::StrCat("bad stored ", name, ": ", bytes.size(),
                     " bytes are not such a message. Restore the database from its backup."));
  }
  wire::FieldReader read(name);
  Row row = decode(proto, read);
  if (!read.status().ok()) {
    return absl::DataLossError(absl::StrCat("stored row: ", read.status().message(),
                                            ". Restore the database from its backup."));
  }
  return row;
}

}  // namespace keping::central

#endif  // KEPING_CENTRAL_NODE_STORE_ROW_PARTS_H_
