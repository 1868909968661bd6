// A centre for benches as keping-central runs it, without consoles and national link: the real node
// over RocksDB, sessions over gRPC with mutual TLS.
//
//   KEPING_ASSIGN_OR_RETURN(auto centre, BenchCentre::Start({.folder = options.folder}));
//   KEPING_ASSIGN_OR_RETURN(edge::NodeKeys keys, centre->Enrol("kintamani"));
//   centre->Supply("kintamani", 200, 30000);   // person, records and blanks
#ifndef KEPING_TESTS_BENCH_BENCH_CENTRE_H_
#define KEPING_TESTS_BENCH_BENCH_CENTRE_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "central_node/store/central_node.h"
#include "central_node/sync_service/district_keys.h"
#include "central_node/sync_service/session_hub.h"
#include "central_node/sync_service/sync_service.h"
#include "common/rpc/server.h"
#include "common/runtime/core_thread.h"
#include "common/time/system_clock.h"
#include "edge_node/sync_client/node_keys.h"
#include "tests/bench/hurried_store.h"

namespace keping::bench {

inline constexpr char kOperator[] = "ayu";
inline constexpr char kPrinter[] = "p1";
inline constexpr char kVersion[] = "8.1";

// Runs on the core thread and waits for it.
absl::Status RunOn(runtime::CoreThread& core, const std::function<absl::Status()>& task);

// Thread-safe but for the construction.
class BenchCentre {
 public:
  struct Options {
    std::string folder;
    std::vector<std::string> offices;
    std::string listen = "127.0.0.1:0";
  };

  static absl::StatusOr<std::unique_ptr<BenchCentre>> Start(const Options& options);
  ~BenchCentre();

  // What enrolment leaves at the node.
  absl::StatusOr<edge::NodeKeys> Enrol(const std::string& office,
                                       const std::string& incarnation = "i-1");
  // A certified person, so many records with a picture of so many bytes, and as many blanks on
  // their way, in transfers of what one act may name.
  absl::Status Supply(const std::string& office, size_t records, size_t picture_bytes);
  // The nation withdraws the last record that the office was supplied with.
  absl::Status WithdrawLastRecord(const std::string& office);

  // Writes are not synced until this is called with false: much is quickly prepared.
  absl::Status SetHurry(bool hurry);

  const std::string& address() const { return server_->address(); }
  const rpc::TlsIdentity& tls() const { return keys_->tls; }
  runtime::CoreThread& core() { return core_; }
  central::CentralNode& node() { return *node_; }
  central::SessionHub& hub() { return *hub_; }

 private:
  BenchCentre() = default;
  absl::Status Open(const Options& options);
  absl::Status SendBlanks(const domain::NodeId& node, size_t count);
  absl::Status SendBox(const domain::NodeId& node, size_t first, size_t count);
  absl::Status SupplyRecords(size_t office, size_t records, size_t picture_bytes);

  const time::SystemClock clock_;
  const std::unique_ptr<crypto::Verifier> verifier_ = crypto::MakeEd25519Verifier();
  std::vector<std::string> offices_;
  std::unique_ptr<central::DistrictKeys> keys_;
  std::unique_ptr<HurriedStore> store_;
  std::unique_ptr<central::CentralNode> node_;
  std::unique_ptr<central::SessionHub> hub_;
  runtime::CoreThread core_{&clock_, 4096};
  std::unique_ptr<central::SyncService> sync_;
  std::unique_ptr<rpc::RunningServer> server_;
  size_t supplied_ = 0;
  std::map<std::string, domain::PrrId> last_records_;  // of each office
  uint64_t withdrawn_ = 0;
};

// Seconds so far: of all threads of this program, and of the one that takes, judges and answers for
// all nodes.
struct CentreCpu {
  double all = 0;
  double core = 0;
};
CentreCpu CpuSoFar(BenchCentre& centre);

}  // namespace keping::bench

#endif  // KEPING_TESTS_BENCH_BENCH_CENTRE_H_
