#include "common/people/password_desk.h"

#include "common/crypto/one_time_code.h"
#include "common/crypto/password.h"

namespace keping::people {
namespace {

using domain::SignInOutcome;

absl::Status Busy() {
  return absl::ResourceExhaustedError("too many passwords wait to be checked; try again");
}

}  // namespace

void PasswordDesk::Check(const domain::OperatorId& person, const std::string& password,
                         Reply<GoodPassword> reply) {
  // Without this, many tries at once would pass the guard before the first is counted.
  if (checking_.contains(person)) return reply(Busy());
  if (absl::Status status = ports_.ask(person); !status.ok()) return reply(status);
  const absl::StatusOr<KnownPassword> known = ports_.known(person);
  if (!known.ok()) return reply(known.status());
  if (known->verifier.empty()) return reply(ports_.tell(person, SignInOutcome::kNoPassword));
  const GoodPassword good{.read_out = known->read_out, .must_change = known->must_change};
  if (password.empty() || password.size() > crypto::kMaxPasswordSize) {
    return Finish(person, false, good, reply);
  }
  std::string typed = password;
  if (known->read_out) {
    // Capitals, blanks and hyphens do not matter.
    if (auto code = crypto::NormalizeOneTimeCode(password); code.ok()) typed = *std::move(code);
  }
  checking_.insert(person);
  const auto done = [this, person, good, verifier = known->verifier, reply](bool right) {
    checking_.erase(person);
    // Meanwhile the person may have got another one.
    const absl::StatusOr<KnownPassword> now = ports_.known(person);
    if (!now.ok()) return reply(now.status());
    Finish(person, right && now->verifier == verifier, good, reply);
  };
  const bool posted = ports_.check(std::move(typed), known->verifier, done);
  if (posted) return;
  checking_.erase(person);
  reply(Busy());
}

void PasswordDesk::Finish(const domain::OperatorId& person, bool right, const GoodPassword& good,
                          const Reply<GoodPassword>& reply) {
  const absl::Status status =
      ports_.tell(person, right ? SignInOutcome::kAccepted : SignInOutcome::kWrongPassword);
  if (!status.ok()) return reply(status);
  reply(good);
}

void PasswordDesk::MakeVerifier(const std::string& password, Reply<std::string> reply) {
  if (!ports_.make(password, reply)) reply(Busy());
}

}  // namespace keping::people
