// Keeps a node's certificate fresh while it runs: looks whether it is due, renews it on a thread of
// its own, and hands the new one to whoever connects or serves next. Nothing restarts for it.
//
//   CertificateKeeper keeper(&core, &clock, keys.tls, {.node = keys.node, …}, seed,
//                            [&](const rpc::TlsIdentity& fresh) { site->UseIdentity(fresh); });
//   keeper.Start();                       // on the core thread
//   MakeTlsChannel(address, keeper.identity(), …)   // on the core thread, for each attempt
//   keeper.Stop();                        // before the core thread stops
//
// An expired certificate stops the link and nothing else: the node prints and logs, and tries again
// to renew it until it is in contact.
#ifndef KEPING_EDGE_NODE_SYNC_CLIENT_CERTIFICATE_KEEPER_H_
#define KEPING_EDGE_NODE_SYNC_CLIENT_CERTIFICATE_KEEPER_H_

#include <cstdint>
#include <functional>
#include <string>

#include "absl/status/statusor.h"
#include "common/crypto/x509.h"
#include "common/runtime/backoff.h"
#include "common/runtime/core_thread.h"
#include "common/time/clock.h"
#include "edge_node/sync_client/renewal.h"

namespace keping::edge {

// On the core thread, but for constructor, destructor and Stop.
class CertificateKeeper {
 public:
  // A clock that was set, or a certificate that came of age, is noticed within this.
  static constexpr absl::Duration kLook = absl::Minutes(1);
  static constexpr absl::Duration kFirstRetry = absl::Seconds(2);
  static constexpr absl::Duration kMaxRetry = absl::Minutes(1);
  // After the centre said no.
  static constexpr absl::Duration kAfterRefusal = absl::Hours(1);

  // `core` and `clock` outlive the keeper. `renewed` is called on the core thread.
  CertificateKeeper(runtime::CoreThread* core, const time::Clock* clock, rpc::TlsIdentity identity,
                    RenewalOptions options, uint64_t seed,
                    std::function<void(const rpc::TlsIdentity&)> renewed);

  void Start() { Look(); }
  // Cancels a renewal under way.
  void Stop();

  const rpc::TlsIdentity& identity() const { return identity_; }
  absl::Time valid_until() const { return facts_.not_after; }
  // Why a certificate that is due was not renewed, with K-253 or K-254 where a person can help; or
  // empty.
  const std::string& problem() const { return problem_; }

 private:
  void Look();
  void OnAnswer(const absl::StatusOr<rpc::TlsIdentity>& answer);
  // Made for an incarnation before this one, or due by age.
  bool Due(absl::Time now) const;
  std::string Explain(const absl::Status& status, absl::Time now) const;

  runtime::CoreThread* const core_;
  const time::Clock* const clock_;
  const RenewalOptions options_;
  const std::function<void(const rpc::TlsIdentity&)> renewed_;
  Renewal renewal_;
  runtime::Backoff backoff_;
  rpc::TlsIdentity identity_;
  crypto::CertificateFacts facts_;
  std::string problem_;
  runtime::CoreThread worker_;  // last: its task uses the above
};

}  // namespace keping::edge

#endif  // KEPING_EDGE_NODE_SYNC_CLIENT_CERTIFICATE_KEEPER_H_
