#include "central_node/console/officer_desk.h"

#include <utility>

#include "central_node/console/command.h"
#include "common/base/status_macros.h"
#include "common/people/sign_in_answer.h"
#include "common/wire/field_reader.h"

namespace keping::central {
namespace {

using domain::OperatorId;

}  // namespace

template <typename... Command>
absl::Status OfficerDesk::Do(const Command&... command) {
  return Answer(ports_.node->Handle(ports_.clock->Now(), command...), ports_.failed, *ports_.hub);
}

OfficerDesk::OfficerDesk(Ports ports)
    : ports_(std::move(ports)),
      passwords_(
          {.ask = [this](const OperatorId& officer) { return Do(AskSignIn{.officer = officer}); },
           .known = [this](const OperatorId& officer) -> absl::StatusOr<people::KnownPassword> {
             KEPING_ASSIGN_OR_RETURN(std::string verifier, ports_.node->OfficerPassword(officer));
             const auto& sign_ins = ports_.node->resident().centre.sign_ins;
             const auto sign_in = sign_ins.find(officer);
             const bool own = sign_in != sign_ins.end() && sign_in->second.own_password;
             return people::KnownPassword{
                 .verifier = std::move(verifier), .read_out = !own, .must_change = !own};
           },
           .tell =
               [this](const OperatorId& officer, domain::SignInOutcome outcome) {
                 return Do(PasswordChecked{.officer = officer, .outcome = outcome});
               },
           .check = ports_.check_password,
           .make = ports_.make_verifier}) {}

void OfficerDesk::SignIn(const v1::SignInRequest& request,
                         people::Reply<v1::SignInResponse> reply) {
  wire::FieldReader read("SignInRequest");
  const auto officer = read.Id<OperatorId>("officer", request.officer());
  if (!read.status().ok()) return reply(read.status());
  passwords_.Check(officer, request.password(),
                   [this, officer, reply](const absl::StatusOr<people::GoodPassword>& good) {
                     if (!good.ok()) return reply(good.status());
                     const std::string token = ports_.sessions->Open(
                         officer, ports_.random(people::kTokenBytes), good->must_change, Now());
                     const auto& officers = ports_.node->resident().centre.officers;
                     reply(people::SignInAnswer<v1::SignInResponse>(
                         ports_.sessions->limits(), token, officers.at(officer).role, *good));
                   });
}

absl::Status OfficerDesk::StorePassword(const OperatorId& officer, const std::string& verifier,
                                        const std::string& token) {
  KEPING_RETURN_IF_ERROR(Do(central::ChangePassword{.officer = officer}, verifier));
  ports_.sessions->CloseAllOf(officer, token);
  ports_.confirmations->Forget(officer);
  return absl::OkStatus();
}

void OfficerDesk::ChangePassword(const v1::ChangePasswordRequest& request,
                                 people::Reply<v1::ChangePasswordResponse> reply) {
  wire::FieldReader read("ChangePasswordRequest");
  const auto officer = read.Id<OperatorId>("officer", request.officer());
  if (!read.status().ok()) return reply(read.status());
  if (request.new_password() == request.old_password()) {
    return reply(absl::InvalidArgumentError("the new password is the old one; choose another"));
  }
  passwords_.Choose(officer, request.old_password(), request.new_password(),
                    [this, officer, token = request.token(),
                     reply](const absl::StatusOr<people::ChosenPassword>& chosen) {
                      const absl::Status status =
                          chosen.ok() ? StorePassword(officer, chosen->verifier, token)
                                      : chosen.status();
                      if (!status.ok()) return reply(status);
                      reply(v1::ChangePasswordResponse());
                    });
}

void OfficerDesk::ConfirmSecond(const v1::ConfirmSecondRequest& request,
                                people::Reply<v1::ConfirmSecondResponse> reply) {
  wire::FieldReader read("ConfirmSecondRequest");
  const auto officer = read.Id<OperatorId>("officer", request.officer());
  if (!read.status().ok()) return reply(read.status());
  passwords_.Check(officer, request.password(),
                   [this, officer, reply](const absl::StatusOr<people::GoodPassword>& good) {
                     if (!good.ok()) return reply(good.status());
                     if (good->must_change) {
                       return reply(people::OwnPasswordFirst("keping central sign-in"));
                     }
                     v1::ConfirmSecondResponse response;
                     response.set_confirmation(ports_.confirmations->Make(
                         officer, ports_.random(people::kTokenBytes), Now()));
                     reply(std::move(response));
                   });
}

absl::StatusOr<v1::SignOutResponse> OfficerDesk::SignOut(const v1::SignOutRequest& request) {
  ports_.sessions->Close(request.token());
  return v1::SignOutResponse();
}

}  // namespace keping::central
