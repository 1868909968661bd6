#include "central_node/console/console_gate.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include "absl/strings/str_replace.h"
#include "common/base/status_macros.h"
#include "keping/central/v1/central.pb.h"

namespace keping::central {
namespace {

namespace pb = ::google::protobuf;
using people::Session;
using people::Sessions;

bool IsStream(absl::string_view path) {
  const std::string name = absl::StrReplaceAll(path.substr(path.empty() ? 0 : 1), {{"/", "."}});
  const pb::MethodDescriptor* method = pb::DescriptorPool::generated_pool()->FindMethodByName(name);
  return method != nullptr && method->server_streaming();
}

Sessions::Use UseOf(absl::string_view path) {
  if (path == kSignOutPath) return Sessions::Use::kOwn;
  return IsStream(path) ? Sessions::Use::kLook : Sessions::Use::kAct;
}

}  // namespace

absl::StatusOr<std::string> ConsoleGate::Enter(absl::string_view path, absl::string_view token) {
  if (path == kSignInPath) return std::string();
  KEPING_ASSIGN_OR_RETURN(const Session session,
                          sessions_->Find(token, UseOf(path), clock_->Now().monotonic));
  if (session.must_change_password && path != kChangePasswordPath && path != kSignOutPath) {
    return people::OwnPasswordFirst();
  }
  return session.person.value();
}

absl::Status ConsoleGate::Allow(const pb::Message& request) const {
  const auto* dispatch = dynamic_cast<const v1::DispatchBlanksRequest*>(&request);
  if (dispatch == nullptr || !dispatch->second().empty()) return absl::OkStatus();
  return absl::InvalidArgumentError(
      "K-303: this takes two different persons. Name the second one.");
}

}  // namespace keping::central
