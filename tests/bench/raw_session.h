// A session with a centre, on a connection of its own, without a node behind it: what is to be said
// and heard is the caller's.
//
//   RawSession session(address, identity);
//   session.Send(hello);
//   KEPING_ASSIGN_OR_RETURN(sync::CentreFrame welcome, session.Receive());
//   absl::Status end = session.Close();
#ifndef KEPING_TESTS_BENCH_RAW_SESSION_H_
#define KEPING_TESTS_BENCH_RAW_SESSION_H_

#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/rpc/tls_identity.h"
#include "common/sync/frames.h"

namespace keping::bench {

// Used by one thread, which waits. Connects with the first frame.
class RawSession {
 public:
  // The call ends with DeadlineExceeded after `most`.
  RawSession(const std::string& address, const rpc::TlsIdentity& identity,
             absl::Duration most = absl::InfiniteDuration());
  // Cancels the call unless it has ended.
  ~RawSession();

  // An error shows with the next Receive.
  void Send(const sync::NodeFrame& frame);
  // The next frame. When there is none any more, how the call ended: Aborted when the centre ended
  // it in order.
  absl::StatusOr<sync::CentreFrame> Receive();
  // Whether a message came, whatever it says: a bare service says nothing.
  bool IsAnswered();
  // Says that nothing will follow, lets the rest come, and returns how the call ended.
  absl::Status Close();

 private:
  class Impl;
  const std::unique_ptr<Impl> impl_;
};

// A connection that comes up, TLS on both sides, and says nothing. DeadlineExceeded after `most`.
absl::Status ShakeHands(const std::string& address, const rpc::TlsIdentity& identity,
                        absl::Duration most);

}  // namespace keping::bench

#endif  // KEPING_TESTS_BENCH_RAW_SESSION_H_
