#include "tests/support/little_district.h"

#include <utility>
#include <variant>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "central_node/sync_service/session_hub.h"
#include "common/base/check.h"
#include "common/crypto/hash.h"
#include "common/wire/frame_codec.h"
#include "edge_node/node/edge_node.h"
#include "keping/national/v1/national.pb.h"
#include "keping/sync/v1/sync.pb.h"

namespace keping::tests {
namespace {

sync::NodeFrame Carried(const sync::NodeFrame& frame) {
  sync::v1::SessionRequest proto;
  wire::EncodeFrame(frame, &proto);
  return *wire::DecodeFrame(proto);
}

sync::CentreFrame Carried(const sync::CentreFrame& frame) {
  sync::v1::SessionResponse proto;
  wire::EncodeFrame(frame, &proto);
  return *wire::DecodeFrame(proto);
}

edge::EdgeSettings SettingsOf(const LittleDistrict::Office& office) {
  edge::EdgeSettings settings;
  settings.node = office.node_id;
  settings.fetch_limits = office.fetch_limits;
  settings.application_version = domain::ApplicationVersion::Of("v1");
  settings.cards_per_day[domain::PrinterId::Of("printer")] = 50;
  return settings;
}

}  // namespace

LittleDistrict::LittleDistrict(const std::map<std::string, std::string>& offices) {
  for (const auto& [name, kecamatan] : offices) {
    settings_.offices.push_back({domain::NodeId::Of(name), kecamatan});
  }
  RestartCentre();
  for (const auto& [name, kecamatan] : offices) {
    Office& office = offices_[name];
    office.node_id = domain::NodeId::Of(name);
    office.incarnation = domain::IncarnationId::Of(name + "-1");
    office.signer = crypto::MakeKeyedHashSigner(crypto::Sha256({name}).AsBytes());
    Enrol(name);
    RestartOffice(name);
  }
}

LittleDistrict::~LittleDistrict() = default;

void LittleDistrict::Clone(const std::string& name, const std::string& as) {
  const Office& original = offices_.at(name);
  Office& copy = offices_[as];
  copy.node_id = original.node_id;
  copy.incarnation = original.incarnation;
  copy.store = original.store;
  copy.signer = crypto::MakeKeyedHashSigner(crypto::Sha256({name}).AsBytes());
  RestartOffice(as);
}

void LittleDistrict::Recover(const std::string& name) {
  Cut(name);
  Office& office = offices_.at(name);
  const edge::Frozen frozen = *office.node->store().frozen();
  const edge::LogTail tail = office.node->store().tail();
  office.node.reset();
  office.incarnation = domain::IncarnationId::Of(absl::StrCat(office.incarnation.value(), ".r"));
  office.signer =
      crypto::MakeKeyedHashSigner(crypto::Sha256({office.incarnation.value()}).AsBytes());
  const uint64_t witnessed = office.witness.has_value() ? office.witness->head.seq : 0;
  office.witness.reset();
  const bool forked = frozen.kind != sync::ProblemKind::kRollback;
  storage::WriteBatch batch;
  KEPING_CHECK(edge::StageSuccession(office.store, tail, office.incarnation,
                                     forked ? domain::IncarnationReason::kForked
                                            : domain::IncarnationReason::kRestored,
                                     edge::ReachedSeq(frozen, witnessed), &batch)
                   .ok(),
               "the log of a test becomes an ancestor");
  KEPING_CHECK(office.store.Write(batch, storage::Durability::kSynced).ok(), "it is stored");
  Enrol(name);
  RestartOffice(name);
}

void LittleDistrict::EnrolAnew(const std::string& name, const std::string& incarnation) {
  Cut(name);
  Office& office = offices_.at(name);
  office.node.reset();
  office.store = storage::FaultyStore();
  office.incarnation = domain::IncarnationId::Of(incarnation);
  office.signer = crypto::MakeKeyedHashSigner(crypto::Sha256({incarnation}).AsBytes());
  Enrol(name);
  RestartOffice(name);
}

void LittleDistrict::SetGrantKey(std::string key) {
  grant_key_ = std::move(key);
  RestartCentre();
}

void LittleDistrict::RestoreCentre(const storage::FaultyStore& backup, bool shown) {
  const storage::LogHead& head = centre_->log_head();
  if (shown) centre_witness_ = {centre_->log_incarnation(), {head.seq, head.hash}};
  centre_store_ = backup;
  RestartCentre();
  centre_witness_.reset();
}

void LittleDistrict::Connect(const std::string& name) {
  Office& office = offices_.at(name);
  office.up.clear();
  office.down.clear();
  office.connection = ++last_connection_;
  hub_->OnConnected(last_connection_, office.node_id,
                    {.certified = office.certified,
                     .send =
                         [this, name, id = last_connection_](const sync::CentreFrame& f) {
                           if (offices_.at(name).connection == id) {
                             offices_.at(name).down.push_back(Carried(f));
                           }
                         },
                     .close =
                         [this, name, id = last_connection_](const absl::Status& status) {
                           if (offices_.at(name).connection == id) closing_[name] = status;
                         }});
  office.node->OnConnected();
}

void LittleDistrict::Cut(const std::string& name, const absl::Status& why) {
  Office& office = offices_.at(name);
  if (!office.connection.has_value()) return;
  const auto id = *std::exchange(office.connection, std::nullopt);
  office.dropped = why;
  for (const sync::CentreFrame& frame : office.down) {
    office.batches_lost += std::holds_alternative<sync::FeedBatch>(frame);
  }
  office.up.clear();
  office.down.clear();
  hub_->OnDisconnected(id);
  office.node->OnDisconnected();
}

void LittleDistrict::JudgeLater() {
  judge_later_ = true;
  RestartCentre();
}

bool LittleDistrict::JudgeSome() {
  const std::vector<std::function<void()>> tasks = std::exchange(later_, {});
  for (const std::function<void()>& task : tasks) task();
  return !tasks.empty();
}

bool LittleDistrict::Run(int turns) {
  for (int i = 0; i < turns; ++i) {
    if (!CarryOne()) return false;
  }
  return true;
}

void LittleDistrict::RestartCentre() {
  for (auto& [name, office] : offices_) Cut(name);
  hub_.reset();
  later_.clear();
  centre_.reset();
  centre_store_.Reopen();
  auto opened = central::CentralNode::Open(&centre_store_, CentreOptions(), clock_.Now());
  KEPING_CHECK(opened.ok(), "the centre of a test opens");
  centre_ = *std::move(opened);
  central::SessionHub::Ports ports{
      .node = centre_.get(),
      .signer = centre_signer_.get(),
      .verifier = verifier_.get(),
      .clock = &clock_,
      .failed = [this](const absl::Status& status) { centre_failure_ = status; }};
  if (judge_later_) {
    ports.after = [this](absl::Duration, std::function<void()> task) {
      later_.push_back(std::move(task));
    };
  }
  hub_ = std::make_unique<central::SessionHub>(std::move(ports));
}

void LittleDistrict::RestartOffice(const std::string& name) {
  Cut(name);
  Office& office = offices_.at(name);
  office.node.reset();
  office.store.Reopen();
  if (office.clock == nullptr) office.clock = std::make_unique<ShiftedClock>(&clock_);
  auto opened = edge::EdgeNode::Open(
      SettingsOf(office), EdgeIdentity(office),
      *crypto::RecordCipher::FromKey(std::string(crypto::kSealKeySize, 'e')),
      {.store = &office.store,
       .clock = office.clock.get(),
       .random = [this](size_t size) { return prng_.Bytes(size); },
       .conditions = [] { return edge::Conditions(); },
       .act = [&office](const edge::Action& action) { office.actions.push_back(action); },
       .send = [&office](const sync::NodeFrame& frame) { office.up.push_back(Carried(frame)); },
       .failed = [](const absl::Status&) {},
       .witness = office.witness});
  KEPING_CHECK(opened.ok(), "the office of a test opens");
  office.node = *std::move(opened);
  KEPING_CHECK(office.node->Start().ok(), "the office of a test starts");
}

central::ArrivedRecord LittleDistrict::Record(int number, const std::string& village,
                                              size_t picture_bytes) {
  national::v1::Record proto;
  proto.set_prr(absl::StrFormat("p%04d", number));
  proto.set_version(1);
  proto.set_nik(absl::StrFormat("510601410190%04d", number));
  proto.set_village_code(village);
  proto.set_enrolled_at_micros(number);
  proto.set_picture(std::string(picture_bytes, 'p'));
  return *central::ReadRecord(proto);
}

void LittleDistrict::AddRecords(int first, int count, const std::string& village,
                                size_t picture_bytes) {
  std::vector<central::ArrivedRecord> records;
  for (int i = first; i < first + count; ++i) {
    records.push_back(Record(i, village, picture_bytes));
  }
  const uint64_t cursor = centre_->cursors().records + records.size();
  KEPING_CHECK(centre_->ReceiveRecords(clock_.Now(), records, cursor).ok(), "records are stored");
  hub_->Pump();
}

domain::SerialSet LittleDistrict::AddBlanks(int count, int allotment) {
  domain::SerialSet serials;
  for (int i = 0; i < count; ++i) {
    serials.Insert(domain::BlankSerial::Of(absl::StrCat("A", 1000 * allotment + i)));
  }
  KEPING_CHECK(
      centre_
          ->ReceiveAllotments(clock_.Now(),
                              {{{.allotment = domain::AllotmentId::Of(absl::StrCat("a", allotment)),
                                 .bast_number = absl::StrCat("B/", allotment),
                                 .serials = serials}}},
                              static_cast<uint64_t>(allotment))
          .ok(),
      "an allotment is stored");
  return serials;
}

bool LittleDistrict::CarryOne() {
  bool carried = false;
  for (auto& [name, office] : offices_) {
    if (!office.connection.has_value()) continue;
    if (!office.down.empty()) {
      const sync::CentreFrame frame = std::move(office.down.front());
      office.down.pop_front();
      carried = true;
      office.receipts += std::holds_alternative<sync::Receipt>(frame);
      if (const auto* batch = std::get_if<sync::FeedBatch>(&frame)) {
        ++office.batches;
        office.feed_items += batch->items.size();
      }
      const absl::Status status = office.node->OnFrame(frame);
      if (!status.ok()) Cut(name, status);
    }
    if (!office.up.empty()) {
      const sync::NodeFrame frame = std::move(office.up.front());
      office.up.pop_front();
      carried = true;
      const absl::Status status = hub_->OnFrame(*office.connection, frame);
      if (!status.ok()) closing_[name] = status;
    }
    // A stream that ends still delivers what was sent before.
    if (closing_.contains(name) && office.down.empty()) Cut(name, closing_.at(name));
    if (!office.connection.has_value()) closing_.erase(name);
  }
  return carried;
}

central::CentralOptions LittleDistrict::CentreOptions() {
  return {.centre = domain::NodeId::Of("district"),
          .settings = settings_,
          .cipher = *crypto::RecordCipher::FromKey(std::string(crypto::kSealKeySize, 'c')),
          .nik_lookup_key = "look-up",
          .random = [this](size_t size) { return prng_.Bytes(size); },
          .grant_key = grant_key_,
          .witness = centre_witness_,
          .judged_at_once = judge_later_ ? 0u : 64u};
}

void LittleDistrict::Enrol(const std::string& name) {
  const Office& office = offices_.at(name);
  KEPING_CHECK(Command(central::EnrolNode{.node = office.node_id,
                                          .incarnation = office.incarnation,
                                          .public_key = office.signer->public_key()}) ==
                   central::CommandOutcome::kDone,
               "an office of a test enrols");
}

edge::EdgeIdentity LittleDistrict::EdgeIdentity(const Office& office) {
  return {.incarnation = office.incarnation,
          .signer = office.signer.get(),
          .verifier = verifier_.get(),
          .centre_public_key = centre_signer_->public_key(),
          .software_version = "test"};
}

}  // namespace keping::tests
