// How an edge node gets a new certificate, for a new key, whether the old one has expired or not:
// it proves itself by the key of its log (common/sync/renewal.h).
//
//   Renewal renewal({.node = …, .signer = signer.get(), …});
//   absl::StatusOr<rpc::TlsIdentity> fresh = renewal.Run(clock);   // blocks, on a thread of its
//   own renewal.Cancel();                                              // from another one: Run
//   returns
#ifndef KEPING_EDGE_NODE_SYNC_CLIENT_RENEWAL_H_
#define KEPING_EDGE_NODE_SYNC_CLIENT_RENEWAL_H_

#include <string>

#include "absl/base/thread_annotations.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "common/crypto/signer.h"
#include "common/domain/ids.h"
#include "common/rpc/tls_identity.h"
#include "common/time/clock.h"

namespace grpc {
class ClientContext;
class Status;
}  // namespace grpc

namespace keping::edge {

struct RenewalOptions {
  domain::NodeId node;
  domain::IncarnationId incarnation;
  std::string keys_dir;
  std::string centre_address;              // host:port of the enrolment service
  std::string authority_pem;               // the district's; the centre proves to be of it
  const crypto::Signer* signer = nullptr;  // the incarnation's log key; outlives the renewal
  absl::Duration timeout = absl::Seconds(30);
};

// Cancel is thread-safe, Run is called by one thread at a time.
class Renewal {
 public:
  explicit Renewal(RenewalOptions options) : options_(std::move(options)) {}

  // What the node is from now on; the keys folder holds it when this returns. Unavailable: the
  // centre cannot be reached; FailedPrecondition with K-254: it gives this node no certificate any
  // more; DataLoss: its answer is not good for this node by this machine's clock. After any error
  // the folder is as it was.
  absl::StatusOr<rpc::TlsIdentity> Run(const time::Clock& clock);

  // Ends what runs, and everything that is run later.
  void Cancel();

 private:
  template <typename Stub, typename Request, typename Response>
  absl::Status Call(Stub& stub,
                    grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, Response*),
                    const Request& request, Response& response);
  absl::StatusOr<std::string> Ask(const std::string& csr_pem);

  const RenewalOptions options_;
  absl::Mutex mutex_;
  grpc::ClientContext* running_ ABSL_GUARDED_BY(mutex_) = nullptr;
  bool cancelled_ ABSL_GUARDED_BY(mutex_) = false;
};

}  // namespace keping::edge

#endif  // KEPING_EDGE_NODE_SYNC_CLIENT_RENEWAL_H_
