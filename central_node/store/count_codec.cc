// The rows of counts and of reported figures.

#include <optional>
#include <string>
#include <utility>
#include <variant>

#include "central_node/store/row_codec.h"
#include "central_node/store/row_parts.h"
#include "common/wire/district_event_codec.h"

namespace keping::central {
namespace {

using wire::FieldReader;

void Encode(domain::Pile pile, const CountFact& fact, pb::CountFact& out) {
  central::Encode(fact.fact, *out.mutable_fact());
  out.set_act(fact.act.value());
  out.set_pile(static_cast<keping::log::v1::Pile>(pile));
  out.set_counted(fact.counted);
  out.mutable_missing()->set_text(fact.missing.ToString());
  out.mutable_surplus()->set_text(fact.surplus.ToString());
  out.set_operator_id(fact.operator_id.value());
  out.set_second(fact.second.value());
}

CountFact Decode(const pb::CountFact& proto, FieldReader& read) {
  return {.fact = central::Decode(proto.fact(), read),
          .act = read.Id<domain::ActId>("act", proto.act()),
          .counted = proto.counted(),
          .missing = read.Serials("missing", proto.missing().text()),
          .surplus = read.Serials("surplus", proto.surplus().text()),
          .operator_id = read.Id<domain::OperatorId>("operator_id", proto.operator_id()),
          .second = read.OptionalId<domain::OperatorId>("second", proto.second())};
}

void Encode(const ShiftMark& mark, pb::ShiftMark& out) {
  central::Encode(mark.fact, *out.mutable_fact());
  out.set_act(mark.act.value());
  out.set_operator_id(mark.operator_id.value());
  out.set_opens(mark.opens);
  if (mark.counted.has_value()) out.set_counted(*mark.counted);
  if (mark.book.has_value()) out.set_book(*mark.book);
}

ShiftMark Decode(const pb::ShiftMark& proto, FieldReader& read) {
  return {.fact = central::Decode(proto.fact(), read),
          .act = read.Id<domain::ActId>("act", proto.act()),
          .operator_id = read.Id<domain::OperatorId>("operator_id", proto.operator_id()),
          .opens = proto.opens(),
          .counted = proto.has_counted() ? std::optional(proto.counted()) : std::nullopt,
          .book = proto.has_book() ? std::optional(proto.book()) : std::nullopt};
}

CountFacts Decode(const pb::CountsRow& proto, FieldReader& read) {
  CountFacts row;
  for (const pb::CountFact& count : proto.counts()) {
    const auto pile = read.EnumValue("pile", count.pile(), domain::Pile::kPrinted);
    row.counts[pile].push_back(Decode(count, read));
  }
  for (const pb::ShiftMark& mark : proto.marks()) row.marks.push_back(Decode(mark, read));
  return row;
}

FiguresRow Decode(const pb::FiguresRow& proto, FieldReader& read) {
  FiguresRow row;
  for (const pb::FiguresFact& fact : proto.reports()) {
    domain::Event report = wire::Decode(fact.report(), read);
    row.reports.push_back({.fact = central::Decode(fact.fact(), read),
                           .report = std::get<domain::FiguresReported>(std::move(report))});
  }
  return row;
}

}  // namespace

std::string EncodeRow(const CountFacts& row) {
  wire::Scratch<pb::CountsRow> scratch;
  pb::CountsRow& out = *scratch;
  for (const auto& [pile, counts] : row.counts) {
    for (const CountFact& count : counts) Encode(pile, count, *out.add_counts());
  }
  for (const ShiftMark& mark : row.marks) Encode(mark, *out.add_marks());
  return out.SerializeAsString();
}

std::string EncodeRow(const FiguresRow& row) {
  wire::Scratch<pb::FiguresRow> scratch;
  pb::FiguresRow& out = *scratch;
  for (const FiguresFact& fact : row.reports) {
    pb::FiguresFact& proto = *out.add_reports();
    central::Encode(fact.fact, *proto.mutable_fact());
    // As the log has it.
    proto.mutable_report()->ParseFromString(wire::Encode(fact.report).payload);
  }
  return out.SerializeAsString();
}

template <>
absl::StatusOr<CountFacts> DecodeRow(absl::string_view bytes) {
  return DecodeAs<CountFacts, pb::CountsRow>("CountsRow", bytes, Decode);
}
template <>
absl::StatusOr<FiguresRow> DecodeRow(absl::string_view bytes) {
  return DecodeAs<FiguresRow, pb::FiguresRow>("FiguresRow", bytes, Decode);
}

}  // namespace keping::central
