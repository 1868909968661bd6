// The inputs about people: signing in, passwords, shifts, day reports, telephone grants, and looks
// at personal data. A part of input.h.
#ifndef KEPING_EDGE_NODE_CORE_PEOPLE_INPUT_H_
#define KEPING_EDGE_NODE_CORE_PEOPLE_INPUT_H_

#include <cstdint>
#include <optional>
#include <string>

#include "absl/time/civil_time.h"
#include "common/crypto/hash.h"
#include "common/domain/event.h"
#include "common/domain/grant_code.h"
#include "common/domain/ids.h"

namespace keping::edge {

// A person is about to give a password: may it be looked at?
struct AskSignIn {
  domain::OperatorId operator_id;
};

// The password was looked at, elsewhere since that takes long.
struct PasswordChecked {
  domain::OperatorId operator_id;
  domain::SignInOutcome outcome = domain::SignInOutcome::kWrongPassword;
};

// A person who has just given the old password, or got a first one, takes a new one.
struct ChangePassword {
  domain::OperatorId operator_id;
  domain::PasswordBasis basis = domain::PasswordBasis::kOwn;
  std::string verifier;  // of the new password
};

struct OpenShift {
  domain::ActId act;  // random, made by the shell
  domain::OperatorId operator_id;
  std::optional<uint64_t> counted;  // blanks in the tray, as counted by hand
  domain::CodeText proof_code;      // of the last day report, from the paper; or empty
};

struct CloseShift {
  domain::OperatorId operator_id;
  std::optional<uint64_t> counted;
};

// `seq` and `head` are the log's last entry, which the report is about.
struct ReportDay {
  domain::ActId act;  // random, made by the shell
  domain::OperatorId operator_id;
  uint64_t seq = 0;
  crypto::Hash head;
};

// A telephone grant was typed in. Its terms are those of this node, and of its present application
// version for a certificate.
struct UseGrant {
  domain::ActId act;  // random, made by the shell
  domain::OperatorId operator_id;
  domain::GrantKind kind = domain::GrantKind::kUnlockNode;
  domain::SubjectId subject;
  absl::CivilDay day;
  domain::LeaseEpoch lease_epoch;  // of kForceLease
  domain::TypedGrant code;
  std::string verifier;  // of the new password; of kResetPassword
};

// Somebody is about to see a resident's data.
struct NoteRead {
  domain::OperatorId operator_id;
  domain::PrrId prr;     // when one was found; or empty
  crypto::Hash nik_key;  // of the NIK asked for; or zero
  domain::ReadPurpose purpose = domain::ReadPurpose::kResidentStatus;
};

}  // namespace keping::edge

#endif  // KEPING_EDGE_NODE_CORE_PEOPLE_INPUT_H_
