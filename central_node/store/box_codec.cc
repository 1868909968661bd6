// The rows of boxes.

#include "common/wire/box_codec.h"
#include "central_node/store/row_codec.h"
#include "central_node/store/row_parts.h"
#include "keping/store/v1/boxes.pb.h"

namespace keping::central {
namespace {

using wire::FieldReader;

void Encode(const BoxDeclarationFact& fact, pb::BoxDeclarationFact& out) {
  central::Encode(fact.fact, *out.mutable_fact());
  out.set_allotment(fact.allotment.value());
  out.set_lot(fact.lot.value());
  wire::WriteBox(fact.box, *out.mutable_box());
}

BoxDeclarationFact Decode(const pb::BoxDeclarationFact& proto, FieldReader& read) {
  return {.fact = central::Decode(proto.fact(), read),
          .allotment = read.Id<domain::AllotmentId>("allotment", proto.allotment()),
          .lot = read.OptionalId<domain::LotId>("lot", proto.lot()),
          .box = wire::ReadBox("box", proto.box(), read)};
}

void Encode(const BoxDispatchFact& fact, pb::BoxDispatchFact& out) {
  central::Encode(fact.fact, *out.mutable_fact());
  out.set_transfer(fact.transfer.value());
  out.set_node(fact.node.value());
}

BoxDispatchFact Decode(const pb::BoxDispatchFact& proto, FieldReader& read) {
  return {.fact = central::Decode(proto.fact(), read),
          .transfer = read.Id<domain::TransferId>("transfer", proto.transfer()),
          .node = read.Id<domain::NodeId>("node", proto.node())};
}

void Encode(const BoxScanFact& fact, pb::BoxScanFact& out) {
  central::Encode(fact.fact, *out.mutable_fact());
  out.set_transfer(fact.transfer.value());
  out.set_kind(static_cast<pb::ScanKind>(fact.kind));
}

BoxScanFact Decode(const pb::BoxScanFact& proto, FieldReader& read) {
  return {.fact = central::Decode(proto.fact(), read),
          .transfer = read.Id<domain::TransferId>("transfer", proto.transfer()),
          .kind = read.EnumValue("kind", proto.kind(), ScanKind::kUnexpected)};
}

void Encode(const BoxOpeningFact& fact, pb::BoxOpeningFact& out) {
  central::Encode(fact.fact, *out.mutable_fact());
  out.set_emptied(fact.emptied);
}

BoxOpeningFact Decode(const pb::BoxOpeningFact& proto, FieldReader& read) {
  return {.fact = central::Decode(proto.fact(), read), .emptied = proto.emptied()};
}

template <typename Facts, typename Repeated>
void WriteAll(const Facts& facts, Repeated* out) {
  for (const auto& fact : facts) Encode(fact, *out->Add());
}

template <typename Fact, typename Repeated>
std::vector<Fact> ReadAll(const Repeated& protos, FieldReader& read) {
  std::vector<Fact> facts;
  for (const auto& proto : protos) facts.push_back(Decode(proto, read));
  return facts;
}

BoxRow Decode(const pb::BoxRow& proto, FieldReader& read) {
  return {.facts = {.declarations = ReadAll<BoxDeclarationFact>(proto.declarations(), read),
                    .dispatches = ReadAll<BoxDispatchFact>(proto.dispatches(), read),
                    .scans = ReadAll<BoxScanFact>(proto.scans(), read),
                    .openings = ReadAll<BoxOpeningFact>(proto.openings(), read),
                    .losses = DecodeAll<LossFact>(proto.losses(), read),
                    .born = read.Serials("born", proto.born().text()),
                    .strays = read.Serials("strays", proto.strays().text())},
          .place = DecodePlace(proto.place(), read),
          .unidentified = proto.unidentified(),
          .excess = proto.excess(),
          .quantity = proto.quantity()};
}

}  // namespace

std::string EncodeRow(const BoxRow& row) {
  wire::Scratch<pb::BoxRow> scratch;
  pb::BoxRow& out = *scratch;
  WriteAll(row.facts.declarations, out.mutable_declarations());
  WriteAll(row.facts.dispatches, out.mutable_dispatches());
  WriteAll(row.facts.scans, out.mutable_scans());
  WriteAll(row.facts.openings, out.mutable_openings());
  EncodeAll(row.facts.losses, out.mutable_losses());
  out.mutable_born()->set_text(row.facts.born.ToString());
  out.mutable_strays()->set_text(row.facts.strays.ToString());
  EncodePlace(row.place, *out.mutable_place());
  out.set_unidentified(row.unidentified);
  out.set_excess(row.excess);
  out.set_quantity(row.quantity);
  return out.SerializeAsString();
}

template <>
absl::StatusOr<BoxRow> DecodeRow(absl::string_view bytes) {
  return DecodeAs<BoxRow, pb::BoxRow>("BoxRow", bytes, Decode);
}

}  // namespace keping::central
