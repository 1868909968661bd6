#include "edge_node/counter/people_gate.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "common/base/status_macros.h"
#include "common/people/request_fields.h"

namespace keping::edge {
namespace {

namespace pb = ::google::protobuf;

using people::Session;
using people::Sessions;
using people::TextOf;

constexpr absl::string_view kService = "/keping.edge.v1.PeopleService/";

bool IsOneOf(absl::string_view path, std::initializer_list<absl::string_view> methods) {
  for (absl::string_view method : methods) {
    if (path == absl::StrCat(kService, method)) return true;
  }
  return false;
}

bool IsAct(absl::string_view path) {
  const std::string name = absl::StrReplaceAll(path.substr(path.empty() ? 0 : 1), {{"/", "."}});
  const pb::MethodDescriptor* method = pb::DescriptorPool::generated_pool()->FindMethodByName(name);
  return method != nullptr && method->input_type()->FindFieldByName("operator_id") != nullptr;
}

// Whoever scans a box or a tray for a long while acts, although nothing is written yet.
Sessions::Use UseOf(absl::string_view path) {
  if (IsOneOf(path, {"SignOut", "LockScreen", "UnlockScreen"})) return Sessions::Use::kOwn;
  const bool scans = path == "/keping.edge.v1.ScanService/ReadScan";
  return scans || IsAct(path) || IsOneOf(path, {"ConfirmSecond"}) ? Sessions::Use::kAct
                                                                  : Sessions::Use::kLook;
}

}  // namespace

absl::StatusOr<std::string> PeopleGate::Enter(absl::string_view path, absl::string_view token) {
  if (path == kSignInPath) return std::string();
  KEPING_ASSIGN_OR_RETURN(const Session session,
                          sessions_->Find(token, UseOf(path), clock_->Now().monotonic));
  if (session.must_change_password && !IsOneOf(path, {"ChangePassword", "SignOut"})) {
    return people::OwnPasswordFirst();
  }
  return session.person.value();
}

absl::Status PeopleGate::Allow(const Caller& caller, const pb::Message& request) {
  if (caller.person.empty()) return absl::OkStatus();
  const std::string operator_id = TextOf(request, "operator_id");
  const std::string token = TextOf(request, "token");
  if ((!operator_id.empty() && operator_id != caller.person) ||
      (!token.empty() && token != caller.token)) {
    return absl::PermissionDeniedError(absl::StrCat("K-188: ", caller.person,
                                                    " is signed in at this screen. Sign in as the "
                                                    "person who does it."));
  }
  const std::string second = TextOf(request, "second");
  if (second.empty()) return absl::OkStatus();
  KEPING_ASSIGN_OR_RETURN(const auto person, domain::OperatorId::Parse(second));
  return confirmations_->UseUp(caller.confirmation, person, clock_->Now().monotonic);
}

}  // namespace keping::edge
