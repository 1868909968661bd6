// A centre and its offices in memory: the real nodes and the real session hub, with frames carried
// by hand and a clock that stands still.
//
//   LittleDistrict district({{"susut", "51.06.01"}});
//   district.Connect("susut");
//   district.Run();                        // until no frame is under way
//   district.office("susut").node->Handle(…);
//   district.Cut("susut"); district.RestartCentre();
#ifndef KEPING_TESTS_SUPPORT_LITTLE_DISTRICT_H_
#define KEPING_TESTS_SUPPORT_LITTLE_DISTRICT_H_

#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "central_node/store/central_node.h"
#include "central_node/sync_service/session_hub.h"
#include "common/base/check.h"
#include "common/base/prng.h"
#include "common/storage/faulty_store.h"
#include "common/time/simulated_clock.h"
#include "common/wire/frame_codec.h"
#include "edge_node/node/edge_node.h"
#include "keping/national/v1/national.pb.h"
#include "keping/sync/v1/sync.pb.h"

namespace keping::tests {

class LittleDistrict {
 public:
  // The district's time, as a machine shows it whose clock somebody set.
  class ShiftedClock : public time::Clock {
   public:
    explicit ShiftedClock(const time::Clock* clock) : clock_(clock) {}
    time::Moment Now() const override {
      time::Moment now = clock_->Now();
      now.wall += shift_;
      return now;
    }
    void SetWall(absl::Time wall) { shift_ = wall - clock_->Now().wall; }

   private:
    const time::Clock* clock_;
    absl::Duration shift_;
  };

  struct Office {
    domain::NodeId node_id;
    domain::IncarnationId incarnation;
    std::optional<sync::Witness> witness;  // as the next start finds it
    domain::IncarnationId certified = {};  // what its certificate names
    storage::FaultyStore store;
    std::unique_ptr<ShiftedClock> clock;
    edge::FetchLimits fetch_limits = {};  // from its next start on
    std::unique_ptr<crypto::Signer> signer;
    std::unique_ptr<edge::EdgeNode> node;
    std::deque<sync::NodeFrame> up;
    std::deque<sync::CentreFrame> down;
    std::optional<central::SessionHub::ConnectionId> connection;
    absl::Status dropped;  // why the last connection ended
    std::vector<edge::Action> actions;
    uint64_t receipts = 0;  // carried so far
    uint64_t batches = 0;
    uint64_t feed_items = 0;
    uint64_t batches_lost = 0;  // under way when a connection was cut
  };

