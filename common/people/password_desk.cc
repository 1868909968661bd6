#include "common/people/password_desk.h"

#include "absl/strings/str_cat.h"
#include "common/base/status_macros.h"
#include "common/crypto/one_time_code.h"
#include "common/crypto/password.h"

namespace keping::people {
namespace {

using domain::SignInOutcome;

absl::Status Busy() {
  return absl::ResourceExhaustedError("too many passwords wait to be checked; try again");
}

// Of a password that was read out, capitals, blanks and hyphens do not matter.
std::string AsCompared(const std::string& password, bool read_out) {
  if (!read_out) return password;
  absl::StatusOr<std::string> code = crypto::NormalizeOneTimeCode(password);
  return code.ok() ? *std::move(code) : password;
}

}  // namespace

void PasswordDesk::Check(const domain::OperatorId& person, const std::string& password,
                         Reply<GoodPassword> reply) {
  CheckKnown(person, password, [reply](const absl::StatusOr<Checked>& checked) {
    if (!checked.ok()) return reply(checked.status());
    reply(checked->good);
  });
}

void PasswordDesk::CheckKnown(const domain::OperatorId& person, const std::string& password,
                              Reply<Checked> reply) {
  // Without this, many tries at once would pass the guard before the first is counted.
  if (checking_.contains(person)) return reply(Busy());
  if (absl::Status status = ports_.ask(person); !status.ok()) return reply(status);
  const absl::StatusOr<KnownPassword> known = ports_.known(person);
  if (!known.ok()) return reply(known.status());
  if (known->verifier.empty()) return reply(ports_.tell(person, SignInOutcome::kNoPassword));
  const Checked checked{.good = {.read_out = known->read_out, .must_change = known->must_change},
                        .verifier = known->verifier};
  if (password.empty() || password.size() > crypto::kMaxPasswordSize) {
    return Finish(person, false, checked, reply);
  }
  checking_.insert(person);
  const auto done = [this, person, checked, reply](bool right) {
    checking_.erase(person);
    // Meanwhile the person may have got another one.
    const absl::StatusOr<KnownPassword> now = ports_.known(person);
    if (!now.ok()) return reply(now.status());
    Finish(person, right && now->verifier == checked.verifier, checked, reply);
  };
  const bool posted = ports_.check(AsCompared(password, known->read_out), known->verifier, done);
  if (posted) return;
  checking_.erase(person);
  reply(Busy());
}

void PasswordDesk::Finish(const domain::OperatorId& person, bool right, const Checked& checked,
                          const Reply<Checked>& reply) {
  const absl::Status status =
      ports_.tell(person, right ? SignInOutcome::kAccepted : SignInOutcome::kWrongPassword);
  if (!status.ok()) return reply(status);
  reply(checked);
}

void PasswordDesk::Choose(const domain::OperatorId& person, const std::string& old_password,
                          const std::string& new_password, Reply<ChosenPassword> reply) {
  CheckKnown(
      person, old_password,
      [this, person, old_password, new_password, reply](const absl::StatusOr<Checked>& checked) {
        if (!checked.ok()) return reply(checked.status());
        const bool read_out = checked->good.read_out;
        if (AsCompared(new_password, read_out) == AsCompared(old_password, read_out)) {
          return reply(absl::InvalidArgumentError(
              "K-364: got the old password as the new one, want another; choose one that "
              "nobody else knows"));
        }
        MakeVerifier(new_password, [this, person, checked = *checked,
                                    reply](const absl::StatusOr<std::string>& verifier) {
          reply(Chosen(person, checked, verifier));
        });
      });
}

absl::StatusOr<ChosenPassword> PasswordDesk::Chosen(
    const domain::OperatorId& person, const Checked& checked,
    const absl::StatusOr<std::string>& verifier) const {
  KEPING_RETURN_IF_ERROR(verifier.status());
  KEPING_ASSIGN_OR_RETURN(const KnownPassword now, ports_.known(person));
  if (now.verifier != checked.verifier) {
    return absl::AbortedError(absl::StrCat(
        "K-360: ", person.value(),
        " got another password while the new one was being stored; the "
        "new one was not taken. Sign in with the password that was given last, and choose again."));
  }
  return ChosenPassword{.verifier = *verifier, .in_place_of_read_out = checked.good.read_out};
}

void PasswordDesk::MakeVerifier(const std::string& password, Reply<std::string> reply) {
  if (!ports_.make(password, reply)) reply(Busy());
}

}  // namespace keping::people
