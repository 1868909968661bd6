#include "edge_node/sync_client/sync_client.h"

#include <grpcpp/channel.h>
#include <grpcpp/client_context.h>
#include <grpcpp/support/client_callback.h>

#include <deque>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "absl/synchronization/notification.h"
#include "common/observability/log.h"
#include "common/rpc/status.h"
#include "common/wire/session_codec.h"
#include "keping/sync/v1/sync.grpc.pb.h"

namespace keping::edge {

// One attempt: lives until gRPC calls OnDone, held by itself and, while current, by the client.
//
// Reads and writes are started from the core thread, outside gRPC's reactions; the hold keeps the
// call from being done meanwhile. It is let go once, when no more operations will be started.
class SyncClient::Stream
    : public grpc::ClientBidiReactor<sync::v1::SessionRequest, sync::v1::SessionResponse>,
      public std::enable_shared_from_this<SyncClient::Stream> {
 public:
  Stream(SyncClient* client, std::shared_ptr<grpc::Channel> channel)
      : client_(client),
        channel_(std::move(channel)),
        stub_(sync::v1::SyncService::NewStub(channel_)) {}

  void Begin() {
    self_ = shared_from_this();
    stub_->async()->Session(&context_, this);
    AddHold();
    StartRead(&response_);
    StartCall();
  }

  void Send(const sync::NodeFrame& frame) {
    sync::v1::SessionRequest request;
    codec_.Encode(frame, &request);
    client_->bytes_sent_ += request.ByteSizeLong();
    absl::MutexLock lock(&mutex_);
    if (ended_) return;
    queue_.push_back(std::move(request));
    if (queue_.size() == 1) StartWrite(&queue_.front());
  }

  // The frame was handled, the next one may come: the centre's credit is one frame at a time.
  void ReadNext() {
    absl::MutexLock lock(&mutex_);
    if (!ended_) StartRead(&response_);
  }

  void Cancel() {
    context_.TryCancel();
    End();
  }

  void WaitUntilDone() { done_->WaitForNotification(); }

  void OnWriteDone(bool ok) override {
    absl::MutexLock lock(&mutex_);
    queue_.pop_front();
    if (ok && !ended_ && !queue_.empty()) StartWrite(&queue_.front());
  }

  void OnReadDone(bool ok) override {
    if (!ok) {
      End();
      return;
    }
    client_->bytes_received_ += response_.ByteSizeLong();
    // gRPC leaves the response alone until the next one is asked for.
    const bool posted = client_->core_->Post([self = shared_from_this()] {
      self->client_->OnFrame(self.get(), self->codec_.Decode(self->response_));
    });
    // A core that is too busy to listen gets the frame again in the next session.
    if (!posted) Cancel();
  }

  void OnDone(const grpc::Status& status) override {
    const std::shared_ptr<absl::Notification> done = done_;
    // By timer, since those are never dropped: the client must hear of the end. The stream goes
    // with it: gRPC's own thread must not destroy a channel, since with the last one it would wait
    // for itself to end.
    client_->core_->PostAfter(absl::ZeroDuration(),
                              [self = std::move(self_), end = rpc::ToAbslStatus(status)] {
                                self->client_->OnDone(self.get(), end);
                              });
    done->Notify();
  }

 private:
  void End() {
    {
      absl::MutexLock lock(&mutex_);
      if (ended_) return;
      ended_ = true;
    }
    RemoveHold();
  }

  SyncClient* const client_;
  const std::shared_ptr<grpc::Channel> channel_;
  const std::unique_ptr<sync::v1::SyncService::Stub> stub_;
  grpc::ClientContext context_;
  wire::NodeSessionCodec codec_;  // of the core thread
  sync::v1::SessionResponse response_;
  std::shared_ptr<Stream> self_;
  const std::shared_ptr<absl::Notification> done_ = std::make_shared<absl::Notification>();
  absl::Mutex mutex_;
  std::deque<sync::v1::SessionRequest> queue_ ABSL_GUARDED_BY(mutex_);
  bool ended_ ABSL_GUARDED_BY(mutex_) = false;
};

SyncClient::SyncClient(runtime::CoreThread* core, ChannelFactory make_channel,
                       SyncHandlers handlers, uint64_t seed)
    : core_(core),
      make_channel_(std::move(make_channel)),
      handlers_(std::move(handlers)),
      backoff_(kFirstRetry, kMaxRetry, seed) {}

SyncClient::~SyncClient() {
  if (stream_ == nullptr) return;
  stream_->Cancel();
  stream_->WaitUntilDone();
}

void SyncClient::Start() {
  stopping_ = false;
  Open();
}

void SyncClient::Stop() {
  stopping_ = true;
  if (stream_ != nullptr) stream_->Cancel();
}

void SyncClient::Open() {
  if (stopping_) return;
  stream_ = std::make_shared<Stream>(this, make_channel_());
  stream_->Begin();
  handlers_.on_connected();
}

void SyncClient::Send(const sync::NodeFrame& frame) {
  if (stream_ != nullptr) stream_->Send(frame);
}

void SyncClient::OnFrame(Stream* stream, const absl::StatusOr<sync::CentreFrame>& frame) {
  if (stream != stream_.get()) return;
  absl::Status status = frame.status();
  if (status.ok()) status = handlers_.on_frame(*frame);
  if (!status.ok()) return Drop(status);
  backoff_.Reset();
  end_logged_ = false;
  stream->ReadNext();
}

void SyncClient::Drop(const absl::Status& reason) {
  if (stream_ == nullptr) return;
  observability::LogWarning("sync_session_dropped", {{"reason", std::string(reason.message())}});
  stream_->Cancel();
}

void SyncClient::OnDone(Stream* stream, const absl::Status& status) {
  if (stream != stream_.get()) return;
  stream_.reset();
  handlers_.on_disconnected();
  if (stopping_) return;
  const absl::Duration wait = backoff_.Next();
  if (!end_logged_) {
    observability::LogInfo("sync_session_ended", {{"reason", std::string(status.message())}});
    end_logged_ = true;
  }
  core_->PostAfter(wait, [this] { Open(); });
}

}  // namespace keping::edge
