#include "common/http/grpc_call.h"

#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/synchronization/notification.h"
#include "common/rpc/status.h"

namespace keping::http {

void OpenCalls::CancelAll() {
  absl::MutexLock lock(&mutex_);
  cancelled_ = true;
  for (grpc::ClientContext* context : contexts_) context->TryCancel();
}

bool OpenCalls::cancelled() const {
  absl::MutexLock lock(&mutex_);
  return cancelled_;
}

void OpenCalls::Add(grpc::ClientContext* context) {
  absl::MutexLock lock(&mutex_);
  contexts_.insert(context);
  if (cancelled_) context->TryCancel();
}

void OpenCalls::Remove(grpc::ClientContext* context) {
  absl::MutexLock lock(&mutex_);
  contexts_.erase(context);
}

void ScopedCall::AddMetadata(const std::string& key, absl::string_view value) {
  const auto printable = [](char c) { return absl::ascii_isprint(c); };
  if (value.empty() || !std::all_of(value.begin(), value.end(), printable)) return;
  context_.AddMetadata(key, std::string(value));
}

absl::Status ScopedCall::Explain(const grpc::Status& status) const {
  if (status.error_code() == grpc::StatusCode::CANCELLED && open_->cancelled()) {
    return absl::UnavailableError("the node stops; try again when it runs");
  }
  if (!status.ok() && status.error_message().empty()) {
    return absl::Status(static_cast<absl::StatusCode>(status.error_code()),
                        "the service gave no reason");
  }
  return rpc::ToAbslStatus(status);
}

absl::StatusOr<grpc::ByteBuffer> CallUnary(const std::shared_ptr<grpc::Channel>& channel,
                                           const std::string& path, const grpc::ByteBuffer& request,
                                           ScopedCall* call) {
  grpc::GenericStub stub(channel);
  grpc::ByteBuffer response;
  grpc::Status status;
  absl::Notification done;
  stub.UnaryCall(&call->context(), path, grpc::StubOptions(), &request, &response,
                 [&](grpc::Status ended) {
                   status = std::move(ended);
                   done.Notify();
                 });
  done.WaitForNotification();
  if (!status.ok()) return call->Explain(status);
  return response;
}

StreamedCall::StreamedCall(const std::shared_ptr<grpc::Channel>& channel, std::string path,
                           grpc::ByteBuffer request, std::unique_ptr<ScopedCall> call)
    : stub_(channel),
      path_(std::move(path)),
      request_(std::move(request)),
      call_(std::move(call)) {}

StreamedCall::~StreamedCall() {
  if (stream_ != nullptr && !finished_) {
    call_->context().TryCancel();
    Finish();
  }
  queue_.Shutdown();
  void* tag = nullptr;
  bool ok = false;
  while (queue_.Next(&tag, &ok)) {
  }
}

std::optional<grpc::ByteBuffer> StreamedCall::Next() {
  if (finished_) return std::nullopt;
  if (stream_ == nullptr) Start();
  grpc::ByteBuffer message;
  stream_->Read(&message, this);
  if (Wait()) return message;
  Finish();
  return std::nullopt;
}

bool StreamedCall::Wait() {
  void* tag = nullptr;
  bool ok = false;
  return queue_.Next(&tag, &ok) && ok;
}

void StreamedCall::Start() {
  stream_ = stub_.PrepareCall(&call_->context(), path_, &queue_);
  stream_->StartCall(this);
  if (!Wait()) return;
  stream_->WriteLast(request_, grpc::WriteOptions(), this);
  // Of a call that is over already, reading tells.
  Wait();
}

void StreamedCall::Finish() {
  grpc::Status status;
  stream_->Finish(&status, this);
  Wait();
  finished_ = true;
  status_ = call_->Explain(status);
}

}  // namespace keping::http
