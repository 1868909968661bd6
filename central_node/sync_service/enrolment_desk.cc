#include "central_node/sync_service/enrolment_desk.h"

#include <optional>

#include "absl/strings/str_cat.h"
#include "central_node/core/node_end.h"
#include "common/base/status_macros.h"
#include "common/crypto/one_time_code.h"
#include "common/storage/key_space.h"
#include "keping/store/v1/central.pb.h"

namespace keping::central {
namespace {

using store::v1::EnrolmentCode;

std::string CodeKey(const crypto::Hash& code_hash) {
  return absl::StrCat(storage::kEnrolmentCodePrefix, code_hash.AsBytes());
}

absl::Status Put(storage::KvStore& store, const crypto::Hash& code_hash,
                 const EnrolmentCode& code) {
  storage::WriteBatch batch;
  batch.Put(CodeKey(code_hash), code.SerializeAsString());
  return store.Write(batch, storage::Durability::kSynced);
}

// One answer for all that is wrong with a code, so that guessing teaches nothing.
absl::Status NoSuchCode() {
  return absl::UnauthenticatedError(
      "got a code that is not valid for this node, want the one that the district gave out for it "
      "within the last day; ask for a new code");
}

}  // namespace

absl::Status EnrolmentDesk::Stored(absl::Status status) {
  if (!status.ok()) ports_.failed(status);
  return status;
}

absl::StatusOr<std::string> EnrolmentDesk::CreateCode(const domain::NodeId& node,
                                                      const domain::OperatorId& by) {
  const std::string code = crypto::MakeOneTimeCode(ports_.random(crypto::kOneTimeCodeEntropySize));
  KEPING_ASSIGN_OR_RETURN(const std::string normalized, crypto::NormalizeOneTimeCode(code));
  EnrolmentCode row;
  row.set_node(node.value());
  row.set_by(by.value());
  row.set_expires_at_micros(absl::ToUnixMicros(ports_.clock->Now().wall + kCodeValidity));
  KEPING_RETURN_IF_ERROR(
      Stored(Put(*ports_.store, crypto::HashOneTimeCode(ports_.code_key, normalized), row)));
  return code;
}

absl::Status EnrolmentDesk::Admit(const EnrolmentClaim& claim) {
  KEPING_ASSIGN_OR_RETURN(const domain::OperatorId by, UseUp(claim));
  const absl::StatusOr<CommandResult> result =
      ports_.node->Handle(ports_.clock->Now(), EnrolNode{.node = claim.node,
                                                         .incarnation = claim.incarnation,
                                                         .public_key = claim.log_public_key,
                                                         .by = by});
  if (!result.ok()) return Stored(result.status());
  if (result->outcome == CommandOutcome::kDone) return absl::OkStatus();
  return absl::FailedPreconditionError(Sentence(*result));
}

absl::Status EnrolmentDesk::AdmitRenewal(const RenewalClaim& claim) const {
  const StreamHead* stream = ports_.node->logs().Stream(claim.node, claim.incarnation);
  if (stream == nullptr || stream->public_key.empty() ||
      !ports_.verifier->Verify(stream->public_key, claim.statement, claim.signature)) {
    return absl::UnauthenticatedError(
        "got a renewal that no key of an enrolled incarnation signed, want the node's own; enrol "
        "it with a code");
  }
  if (!stream->ends.empty()) {
    return absl::FailedPreconditionError(absl::StrCat(
        "K-254: ", claim.node.value(), " was ", EndWord(stream->ends.rbegin()->first),
        " and gets no new certificate; to bring the office back, enrol it with a code"));
  }
  if (claim.incarnation != ports_.node->resident().nodes.at(claim.node).active) {
    return absl::FailedPreconditionError(
        absl::StrCat("K-254: a newer incarnation of ", claim.node.value(),
                     " is enrolled, and this one gets no new certificate; recover the node"));
  }
  return absl::OkStatus();
}

absl::StatusOr<domain::OperatorId> EnrolmentDesk::UseUp(const EnrolmentClaim& claim) {
  KEPING_ASSIGN_OR_RETURN(const std::optional<std::string> bytes,
                          ports_.store->Get(CodeKey(claim.code_hash)));
  EnrolmentCode row;
  if (!bytes.has_value()) return NoSuchCode();
  if (!row.ParseFromString(*bytes)) {
    return absl::DataLossError("bad stored one-time code; ask for a new code");
  }
  if (row.node() != claim.node.value()) return NoSuchCode();
  const domain::OperatorId by =
      row.by().empty() ? domain::OperatorId() : domain::OperatorId::Of(row.by());
  if (!row.incarnation().empty()) {
    const bool same =
        row.incarnation() == claim.incarnation.value() && row.public_key() == claim.log_public_key;
    if (!same) return NoSuchCode();
    return by;
  }
  if (absl::ToUnixMicros(ports_.clock->Now().wall) > row.expires_at_micros()) return NoSuchCode();
  row.set_incarnation(claim.incarnation.value());
  row.set_public_key(claim.log_public_key);
  KEPING_RETURN_IF_ERROR(Stored(Put(*ports_.store, claim.code_hash, row)));
  return by;
}

}  // namespace keping::central
