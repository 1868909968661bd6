#include "central_node/store/records.h"

#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/status_macros.h"
#include "common/storage/key_space.h"
#include "common/wire/field_reader.h"
#include "keping/national/v1/national.pb.h"

namespace keping::central {

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
  std::string key =
      absl::StrCat(storage::kSideRecordPrefix, prr.value(), absl::string_view("\0", 1));
  storage::AppendBigEndian64(&key, version);
  return key;
}

absl::StatusOr<OpenedRecord> OpenSideRecord(const storage::KvStore& store,
                                            const crypto::RecordCipher& cipher,
                                            const domain::PrrId& prr, uint32_t version) {
  const std::string key = SideRecordKey(prr, version);
  KEPING_ASSIGN_OR_RETURN(std::optional<std::string> sealed, store.Get(key));
  if (!sealed.has_value()) {
    return absl::NotFoundError(absl::StrCat("no side record of ", prr.value(), " version ", version,
                                            ": fetch it again from the national centre"));
  }
  OpenedRecord record;
  KEPING_ASSIGN_OR_RETURN(record.bytes, cipher.Open(*sealed, key));
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

std::string FirstPasswordKey(const domain::NodeId& node, const domain::OperatorId& operator_id) {
  return absl::StrCat(storage::kFirstPasswordPrefix, node.value(), absl::string_view("\0", 1),
                      operator_id.value());
}

absl::StatusOr<std::string> OpenFirstPassword(const storage::KvStore& store,
                                              const crypto::RecordCipher& cipher,
                                              const domain::NodeId& node,
                                              const domain::OperatorId& operator_id) {
  const std::string key = FirstPasswordKey(node, operator_id);
  KEPING_ASSIGN_OR_RETURN(std::optional<std::string> sealed, store.Get(key));
  if (!sealed.has_value()) return std::string();
  absl::StatusOr<std::string> verifier = cipher.Open(*sealed, key);
  return verifier.ok() ? *std::move(verifier) : std::string();
}

std::string NodeGrantKey(absl::string_view grant_key, const domain::NodeId& node) {
  if (grant_key.empty()) return "";
  return std::string(
      crypto::KeyedHash(grant_key, {"keping-node-grant-key-v1\n", node.value()}).AsBytes());
}

}  // namespace keping::central
