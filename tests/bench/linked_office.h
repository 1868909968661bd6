// An office for benches as keping-edge runs it, without screens and printers: the real node over
// RocksDB, its session with a centre over gRPC with mutual TLS. Its clock may be a simulated one,
// so that a day of work takes seconds and what it gathers is what a day gathers; or the machine's,
// which jumps over the waits between two acts while there is no session.
//
//   KEPING_ASSIGN_OR_RETURN(auto office, LinkedOffice::Open({.folder = …, .keys = keys}));
//   office->Connect(centre->address());
//   office->ReceiveBlanks();
//   office->PrintCard();                        // the next record on the next blank, and its scan
//   office->AwaitProven();
#ifndef KEPING_TESTS_BENCH_LINKED_OFFICE_H_
#define KEPING_TESTS_BENCH_LINKED_OFFICE_H_

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "common/base/prng.h"
#include "common/crypto/signer.h"
#include "common/runtime/core_thread.h"
#include "common/time/simulated_clock.h"
#include "common/time/system_clock.h"
#include "edge_node/node/edge_node.h"
#include "edge_node/sync_client/node_keys.h"
#include "edge_node/sync_client/sync_client.h"
#include "tests/bench/hurried_store.h"

namespace keping::bench {

// How long each step of a card takes: the printer takes it, prints, the person scans it and waits
// for the next resident.
std::vector<absl::Duration> CardSteps(base::Prng& prng);

// What the office has sent and been sent.
struct LinkCounters {
  uint64_t segments = 0;
  uint64_t entries = 0;         // in them, repeated ones too
  uint64_t attempts = 0;        // to connect
  uint64_t received_bytes = 0;  // of frames, before TLS
};

// Thread-safe but for the construction.
class LinkedOffice {
 public:
  struct Options {
    std::string folder;
    edge::NodeKeys keys;
    // Time passes only by LetPass, and what the node gathers waits for that.
    bool simulated_time = false;
  };

  static absl::StatusOr<std::unique_ptr<LinkedOffice>> Open(Options options);
  ~LinkedOffice();

  absl::Status Connect(const std::string& address);
  // Returns when the session is gone.
  absl::Status Disconnect();

  // Until the centre has welcomed the node and said the last receipt again; DeadlineExceeded.
  absl::Status AwaitSession();
  // Until the whole log is proven.
  absl::Status AwaitProven(absl::Duration patience = absl::Minutes(10));
  // Until so many records may be printed.
  absl::Status AwaitRecords(uint64_t count, absl::Duration patience = absl::Minutes(10));
  // Until none may be printed: they were, or were withdrawn.
  absl::Status AwaitNoRecords(absl::Duration patience);
  // The blanks of the transfer that is on its way.
  absl::Status ReceiveBlanks();

  // A card: the intent, what the printer says, the scan, with `between` after each (LetPass; may be
  // empty).
  absl::Status PrintCard(const std::vector<absl::Duration>& between = {});
  // Simulated time: what comes due meanwhile is done, and what is sent is proven at once. Else the
  // clock jumps.
  absl::Status LetPass(absl::Duration time);

  // Writes are not synced until this is called with false: a backlog is quickly made.
  void SetHurry(bool hurry);

  const rpc::TlsIdentity& tls() const { return options_.keys.tls; }
  uint64_t head_seq();
  uint64_t proven_seq();
  LinkCounters counters();
  runtime::CoreThread& core() { return core_; }
  edge::EdgeNode& node() { return *node_; }

 private:
  class JumpingClock;

  explicit LinkedOffice(Options options);
  absl::Status OpenNode();
  // As the program does, every second; on the core thread.
  void WatchSession();
  void Look();
  absl::Status Await(const std::function<bool()>& condition, absl::Duration patience,
                     const char* what);
  const time::Clock& clock() const;
  absl::Status Do(const edge::Input& input);
  void After(absl::Duration delay, std::function<void()> task);
  // The first task that is due within `time`, with the clock set to it.
  std::function<void()> TakeDue(absl::Duration until);

  const Options options_;
  const time::SystemClock system_clock_;
  const std::unique_ptr<JumpingClock> jumping_clock_;  // of the core thread
  time::SimulatedClock simulated_clock_;               // of the core thread
  const std::unique_ptr<crypto::Signer> signer_;
  const std::unique_ptr<crypto::Verifier> verifier_ = crypto::MakeEd25519Verifier();
  std::unique_ptr<HurriedStore> store_;
  std::unique_ptr<edge::EdgeNode> node_;
  runtime::CoreThread core_{&system_clock_, 4096};
  std::unique_ptr<edge::SyncClient> client_;
  std::multimap<absl::Duration, std::function<void()>> timers_;  // of the core thread
  std::deque<domain::BlankSerial> blanks_;                       // in the tray

  absl::Mutex mutex_;
  std::string address_ ABSL_GUARDED_BY(mutex_);
  bool connected_ ABSL_GUARDED_BY(mutex_) = false;
  bool receipted_ ABSL_GUARDED_BY(mutex_) = false;  // in this session
  uint64_t head_seq_ ABSL_GUARDED_BY(mutex_) = 0;
  uint64_t proven_seq_ ABSL_GUARDED_BY(mutex_) = 0;
  uint64_t records_ ABSL_GUARDED_BY(mutex_) = 0;
  bool transfer_ ABSL_GUARDED_BY(mutex_) = false;
  LinkCounters counters_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace keping::bench

#endif  // KEPING_TESTS_BENCH_LINKED_OFFICE_H_
