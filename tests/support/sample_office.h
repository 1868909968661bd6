// An office with one short working day behind it, made by the real edge node over any store: for
// tests that look at what a node leaves on disk.
//
//   SampleOffice office(store.get());      // enrols, receives 10 blanks, prints, reports to a
//   centre office.centre_public_key();
//
// The day: 10 of 11 blanks received, 4 cards begun (one good, one spoiled, one good on another
// blank than intended, one still at the printer), one blank spoiled outside a job, one print
// refused. The centre has countersigned everything but the last job.
#ifndef KEPING_TESTS_SUPPORT_SAMPLE_OFFICE_H_
#define KEPING_TESTS_SUPPORT_SAMPLE_OFFICE_H_

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "common/base/prng.h"
#include "common/crypto/signer.h"
#include "common/storage/kv_store.h"
#include "common/sync/frames.h"
#include "common/time/simulated_clock.h"
#include "edge_node/node/edge_node.h"

namespace keping::tests {

// Checks instead of returning errors. Not thread-safe. The store must outlive it.
class SampleOffice {
 public:
  static constexpr char kNode[] = "susut";
  static constexpr char kIncarnation[] = "susut-1";
  static constexpr char kOperator[] = "op-susut";
  static constexpr char kTransfer[] = "transfer-1";
  // What the district sent with it; the last one was missing.
  static constexpr char kDispatched[] = "A0001000..A0001010";

  explicit SampleOffice(storage::KvStore* store);

  const std::string& centre_public_key() const { return centre_->public_key(); }
  const std::string& log_public_key() const { return log_key_->public_key(); }
  // What it sent to the centre, in order.
  const std::vector<sync::Segment>& segments() const { return segments_; }
  // The last entry, and the last one that a receipt covers.
  uint64_t last_seq() const { return node_->store().log().head().seq; }
  uint64_t proven_seq() const { return proven_.seq; }

 private:
  void MeetCentre();
  void SendFeed();
  void Countersign();
  void Receive();
  domain::ActId Print(const std::string& blank);
  void Do(const edge::Input& input);

  base::Prng prng_{20170427};
  time::SimulatedClock clock_;
  const std::unique_ptr<crypto::Signer> log_key_;
  const std::unique_ptr<crypto::Signer> centre_;
  const std::unique_ptr<crypto::Verifier> verifier_;
  std::unique_ptr<edge::EdgeNode> node_;
  std::vector<sync::Segment> segments_;
  sync::Head sent_;
  sync::Head proven_;
};

}  // namespace keping::tests

#endif  // KEPING_TESTS_SUPPORT_SAMPLE_OFFICE_H_
