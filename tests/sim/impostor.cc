#include "tests/sim/impostor.h"

#include <utility>

#include "common/base/check.h"
#include "tests/sim/laws.h"

namespace keping::sim {
namespace {

// Beyond the streams of every link.
constexpr uint64_t kFirstStream = uint64_t{1} << 60;

crypto::Hash HashOf(const std::string& bytes) { return domain::HashEntryBytes(bytes); }

}  // namespace

Impostor::Impostor(World* world, Chronicle* chronicle, Centre* centre)
    : world_(*world), chronicle_(*chronicle), centre_(*centre), prng_(world->Fork()) {}

void Impostor::SpeakFor(const Office& office) {
  if (!centre_.listening()) return;
  const auto held = centre_.node()->held(office.id(), office.keys().incarnation);
  // A database that was set back may be behind what the centre holds.
  if (!held || held->seq < 2 || chronicle_.node(office.index()).entries.size() < held->seq) return;
  world_.Count("impostor_segment");
  const uint64_t stream = kFirstStream + ++streams_;
  centre_.Opened(
      stream, office.index(), [](const sync::CentreFrame&) {}, [] {});
  const sync::Hello hello{.node = office.id(),
                          .incarnation = office.keys().incarnation,
                          .head = {held->seq + 1, HashOf("not yet known to anybody")},
                          .feed_position = 0,
                          .feed_state = {},
                          .generation = {},
                          .software_version = kApplicationVersion};
  if (centre_.Received(stream, hello)) {
    (void)centre_.Received(stream, Forge(office, held->seq));
  }
  centre_.Closed(stream);
}

// An entry that the office wrote, with another wall time: another entry.
domain::Entry Impostor::Changed(const Office& office, uint64_t seq, const crypto::Hash& previous) {
  const auto& entries = chronicle_.node(office.index()).entries;
  auto entry = domain::ParseEntry(entries[std::min<uint64_t>(seq, entries.size()) - 1]);
  KEPING_CHECK(entry.ok(), "what was durable was an entry");
  entry->header.seq = seq;
  entry->header.previous = previous;
  entry->header.wall_micros += 1 + static_cast<int64_t>(prng_.Below(1'000'000));
  return *std::move(entry);
}

sync::Segment Impostor::Forge(const Office& office, uint64_t held) {
  const auto& entries = chronicle_.node(office.index()).entries;
  sync::Segment segment{
      .incarnation = office.keys().incarnation, .first_seq = held, .entries = {}, .signature = {}};
  const std::string& last = entries[held - 1];
  const std::string replaced =
      domain::EncodeEntry(Changed(office, held, HashOf(entries[held - 2])));
  const std::string next = domain::EncodeEntry(Changed(office, held + 1, HashOf(last)));
  bool sign = true;
  switch (prng_.Below(4)) {
    case 0:  // another entry under a seq that the centre holds, and one more; who has the office's
             // key is a clone, and believed (a database that is set back plays that)
      segment.entries = {replaced,
                         domain::EncodeEntry(Changed(office, held + 1, HashOf(replaced)))};
      sign = false;
      break;
    case 1:  // the second does not follow from the first
      segment.entries = {last, domain::EncodeEntry(Changed(office, held + 1, HashOf("nothing")))};
      break;
    case 2:  // well made, but not signed by the office
      segment.entries = {last, next};
      sign = false;
      break;
    default:  // something is left out
      segment.first_seq = held + 2;
      segment.entries = {domain::EncodeEntry(Changed(office, held + 2, HashOf(next)))};
      break;
  }
  const sync::Head head{segment.first_seq + segment.entries.size() - 1,
                        HashOf(segment.entries.back())};
  segment.signature = sign ? office.keys().signer->Sign(
                                 sync::HeadStatement(office.id(), office.keys().incarnation, head))
                           : prng_.Bytes(64);
  return segment;
}

void Impostor::SpeakTo(Office& office) {
  if (office.node() == nullptr || !office.node()->welcomed() || !centre_.listening()) return;
  world_.Count("impostor_receipt");
  const storage::LogHead& head = office.node()->store().log().head();
  office.ReceiveForged(sync::Receipt{.node = office.id(),
                                     .incarnation = office.keys().incarnation,
                                     .head = {head.seq, head.hash},
                                     .generation = centre_.node()->resident().centre.generation,
                                     .centre_time = world_.TrueTime() + absl::Hours(48),
                                     .signature = prng_.Bytes(64)});
}

}  // namespace keping::sim
