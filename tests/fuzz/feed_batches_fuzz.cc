// Feed batches as a node takes them: the item codec, the reader with the catalogue, and the whole
// node under batches that a hostile centre signed.

#include <set>
#include <string>
#include <utility>
#include <vector>

#include "common/wire/feed_codec.h"
#include "edge_node/core/catalogue.h"
#include "edge_node/node/feed_reader.h"
#include "tests/fuzz/fuzz_input.h"
#include "tests/support/office.h"

namespace keping::fuzz {
namespace {

void ReadItem(absl::string_view bytes) {
  const auto item = wire::DecodeFeedItem(bytes);
  CheckClear(item.status());
  if (!item.ok()) return;
  const auto again = wire::DecodeFeedItem(wire::EncodeFeedItem(*item));
  KEPING_CHECK(again.ok() && *again == *item, "an item that was read can be written");
}

// batches := (flags items(u8) chunk*)*
sync::FeedBatch NextBatch(FuzzInput& input, uint64_t& position) {
  const uint8_t flags = input.Byte();
  sync::FeedBatch batch;
  batch.from = (flags & 1) != 0 ? input.Byte() : position;
  for (int items = input.Byte() % 8; items > 0; --items) batch.items.emplace_back(input.Chunk());
  batch.to = batch.from + ((flags & 2) != 0 ? input.Byte() : batch.items.size());
  batch.at_head = (flags & 4) != 0;
  position = batch.to;
  return batch;
}

void ReadBatches(FuzzInput& input) {
  edge::Catalogue catalogue;
  edge::FeedReader reader(&catalogue);
  reader.Start(input.Byte() % 2);
  uint64_t position = 0;
  while (!input.empty()) {
    const auto changes = reader.Read(NextBatch(input, position));
    CheckClear(changes.status());
    if (!changes.ok()) return;
    for (const std::string& key : changes->forgotten) catalogue.Forget(key);
    for (const domain::FeedItem& item : changes->items) {
      catalogue.Apply(item, {.present = true, .fault = {}});
      KEPING_CHECK(catalogue.VersionOf(item.key) == item.version, "what is taken over is known");
    }
  }
}

// The same, signed, against a node with records, blanks and an operator.
void TellNode(FuzzInput& input) {
  tests::Office office;
  KEPING_CHECK(office.Open().ok(), "an office opens");
  office.Equip(2, 3);
  uint64_t position = office.core().catalogue().position();
  while (!input.empty() && office.connected()) {
    sync::FeedBatch batch = NextBatch(input, position);
    if (batch.at_head) batch.state = office.centre().feed_state();
    office.centre().Sign(batch);
    const absl::Status status = office.node().OnFrame(batch);
    CheckClear(status);
    KEPING_CHECK(office.failures().empty(), "no feed breaks the store");
    if (!status.ok()) office.Disconnect();
  }
  // Whatever it was told: it starts again, and prints or says why not.
  const auto told = office.core().catalogue().Keys();
  KEPING_CHECK(office.Open().ok(), "an office opens again, whatever it was told");
  KEPING_CHECK(office.core().catalogue().Keys() == told, "and knows what it knew");
  office.Do(office.PrintOf("prr-001", "A0001"));
}

}  // namespace
}  // namespace keping::fuzz

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  keping::fuzz::FuzzInput input(data, size);
  switch (input.Byte() % 3) {
    case 0:
      keping::fuzz::ReadItem(input.Rest());
      break;
    case 1:
      keping::fuzz::ReadBatches(input);
      break;
    default:
      keping::fuzz::TellNode(input);
  }
  return 0;
}
