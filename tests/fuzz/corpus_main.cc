// Writes the first inputs of every fuzz target, made of real messages, into a folder:
//
//   keping_fuzz_corpus tests/fuzz/corpus
//
// Run it again after a format changed. What lies in the folder beside them (inputs that once
// failed) stays.

#include <filesystem>
#include <fstream>
#include <iostream>
#include <string>
#include <variant>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "common/base/check.h"
#include "common/domain/entry.h"
#include "common/domain/feed.h"
#include "common/http/connect_protocol.h"
#include "common/storage/log_file.h"
#include "common/storage/memory_store.h"
#include "common/wire/event_codec.h"
#include "common/wire/feed_codec.h"
#include "common/wire/frame_codec.h"
#include "common/wire/session_codec.h"
#include "keping/edge/v1/people.pb.h"
#include "keping/sync/v1/sync.pb.h"
#include "tests/fuzz/fuzz_input.h"
#include "tests/support/event_samples.h"
#include "tests/support/node_log.h"
#include "tests/support/sample_office.h"

namespace keping::fuzz {
namespace {

namespace fs = std::filesystem;
namespace d = ::keping::domain;

// Events that go into one input.
constexpr size_t kGroup = 8;

class Corpus {
 public:
  explicit Corpus(fs::path folder) : folder_(std::move(folder)) {}

  fs::path PathOf(const std::string& target, const std::string& name) const {
    fs::create_directories(folder_ / target);
    return folder_ / target / (name + ".input");
  }
  void Write(const std::string& target, const std::string& name, const std::string& bytes) const {
    std::ofstream file(PathOf(target, name), std::ios::binary | std::ios::trunc);
    file << bytes;
    KEPING_CHECK(file.good(), "the corpus can be written");
  }

