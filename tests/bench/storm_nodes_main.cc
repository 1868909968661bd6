// The nodes of the bench "storm-nodes": those of FOLDER (n0, n1 … with keys and recorded sessions),
// each on a connection of its own with a handshake in full, so many at once, and the next as one
// ends. Says "ready" before the first, and its report after the last.
#include <algorithm>
#include <atomic>
#include <iostream>
#include <string>
#include <thread>
#include <utility>
#include <variant>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/synchronization/mutex.h"
#include "common/base/status_macros.h"
#include "common/rpc/tls_identity.h"
#include "common/runtime/process.h"
#include "common/sync/edge_session.h"
#include "tests/bench/crowd_report.h"
#include "tests/bench/measure.h"
#include "tests/bench/node_folder.h"
#include "tests/bench/raw_session.h"
#include "tests/bench/recorded_session.h"

namespace keping::bench {
namespace {

constexpr absl::Duration kPatience = absl::Minutes(10);
// EdgeNode::kSilence: a node leaves a session in which a receipt is due for so long.
constexpr double kMostReceiptSeconds = 10;

// One node that delivers its log as EdgeNode does, by the same rules of the session.
class Delivery {
 public:
  Delivery(const std::string& address, const rpc::TlsIdentity& identity,
           const RecordedSession& recorded)
      : recorded_(recorded),
        raw_(address, identity, kPatience),
        session_(recorded.hello.node, recorded.hello.incarnation, recorded.hello.software_version) {
  }

  // Until a receipt covers the log's head.
  absl::Status Run() {
    const sync::Hello& hello = recorded_.hello;
    raw_.Send(session_.Open(hello.head, hello.locator, hello.feed_position, hello.feed_state,
                            hello.generation, hello.oldest_unproven));
    while (session_.held_seq() < hello.head.seq) {
      KEPING_ASSIGN_OR_RETURN(const sync::CentreFrame frame, raw_.Receive());
      KEPING_RETURN_IF_ERROR(std::visit([this](const auto& one) { return On(one); }, frame));
      KEPING_RETURN_IF_ERROR(SendSegments());
    }
    return raw_.Close();
  }

  bool waited() const { return waited_; }
  double longest_receipt_seconds() const { return longest_receipt_seconds_; }

 private:
  absl::Status On(const sync::Welcome& welcome) {
    waited_ = welcome.wait;
    const auto problem = session_.OnWelcome(welcome, crypto::Hash());
    return problem.has_value() ? On(*problem) : absl::OkStatus();
  }
  absl::Status On(const sync::Admitted&) {
    session_.OnAdmitted();
    return absl::OkStatus();
  }
  absl::Status On(const sync::Receipt& receipt) {
    longest_receipt_seconds_ = std::max(longest_receipt_seconds_, watch_.Seconds() - stirred_);
    if (longest_receipt_seconds_ > kMostReceiptSeconds) {
      return absl::UnavailableError("a receipt was due for longer than a node waits");
    }
    stirred_ = watch_.Seconds();
    return session_.OnReceipt(receipt);
  }
  absl::Status On(const sync::FeedBatch& batch) {
    KEPING_RETURN_IF_ERROR(session_.OnBatch(batch));
    raw_.Send(sync::FeedAck{batch.to});
    return absl::OkStatus();
  }
  absl::Status On(const sync::Problem& problem) {
    return absl::FailedPreconditionError(absl::StrCat("Problem: ", problem.detail));
  }
  template <typename Frame>
  absl::Status On(const Frame&) {
    return absl::InternalError("a frame that answers nothing came");
  }

  absl::Status SendSegments() {
    while (const auto from = session_.NextSegment(recorded_.hello.head.seq)) {
      if (next_ == recorded_.segments.size() || recorded_.segments[next_].first_seq != *from) {
        return absl::InternalError("the centre holds a part of a recorded segment");
      }
      const sync::Segment& segment = recorded_.segments[next_++];
      session_.OnSent(*from + segment.entries.size() - 1);
      stirred_ = watch_.Seconds();
      raw_.Send(segment);
    }
    return absl::OkStatus();
  }

  const RecordedSession& recorded_;
  RawSession raw_;
  sync::EdgeSession session_;
  size_t next_ = 0;
  bool waited_ = false;
  const Stopwatch watch_;
  double stirred_ = 0;  // when a segment went out, or a receipt came
  double longest_receipt_seconds_ = 0;
};

struct Crowd {
  std::string address;
  std::string folder;
  size_t nodes = 0;
  size_t at_once = 0;
  bool deliver = false;  // else they only shake hands
};

// Plays the whole crowd.
class Storm {
 public:
  explicit Storm(Crowd crowd) : crowd_(std::move(crowd)) {}

  CrowdReport Run() {
    const Stopwatch watch;
    const double cpu = ProgramCpuSeconds();
    std::vector<std::thread> threads;
    for (size_t i = 0; i < std::min(crowd_.at_once, crowd_.nodes); ++i) {
      threads.emplace_back([this] { PlayNext(); });
    }
    for (std::thread& thread : threads) thread.join();
    absl::MutexLock lock(&mutex_);
    report_.seconds = watch.Seconds();
    report_.cpu_seconds = ProgramCpuSeconds() - cpu;
    return report_;
  }

 private:
  void PlayNext() {
    for (size_t i = next_++; i < crowd_.nodes; i = next_++) {
      const absl::Status played = Play(NodeFolder(crowd_.folder, i));
      if (played.ok()) continue;
      absl::MutexLock lock(&mutex_);
      if (report_.errors++ == 0) {
        report_.first_error = absl::StrReplaceAll(played.ToString(), {{"\n", " "}});
      }
    }
  }

  absl::Status Play(const std::string& folder) {
    KEPING_ASSIGN_OR_RETURN(const rpc::TlsIdentity identity, rpc::LoadTlsIdentity(folder));
    if (!crowd_.deliver) return ShakeHands(crowd_.address, identity, kPatience);
    KEPING_ASSIGN_OR_RETURN(const RecordedSession recorded, LoadRecordedSession(folder));
    Delivery delivery(crowd_.address, identity, recorded);
    absl::Status delivered = delivery.Run();
    absl::MutexLock lock(&mutex_);
    report_.waits += delivery.waited();
    report_.longest_receipt_seconds =
        std::max(report_.longest_receipt_seconds, delivery.longest_receipt_seconds());
    return delivered;
  }

  const Crowd crowd_;
  std::atomic<size_t> next_ = 0;
  absl::Mutex mutex_;
  CrowdReport report_ ABSL_GUARDED_BY(mutex_);
};

int Main(int argc, char** argv) {
  runtime::InitializeProcess();
  Crowd crowd;
  if (argc != 6 || !absl::SimpleAtoi(argv[3], &crowd.nodes) ||
      !absl::SimpleAtoi(argv[4], &crowd.at_once)) {
    std::cerr << "keping-bench-storm-nodes: want ADDRESS FOLDER NODES AT_ONCE handshakes|logs\n";
    return 2;
  }
  crowd.address = argv[1];
  crowd.folder = argv[2];
  crowd.deliver = std::string(argv[5]) == "logs";
  std::cout << "ready" << std::endl;
  std::cout << FormatCrowdReport(Storm(std::move(crowd)).Run()) << std::endl;
  return 0;
}

}  // namespace
}  // namespace keping::bench

int main(int argc, char** argv) { return keping::bench::Main(argc, argv); }
