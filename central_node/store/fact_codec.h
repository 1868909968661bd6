// Facts and stream heads to their protos and back: the inner part of row_codec.h. Those of the
// district's desk are in resident_codec.cc, with the rows of nodes and of the centre.
#ifndef KEPING_CENTRAL_NODE_STORE_FACT_CODEC_H_
#define KEPING_CENTRAL_NODE_STORE_FACT_CODEC_H_

#include <string>
#include <vector>

#include "central_node/core/facts.h"
#include "central_node/core/phone_grant.h"
#include "central_node/core/rows.h"
#include "common/wire/field_reader.h"
#include "keping/store/v1/central.pb.h"

namespace keping::central {

namespace pb = ::keping::store::v1;

void SetBytes(const crypto::Hash& hash, std::string* out);

void Encode(const FactRef& ref, pb::FactRef& out);
void Encode(const IntentFact& fact, pb::IntentFact& out);
void Encode(const OutcomeFact& fact, pb::OutcomeFact& out);
void Encode(const CorrectionFact& fact, pb::CorrectionFact& out);
void Encode(const DispatchFact& fact, pb::DispatchFact& out);
void Encode(const ScanFact& fact, pb::ScanFact& out);
void Encode(const SpoilFact& fact, pb::SpoilFact& out);
void Encode(const OpeningFact& fact, pb::OpeningFact& out);
void Encode(const BirthFact& fact, pb::BirthFact& out);
void EncodePlace(const ledger::Place& place, pb::Place& out);
void Encode(const StepFact& fact, pb::StepFact& out);
void Encode(const LossFact& fact, pb::LossFact& out);
void Encode(const LeaseLossFact& fact, pb::LeaseLossFact& out);
void Encode(const VersionFact& fact, pb::VersionFact& out);
void Encode(const WithdrawalFact& fact, pb::WithdrawalFact& out);
void Encode(const GrantFact& fact, pb::GrantFact& out);
void Encode(const ReleaseRequestFact& fact, pb::ReleaseRequestFact& out);
void Encode(const ReleaseFact& fact, pb::ReleaseFact& out);
void Encode(const FeedMark& mark, pb::FeedMark& out);
void Encode(const ReceiptFact& fact, pb::ReceiptFact& out);
void Encode(const TransferDispatchFact& fact, pb::TransferDispatchFact& out);
void Encode(const PhoneGrantIssue& fact, pb::PhoneGrantIssue& out);
void Encode(const PhoneGrantUse& fact, pb::PhoneGrantUse& out);
void Encode(const NameFact& fact, pb::NameFact& out);
void Encode(const LoanFact& fact, pb::LoanFact& out);
void Encode(const LoanPaper& fact, pb::LoanPaper& out);
void Encode(const SupplyFact& fact, pb::SupplyFact& out);
void Encode(const ConsumableFact& fact, pb::ConsumableFact& out);
void Encode(const ReplacementFact& fact, pb::ReplacementFact& out);
void Encode(const DestructionFact& fact, pb::DestructionFact& out);
void Encode(const CaseDecisionFact& fact, pb::CaseDecision& out);
void Encode(const RequirementFact& fact, pb::RequirementFact& out);
// Without the name of its incarnation.
void Encode(const StreamHead& head, pb::StreamHead& out);

FactRef Decode(const pb::FactRef& proto, wire::FieldReader& read);
IntentFact Decode(const pb::IntentFact& proto, wire::FieldReader& read);
OutcomeFact Decode(const pb::OutcomeFact& proto, wire::FieldReader& read);
CorrectionFact Decode(const pb::CorrectionFact& proto, wire::FieldReader& read);
DispatchFact Decode(const pb::DispatchFact& proto, wire::FieldReader& read);
ScanFact Decode(const pb::ScanFact& proto, wire::FieldReader& read);
SpoilFact Decode(const pb::SpoilFact& proto, wire::FieldReader& read);
BirthFact Decode(const pb::BirthFact& proto, wire::FieldReader& read);
ledger::Place DecodePlace(const pb::Place& proto, wire::FieldReader& read);
OpeningFact Decode(const pb::OpeningFact& proto, wire::FieldReader& read);
StepFact Decode(const pb::StepFact& proto, wire::FieldReader& read);
LossFact Decode(const pb::LossFact& proto, wire::FieldReader& read);
LeaseLossFact Decode(const pb::LeaseLossFact& proto, wire::FieldReader& read);
VersionFact Decode(const pb::VersionFact& proto, wire::FieldReader& read);
WithdrawalFact Decode(const pb::WithdrawalFact& proto, wire::FieldReader& read);
GrantFact Decode(const pb::GrantFact& proto, wire::FieldReader& read);
ReleaseRequestFact Decode(const pb::ReleaseRequestFact& proto, wire::FieldReader& read);
ReleaseFact Decode(const pb::ReleaseFact& proto, wire::FieldReader& read);
FeedMark Decode(const pb::FeedMark& proto, wire::FieldReader& read);
ReceiptFact Decode(const pb::ReceiptFact& proto, wire::FieldReader& read);
TransferDispatchFact Decode(const pb::TransferDispatchFact& proto, wire::FieldReader& read);
PhoneGrantIssue Decode(const pb::PhoneGrantIssue& proto, wire::FieldReader& read);
PhoneGrantUse Decode(const pb::PhoneGrantUse& proto, wire::FieldReader& read);
NameFact Decode(const pb::NameFact& proto, wire::FieldReader& read);
LoanFact Decode(const pb::LoanFact& proto, wire::FieldReader& read);
LoanPaper Decode(const pb::LoanPaper& proto, wire::FieldReader& read);
SupplyFact Decode(const pb::SupplyFact& proto, wire::FieldReader& read);
ConsumableFact Decode(const pb::ConsumableFact& proto, wire::FieldReader& read);
ReplacementFact Decode(const pb::ReplacementFact& proto, wire::FieldReader& read);
DestructionFact Decode(const pb::DestructionFact& proto, wire::FieldReader& read);
CaseDecisionFact Decode(const pb::CaseDecision& proto, wire::FieldReader& read);
RequirementFact Decode(const pb::RequirementFact& proto, wire::FieldReader& read);
StreamHead Decode(const pb::StreamHead& proto, wire::FieldReader& read);

template <typename Facts, typename Repeated>
void EncodeAll(const Facts& facts, Repeated* out) {
  for (const auto& fact : facts) Encode(fact, *out->Add());
}

template <typename Fact, typename Repeated>
std::vector<Fact> DecodeAll(const Repeated& protos, wire::FieldReader& read) {
  std::vector<Fact> facts;
  facts.reserve(protos.size());
  for (const auto& proto : protos) facts.push_back(Decode(proto, read));
  return facts;
}

}  // namespace keping::central

#endif  // KEPING_CENTRAL_NODE_STORE_FACT_CODEC_H_
