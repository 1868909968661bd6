#include "central_node/store/records.h"

#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/check.h"
#include "common/base/status_macros.h"
#include "common/crypto/seal.h"
#include "common/storage/key_space.h"
#include "common/wire/field_reader.h"
#include "keping/national/v1/national.pb.h"

namespace keping::central {
namespace {

std::string PlaceOf(absl::string_view prefix, const domain::PrrId& prr, uint32_t version) {
  std::string key = absl::StrCat(prefix, prr.value(), absl::string_view("\0", 1));
  storage::AppendBigEndian64(&key, version);
  return key;
}

std::string PlaceOf(absl::string_view prefix, const domain::NodeId& node,
                    const domain::OperatorId& operator_id) {
  return absl::StrCat(prefix, node.value(), absl::string_view("\0", 1), operator_id.value());
}

// Where a row lies, and where the key lies that only this row is sealed under.
struct Places {
  std::string row;
  std::string key;
};

std::string SealUnderOwnKey(absl::string_view bytes, const Places& places,
                            const storage::SealedRows& rows,
                            const std::function<std::string(size_t)>& draw,
                            storage::WriteBatch& batch) {
  const std::string key = draw(crypto::kSealKeySize);
  const auto cipher = crypto::RecordCipher::FromKey(key);
  KEPING_CHECK(cipher.ok(), "a key was drawn in its size");
  std::string sealed = cipher->SealWithNonce(bytes, places.row, draw(crypto::kSealNonceSize));
  batch.Put(places.row, sealed);
  batch.Put(places.key, rows.Seal(key, places.key));
  return sealed;
}

// Nothing when neither the row nor its key is there: they come and go together.
absl::StatusOr<std::optional<std::string>> OpenUnderOwnKey(const storage::KvStore& store,
                                                           const storage::SealedRows& rows,
                                                           const Places& places) {
  KEPING_ASSIGN_OR_RETURN(const std::optional<std::string> sealed, store.Get(places.row));
  KEPING_ASSIGN_OR_RETURN(const std::optional<std::string> sealed_key, store.Get(places.key));
  if (!sealed.has_value() && !sealed_key.has_value()) return std::optional<std::string>();
  if (!sealed.has_value() || !sealed_key.has_value()) {
    return absl::DataLossError(absl::StrCat("a sealed row does not open: got only ",
                                            sealed.has_value() ? "the row" : "its key",
                                            ", want both"));
  }
  KEPING_ASSIGN_OR_RETURN(const std::string key, rows.Open(*sealed_key, places.key));
  KEPING_ASSIGN_OR_RETURN(const auto cipher, crypto::RecordCipher::FromKey(key));
  KEPING_ASSIGN_OR_RETURN(std::string bytes, cipher.Open(*sealed, places.row));
  return std::optional<std::string>(std::move(bytes));
}

}  // namespace

absl::StatusOr<ArrivedRecord> ReadRecord(const national::v1::Record& proto) {
  absl::StatusOr<domain::Nik> nik = domain::Nik::Parse(proto.nik());
  if (!nik.ok()) {
    return absl::InvalidArgumentError(absl::StrCat("bad Record.nik: ", nik.status().message()));
  }
  wire::FieldReader read("Record");
  ArrivedRecord record{
      .prr = read.Id<domain::PrrId>("prr", proto.prr()),
      .version = proto.version(),
      .village = read.Id<domain::VillageCode>("village_code", proto.village_code()),
      .enrolled_at = absl::FromUnixMicros(proto.enrolled_at_micros()),
      .nik = *std::move(nik),
      .replaces = read.OptionalId<domain::PrrId>("replaces", proto.replaces()),
      .bytes = proto.SerializeAsString()};
  if (!read.status().ok()) return read.status();
  if (record.version == 0) {
    return absl::InvalidArgumentError("bad Record.version: got 0, want 1 or more");
  }
  return record;
}

std::string SideRecordKey(const domain::PrrId& prr, uint32_t version) {
  return PlaceOf(storage::kSideRecordPrefix, prr, version);
}

std::string SideRecordKeyKey(const domain::PrrId& prr, uint32_t version) {
  return PlaceOf(storage::kSideRecordKeyPrefix, prr, version);
}

std::string ReadKey(const domain::PrrId& prr, const FactRef& read) {
  constexpr absl::string_view kEnd("\0", 1);
  std::string key = absl::StrCat(storage::kReadPrefix, prr.value(), kEnd, read.node.value(), kEnd,
                                 read.incarnation.value(), kEnd);
  storage::AppendBigEndian64(&key, read.seq);
  return key;
}

std::string SealSideRecord(const ArrivedRecord& record, const storage::SealedRows& rows,
                           const std::function<std::string(size_t)>& draw,
                           storage::WriteBatch& batch) {
  return SealUnderOwnKey(record.bytes,
                         {.row = SideRecordKey(record.prr, record.version),
                          .key = SideRecordKeyKey(record.prr, record.version)},
                         rows, draw, batch);
}

absl::StatusOr<OpenedRecord> OpenSideRecord(const storage::KvStore& store,
                                            const storage::SealedRows& rows,
                                            const domain::PrrId& prr, uint32_t version) {
  KEPING_ASSIGN_OR_RETURN(
      std::optional<std::string> bytes,
      OpenUnderOwnKey(store, rows,
                      {.row = SideRecordKey(prr, version), .key = SideRecordKeyKey(prr, version)}));
  if (!bytes.has_value()) {
    return absl::NotFoundError(absl::StrCat("no side record of ", prr.value(), " version ", version,
                                            ": fetch it again from the national centre"));
  }
  OpenedRecord record{.nik_tail = {}, .bytes = *std::move(bytes)};
  national::v1::Record proto;
  if (!proto.ParseFromString(record.bytes)) {
    return absl::DataLossError(
        absl::StrCat("side record of ", prr.value(), ": ", record.bytes.size(),
                     " bytes are no record. Fetch it again from the national centre"));
  }
  KEPING_ASSIGN_OR_RETURN(const domain::Nik nik, domain::Nik::Parse(proto.nik()));
  record.nik_tail = nik.tail();
  return record;
}

std::string SealFirstPassword(absl::string_view verifier, const domain::NodeId& node,
                              const domain::OperatorId& operator_id,
                              const storage::SealedRows& rows,
                              const std::function<std::string(size_t)>& draw,
                              storage::WriteBatch& batch) {
  return SealUnderOwnKey(verifier,
                         {.row = PlaceOf(storage::kFirstPasswordPrefix, node, operator_id),
                          .key = PlaceOf(storage::kFirstPasswordKeyPrefix, node, operator_id)},
                         rows, draw, batch);
}

absl::StatusOr<std::string> OpenFirstPassword(const storage::KvStore& store,
                                              const storage::SealedRows& rows,
                                              const domain::NodeId& node,
                                              const domain::OperatorId& operator_id) {
  KEPING_ASSIGN_OR_RETURN(
      std::optional<std::string> verifier,
      OpenUnderOwnKey(store, rows,
                      {.row = PlaceOf(storage::kFirstPasswordPrefix, node, operator_id),
                       .key = PlaceOf(storage::kFirstPasswordKeyPrefix, node, operator_id)}));
  return std::move(verifier).value_or("");
}

absl::StatusOr<uint64_t> ForgetOfficerPasswords(storage::KvStore& store) {
  storage::WriteBatch batch;
  uint64_t passwords = 0;
  for (const absl::string_view prefix :
       {storage::kFirstPasswordKeyPrefix, storage::kFirstPasswordPrefix}) {
    const std::string officers = PlaceOf(prefix, domain::NodeId(), domain::OperatorId());
    KEPING_RETURN_IF_ERROR(store.Scan(officers, storage::PrefixEnd(officers),
                                      [&](absl::string_view key, absl::string_view) {
                                        batch.Delete(key);
                                        passwords += prefix == storage::kFirstPasswordPrefix;
                                        return true;
                                      }));
  }
  KEPING_RETURN_IF_ERROR(store.Write(batch, storage::Durability::kSynced));
  return passwords;
}

std::string NodeGrantKey(absl::string_view grant_key, const domain::NodeId& node) {
  if (grant_key.empty()) return "";
  return std::string(
      crypto::KeyedHash(grant_key, {"keping-node-grant-key-v1\n", node.value()}).AsBytes());
}

}  // namespace keping::central
