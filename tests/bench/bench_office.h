// An enrolled office for benches: keys and config in a folder as keping-edge wants them, and the
// real node over a real store, with a roster, blanks and print-ready records from a paper centre.
//
//   KEPING_ASSIGN_OR_RETURN(OfficeFolder folder, EnrolOffice(options.folder));
//   KEPING_ASSIGN_OR_RETURN(auto office, BenchOffice::Open(folder, store.get()));
//   KEPING_RETURN_IF_ERROR(office->Equip({.records = 2000, .record_bytes = 30000}));
//   office->node().Handle(edge::Print{…});
#ifndef KEPING_TESTS_BENCH_BENCH_OFFICE_H_
#define KEPING_TESTS_BENCH_BENCH_OFFICE_H_

#include <cstddef>
#include <deque>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "common/crypto/signer.h"
#include "common/storage/kv_store.h"
#include "common/sync/frames.h"
#include "common/time/system_clock.h"
#include "edge_node/node/edge_node.h"
#include "edge_node/sync_client/node_keys.h"
#include "tests/support/paper_centre.h"

namespace keping::bench {

struct OfficeFolder {
  std::string keys_dir;
  std::string data_dir;
  std::string config;  // for keping-edge --config
  std::string api_socket;
};

// Makes keys, certificates and config in `folder`, as enrolment would. Nobody answers at the
// addresses of the centre and of the printer.
absl::StatusOr<OfficeFolder> EnrolOffice(const std::string& folder);

// Opens the database of the office as keping-edge does.
absl::StatusOr<std::unique_ptr<storage::KvStore>> OpenOfficeStore(const OfficeFolder& folder);

// What an office has.
struct Equipment {
  size_t records = 0;
  size_t record_bytes = 0;  // of each, about; most of it does not compress, as a photo
};

// Not thread-safe. The store must outlive it.
class BenchOffice {
 public:
  static absl::StatusOr<std::unique_ptr<BenchOffice>> Open(const OfficeFolder& folder,
                                                           storage::KvStore* store);

  // Operator, records prr-0 … and as many blanks, received; all of it proven.
  absl::Status Equip(const Equipment& equipment);

  // The print of record `i` on blank `i`.
  edge::Print PrintOf(size_t i);
  // What follows a print until its card is verified: taken, completed, scanned.
  absl::Status Finish(const edge::Print& print);

  edge::EdgeNode& node() { return *node_; }

 private:
  explicit BenchOffice(edge::NodeKeys keys);

  // Carries frames until both sides are quiet.
  absl::Status Exchange();
  absl::Status Feed(const std::vector<decltype(domain::FeedItem::body)>& bodies);
  absl::Status FeedRecords(const Equipment& equipment);
  absl::Status ReceiveBlanks(size_t count);
  absl::Status Do(const edge::Input& input);

  const edge::NodeKeys keys_;
  const time::SystemClock clock_;
  const std::unique_ptr<crypto::Signer> signer_;
  const std::unique_ptr<crypto::Signer> centre_signer_;
  const std::unique_ptr<crypto::Verifier> verifier_;
  tests::PaperCentre centre_;
  uint64_t fed_ = 0;
  std::deque<sync::NodeFrame> sent_;
  std::unique_ptr<edge::EdgeNode> node_;
};

}  // namespace keping::bench

#endif  // KEPING_TESTS_BENCH_BENCH_OFFICE_H_
