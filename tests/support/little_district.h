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
#include <vector>

#include "central_node/store/central_node.h"
#include "central_node/sync_service/session_hub.h"
#include "common/base/check.h"
#include "common/base/prng.h"
#include "common/storage/faulty_store.h"
#include "common/time/simulated_clock.h"
#include "edge_node/node/edge_node.h"

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
  explicit LittleDistrict(const std::map<std::string, std::string>& offices);
  ~LittleDistrict();

  // A second machine with the whole disk of the first.
  void Clone(const std::string& name, const std::string& as);

  // What keping-edge recover does: a new incarnation goes on from the node's logs.
  void Recover(const std::string& name);

  // Another machine takes the office over, with an empty disk.
  void EnrolAnew(const std::string& name, const std::string& incarnation);

  // The centre starts again, with a key for telephone grants.
  void SetGrantKey(std::string key);

  // The database of the centre is set back. `shown`: the witness beside its keys is not.
  void RestoreCentre(const storage::FaultyStore& backup, bool shown);

  Office& office(const std::string& name) { return offices_.at(name); }
  central::CentralNode& centre() { return *centre_; }
  central::SessionHub& hub() { return *hub_; }
  storage::FaultyStore& centre_store() { return centre_store_; }
  time::SimulatedClock& clock() { return clock_; }
  const crypto::Signer& centre_signer() const { return *centre_signer_; }
  const crypto::Verifier& verifier() const { return *verifier_; }
  const absl::Status& centre_failure() const { return centre_failure_; }

  void Connect(const std::string& name);

  void Cut(const std::string& name, const absl::Status& why = absl::OkStatus());

  // The centre starts again, and from then on judges a backlog of any length behind its receipts,
  // when JudgeSome is called.
  void JudgeLater();
  // What the centre put off runs once; false when there was nothing.
  bool JudgeSome();

  // In each turn every office gets the oldest frame for it, and its oldest one is handed in; false
  // when none was under way any more.
  bool Run(int turns = 1'000'000);

  void RestartCentre();

  void RestartOffice(const std::string& name);

  // Record p<number> of the village, as the national server hands it over.
  static central::ArrivedRecord Record(int number, const std::string& village,
                                       size_t picture_bytes = 200);

  void AddRecords(int first, int count, const std::string& village, size_t picture_bytes = 200);

  // Blanks A1000 … of one allotment; of the second one A2000 ….
  domain::SerialSet AddBlanks(int count, int allotment = 1);

  template <typename Input>
  central::CommandOutcome Command(const Input& command) {
    const auto result = centre_->Handle(clock_.Now(), command);
    KEPING_CHECK(result.ok(), "a command is stored");
    hub_->Pump();
    return result->outcome;
  }

 private:
  bool CarryOne();

  central::CentralOptions CentreOptions();

  void Enrol(const std::string& name);

  edge::EdgeIdentity EdgeIdentity(const Office& office);

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
