// Papers between districts, and what happened to ribbons, films and cleaning cards: as the logs
// have them.

#include <utility>
#include <variant>

#include "central_node/store/fact_codec.h"
#include "common/wire/district_event_codec.h"
#include "common/wire/office_event_codec.h"

namespace keping::central {

void Encode(const LoanFact& fact, pb::LoanFact& out) {
  Encode(fact.fact, *out.mutable_fact());
  out.set_step(static_cast<keping::log::v1::LoanStep>(fact.step));
}

LoanFact Decode(const pb::LoanFact& proto, wire::FieldReader& read) {
  return {.fact = Decode(proto.fact(), read),
          .step = read.EnumValue("step", proto.step(), domain::LoanStep::kGivenBack)};
}

void Encode(const LoanPaper& fact, pb::LoanPaper& out) {
  Encode(fact.fact, *out.mutable_fact());
  out.mutable_paper()->ParseFromString(wire::Encode(fact.paper).payload);
}

LoanPaper Decode(const pb::LoanPaper& proto, wire::FieldReader& read) {
  domain::Event paper = wire::Decode(proto.paper(), read);
  return {.fact = Decode(proto.fact(), read),
          .paper = std::get<domain::LoanMoved>(std::move(paper))};
}

void Encode(const SupplyFact& fact, pb::SupplyFact& out) {
  Encode(fact.fact, *out.mutable_fact());
  out.mutable_moved()->ParseFromString(wire::Encode(fact.moved).payload);
}

SupplyFact Decode(const pb::SupplyFact& proto, wire::FieldReader& read) {
  domain::Event moved = wire::Decode(proto.moved(), read);
  return {.fact = Decode(proto.fact(), read),
          .moved = std::get<domain::SupplyMoved>(std::move(moved))};
}

void Encode(const ConsumableFact& fact, pb::ConsumableFact& out) {
  Encode(fact.fact, *out.mutable_fact());
  out.mutable_moved()->ParseFromString(wire::Encode(fact.moved).payload);
}

ConsumableFact Decode(const pb::ConsumableFact& proto, wire::FieldReader& read) {
  domain::Event moved = wire::Decode(proto.moved(), read);
  return {.fact = Decode(proto.fact(), read),
          .moved = std::get<domain::ConsumableMoved>(std::move(moved))};
}

}  // namespace keping::central