  // Office -> its kecamatan.
  explicit LittleDistrict(const std::map<std::string, std::string>& offices) {
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

  // A second machine with the whole disk of the first.
  void Clone(const std::string& name, const std::string& as) {
    const Office& original = offices_.at(name);
    Office& copy = offices_[as];
    copy.node_id = original.node_id;
    copy.incarnation = original.incarnation;
    copy.store = original.store;
    copy.signer = crypto::MakeKeyedHashSigner(crypto::Sha256({name}).AsBytes());
    RestartOffice(as);
  }

  // What keping-edge recover does: a new incarnation goes on from the node's logs.
  void Recover(const std::string& name) {
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

  // Another machine takes the office over, with an empty disk.
  void EnrolAnew(const std::string& name, const std::string& incarnation) {
    Cut(name);
    Office& office = offices_.at(name);
    office.node.reset();
    office.store = storage::FaultyStore();
    office.incarnation = domain::IncarnationId::Of(incarnation);
    office.signer = crypto::MakeKeyedHashSigner(crypto::Sha256({incarnation}).AsBytes());
    Enrol(name);
    RestartOffice(name);
  }

  // The centre starts again, with a key for telephone grants.
  void SetGrantKey(std::string key) {
    grant_key_ = std::move(key);
    RestartCentre();
  }

  // The database of the centre is set back. `shown`: the witness beside its keys is not.
  void RestoreCentre(const storage::FaultyStore& backup, bool shown) {
    const storage::LogHead& head = centre_->log_head();
    if (shown) centre_witness_ = {centre_->log_incarnation(), {head.seq, head.hash}};
    centre_store_ = backup;
    RestartCentre();
    centre_witness_.reset();
  }

  Office& office(const std::string& name) { return offices_.at(name); }
  central::CentralNode& centre() { return *centre_; }
  central::SessionHub& hub() { return *hub_; }
  storage::FaultyStore& centre_store() { return centre_store_; }
  time::SimulatedClock& clock() { return clock_; }
  const crypto::Signer& centre_signer() const { return *centre_signer_; }
  const crypto::Verifier& verifier() const { return *verifier_; }
  const absl::Status& centre_failure() const { return centre_failure_; }

  void Connect(const std::string& name) {
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

  void Cut(const std::string& name, const absl::Status& why = absl::OkStatus()) {
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

  // The centre starts again, and from then on judges a backlog of any length behind its receipts,
  // when JudgeSome is called.
  void JudgeLater() {
    judge_later_ = true;
    RestartCentre();
  }
  // What the centre put off runs once; false when there was nothing.
  bool JudgeSome() {
    const std::vector<std::function<void()>> tasks = std::exchange(later_, {});
    for (const std::function<void()>& task : tasks) task();
    return !tasks.empty();
  }

  // In each turn every office gets the oldest frame for it, and its oldest one is handed in; false
  // when none was under way any more.
  bool Run(int turns = 1'000'000) {
    for (int i = 0; i < turns; ++i) {
      if (!CarryOne()) return false;
    }
    return true;
  }

  void RestartCentre() {
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

  void RestartOffice(const std::string& name) {
    Cut(name);
    Office& office = offices_.at(name);
    office.node.reset();
    office.store.Reopen();
    if (office.clock == nullptr) office.clock = std::make_unique<ShiftedClock>(&clock_);
    auto opened = edge::EdgeNode::Open(
        EdgeSettings(office), EdgeIdentity(office),
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

  // Record p<number> of the village, as the national server hands it over.
  static central::ArrivedRecord Record(int number, const std::string& village,
                                       size_t picture_bytes = 200) {
    national::v1::Record proto;
    proto.set_prr(absl::StrFormat("p%04d", number));
    proto.set_version(1);
    proto.set_nik(absl::StrFormat("510601410190%04d", number));
    proto.set_village_code(village);
    proto.set_enrolled_at_micros(number);
    proto.set_picture(std::string(picture_bytes, 'p'));
    return *central::ReadRecord(proto);
  }

  void AddRecords(int first, int count, const std::string& village, size_t picture_bytes = 200) {
    std::vector<central::ArrivedRecord> records;
    for (int i = first; i < first + count; ++i) {
      records.push_back(Record(i, village, picture_bytes));
    }
    const uint64_t cursor = centre_->cursors().records + records.size();
    KEPING_CHECK(centre_->ReceiveRecords(clock_.Now(), records, cursor).ok(), "records are stored");
    hub_->Pump();
  }

  // Blanks A1000 … of one allotment; of the second one A2000 ….
  domain::SerialSet AddBlanks(int count, int allotment = 1) {
    domain::SerialSet serials;
    for (int i = 0; i < count; ++i) {
      serials.Insert(domain::BlankSerial::Of(absl::StrCat("A", 1000 * allotment + i)));
    }
    KEPING_CHECK(centre_
                     ->ReceiveAllotments(
                         clock_.Now(),
                         {{{.allotment = domain::AllotmentId::Of(absl::StrCat("a", allotment)),
                            .bast_number = absl::StrCat("B/", allotment),
                            .serials = serials}}},
                         static_cast<uint64_t>(allotment))
                     .ok(),
                 "an allotment is stored");
    return serials;
  }

  template <typename Input>
  central::CommandOutcome Command(const Input& command) {
    const auto result = centre_->Handle(clock_.Now(), command);
    KEPING_CHECK(result.ok(), "a command is stored");
    hub_->Pump();
    return result->outcome;
  }

 private:
  static sync::NodeFrame Carried(const sync::NodeFrame& frame) {
    sync::v1::SessionRequest proto;
    wire::EncodeFrame(frame, &proto);
    return *wire::DecodeFrame(proto);
  }
  static sync::CentreFrame Carried(const sync::CentreFrame& frame) {
    sync::v1::SessionResponse proto;
    wire::EncodeFrame(frame, &proto);
    return *wire::DecodeFrame(proto);
  }

  bool CarryOne() {
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

  central::CentralOptions CentreOptions() {
    return {.centre = domain::NodeId::Of("district"),
            .settings = settings_,
            .cipher = *crypto::RecordCipher::FromKey(std::string(crypto::kSealKeySize, 'c')),
            .nik_lookup_key = "look-up",
            .random = [this](size_t size) { return prng_.Bytes(size); },
            .grant_key = grant_key_,
            .witness = centre_witness_,
            .judged_at_once = judge_later_ ? 0u : 64u};
  }

  void Enrol(const std::string& name) {
    const Office& office = offices_.at(name);
    KEPING_CHECK(Command(central::EnrolNode{.node = office.node_id,
                                            .incarnation = office.incarnation,
                                            .public_key = office.signer->public_key()}) ==
                     central::CommandOutcome::kDone,
                 "an office of a test enrols");
  }

  static edge::EdgeSettings EdgeSettings(const Office& office) {
    edge::EdgeSettings settings;
    settings.node = office.node_id;
    settings.fetch_limits = office.fetch_limits;
    settings.application_version = domain::ApplicationVersion::Of("v1");
    settings.cards_per_day[domain::PrinterId::Of("printer")] = 50;
    return settings;
  }

  edge::EdgeIdentity EdgeIdentity(const Office& office) {
    return {.incarnation = office.incarnation,
            .signer = office.signer.get(),
            .verifier = verifier_.get(),
            .centre_public_key = centre_signer_->public_key(),
            .software_version = "test"};
  }

  time::SimulatedClock clock_{absl::FromUnixSeconds(1'500'000'000)};
  base::Prng prng_{7};
  const std::unique_ptr<crypto::Verifier> verifier_ = crypto::MakeKeyedHashVerifier();
  const std::unique_ptr<crypto::Signer> centre_signer_ =
      crypto::MakeKeyedHashSigner(crypto::Sha256({"centre"}).AsBytes());
  central::Settings settings_;
  std::optional<sync::Witness> centre_witness_;
  std::string grant_key_;
  storage::FaultyStore centre_store_;
  std::unique_ptr<central::CentralNode> centre_;
  std::unique_ptr<central::SessionHub> hub_;
  absl::Status centre_failure_;
  bool judge_later_ = false;
  std::vector<std::function<void()>> later_;
  std::map<std::string, Office> offices_;
  std::map<std::string, absl::Status> closing_;
  central::SessionHub::ConnectionId last_connection_ = 0;
};

}  // namespace keping::tests

#endif  // KEPING_TESTS_SUPPORT_LITTLE_DISTRICT_H_
