// Channels to other nodes and to a local program. Making one does not connect; calls do.
//
//   auto channel = MakeTlsChannel(config.centre_address(), identity, crypto::kCentralNodeId);
//   auto stub = v1::SyncService::NewStub(channel);
#ifndef KEPING_COMMON_RPC_CHANNEL_H_
#define KEPING_COMMON_RPC_CHANNEL_H_

#include <memory>
#include <string>

#include "absl/time/time.h"
#include "common/rpc/tls_identity.h"

namespace grpc {
class Channel;
}

namespace keping::rpc {

// A line on which nothing came for so long is asked whether it lives; without an answer within 30 s
// it counts as dead. Seldom, since in a quiet office these are most of the bytes; what is sent
// meanwhile finds out by itself.
inline constexpr absl::Duration kPingAfterSilence = absl::Minutes(2);

// Mutual TLS. The server proves to be `server_name` (a node id of the same authority, whatever the
// address is; empty: the host of `address`). For bad links: a ping after kPingAfterSilence, 20 s to
// connect, reconnects after 0.5 to 30 s with jitter, messages up to kMaxMessageBytes (server.h).
std::shared_ptr<grpc::Channel> MakeTlsChannel(const std::string& address,
                                              const TlsIdentity& identity,
                                              const std::string& server_name);

// TLS for a node that has no identity yet. The server proves that it is the central node of the
// authority whose fingerprint a person typed in (crypto::FingerprintMatches); `now` is for the
// validity of its certificate.
std::shared_ptr<grpc::Channel> MakeEnrolmentChannel(const std::string& address,
                                                    const std::string& authority_fingerprint,
                                                    absl::Time now);

// To a program on this machine, by its Unix socket.
std::shared_ptr<grpc::Channel> MakeUnixChannel(const std::string& path);

}  // namespace keping::rpc

#endif  // KEPING_COMMON_RPC_CHANNEL_H_
