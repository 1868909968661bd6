#include "common/people/password_thread.h"

#include <utility>

#include "common/crypto/password.h"

namespace keping::people {
namespace {

// More than one per person of an office would be an attack.
constexpr size_t kWaitingPasswords = 16;

}  // namespace

PasswordThread::PasswordThread(runtime::CoreThread* core, const time::Clock* clock)
    : core_(core), hasher_(clock, kWaitingPasswords) {}

void PasswordThread::Stop() { hasher_.Stop(runtime::CoreThread::Waiting::kRun); }

bool PasswordThread::Post(std::function<void()> task) { return hasher_.Post(std::move(task)); }

// The answers are timers, since those are never dropped.

bool PasswordThread::Check(std::string password, std::string verifier,
                           std::function<void(bool)> done) {
  return Post([this, password = std::move(password), verifier = std::move(verifier),
               done = std::move(done)] {
    const bool right = crypto::PasswordMatches(password, verifier);
    core_->PostAfter(absl::ZeroDuration(), [done, right] { done(right); });
  });
}

bool PasswordThread::Make(std::string password,
                          std::function<void(absl::StatusOr<std::string>)> done) {
  return Post([this, password = std::move(password), done = std::move(done)] {
    auto verifier = crypto::MakePasswordVerifier(password);
    core_->PostAfter(absl::ZeroDuration(),
                     [done, verifier = std::move(verifier)] { done(verifier); });
  });
}

}  // namespace keping::people
