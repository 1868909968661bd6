#include "central_node/sync_service/sync_service.h"

#include <grpcpp/server_context.h>
#include <grpcpp/support/server_callback.h>

#include <atomic>
#include <deque>
#include <optional>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "central_node/sync_service/session_hub.h"
#include "common/observability/log.h"
#include "common/rpc/peer.h"
#include "common/rpc/status.h"
#include "common/runtime/core_thread.h"
#include "common/wire/session_codec.h"
#include "keping/sync/v1/sync.grpc.pb.h"

namespace keping::central {
namespace {

// A node that sends and does not listen is not read from while so many frames wait for it.
constexpr size_t kMaxWaitingFrames = 16;

struct Traffic {
  std::atomic<uint64_t> received = 0;
  std::atomic<uint64_t> sent = 0;
};

// One connection of a node. gRPC's reactions copy and post; what they share with the core thread is
// behind the mutex. Holds itself until gRPC calls OnDone.
class Stream : public grpc::ServerBidiReactor<sync::v1::SessionRequest, sync::v1::SessionResponse>,
               public std::enable_shared_from_this<Stream> {
 public:
  // `node` is whom TLS proved; empty where it proved nobody.
  Stream(runtime::CoreThread* core, SessionHub* hub, Traffic* traffic, domain::NodeId node,
         rpc::PeerCertificate certificate)
      : core_(core),
        hub_(hub),
        traffic_(traffic),
        node_(std::move(node)),
        certificate_(std::move(certificate)) {}

  void Begin(absl::Status peer) {
    self_ = shared_from_this();
    if (!peer.ok()) {
      End(peer);
      return;
    }
    absl::MutexLock lock(&mutex_);
    StartRead(&request_);
  }

  void OnReadDone(bool ok) override {
    if (!ok) {
      End(absl::OkStatus());
      return;
    }
    traffic_->received += request_.ByteSizeLong();
    const bool posted = core_->Post([self = shared_from_this()] { self->Handle(); });
    // What was not acknowledged is sent again in the next session.
    if (!posted) End(absl::ResourceExhaustedError("the centre is busy; try again"));
  }

  void OnWriteDone(bool ok) override {
    absl::MutexLock lock(&mutex_);
    queue_.pop_front();
    if (!ok) queue_.clear();
    if (!queue_.empty()) {
      StartWrite(&queue_.front());
    } else if (end_.has_value()) {
      FinishOnce();
    }
    if (read_waits_ && queue_.size() < kMaxWaitingFrames && !end_.has_value()) {
      read_waits_ = false;
      StartRead(&request_);
    }
  }

  void OnCancel() override {
    {
      absl::MutexLock lock(&mutex_);
      // The one at the front is gRPC's until OnWriteDone.
      if (queue_.size() > 1) queue_.erase(queue_.begin() + 1, queue_.end());
    }
    End(absl::CancelledError("the connection is gone"));
  }

  void OnDone() override {
    std::shared_ptr<Stream> self = std::move(self_);
    // By timer, since those are never dropped: the hub must hear of the end.
    core_->PostAfter(absl::ZeroDuration(), [self] {
      self->gone_ = true;
      self->hub_->OnDisconnected(self->id());
    });
  }

 private:
  SessionHub::ConnectionId id() const { return reinterpret_cast<uintptr_t>(this); }

  // On the core thread.
  void Handle() {
    if (gone_) return;
    if (!announced_) {
      announced_ = true;
      // The hub lets go of both at the latest in OnDisconnected.
      hub_->OnConnected(
          id(), node_,
          {.certified = domain::IncarnationId::Parse(certificate_.incarnation)
                            .value_or(domain::IncarnationId()),
           .certified_until = certificate_.not_after,
           .send = [self = shared_from_this()](const sync::CentreFrame& f) { self->Send(f); },
           .close = [self = shared_from_this()](const absl::Status& s) { self->End(s); }});
    }
    absl::StatusOr<sync::NodeFrame> frame = codec_.Decode(request_);
    const absl::Status status = frame.ok() ? hub_->OnFrame(id(), *frame) : frame.status();
    if (!status.ok()) {
      observability::LogWarning("sync_session_dropped",
                                {{"node", node_.value()}, {"reason", status.message()}});
      End(status);
      return;
    }
    absl::MutexLock lock(&mutex_);
    read_waits_ = queue_.size() >= kMaxWaitingFrames;
    if (!read_waits_ && !end_.has_value()) StartRead(&request_);
  }

  void Send(const sync::CentreFrame& frame) {
    sync::v1::SessionResponse response;
    codec_.Encode(frame, &response);
    traffic_->sent += response.ByteSizeLong();
    absl::MutexLock lock(&mutex_);
    if (end_.has_value()) return;
    queue_.push_back(std::move(response));
    if (queue_.size() == 1) StartWrite(&queue_.front());
  }

  // The first reason counts. What was queued before still goes out.
  void End(const absl::Status& status) {
    absl::MutexLock lock(&mutex_);
    if (end_.has_value()) return;
    end_ = rpc::ToGrpcStatus(status);
    if (queue_.empty()) FinishOnce();
  }

  void FinishOnce() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    if (finished_) return;
    finished_ = true;
    Finish(*end_);
  }

  runtime::CoreThread* const core_;
  SessionHub* const hub_;
  Traffic* const traffic_;
  const domain::NodeId node_;
  const rpc::PeerCertificate certificate_;
  std::shared_ptr<Stream> self_;
  sync::v1::SessionRequest request_;

  // Of the core thread.
  wire::CentreSessionCodec codec_;
  bool announced_ = false;
  bool gone_ = false;

  absl::Mutex mutex_;
  std::deque<sync::v1::SessionResponse> queue_ ABSL_GUARDED_BY(mutex_);
  bool read_waits_ ABSL_GUARDED_BY(mutex_) = false;
  std::optional<grpc::Status> end_ ABSL_GUARDED_BY(mutex_);
  bool finished_ ABSL_GUARDED_BY(mutex_) = false;
};

}  // namespace

class SyncService::Impl : public sync::v1::SyncService::CallbackService {
 public:
  Impl(runtime::CoreThread* core, SessionHub* hub) : core_(core), hub_(hub) {}

  grpc::ServerBidiReactor<sync::v1::SessionRequest, sync::v1::SessionResponse>* Session(
      grpc::CallbackServerContext* context) override {
    const absl::StatusOr<std::string> peer = rpc::PeerNodeId(*context);
    absl::StatusOr<domain::NodeId> node =
        peer.ok() ? domain::NodeId::Parse(*peer) : absl::StatusOr<domain::NodeId>(peer.status());
    const auto stream =
        std::make_shared<Stream>(core_, hub_, &traffic_, node.ok() ? *node : domain::NodeId(),
                                 rpc::ReadPeerCertificate(*context));
    stream->Begin(node.status());
    return stream.get();
  }

  const Traffic& traffic() const { return traffic_; }

 private:
  runtime::CoreThread* const core_;
  SessionHub* const hub_;
  Traffic traffic_;
};

SyncService::SyncService(runtime::CoreThread* core, SessionHub* hub)
    : impl_(std::make_unique<Impl>(core, hub)) {}
SyncService::~SyncService() = default;

grpc::Service* SyncService::service() { return impl_.get(); }
uint64_t SyncService::bytes_received() const { return impl_->traffic().received; }
uint64_t SyncService::bytes_sent() const { return impl_->traffic().sent; }

}  // namespace keping::central
