// Looks at passwords, one try of a person at a time, and has verifiers made: what an office's
// people and the district's officers have in common. Who may try, and what a try means, the node
// decides.
//
//   PasswordDesk passwords({.ask = …, .known = …, .tell = …, .check = …, .make = …});
//   passwords.Check(person, typed, [](absl::StatusOr<GoodPassword> good) { … });
#ifndef KEPING_COMMON_PEOPLE_PASSWORD_DESK_H_
#define KEPING_COMMON_PEOPLE_PASSWORD_DESK_H_

#include <functional>
#include <set>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "common/domain/event.h"
#include "common/domain/ids.h"

namespace keping::people {

// Called on the core thread, once.
template <typename Response>
using Reply = std::function<void(absl::StatusOr<Response>)>;

// What is kept of a person's password.
struct KnownPassword {
  std::string verifier;  // empty: none
  // One that somebody made and read out: it is typed as a one-time code.
  bool read_out = false;
  bool must_change = false;
};

struct GoodPassword {
  bool read_out = false;
  bool must_change = false;
};

// Lives on the core thread.
class PasswordDesk {
 public:
  // All outlive the desk. `check` and `make` answer on the core thread; false: too busy, no answer
  // will come.
  struct Ports {
    // Whether a password of the person may be looked at now; else the refusal.
    std::function<absl::Status(const domain::OperatorId&)> ask;
    std::function<absl::StatusOr<KnownPassword>(const domain::OperatorId&)> known;
    // Logs the try; the refusal when it was not accepted.
    std::function<absl::Status(const domain::OperatorId&, domain::SignInOutcome)> tell;
    // crypto::PasswordMatches.
    std::function<bool(std::string password, std::string verifier, std::function<void(bool)>)>
        check;
    // crypto::MakePasswordVerifier.
    std::function<bool(std::string password, std::function<void(absl::StatusOr<std::string>)>)>
        make;
  };

  explicit PasswordDesk(Ports ports) : ports_(std::move(ports)) {}

  // ResourceExhausted while another try of the person, or too many others, are looked at; else the
  // refusals of the ports.
  void Check(const domain::OperatorId& person, const std::string& password,
             Reply<GoodPassword> reply);
  // Of a password that a person chose.
  void MakeVerifier(const std::string& password, Reply<std::string> reply);

 private:
  void Finish(const domain::OperatorId& person, bool right, const GoodPassword& good,
              const Reply<GoodPassword>& reply);

  const Ports ports_;
  std::set<domain::OperatorId> checking_;
};

}  // namespace keping::people

#endif  // KEPING_COMMON_PEOPLE_PASSWORD_DESK_H_