 private:
  const fs::path folder_;
};

void WriteSerials(const Corpus& corpus) {
  const std::vector<std::string> serials = {"A0001000", "04:a1:b2:c3:d4:e5:f6", "KPA-0000998"};
  for (size_t i = 0; i < serials.size(); ++i) {
    corpus.Write("serials", absl::StrCat("serial-", i),
                 FuzzOutput().Byte(0).Rest(serials[i]).bytes());
  }
  const std::vector<std::string> sets = {"A0001000..A0001999,04A1B2C3D4E5F6",
                                         " KPA-0000998..KPA-0001001 , B7,B8,B9"};
  for (size_t i = 0; i < sets.size(); ++i) {
    corpus.Write("serials", absl::StrCat("set-", i), FuzzOutput().Byte(1).Rest(sets[i]).bytes());
  }
  const std::vector<std::string> typed = {"04A1B2C3D4E5F6\n", "f6e5d4c3b2a104", "1302123964757494",
                                          "04:A1:B2:C3:D4:E5:F6", "KPA-0000998\r\n"};
  for (size_t i = 0; i < typed.size(); ++i) {
    corpus.Write("serials", absl::StrCat("typed-", i),
                 FuzzOutput()
                     .Byte(2)
                     .Byte(static_cast<uint8_t>(1 + 53 * i))
                     .Chunk("")
                     .Rest(typed[i])
                     .bytes());
  }
}

template <typename Proto, typename Frame>
std::string FrameBytes(const Frame& frame) {
  Proto proto;
  wire::EncodeFrame(frame, &proto);
  return proto.SerializeAsString();
}

std::vector<d::FeedItem> FeedItems() {
  const auto person = d::OperatorId::Of("op-ayu");
  const auto transfer = d::TransferId::Of("t-1");
  const auto prr = d::PrrId::Of("prr-001");
  const auto action = d::ActionId::Of("action-1");
  return {{d::OperatorFeedKey(person), 1, 1,
           d::OperatorItem{person, {d::ApplicationVersion::Of("8.1")}}},
          {d::TransferFeedKey(transfer), 2, 1,
           d::TransferItem{transfer, *d::SerialSet::Parse("A0001000..A0001010")}},
          {d::PrrFeedKey(prr), 3, 9,
           d::PrrItem{.prr = prr,
                      .prr_version = 2,
                      .lease_holder = d::NodeId::Of("susut"),
                      .lease_epoch = {1, 2},
                      .enrolled_at = absl::UnixEpoch(),
                      .village = d::VillageCode::Of("51.06.01.2001"),
                      .nik_tail = "0007",
                      .record = "specimen"}},
          {"action/action-1", 4, 1,
           d::ActionItem{.action = action,
                         .kind = d::ActionKind::kRescanBlank,
                         .case_id = d::CaseId::Of("case-1"),
                         .prr = prr,
                         .blank = d::BlankSerial::Of("A0001000")}},
          {"application", 5, 1, d::ApplicationItem{d::ApplicationVersion::Of("8.2")}},
          {"grant-key", 6, 1, d::GrantKeyItem{std::string(32, 'k')}}};
}

sync::FeedBatch SampleBatch() {
  sync::FeedBatch batch;
  batch.to = 6;
  batch.at_head = true;
  for (const d::FeedItem& item : FeedItems()) batch.items.push_back(wire::EncodeFeedItem(item));
  batch.signature = std::string(64, 's');
  return batch;
}

// As protocol 2 says them: a segment after one that travels whole, its receipt, a feed batch, a
// tail.
void WriteShortFrames(const Corpus& corpus, const sync::Hello& hello, const sync::Welcome& welcome,
                      const std::vector<sync::Segment>& segments) {
  wire::NodeSessionCodec node;
  wire::CentreSessionCodec centre;
  FuzzOutput up;
  FuzzOutput down;
  const auto say_up = [&](const sync::NodeFrame& frame) {
    sync::v1::SessionRequest proto;
    node.Encode(frame, &proto);
    up.Chunk(proto.SerializeAsString());
    KEPING_CHECK(centre.Decode(proto).ok(), "the centre hears it");
  };
  const auto say_down = [&](const sync::CentreFrame& frame) {
    sync::v1::SessionResponse proto;
    centre.Encode(frame, &proto);
    down.Chunk(proto.SerializeAsString());
    KEPING_CHECK(node.Decode(proto).ok(), "the node hears it");
  };
  up.Byte(0);
  down.Byte(1);
  say_up(hello);
  say_down(welcome);
  for (const sync::Segment& segment : segments) say_up(segment);
  corpus.Write("session_frames", "up-short", up.bytes());
  say_down(sync::Receipt{.node = hello.node,
                         .incarnation = hello.incarnation,
                         .head = welcome.held,
                         .generation = welcome.generation,
                         .centre_time = absl::UnixEpoch(),
                         .signature = std::string(64, 's')});
  say_down(SampleBatch());
  say_down(sync::LogTail{segments.back()});
  corpus.Write("session_frames", "down-short", down.bytes());
}

void WriteFrames(const Corpus& corpus, const std::vector<sync::Segment>& segments) {
  using Request = sync::v1::SessionRequest;
  using Response = sync::v1::SessionResponse;
  const auto node = d::NodeId::Of("susut");
  const auto incarnation = d::IncarnationId::Of("susut-1");
  const auto generation = d::GenerationId::Of("g1");
  const sync::Hello hello{.node = node,
                          .incarnation = incarnation,
                          .head = {40, crypto::Sha256({"head"})},
                          .feed_position = 7,
                          .feed_state = crypto::Sha256({"state"}),
                          .generation = generation,
                          .software_version = "0.1.0"};
  FuzzOutput up;
  up.Byte(0).Chunk(FrameBytes<Request>(sync::NodeFrame(hello)));
  up.Chunk(FrameBytes<Request>(sync::NodeFrame(segments.front())));
  up.Chunk(FrameBytes<Request>(sync::NodeFrame(sync::FeedAck{8})));
  corpus.Write("session_frames", "up", up.bytes());

  const sync::Welcome welcome{.held = {17, crypto::Sha256({"held"})},
                              .generation = generation,
                              .generation_order = 1,
                              .feed_from = 0,
                              .centre_time = absl::UnixEpoch()};
  const sync::Receipt receipt{.node = node,
                              .incarnation = incarnation,
                              .head = {20, crypto::Sha256({"head"})},
                              .generation = generation,
                              .centre_time = absl::UnixEpoch(),
                              .signature = std::string(64, 's')};
  FuzzOutput down;
  down.Byte(1).Chunk(FrameBytes<Response>(sync::CentreFrame(welcome)));
  down.Chunk(FrameBytes<Response>(sync::CentreFrame(receipt)));
  down.Chunk(FrameBytes<Response>(sync::CentreFrame(SampleBatch())));
  corpus.Write("session_frames", "down", down.bytes());
  FuzzOutput problem;
  problem.Byte(1).Chunk(FrameBytes<Response>(
      sync::CentreFrame(sync::Problem{sync::ProblemKind::kRollback, "got 3, the centre holds 5"})));
  corpus.Write("session_frames", "problem", problem.bytes());
  FuzzOutput cut;  // in the middle of its last character
  cut.Byte(1).Chunk(FrameBytes<Response>(sync::CentreFrame(
      sync::Problem{sync::ProblemKind::kFork, std::string(1023, 'd') + "\xe2\x80\xa6"})));
  corpus.Write("session_frames", "cut-problem", cut.bytes());
  WriteShortFrames(corpus, hello, welcome, segments);
}

std::string SegmentBytes(const sync::Segment& segment) {
  sync::v1::SessionRequest proto;
  wire::EncodeFrame(sync::NodeFrame(segment), &proto);
  return proto.segment().SerializeAsString();
}

// Entries that the fuzzed centre holds already (tests/fuzz/segments_fuzz.cc), and those after them.
void WriteSegments(const Corpus& corpus, const std::vector<sync::Segment>& segments) {
  testing::NodeLog log("susut", "susut-1");
  for (int i = 0; i < 10; ++i) log.AddRaw(7, absl::StrCat("payload ", i));
  const auto write = [&corpus](const std::string& name, uint8_t mode,
                               const sync::Segment& segment) {
    corpus.Write("segments", name, FuzzOutput().Byte(mode).Rest(SegmentBytes(segment)).bytes());
  };
  write("held", 0, log.SegmentFrom(2, 4));
  write("next", 0, log.SegmentFrom(6, 8));
  write("overlap", 0, log.SegmentFrom(4, 7));
  write("gap", 0, log.SegmentFrom(8, 9));
  write("day", 0, segments.front());
  write("day-mended", 1, segments.back());
}

void WriteEvents(const Corpus& corpus) {
  const std::vector<d::Event> samples = tests::EventSamples();
  for (size_t begin = 0; begin < samples.size(); begin += kGroup) {
    FuzzOutput events, ingest, log;
    events.Byte(1);
    log.Byte(2);
    testing::NodeLog chain("susut", "susut-1");
    for (size_t i = begin; i < std::min(begin + kGroup, samples.size()); ++i) {
      const wire::EncodedEvent encoded = wire::EncodeEvent(samples[i]);
      const auto type = static_cast<uint8_t>(encoded.type);
      events.Byte(type).Chunk(encoded.payload);
      ingest.Byte(type).Chunk(encoded.payload);
      chain.Add(samples[i]);
      log.Byte(0).Chunk(chain.entries().back());
    }
    const std::string group = absl::StrCat(begin / kGroup);
    corpus.Write("stored_entries", "events-" + group, events.bytes());
    corpus.Write("stored_entries", "log-" + group, log.bytes());
    corpus.Write("centre_ingest", "events-" + group, ingest.bytes());
  }
}

// A day as an office wrote it: its entries, their file, their events at the centre.
void WriteDay(const Corpus& corpus, const std::vector<sync::Segment>& segments) {
  const fs::path path = corpus.PathOf("log_file", "day");
  fs::remove(path);
  auto file = storage::LogFileWriter::Create(path);
  KEPING_CHECK(file.ok(), "a log file can be made");
  FuzzOutput log, ingest;
  log.Byte(3);
  std::string first;
  for (const sync::Segment& segment : segments) {
    for (const std::string& bytes : segment.entries) {
      const auto entry = d::ParseEntry(bytes);
      (*file)->AddEntry(bytes);
      log.Byte(0).Chunk(bytes);
      ingest.Byte(static_cast<uint8_t>(entry->header.type)).Chunk(entry->payload);
      if (first.empty()) first = bytes;
    }
    (*file)->AddHead(segment.first_seq + segment.entries.size() - 1, segment.signature);
    ingest.Byte(254);
  }
  KEPING_CHECK((*file)->Sync().ok(), "a log file can be written");
  corpus.Write("stored_entries", "day", log.bytes());
  corpus.Write("stored_entries", "entry", FuzzOutput().Byte(0).Rest(first).bytes());
  corpus.Write("centre_ingest", "day", ingest.bytes());
  corpus.Write("centre_ingest", "frame",
               FuzzOutput()
                   .Byte(255)
                   .Chunk(FrameBytes<sync::v1::SessionRequest>(sync::NodeFrame(sync::FeedAck{4})))
                   .bytes());
}

void WriteFeed(const Corpus& corpus) {
  const std::vector<d::FeedItem> items = FeedItems();
  FuzzOutput batches;
  batches.Byte(6).Byte(static_cast<uint8_t>(items.size()));
  for (size_t i = 0; i < items.size(); ++i) {
    const std::string bytes = wire::EncodeFeedItem(items[i]);
    corpus.Write("feed_batches", absl::StrCat("item-", i),
                 FuzzOutput().Byte(0).Rest(bytes).bytes());
    batches.Chunk(bytes);
  }
  corpus.Write("feed_batches", "reader",
               FuzzOutput().Byte(1).Byte(0).Rest(batches.bytes()).bytes());
  corpus.Write("feed_batches", "node", FuzzOutput().Byte(2).Rest(batches.bytes()).bytes());
}

void WriteConfigs(const Corpus& corpus) {
  corpus.Write("config_files", "edge",
               FuzzOutput()
                   .Byte(0)
                   .Rest(R"(node_id: "edge-1"
office_name: "Kintamani" data_dir: "data" keys_dir: "keys"
centre_address: "127.0.0.1:7443" centre_enrolment_address: "[::1]:7444" api_socket: "edge.sock"
application_version: "4.2" utc_offset_minutes: 480 staleness_limit_days: 14 disk_reserve_mb: 256
printers { printer_id: "p1" uri: "ipp://127.0.0.1:8631/ipp/print" cards_per_day: 50 }
counter { listen: "0.0.0.0:8443" listen_loopback: "127.0.0.1:8080" }
readers { counter: "loket-1" notation: READER_NOTATION_DECIMAL reversed: true digits: 20 }
readers { counter: "loket-2" pcsc: "ACS ACR122U" }
require_shift: true mirror_dir: "stick" specimen: true
)")
                   .bytes());
  corpus.Write(
      "config_files", "latin-1",
      FuzzOutput().Byte(0).Rest("node_id: \"edge-1\" office_name: \"B\xe0ngli\"\n").bytes());
  corpus.Write("config_files", "central",
               FuzzOutput()
                   .Byte(1)
                   .Rest(R"(district_id: "bangli"
data_dir: "data" keys_dir: "keys" sync_listen: "0.0.0.0:7443" enrolment_listen: "0.0.0.0:7444"
national { address: "national.example:443" server_name: "national" ca_file: "ca.pem"
  certificate_file: "district.pem" key_file: "district.key" poll_seconds: 10 }
utc_offset_minutes: 480 cards_per_day_default: 50 specimen: true
offices { node_id: "susut" name: "Susut" kecamatan_code: "51.06.01" }
offices { node_id: "dinas" name: "Dinas" }
)")
                   .bytes());
}

void WriteNationalFiles(const Corpus& corpus) {
  constexpr char kRecords[] =
      "prr;version;nik;name;birth_place;birth_date;gender;blood_group;address;rt_rw;village_code;"
      "village_name;kecamatan_name;kabupaten_name;province_name;religion;marital_status;occupation;"
      "citizenship;enrolled_at;picture\r\n"
      "PRR-1;1;5106014304900001;NI SPESIMEN;BANGLI;03-04-1990;PEREMPUAN;13;\"BR. KAWAN; NO. 1\";"
      "003/001;51.06.01.2001;APUAN;SUSUT;BANGLI;BALI;HINDU;1;1;1;2017-04-27T09:15:00+08:00;"
      "iVBORw0KGgo=\r\n\r\nPRR-2;1;\"510601\r\n;;;;\r\n";
  corpus.Write("national_files", "records", FuzzOutput().Byte(0).Rest(kRecords).bytes());
  corpus.Write(
      "national_files", "withdrawals",
      FuzzOutput().Byte(1).Rest("\xEF\xBB\xBFprr,version,reason\nPRR-1,2,death\n").bytes());
  corpus.Write("national_files", "allotments",
               FuzzOutput()
                   .Byte(2)
                   .Rest("sep=;\nallotment;bast_number;date;serials;quantity\n"
                         "A-1;B/1;2017-04-20;KPA0001000..KPA0001009;10\n")
                   .bytes());
  corpus.Write("national_files", "answers",
               FuzzOutput()
                   .Byte(7)
                   .Rest("[{\"item\": \"a1\", \"accepted\": true},\n{\"item\": \"b2\n{}]")
                   .bytes());
  corpus.Write("national_files", "utf-16",
               FuzzOutput().Byte(1).Rest(absl::string_view("\xFF\xFEp\0r\0r\0,\0", 10)).bytes());
}

void WriteHttp(const Corpus& corpus) {
  corpus.Write("http_messages", "headers",
               FuzzOutput()
                   .Byte(0)
                   .Chunk("Content-Type")
                   .Chunk("application/json")
                   .Chunk("identity")
                   .Chunk("application/connect+json; charset=utf-8")
                   .Chunk("30000")
                   .Rest("got \"x\", want y")
                   .bytes());
  corpus.Write("http_messages", "envelope",
               FuzzOutput().Byte(1).Rest(http::Envelope(0, R"({"limit":20})")).bytes());
  // The second byte is the type's number in the target.
  corpus.Write("http_messages", "json",
               FuzzOutput().Byte(2).Byte(3).Rest(R"({"limit":20,"printers":[{"x":1e3}]})").bytes());
  edge::v1::SignInRequest request;
  request.set_person("op-ayu");
  request.set_password("specimen");
  corpus.Write("http_messages", "proto",
               FuzzOutput().Byte(3).Byte(60).Rest(request.SerializeAsString()).bytes());
}

// One range, a few bytes: more blanks than the centre takes.
void WriteClaim(const Corpus& corpus) {
  d::BlanksReceived claim{.act = d::ActId::Of("claim"),
                          .transfer = d::TransferId::Of("t-9"),
                          .operator_id = d::OperatorId::Of("op-ayu"),
                          .received = {},
                          .missing = {},
                          .unexpected = *d::SerialSet::Parse("Q000000..Q999999")};
  const wire::EncodedEvent encoded = wire::EncodeEvent(claim);
  FuzzOutput ingest;
  ingest.Byte(static_cast<uint8_t>(encoded.type)).Chunk(encoded.payload).Byte(254);
  corpus.Write("centre_ingest", "million-blanks", ingest.bytes());
}

void WriteAll(const Corpus& corpus) {
  const auto store = storage::MakeMemoryStore();
  const tests::SampleOffice office(store.get());
  WriteSerials(corpus);
  WriteFrames(corpus, office.segments());
  WriteSegments(corpus, office.segments());
  WriteEvents(corpus);
  WriteDay(corpus, office.segments());
  WriteClaim(corpus);
  WriteFeed(corpus);
  WriteConfigs(corpus);
  WriteNationalFiles(corpus);
  WriteHttp(corpus);
}

}  // namespace
}  // namespace keping::fuzz

int main(int argc, char** argv) {
  if (argc != 2) {
    std::cerr << "got " << argc - 1 << " arguments, want one: the folder of the corpora\n";
    return 2;
  }
  keping::fuzz::WriteAll(keping::fuzz::Corpus(argv[1]));
  return 0;
}
