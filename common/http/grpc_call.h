// Calls of gRPC methods known by name only, as a thread waits for them.
//
//   OpenCalls open;
//   ScopedCall call(&open);
//   KEPING_ASSIGN_OR_RETURN(grpc::ByteBuffer answer, CallUnary(channel, path, request, &call));
//
//   StreamedCall stream(channel, path, request, std::move(call));
//   while (std::optional<grpc::ByteBuffer> message = stream.Next()) …
//   stream.status();
#ifndef KEPING_COMMON_HTTP_GRPC_CALL_H_
#define KEPING_COMMON_HTTP_GRPC_CALL_H_

#include <grpcpp/channel.h>
#include <grpcpp/client_context.h>
#include <grpcpp/completion_queue.h>
#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/support/byte_buffer.h>

#include <memory>
#include <optional>
#include <set>
#include <string>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/synchronization/mutex.h"

namespace keping::http {

// The calls under way, so that all can be ended. Thread-safe.
class OpenCalls {
 public:
  // Cancels all, now and in future.
  void CancelAll();
  bool cancelled() const;

 private:
  friend class ScopedCall;
  void Add(grpc::ClientContext* context);
  void Remove(grpc::ClientContext* context);

  mutable absl::Mutex mutex_;
  bool cancelled_ ABSL_GUARDED_BY(mutex_) = false;
  std::set<grpc::ClientContext*> contexts_ ABSL_GUARDED_BY(mutex_);
};

// One call's context, open as long as it lives.
class ScopedCall {
 public:
  explicit ScopedCall(OpenCalls* open) : open_(open) { open_->Add(&context_); }
  ~ScopedCall() { open_->Remove(&context_); }
  ScopedCall(const ScopedCall&) = delete;
  ScopedCall& operator=(const ScopedCall&) = delete;

  grpc::ClientContext& context() { return context_; }
  // Left out when it is no printable ASCII: gRPC ends the process over other bytes.
  void AddMetadata(const std::string& key, absl::string_view value);
  // Unavailable for a call that CancelAll ended: it says nothing about the caller.
  absl::Status Explain(const grpc::Status& status) const;

 private:
  OpenCalls* const open_;
  grpc::ClientContext context_;
};

// `path` is "/package.Service/Method".
absl::StatusOr<grpc::ByteBuffer> CallUnary(const std::shared_ptr<grpc::Channel>& channel,
                                           const std::string& path, const grpc::ByteBuffer& request,
                                           ScopedCall* call);

// A method that answers one request with a stream. Not thread-safe.
class StreamedCall {
 public:
  StreamedCall(const std::shared_ptr<grpc::Channel>& channel, std::string path,
               grpc::ByteBuffer request, std::unique_ptr<ScopedCall> call);
  // Cancels what is not at its end.
  ~StreamedCall();
  StreamedCall(const StreamedCall&) = delete;
  StreamedCall& operator=(const StreamedCall&) = delete;

  // Waits; nothing at the end, of which status() then tells.
  std::optional<grpc::ByteBuffer> Next();
  const absl::Status& status() const { return status_; }

 private:
  // Waits for the one operation under way.
  bool Wait();
  void Start();
  void Finish();

  grpc::GenericStub stub_;
  const std::string path_;
  const grpc::ByteBuffer request_;
  const std::unique_ptr<ScopedCall> call_;
  grpc::CompletionQueue queue_;
  std::unique_ptr<grpc::GenericClientAsyncReaderWriter> stream_;
  bool finished_ = false;
  absl::Status status_;
};

}  // namespace keping::http

#endif  // KEPING_COMMON_HTTP_GRPC_CALL_H_
