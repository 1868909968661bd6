#include "edge_node/counter/people_desk.h"

#include <limits>
#include <memory>
#include <optional>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "common/base/epoch_days.h"
#include "common/base/status_macros.h"
#include "common/domain/day_report.h"
#include "common/people/sign_in_answer.h"
#include "common/wire/field_reader.h"
#include "edge_node/counter/head_code.h"

namespace keping::edge {
namespace {

using domain::OperatorId;

uint32_t Seconds(absl::Duration duration) {
  return static_cast<uint32_t>(absl::ToInt64Seconds(absl::Ceil(duration, absl::Seconds(1))));
}

v1::ReportCodeCheck CheckOf(ReportCode code) {
  switch (code) {
    case ReportCode::kNotGiven:
      return v1::REPORT_CODE_CHECK_NOT_GIVEN;
    case ReportCode::kLast:
      return v1::REPORT_CODE_CHECK_LAST;
    case ReportCode::kEarlier:
      return v1::REPORT_CODE_CHECK_EARLIER;
    case ReportCode::kUnknown:
    case ReportCode::kNoReport:
      return v1::REPORT_CODE_CHECK_UNKNOWN;
  }
  return v1::REPORT_CODE_CHECK_UNSPECIFIED;
}

// Shown and recorded; nothing is adjusted.
template <typename Response>
void FillCount(uint64_t book, std::optional<uint64_t> counted, Response& response) {
  response.set_book(book);
  if (!counted.has_value()) return;
  const auto difference = static_cast<int64_t>(*counted - book);
  response.set_difference(difference);
  if (difference == 0) return;
  response.add_warnings(
      absl::StrCat("The tray holds ", *counted, " blanks, the book says ", book, ": ",
                   difference < 0 ? absl::StrCat(-difference, " are missing")
                                  : absl::StrCat(difference, " are too many"),
                   ". Count again; if it stays so, count by scan. Nothing was adjusted."));
}

absl::StatusOr<std::optional<uint64_t>> ReadCount(bool has, uint64_t counted) {
  if (!has) return std::optional<uint64_t>();
  if (counted > std::numeric_limits<uint32_t>::max()) {
    return absl::InvalidArgumentError(
        absl::StrCat("counted: got ", counted, ", want a number of blanks"));
  }
  return std::optional<uint64_t>(counted);
}

absl::StatusOr<domain::LeaseEpoch> ReadEpoch(absl::string_view text) {
  const std::vector<absl::string_view> parts = absl::StrSplit(text, '.');
  domain::LeaseEpoch epoch;
  if (parts.size() == 2 && absl::SimpleAtoi(parts[0], &epoch.generation_order) &&
      absl::SimpleAtoi(parts[1], &epoch.counter)) {
    return epoch;
  }
  return absl::InvalidArgumentError(
      "lease_epoch: want two numbers like 1.7, as the district reads them out");
}

}  // namespace

absl::StatusOr<Decision> PeopleDesk::Command(const Input& input) {
  KEPING_ASSIGN_OR_RETURN(Decision decision, ports_.node->Handle(input));
  KEPING_RETURN_IF_ERROR(decision.status);
  return decision;
}

// ---- Passwords.

PeopleDesk::PeopleDesk(Ports ports)
    : ports_(std::move(ports)),
      passwords_(
          {.ask = [this](const OperatorId& person) { return Command(AskSignIn{person}).status(); },
           .known = [this](const OperatorId& person) -> absl::StatusOr<people::KnownPassword> {
             KEPING_ASSIGN_OR_RETURN(EdgeNode::KnownPassword known,
                                     ports_.node->PasswordOf(person));
             return people::KnownPassword{.verifier = std::move(known.verifier),
                                          .read_out = known.from_roster,
                                          .must_change = known.must_change};
           },
           .tell =
               [this](const OperatorId& person, domain::SignInOutcome outcome) {
                 return Command(PasswordChecked{person, outcome}).status();
               },
           .check = ports_.check_password,
           .make = ports_.make_verifier}) {}

void PeopleDesk::SignIn(const v1::SignInRequest& request, Reply<v1::SignInResponse> reply) {
  wire::FieldReader read("SignInRequest");
  const auto person = read.Id<OperatorId>("person", request.person());
  if (!read.status().ok()) return reply(read.status());
  passwords_.Check(person, request.password(),
                   [this, person, reply](absl::StatusOr<people::GoodPassword> good) {
                     if (!good.ok()) return reply(good.status());
                     const std::string token = ports_.sessions->Open(
                         person, ports_.random(people::kTokenBytes), good->must_change, Now());
                     const auto* item = ports_.node->core().catalogue().FindOperator(person);
                     reply(people::SignInAnswer<v1::SignInResponse>(ports_.sessions->limits(),
                                                                    token, item->role, *good));
                   });
}

void PeopleDesk::UnlockScreen(const v1::UnlockScreenRequest& request,
                              Reply<v1::UnlockScreenResponse> reply) {
  const auto session = ports_.sessions->Find(request.token(), people::Sessions::Use::kOwn, Now());
  if (!session.ok()) return reply(session.status());
  passwords_.Check(
      session->person, request.password(),
      [this, token = request.token(), reply](absl::StatusOr<people::GoodPassword> good) {
        if (!good.ok()) return reply(good.status());
        ports_.sessions->Unlock(token, Now());
        reply(v1::UnlockScreenResponse());
      });
}

void PeopleDesk::ChangePassword(const v1::ChangePasswordRequest& request,
                                Reply<v1::ChangePasswordResponse> reply) {
  wire::FieldReader read("ChangePasswordRequest");
  const auto person = read.Id<OperatorId>("operator_id", request.operator_id());
  if (!read.status().ok()) return reply(read.status());
  if (request.new_password() == request.old_password()) {
    return reply(absl::InvalidArgumentError("the new password is the old one; choose another"));
  }
  passwords_.Choose(person, request.old_password(), request.new_password(),
                    [this, person, token = request.token(),
                     reply](const absl::StatusOr<people::ChosenPassword>& chosen) {
                      if (!chosen.ok()) return reply(chosen.status());
                      const absl::Status status =
                          Command(edge::ChangePassword{.operator_id = person,
                                                       .basis = chosen->in_place_of_read_out
                                                                    ? domain::PasswordBasis::kFirst
                                                                    : domain::PasswordBasis::kOwn,
                                                       .verifier = chosen->verifier})
                              .status();
                      if (!status.ok()) return reply(status);
                      ports_.sessions->CloseAllOf(person, token);
                      ports_.confirmations->Forget(person);
                      reply(v1::ChangePasswordResponse());
                    });
}

void PeopleDesk::ConfirmSecond(const v1::ConfirmSecondRequest& request,
                               Reply<v1::ConfirmSecondResponse> reply) {
  wire::FieldReader read("ConfirmSecondRequest");
  const auto person = read.Id<OperatorId>("person", request.person());
  if (!read.status().ok()) return reply(read.status());
  passwords_.Check(
      person, request.password(), [this, person, reply](absl::StatusOr<people::GoodPassword> good) {
        if (!good.ok()) return reply(good.status());
        // Whoever made it may know it.
        if (good->must_change) return reply(people::OwnPasswordFirst());
        v1::ConfirmSecondResponse response;
        response.set_confirmation(
            ports_.confirmations->Make(person, ports_.random(people::kTokenBytes), Now()));
        reply(std::move(response));
      });
}

absl::StatusOr<v1::SignOutResponse> PeopleDesk::SignOut(const v1::SignOutRequest& request) {
  ports_.sessions->Close(request.token());
  return v1::SignOutResponse();
}

absl::StatusOr<v1::LockScreenResponse> PeopleDesk::LockScreen(
    const v1::LockScreenRequest& request) {
  if (ports_.sessions->Lock(request.token())) return v1::LockScreenResponse();
  return absl::UnauthenticatedError("K-186: this session is over. Sign in again.");
}

void PeopleDesk::OnFeed() {
  const Catalogue& catalogue = ports_.node->core().catalogue();
  ports_.sessions->CloseUnless(
      [&](const OperatorId& person) { return catalogue.FindOperator(person) != nullptr; });
}

// ---- Shifts and reports.

absl::StatusOr<v1::ListPeopleResponse> PeopleDesk::ListPeople(const v1::ListPeopleRequest&) {
  const EdgeCore& core = ports_.node->core();
  const absl::Duration running = core.running_time().At(ports_.clock->Now());
  const std::map<OperatorId, size_t> sessions = ports_.sessions->Count();
  v1::ListPeopleResponse response;
  for (const auto& [id, item] : core.catalogue().operators()) {
    v1::Person& person = *response.add_people();
    person.set_operator_id(id.value());
    person.set_role(static_cast<log::v1::Role>(item.role));
    person.set_active(item.active);
    for (const auto& version : item.certified) person.add_certified_versions(version.value());
    person.set_certified(core.Certified(item));
    KEPING_ASSIGN_OR_RETURN(const EdgeNode::KnownPassword known, ports_.node->PasswordOf(id));
    person.set_has_password(!known.verifier.empty());
    person.set_locked_out_seconds(Seconds(core.sign_ins().LockedFor(id, running)));
    if (const Shift* shift = core.shifts().OpenOf(id)) person.set_shift(shift->act.value());
    if (const auto found = sessions.find(id); found != sessions.end()) {
      person.set_sessions(static_cast<uint32_t>(found->second));
    }
  }
  response.set_application_version(core.settings().application_version.value());
  response.set_required_application_version(core.catalogue().required_application().value());
  return response;
}

absl::StatusOr<v1::OpenShiftResponse> PeopleDesk::OpenShift(const v1::OpenShiftRequest& request) {
  wire::FieldReader read("OpenShiftRequest");
  edge::OpenShift open{
      .act = ports_.node->NewAct(),
      .operator_id = read.Id<OperatorId>("operator_id", request.operator_id()),
      .counted = {},
      .proof_code = read.OptionalId<domain::CodeText>("report_code", request.report_code())};
  KEPING_RETURN_IF_ERROR(read.status());
  KEPING_ASSIGN_OR_RETURN(open.counted, ReadCount(request.has_counted(), request.counted()));
  const ReportCode code = ports_.node->core().shifts().Compare(open.proof_code);
  KEPING_RETURN_IF_ERROR(Command(open).status());
  v1::OpenShiftResponse response;
  response.set_shift(open.act.value());
  FillCount(ports_.node->core().tray().available().size(), open.counted, response);
  response.set_code_check(CheckOf(code));
  if (response.code_check() == v1::REPORT_CODE_CHECK_UNKNOWN) {
    response.add_warnings(
        "K-179: no day report of this computer has the code on the paper. Read it again. If it "
        "stays so, this disk may have been set back to an old copy: stop printing and call the "
        "district. The code was recorded.");
  } else if (response.code_check() == v1::REPORT_CODE_CHECK_EARLIER) {
    response.add_warnings("The code is of an earlier day report, not of the last one.");
  }
  return response;
}

absl::StatusOr<v1::CloseShiftResponse> PeopleDesk::CloseShift(
    const v1::CloseShiftRequest& request) {
  wire::FieldReader read("CloseShiftRequest");
  edge::CloseShift close{.operator_id = read.Id<OperatorId>("operator_id", request.operator_id()),
                         .counted = {}};
  KEPING_RETURN_IF_ERROR(read.status());
  KEPING_ASSIGN_OR_RETURN(close.counted, ReadCount(request.has_counted(), request.counted()));
  KEPING_ASSIGN_OR_RETURN(const Decision decision, Command(close));
  v1::CloseShiftResponse response;
  response.set_shift(std::get<domain::ShiftClosed>(decision.events.front()).act.value());
  FillCount(ports_.node->core().tray().available().size(), close.counted, response);
  return response;
}

absl::StatusOr<v1::ReportDayResponse> PeopleDesk::ReportDay(const v1::ReportDayRequest& request) {
  wire::FieldReader read("ReportDayRequest");
  const storage::LogHead& head = ports_.node->store().log().head();
  const edge::ReportDay report{
      .act = ports_.node->NewAct(),
      .operator_id = read.Id<OperatorId>("operator_id", request.operator_id()),
      .seq = head.seq,
      .head = head.hash};
  KEPING_RETURN_IF_ERROR(read.status());
  KEPING_ASSIGN_OR_RETURN(const Decision decision, Command(report));
  const auto& totals = std::get<domain::DayReported>(decision.events.front());
  v1::ReportDayResponse response;
  response.set_text(domain::WriteDayReport({.node = ports_.node->core().settings().node,
                                            .incarnation = ports_.node->identity().incarnation,
                                            .totals = totals},
                                           *ports_.node->identity().signer));
  response.set_code(domain::ReportCodeOf(totals).value());
  *response.mutable_code_qr() =
      DrawHeadCode(HeadCodeText(ports_.node->core().settings().node,
                                ports_.node->identity().incarnation, totals.seq, totals.head));
  return response;
}

absl::Status PeopleDesk::NoteRead(const edge::NoteRead& read) { return Command(read).status(); }

// ---- Telephone grants.

void PeopleDesk::UseGrant(const v1::UseGrantRequest& request, Reply<v1::UseGrantResponse> reply) {
  wire::FieldReader read("UseGrantRequest");
  edge::UseGrant use{.act = ports_.node->NewAct(),
                     .operator_id = read.Id<OperatorId>("operator_id", request.operator_id()),
                     .kind = read.EnumValue("kind", request.kind(), domain::GrantKind::kForceLease),
                     .subject = read.OptionalId<domain::SubjectId>("subject", request.subject()),
                     .day = request.day_days() == 0
                                ? absl::ToCivilDay(ports_.clock->Now().wall,
                                                   ports_.node->core().settings().time_zone)
                                : base::FromEpochDays(request.day_days()),
                     .lease_epoch = {},
                     .code = {},
                     .verifier = {}};
  if (!read.status().ok()) return reply(read.status());
  const auto code = domain::ParseGrantCode(request.code());
  if (!code.ok()) return reply(code.status());
  use.code = *code;
  if (use.kind == domain::GrantKind::kForceLease) {
    const auto epoch = ReadEpoch(request.lease_epoch());
    if (!epoch.ok()) return reply(epoch.status());
    use.lease_epoch = *epoch;
  }
  if (use.kind != domain::GrantKind::kResetPassword) return FinishGrant(std::move(use), reply);
  // Of whoever may not, no password is made: it takes long.
  const absl::Status may = ports_.node->core().CheckMay(use.operator_id, OfficeAct::kUseGrant);
  if (!may.ok()) return reply(may);
  passwords_.MakeVerifier(
      request.new_password(),
      [this, use = std::move(use), reply](absl::StatusOr<std::string> verifier) mutable {
        if (!verifier.ok()) return reply(verifier.status());
        use.verifier = *std::move(verifier);
        FinishGrant(std::move(use), reply);
      });
}

void PeopleDesk::FinishGrant(edge::UseGrant use, const Reply<v1::UseGrantResponse>& reply) {
  if (absl::Status status = Command(use).status(); !status.ok()) return reply(status);
  if (use.kind == domain::GrantKind::kResetPassword) {
    const OperatorId person = OperatorId::Of(use.subject.value());
    ports_.sessions->CloseAllOf(person, "");
    ports_.confirmations->Forget(person);
  }
  reply(v1::UseGrantResponse());
}

}  // namespace keping::edge
