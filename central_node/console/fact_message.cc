#include "central_node/console/fact_message.h"

#include <string>
#include <variant>

namespace keping::central {
namespace {

std::string PersonOf(const domain::Event& event) {
  return std::visit(
      [](const auto& one) -> std::string {
        // Whoever enters something of an operator is not that operator.
        if constexpr (requires { one.by.value(); }) return one.by.value();
        if constexpr (requires { one.received_by.value(); }) return one.received_by.value();
        if constexpr (requires { one.operator_id.value(); }) return one.operator_id.value();
        return {};
      },
      event);
}

// The paper or the act by which people know it.
std::string ReferenceOf(const domain::Event& event) {
  return std::visit(
      [](const auto& one) -> std::string {
        if constexpr (requires { one.transfer.value(); }) return one.transfer.value();
        if constexpr (requires { one.bast_number; }) return one.bast_number;
        if constexpr (requires { one.box.value(); }) return one.box.value();
        if constexpr (requires { one.minutes.value(); }) return one.minutes.value();
        if constexpr (requires { one.document.value(); }) return one.document.value();
        if constexpr (requires { one.act.value(); }) return one.act.value();
        return {};
      },
      event);
}

}  // namespace

void FillFact(const TracedFact& fact, v1::Fact& proto) {
  proto.set_id(fact.ref.id.Hex());
  proto.set_node(fact.ref.node.value());
  proto.set_incarnation(fact.ref.incarnation.value());
  proto.set_seq(fact.ref.seq);
  proto.set_wall_micros(fact.ref.wall_micros);
  proto.set_event(fact.event.has_value() ? domain::EventName(*fact.event) : "unknown");
  if (!fact.event.has_value()) return;
  proto.set_person(PersonOf(*fact.event));
  proto.set_reference(ReferenceOf(*fact.event));
}

void FillFacts(const TracedFacts& facts, google::protobuf::RepeatedPtrField<v1::Fact>& protos) {
  for (const TracedFact& fact : facts) FillFact(fact, *protos.Add());
}

}  // namespace keping::central
