// What lies in a database as log entries: one entry, its event, and a whole log at open.

#include <memory>
#include <string>

#include "common/domain/entry.h"
#include "common/storage/event_log.h"
#include "common/storage/key_space.h"
#include "common/storage/memory_store.h"
#include "common/wire/event_codec.h"
#include "tests/fuzz/fuzz_input.h"

namespace keping::fuzz {
namespace {

void ReadEntry(absl::string_view bytes) {
  const auto entry = domain::ParseEntry(bytes);
  CheckClear(entry.status());
  if (!entry.ok()) return;
  KEPING_CHECK(domain::EncodeEntry(*entry) == bytes, "an entry has one form");
}

void ReadEvent(uint32_t type, absl::string_view payload) {
  const auto event = wire::DecodeEvent(type, payload);
  CheckClear(event.status());
  if (!event.ok()) return;
  const wire::EncodedEvent encoded = wire::EncodeEvent(*event);
  KEPING_CHECK(encoded.type == type, "an event keeps its type");
  const auto again = wire::DecodeEvent(encoded.type, encoded.payload);
  KEPING_CHECK(again.ok() && *again == *event, "an event that was read can be written");
}

// Rows of the entry prefix, in a key that the input chooses or the next one; `mended` makes a chain
// of those that parse.
void OpenLog(FuzzInput& input, bool mended) {
  const std::unique_ptr<storage::KvStore> store = storage::MakeMemoryStore();
  storage::WriteBatch batch;
  uint64_t rows = 0;
  crypto::Hash previous;
  while (!input.empty()) {
    const uint8_t how = input.Byte();
    std::string value(input.Chunk());
    auto entry = domain::ParseEntry(value);
    if (mended && entry.ok() && how < 250) {
      entry->header.seq = rows + 1;
      entry->header.previous = previous;
      value = domain::EncodeEntry(*entry);
    }
    previous = domain::HashEntryBytes(value);
    ++rows;
    if (how == 255) {
      batch.Put(std::string(storage::kEntryPrefix) + value.substr(0, 12), value);
    } else {
      batch.Put(storage::EntryKey(how == 254 ? rows + 1 : rows), value);
    }
  }
  KEPING_CHECK(store->Write(batch, storage::Durability::kSynced).ok(), "memory never fails");
  uint64_t visited = 0;
  const auto count = [&visited](const domain::Entry&) { ++visited; };
  const auto log = storage::EventLog::Open(store.get(), count);
  CheckClear(log.status());
  if (!log.ok()) return;
  KEPING_CHECK(log->head().seq == visited, "every entry of the log is replayed");
  KEPING_CHECK(!log->open_report().cut || log->open_report().cut->from_seq == visited + 1,
               "what does not fit is cut off behind the good prefix");
  const auto again = storage::EventLog::Open(store.get());
  KEPING_CHECK(again.ok() && !again->open_report().cut && again->head() == log->head(),
               "a log that was mended opens whole");
}

}  // namespace
}  // namespace keping::fuzz

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  keping::fuzz::FuzzInput input(data, size);
  switch (const int kind = input.Byte() % 4; kind) {
    case 0:
      keping::fuzz::ReadEntry(input.Rest());
      break;
    case 1:
      while (!input.empty()) {
        const uint32_t type = input.Byte();
        keping::fuzz::ReadEvent(type, input.Chunk());
      }
      break;
    default:
      keping::fuzz::OpenLog(input, kind == 2);
  }
  return 0;
}
