#include "edge_node/app/people_office.h"

#include <grpcpp/impl/service_type.h>

#include <string>
#include <utility>

#include "common/crypto/password.h"
#include "common/crypto/random.h"
#include "edge_node/counter/people_service.h"

namespace keping::edge {
namespace {

// More than one per person of an office would be an attack.
constexpr size_t kWaitingPasswords = 16;

}  // namespace

PeopleOffice::PeopleOffice(EdgeNode* node, runtime::CoreThread* core, const time::Clock* clock)
    : core_(core),
      clock_(clock),
      gate_(&sessions_, &confirmations_, clock),
      desk_(Ports(node)),
      service_(MakePeopleService(core, &desk_)),
      hasher_(clock, kWaitingPasswords) {}

PeopleOffice::~PeopleOffice() { Stop(); }

void PeopleOffice::Stop() { hasher_.Stop(runtime::CoreThread::Waiting::kRun); }

PeopleDesk::Ports PeopleOffice::Ports(EdgeNode* node) {
  // The answers are timers, since those are never dropped.
  return {.node = node,
          .sessions = &sessions_,
          .confirmations = &confirmations_,
          .clock = clock_,
          .random = crypto::RandomBytes,
          .check_password =
              [this](std::string password, std::string verifier, std::function<void(bool)> done) {
                return hasher_.Post([this, password = std::move(password),
                                     verifier = std::move(verifier), done = std::move(done)] {
                  const bool right = crypto::PasswordMatches(password, verifier);
                  core_->PostAfter(absl::ZeroDuration(), [done, right] { done(right); });
                });
              },
          .make_verifier =
              [this](std::string password, std::function<void(absl::StatusOr<std::string>)> done) {
                return hasher_.Post([this, password = std::move(password), done = std::move(done)] {
                  auto verifier = crypto::MakePasswordVerifier(password);
                  core_->PostAfter(absl::ZeroDuration(),
                                   [done, verifier = std::move(verifier)] { done(verifier); });
                });
              }};
}

}  // namespace keping::edge
