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

// What a person chose in place of a password that was read out, or of an own one.
struct ChosenPassword {
  std::string verifier;
  bool in_place_of_read_out = false;
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
  // Of a person who knows the old one. The reply stores the verifier at once: what was known of the
  // person has not changed since the old one was looked at. Aborted (K-360) when it has: somebody
  // made another one meanwhile, which stays. InvalidArgument (K-364) when the new one is the old
  // one. Else as Check and MakeVerifier.
  void Choose(const domain::OperatorId& person, const std::string& old_password,
              const std::string& new_password, Reply<ChosenPassword> reply);
  // Of a password that a person chose.
  void MakeVerifier(const std::string& password, Reply<std::string> reply);

 private:
  // With the verifier that the password was looked at with.
  struct Checked {
    GoodPassword good;
    std::string verifier;
  };

  void CheckKnown(const domain::OperatorId& person, const std::string& password,
                  Reply<Checked> reply);
  void Finish(const domain::OperatorId& person, bool right, const Checked& checked,
              const Reply<Checked>& reply);
  absl::StatusOr<ChosenPassword> Chosen(const domain::OperatorId& person, const Checked& checked,
                                        const absl::StatusOr<std::string>& verifier) const;

  const Ports ports_;
  std::set<domain::OperatorId> checking_;
};

}  // namespace keping::people

#endif  // KEPING_COMMON_PEOPLE_PASSWORD_DESK_H_
