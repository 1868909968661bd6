#include "central_node/console/evidence_console.h"

#include <google/protobuf/util/json_util.h>

#include <optional>
#include <set>
#include <tuple>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "central_node/core/officers.h"
#include "common/base/status_macros.h"
#include "common/storage/key_space.h"
#include "common/sync/evidence.h"
#include "common/wire/field_reader.h"

namespace keping::central {
namespace {

constexpr size_t kMaxPackBytes = size_t{3} << 20;

template <typename Message>
std::string AsJson(const Message& message) {
  google::protobuf::util::JsonPrintOptions options;
  options.preserve_proto_field_names = true;
  std::string json;
  // Every message that the API answers with is one of plain fields.
  (void)google::protobuf::util::MessageToJsonString(message, &json, options);
  return json;
}

}  // namespace

absl::Status EvidenceConsole::Answer(const v1::PackEvidenceRequest& request,
                                     v1::PackContents& contents,
                                     google::protobuf::RepeatedPtrField<v1::Fact>& facts) {
  if (request.case_id().empty() == request.blank().empty()) {
    return absl::InvalidArgumentError("got a case and a blank, or neither, want one of the two");
  }
  if (!request.blank().empty()) {
    v1::TraceBlankRequest question;
    question.set_blank(request.blank());
    KEPING_ASSIGN_OR_RETURN(v1::TraceBlankResponse answer, ports_.desk->TraceBlank(question));
    contents.set_blank(answer.blank());
    contents.set_answer(AsJson(answer));
    facts.Swap(answer.mutable_facts());
    return absl::OkStatus();
  }
  v1::GetCaseRequest question;
  question.set_case_id(request.case_id());
  KEPING_ASSIGN_OR_RETURN(v1::GetCaseResponse answer, ports_.desk->GetCase(question));
  if (answer.evidence_size() < answer.case_().evidence_size()) {
    return absl::FailedPreconditionError(absl::StrCat(
        "only ", answer.evidence_size(), " of the ", answer.case_().evidence_size(),
        " entries of this case can be packed, and a pack of a part proves less than it seems; pack "
        "its blanks one by one, and see keping central case for the rest"));
  }
  contents.set_case_id(request.case_id());
  contents.set_answer(AsJson(answer));
  facts.Swap(answer.mutable_evidence());
  for (const v1::Decision& decision : answer.decisions()) *facts.Add() = decision.fact();
  for (const v1::Order& order : answer.orders()) {
    for (const v1::Fact& done : order.acknowledgements()) *facts.Add() = done;
  }
  return absl::OkStatus();
}

absl::Status EvidenceConsole::AddEntries(const google::protobuf::RepeatedPtrField<v1::Fact>& facts,
                                         v1::PackContents& contents) const {
  std::set<std::string> named;
  // Segments that are in the pack already reach up to a head of their log.
  std::set<std::tuple<std::string, std::string, uint64_t>> covered;
  for (const v1::Fact& fact : facts) {
    if (!named.insert(fact.id()).second) continue;
    contents.add_facts(absl::HexStringToBytes(fact.id()));
    if (fact.node() == ports_.node->options().centre.value()) {
      KEPING_ASSIGN_OR_RETURN(std::optional<std::string> entry,
                              ports_.node->store().Get(storage::EntryKey(fact.seq())));
      contents.add_centre_entries(entry.value_or(std::string()));
      continue;
    }
    if (covered.contains({fact.node(), fact.incarnation(), fact.seq()})) continue;
    const auto node = domain::NodeId::Of(fact.node());
    const auto stream = domain::IncarnationId::Of(fact.incarnation());
    KEPING_ASSIGN_OR_RETURN(const sync::Segment segment,
                            ports_.node->logs().ReadSegment(node, stream, fact.seq()));
    v1::PackedSegment& packed = *contents.add_segments();
    packed.set_node(fact.node());
    packed.set_incarnation(fact.incarnation());
    packed.set_first_seq(segment.first_seq);
    for (size_t i = 0; i < segment.entries.size(); ++i) {
      packed.add_entries(segment.entries[i]);
      covered.insert({fact.node(), fact.incarnation(), segment.first_seq + i});
    }
    packed.set_signature(segment.signature);
    packed.set_public_key(ports_.node->logs().Stream(node, stream)->public_key);
    if (contents.ByteSizeLong() > kMaxPackBytes) {
      return absl::ResourceExhaustedError(
          absl::StrCat("the evidence is larger than ", kMaxPackBytes >> 20,
                       " MB; pack the blanks of the case one by one"));
    }
  }
  return absl::OkStatus();
}

absl::StatusOr<v1::PackEvidenceResponse> EvidenceConsole::PackEvidence(
    const v1::PackEvidenceRequest& request) {
  wire::FieldReader read("PackEvidenceRequest");
  const auto by = read.Id<domain::OperatorId>("by", request.by());
  KEPING_RETURN_IF_ERROR(read.status());
  const CommandResult why =
      WhyNotOfficer(ports_.node->resident().centre, by,
                    {domain::Role::kReconciler, domain::Role::kSupervisor, domain::Role::kAuditor});
  if (why.outcome != CommandOutcome::kDone) {
    return absl::FailedPreconditionError(Sentence(why));
  }
  v1::PackContents contents;
  contents.set_district(ports_.district);
  contents.set_by(by.value());
  contents.set_made_micros(absl::ToUnixMicros(ports_.clock->Now().wall));
  google::protobuf::RepeatedPtrField<v1::Fact> facts;
  KEPING_RETURN_IF_ERROR(Answer(request, contents, facts));
  KEPING_RETURN_IF_ERROR(AddEntries(facts, contents));
  v1::EvidencePack pack;
  pack.set_contents(contents.SerializeAsString());
  pack.set_signature(ports_.signer->Sign(sync::EvidenceStatement(pack.contents())));
  pack.set_centre_key(ports_.signer->public_key());
  v1::PackEvidenceResponse response;
  response.set_pack(pack.SerializeAsString());
  return response;
}

}  // namespace keping::central
