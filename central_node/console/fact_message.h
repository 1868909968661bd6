// Traced facts as the API shows them: who, what, when, in which log.
//
//   FillFacts(trace.facts, *response.mutable_facts());
#ifndef KEPING_CENTRAL_NODE_CONSOLE_FACT_MESSAGE_H_
#define KEPING_CENTRAL_NODE_CONSOLE_FACT_MESSAGE_H_

#include "central_node/store/trace.h"
#include "keping/central/v1/desk.pb.h"

namespace keping::central {

void FillFact(const TracedFact& fact, v1::Fact& proto);
void FillFacts(const TracedFacts& facts, google::protobuf::RepeatedPtrField<v1::Fact>& protos);

}  // namespace keping::central

#endif  // KEPING_CENTRAL_NODE_CONSOLE_FACT_MESSAGE_H_
