#include "central_node/store/carried_hello.h"

#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/status_macros.h"
#include "common/storage/key_space.h"
#include "common/wire/field_reader.h"
#include "keping/store/v1/central.pb.h"

namespace keping::central {
namespace {

std::string KeyOf(const domain::NodeId& node) {
  return absl::StrCat(storage::kCarriedHelloPrefix, node.value());
}

absl::StatusOr<std::optional<store::v1::CarriedHello>> ReadRow(const storage::KvStore& store,
                                                               const domain::NodeId& node) {
  KEPING_ASSIGN_OR_RETURN(const std::optional<std::string> bytes, store.Get(KeyOf(node)));
  store::v1::CarriedHello row;
  if (!bytes.has_value()) return std::optional<store::v1::CarriedHello>();
  if (row.ParseFromString(*bytes)) return std::optional<store::v1::CarriedHello>(std::move(row));
  return absl::DataLossError("bad stored hello of a bundle: restore the database");
}

}  // namespace

absl::Status PutCarriedHello(storage::KvStore& store, const sync::Hello& hello,
                             absl::Time made_at) {
  KEPING_ASSIGN_OR_RETURN(const auto known, ReadRow(store, hello.node));
  store::v1::CarriedHello row;
  row.set_incarnation(hello.incarnation.value());
  row.set_head_seq(hello.head.seq);
  row.set_head_hash(std::string(hello.head.hash.AsBytes()));
  row.set_made_micros(absl::ToUnixMicros(made_at));
  row.set_feed_position(hello.feed_position);
  row.set_feed_state(std::string(hello.feed_state.AsBytes()));
  row.set_generation(hello.generation.value());
  if (known.has_value() && known->incarnation() == row.incarnation() &&
      std::pair(known->head_seq(), known->made_micros()) >=
          std::pair(row.head_seq(), row.made_micros())) {
    return absl::OkStatus();
  }
  storage::WriteBatch batch;
  batch.Put(KeyOf(hello.node), row.SerializeAsString());
  return store.Write(batch, storage::Durability::kBuffered);
}

absl::StatusOr<std::optional<sync::Hello>> ReadCarriedHello(const storage::KvStore& store,
                                                            const domain::NodeId& node) {
  KEPING_ASSIGN_OR_RETURN(const auto row, ReadRow(store, node));
  if (!row.has_value()) return std::optional<sync::Hello>();
  wire::FieldReader read("CarriedHello");
  sync::Hello hello{
      .node = node,
      .incarnation = read.Id<domain::IncarnationId>("incarnation", row->incarnation()),
      .head = {row->head_seq(), read.Hash("head_hash", row->head_hash())},
      .feed_position = row->feed_position(),
      .feed_state = read.Hash("feed_state", row->feed_state()),
      .generation = read.OptionalId<domain::GenerationId>("generation", row->generation()),
      .software_version = {}};
  KEPING_RETURN_IF_ERROR(read.status());
  return std::optional<sync::Hello>(std::move(hello));
}

}  // namespace keping::central
