#include "tests/bench/raw_session.h"

#include <grpc/support/time.h>
#include <grpcpp/channel.h>
#include <grpcpp/client_context.h>

#include "common/crypto/x509.h"
#include "common/rpc/channel.h"
#include "common/rpc/status.h"
#include "common/wire/session_codec.h"
#include "keping/sync/v1/sync.grpc.pb.h"

namespace keping::bench {

class RawSession::Impl {
 public:
  Impl(const std::string& address, const rpc::TlsIdentity& identity, absl::Duration most)
      : stub_(sync::v1::SyncService::NewStub(
            rpc::MakeTlsChannel(address, identity, crypto::kCentralNodeId))) {
    if (most != absl::InfiniteDuration()) rpc::SetTimeout(&context_, most);
    stream_ = stub_->Session(&context_);
  }

  ~Impl() {
    if (ended_) return;
    context_.TryCancel();
    stream_->Finish();
  }

  void Send(const sync::NodeFrame& frame) {
    sync::v1::SessionRequest request;
    codec_.Encode(frame, &request);
    stream_->Write(request);
  }

  absl::StatusOr<sync::CentreFrame> Receive() {
    sync::v1::SessionResponse response;
    if (stream_->Read(&response)) return codec_.Decode(response);
    const absl::Status end = End();
    if (!end.ok()) return end;
    return absl::AbortedError("the centre ended the session in order");
  }

  bool IsAnswered() {
    sync::v1::SessionResponse response;
    return stream_->Read(&response);
  }

  absl::Status Close() {
    stream_->WritesDone();
    sync::v1::SessionResponse rest;
    while (stream_->Read(&rest)) {
    }
    return End();
  }

 private:
  absl::Status End() {
    ended_ = true;
    return rpc::ToAbslStatus(stream_->Finish());
  }

  grpc::ClientContext context_;
  const std::unique_ptr<sync::v1::SyncService::Stub> stub_;
  std::unique_ptr<grpc::ClientReaderWriter<sync::v1::SessionRequest, sync::v1::SessionResponse>>
      stream_;
  wire::NodeSessionCodec codec_;
  bool ended_ = false;
};

RawSession::RawSession(const std::string& address, const rpc::TlsIdentity& identity,
                       absl::Duration most)
    : impl_(std::make_unique<Impl>(address, identity, most)) {}
RawSession::~RawSession() = default;

void RawSession::Send(const sync::NodeFrame& frame) { impl_->Send(frame); }
absl::StatusOr<sync::CentreFrame> RawSession::Receive() { return impl_->Receive(); }
bool RawSession::IsAnswered() { return impl_->IsAnswered(); }
absl::Status RawSession::Close() { return impl_->Close(); }

absl::Status ShakeHands(const std::string& address, const rpc::TlsIdentity& identity,
                        absl::Duration most) {
  const auto channel = rpc::MakeTlsChannel(address, identity, crypto::kCentralNodeId);
  const gpr_timespec deadline =
      gpr_time_add(gpr_now(GPR_CLOCK_MONOTONIC),
                   gpr_time_from_millis(absl::ToInt64Milliseconds(most), GPR_TIMESPAN));
  if (channel->WaitForConnected(deadline)) return absl::OkStatus();
  return absl::DeadlineExceededError("no connection came up");
}

}  // namespace keping::bench
