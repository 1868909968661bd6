// A server's stream of gRPC whose messages come from another thread: one is under way at a time, of
// those that wait only the newest few are kept.
//
//   class Watch : public OutStream<WatchResponse>, public Watcher { … };
//   auto watch = OutStream<WatchResponse>::Make<Watch>();   // lives until gRPC is done with it
//   watch->Send(response);                                  // any thread, never blocks
//   watch->End({grpc::StatusCode::UNAVAILABLE, "the node stops"});
//   return watch.get();                                     // to gRPC
//
// Include it only where services are defined: it pulls in gRPC.
#ifndef KEPING_COMMON_RPC_OUT_STREAM_H_
#define KEPING_COMMON_RPC_OUT_STREAM_H_

#include <grpcpp/support/server_callback.h>

#include <cstddef>
#include <deque>
#include <memory>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"

namespace keping::rpc {

// Thread-safe.
template <typename Message>
class OutStream : public grpc::ServerWriteReactor<Message> {
 public:
  template <typename Stream, typename... Arguments>
  static std::shared_ptr<Stream> Make(Arguments&&... arguments) {
    auto stream = std::make_shared<Stream>(std::forward<Arguments>(arguments)...);
    stream->self_ = stream;
    return stream;
  }

  void Send(const Message& message) {
    absl::MutexLock lock(&mutex_);
    if (finished_) return;
    waiting_.push_back(message);
    if (waiting_.size() > kept_) waiting_.pop_front();
    WriteNext();
  }

  void End(const grpc::Status& status) {
    absl::MutexLock lock(&mutex_);
    if (finished_) return;
    finished_ = true;
    this->Finish(status);
  }

  void OnWriteDone(bool ok) override {
    if (!ok) return End(grpc::Status::CANCELLED);
    absl::MutexLock lock(&mutex_);
    writing_ = false;
    if (!finished_) WriteNext();
  }

  void OnCancel() override { End(grpc::Status::CANCELLED); }

  void OnDone() override { self_.reset(); }

 protected:
  // At least one.
  explicit OutStream(size_t kept) : kept_(kept) {}

  // Called for each message that is about to be written, in order, by one thread at a time; those
  // that were left out are not seen. May change it, so that a message can say what changed since
  // the last one that the client got.
  virtual void Prepare(Message&) {}

 private:
  void WriteNext() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    if (writing_ || waiting_.empty()) return;
    under_way_ = std::move(waiting_.front());
    waiting_.pop_front();
    Prepare(under_way_);
    writing_ = true;
    this->StartWrite(&under_way_);
  }

  const size_t kept_;
  std::shared_ptr<void> self_;
  absl::Mutex mutex_;
  bool finished_ ABSL_GUARDED_BY(mutex_) = false;
  bool writing_ ABSL_GUARDED_BY(mutex_) = false;
  std::deque<Message> waiting_ ABSL_GUARDED_BY(mutex_);
  Message under_way_;
};

}  // namespace keping::rpc

#endif  // KEPING_COMMON_RPC_OUT_STREAM_H_
