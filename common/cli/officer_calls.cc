#include "common/cli/officer_calls.h"

#include <google/protobuf/message.h>

#include <variant>

#include "absl/cleanup/cleanup.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/base/status_macros.h"
#include "common/cli/secret_input.h"
#include "common/people/request_fields.h"

namespace keping::cli {
namespace {

const google::protobuf::Message& MessageOf(const CentralRequest& request) {
  return std::visit([](const auto& one) -> const google::protobuf::Message& { return one; },
                    request);
}

// An end of input is no try: it would count as a wrong password.
absl::StatusOr<std::string> ReadPassword(const std::string& prompt) {
  std::string password = ReadSecret(prompt.c_str());
  if (!password.empty()) return password;
  return absl::UnauthenticatedError(absl::StrCat(
      "K-186: got no password. Sign in first (keping central sign-in ID), or give it when asked: ",
      prompt));
}

}  // namespace

absl::StatusOr<CentralResponse> OfficerCalls::CallWith(const CentralRequest& request) {
  CallMetadata metadata;
  if (!token_.empty()) metadata.emplace_back("authorization", absl::StrCat("Bearer ", token_));
  if (!confirmation_.empty()) metadata.emplace_back("keping-second", confirmation_);
  return CallCentral(socket_, timeout_, request, metadata);
}

absl::StatusOr<CentralResponse> OfficerCalls::Call(const CentralRequest& request) {
  const google::protobuf::Message& message = MessageOf(request);
  const google::protobuf::FieldDescriptor* actor = people::ActorField(message);
  if (actor == nullptr) return CallWith(request);
  const absl::Cleanup end = [this] { EndOnce(); };
  const std::string named = message.GetReflection()->GetString(message, actor);
  KEPING_ASSIGN_OR_RETURN(const KeptSession kept, sessions_.Find(named));
  token_ = kept.token;
  absl::StatusOr<CentralResponse> answer = CallWith(request);
  if (absl::IsUnauthenticated(answer.status())) {
    const std::string& officer = named.empty() ? kept.officer : named;
    if (officer.empty()) {
      return absl::UnauthenticatedError(
          "K-186: nobody is signed in here. Sign in (keping central sign-in ID), or name yourself "
          "with --by.");
    }
    // A session that ended, perhaps since the centre was started anew.
    if (!kept.empty()) sessions_.Forget(officer);
    KEPING_RETURN_IF_ERROR(SignInOnce(officer));
    answer = CallWith(request);
  }
  if (absl::StartsWith(answer.status().message(), "K-189")) {
    KEPING_RETURN_IF_ERROR(Confirm(people::TextOf(message, "second")));
    answer = CallWith(request);
  }
  return answer;
}

absl::StatusOr<central_api::SignInResponse> OfficerCalls::AskToSignIn(const std::string& officer,
                                                                      const std::string& password) {
  central_api::SignInRequest request;
  request.set_officer(officer);
  request.set_password(password);
  central_api::SignInResponse response;
  KEPING_RETURN_IF_ERROR(CallNode(socket_, timeout_, request, &response));
  return response;
}

absl::Status OfficerCalls::SignInOnce(const std::string& officer) {
  KEPING_ASSIGN_OR_RETURN(const std::string password,
                          ReadPassword(absl::StrCat("Password of ", officer)));
  KEPING_ASSIGN_OR_RETURN(const central_api::SignInResponse session,
                          AskToSignIn(officer, password));
  token_ = session.token();
  once_ = true;
  return absl::OkStatus();
}

void OfficerCalls::EndOnce() {
  if (!once_) return;
  once_ = false;
  central_api::SignOutRequest request;
  request.set_token(token_);
  central_api::SignOutResponse response;
  // A session that stays behind ends by itself.
  CallNode(socket_, timeout_, request, &response).IgnoreError();
}

absl::Status OfficerCalls::Confirm(const std::string& second) {
  KEPING_ASSIGN_OR_RETURN(
      const std::string password,
      ReadPassword(absl::StrCat("Password of ", second, ", the second person")));
  central_api::ConfirmSecondRequest request;
  request.set_officer(second);
  request.set_password(password);
  central_api::ConfirmSecondResponse response;
  KEPING_RETURN_IF_ERROR(CallNode(socket_, timeout_, request, &response));
  confirmation_ = response.confirmation();
  return absl::OkStatus();
}

absl::StatusOr<std::string> OfficerCalls::Do(const OfficerCommand& command) {
  KEPING_RETURN_IF_ERROR(CheckSocket(socket_));
  switch (command.kind) {
    case OfficerCommand::Kind::kSignIn:
      return SignIn(command.officer);
    case OfficerCommand::Kind::kSignOut:
      return SignOut(command.officer);
    case OfficerCommand::Kind::kChangePassword:
      return ChangePassword(command.officer);
  }
  return std::string();
}

absl::Status OfficerCalls::ChangePassword(const std::string& officer,
                                          const std::string& old_password,
                                          const std::string& token) {
  central_api::ChangePasswordRequest request;
  request.set_officer(officer);
  request.set_old_password(old_password);
  KEPING_ASSIGN_OR_RETURN(
      *request.mutable_new_password(),
      ReadPassword(absl::StrCat("New password of ", officer, ", 8 characters or more")));
  request.set_token(token);
  central_api::ChangePasswordResponse response;
  return CallNode(socket_, timeout_, request, &response);
}

absl::StatusOr<std::string> OfficerCalls::SignIn(const std::string& officer) {
  KEPING_RETURN_IF_ERROR(sessions_.CanKeep());
  KEPING_ASSIGN_OR_RETURN(const std::string password,
                          ReadPassword(absl::StrCat("Password of ", officer)));
  KEPING_ASSIGN_OR_RETURN(const central_api::SignInResponse session,
                          AskToSignIn(officer, password));
  if (session.must_change_password()) {
    KEPING_RETURN_IF_ERROR(ChangePassword(officer, password, session.token()));
  }
  KEPING_RETURN_IF_ERROR(sessions_.Keep({.officer = officer, .token = session.token()}));
  return absl::StrCat(officer, " is signed in: without an act for ", session.idle_seconds() / 60,
                      " minutes, and at the latest after ", session.longest_seconds() / 3600,
                      " hours, the password is asked for again.\n");
}

absl::StatusOr<std::string> OfficerCalls::SignOut(const std::string& officer) {
  KEPING_ASSIGN_OR_RETURN(const KeptSession kept, sessions_.Find(officer));
  if (kept.empty()) return std::string("Nobody is signed in here.\n");
  sessions_.Forget(kept.officer);
  token_ = kept.token;
  once_ = true;
  EndOnce();
  return absl::StrCat(kept.officer, " is signed out.\n");
}

absl::StatusOr<std::string> OfficerCalls::ChangePassword(const std::string& officer) {
  KEPING_ASSIGN_OR_RETURN(const std::string password,
                          ReadPassword(absl::StrCat("Password of ", officer)));
  KEPING_ASSIGN_OR_RETURN(const KeptSession kept, sessions_.Find(officer));
  KEPING_RETURN_IF_ERROR(ChangePassword(officer, password, kept.token));
  return absl::StrCat("The password of ", officer, " is changed; other sessions ended.\n");
}

}  // namespace keping::cli
