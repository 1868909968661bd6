#include "edge_node/counter/handover_desk.h"

#include <algorithm>
#include <map>
#include <utility>
#include <variant>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "common/base/epoch_days.h"
#include "common/base/status_macros.h"
#include "common/domain/nik.h"
#include "common/wire/field_reader.h"
#include "edge_node/core/office_rules.h"
#include "edge_node/core/resident_status.h"
#include "edge_node/counter/desk_command.h"
#include "keping/national/v1/national.pb.h"

namespace keping::edge {
namespace {

using domain::ActId;
using domain::BlankSerial;
using domain::OperatorId;

constexpr uint32_t kDefaultManifests = 50;
constexpr uint32_t kMaxManifests = 500;

template <typename Event>
const Event& First(const Decision& decision) {
  return std::get<Event>(decision.events.front());
}

}  // namespace

absl::StatusOr<const edge::Manifest*> HandoverDesk::Find(const std::string& manifest) const {
  KEPING_ASSIGN_OR_RETURN(const ActId act, ActId::Parse(manifest));
  const edge::Manifest* found = node_->core().cards().FindManifest(act);
  if (found != nullptr) return found;
  return absl::NotFoundError(
      absl::StrCat("K-194: there is no manifest ", act.value(), " here. Scan its code again."));
}

void HandoverDesk::Fill(const edge::Manifest& manifest, v1::Manifest& proto) const {
  proto.set_manifest(manifest.act.value());
  proto.set_village(manifest.village.value());
  proto.set_cards(manifest.cards.size());
  proto.set_made_on_days(base::ToEpochDays(manifest.made_on));
  proto.set_operator_id(manifest.operator_id.value());
  proto.set_left(manifest.left.size());
  if (manifest.handed_over()) proto.set_left_on_days(base::ToEpochDays(manifest.left_on));
  proto.set_still_out(node_->core().cards().StillOutUnder(manifest.act).size());
}

absl::StatusOr<v1::ListManifestsResponse> HandoverDesk::ListManifests(
    const v1::ListManifestsRequest& request) {
  const CardShelf& shelf = node_->core().cards();
  v1::ListManifestsResponse response;
  std::map<domain::VillageCode, uint64_t> ready;
  for (const auto& [serial, card] : shelf.cards()) {
    if (!CheckMayLeave(node_->core(), serial).ok()) continue;
    const domain::PrrItem* item = node_->core().catalogue().FindPrr(card.prr);
    ++ready[item == nullptr ? domain::VillageCode() : item->village];
  }
  for (const auto& [village, cards] : ready) {
    v1::VillageCards& proto = *response.add_villages();
    proto.set_village(village.value());
    proto.set_ready(cards);
  }
  const uint32_t limit =
      request.limit() == 0 ? kDefaultManifests : std::min(request.limit(), kMaxManifests);
  for (auto act = shelf.manifests().rbegin(); act != shelf.manifests().rend(); ++act) {
    if (response.manifests_size() == static_cast<int>(limit)) break;
    Fill(*shelf.FindManifest(*act), *response.add_manifests());
  }
  return response;
}

absl::StatusOr<v1::MakeManifestResponse> HandoverDesk::MakeManifest(
    const v1::MakeManifestRequest& request) {
  wire::FieldReader read("MakeManifestRequest");
  const edge::MakeManifest make{
      .act = node_->NewAct(),
      .village = read.Id<domain::VillageCode>("village", request.village()),
      .cards = read.Serials("cards", request.cards()),
      .operator_id = read.Id<OperatorId>("operator_id", request.operator_id())};
  KEPING_RETURN_IF_ERROR(read.status());
  KEPING_RETURN_IF_ERROR(Command(*node_, make).status());
  v1::MakeManifestResponse response;
  Fill(*node_->core().cards().FindManifest(make.act), *response.mutable_manifest());
  return response;
}

absl::StatusOr<v1::GetManifestResponse> HandoverDesk::GetManifest(
    const v1::GetManifestRequest& request) {
  KEPING_ASSIGN_OR_RETURN(const edge::Manifest* manifest, Find(request.manifest()));
  v1::GetManifestResponse response;
  Fill(*manifest, *response.mutable_manifest());
  manifest->cards.ForEach([&](const BlankSerial& serial) {
    v1::ManifestCard& proto = *response.add_cards();
    proto.set_serial(serial.text());
    proto.set_place(WhereInBooks(node_->core(), serial));
    const Card* card = node_->core().cards().Find(serial);
    if (card == nullptr) return;
    proto.set_prr(card->prr.value());
    proto.set_not_found(card->not_found);
    proto.set_since_days(base::ToEpochDays(card->since));
  });
  return response;
}

absl::StatusOr<v1::HandOverResponse> HandoverDesk::HandOver(const v1::HandOverRequest& request) {
  wire::FieldReader read("HandOverRequest");
  const time::Moment now = node_->Now();
  edge::HandOver hand_over{
      .act = node_->NewAct(),
      .manifest = read.Id<ActId>("manifest", request.manifest()),
      .day = request.day_days() == 0
                 ? absl::ToCivilDay(now.wall, node_->core().settings().time_zone)
                 : base::FromEpochDays(request.day_days()),
      .receiver = {},
      .operator_id = read.Id<OperatorId>("operator_id", request.operator_id())};
  std::vector<std::string> names;
  if (!request.receiver().empty()) names.push_back(request.receiver());
  KEPING_ASSIGN_OR_RETURN(names, ReadPeople("receiver", std::move(names)));
  std::vector<SideRecord> sides;
  if (!names.empty()) {
    sides.push_back(node_->SealNames(names));
    hand_over.receiver = sides.front().name;
  }
  const Input input = WithForm(request, hand_over, read);
  KEPING_RETURN_IF_ERROR(read.status());
  KEPING_ASSIGN_OR_RETURN(const Decision decision, Command(*node_, input, sides));
  const auto& event = First<domain::ManifestHandedOver>(decision);
  const edge::Manifest& manifest = *node_->core().cards().FindManifest(event.manifest);
  v1::HandOverResponse response;
  response.set_left(event.cards.size());
  response.set_kept_back(manifest.cards.Difference(manifest.left).ToString());
  response.set_act(event.act.value());
  return response;
}

absl::StatusOr<v1::AnswerCardsResponse> HandoverDesk::AnswerCards(
    const v1::AnswerCardsRequest& request) {
  wire::FieldReader read("AnswerCardsRequest");
  const edge::AnswerCards answer{
      .act = node_->NewAct(),
      .manifest = read.OptionalId<ActId>("manifest", request.manifest()),
      .delivered = read.Serials("delivered", request.delivered()),
      .not_found = read.Serials("not_found", request.not_found()),
      .returned = read.Serials("returned", request.returned()),
      .rest_delivered = request.rest_delivered(),
      .operator_id = read.Id<OperatorId>("operator_id", request.operator_id())};
  const Input input = WithForm(request, answer, read);
  KEPING_RETURN_IF_ERROR(read.status());
  KEPING_ASSIGN_OR_RETURN(const Decision decision, Command(*node_, input));
  const auto& event = First<domain::CardsAnswered>(decision);
  v1::AnswerCardsResponse response;
  response.set_delivered(event.delivered.size());
  response.set_not_found(event.not_found.size());
  response.set_returned(event.returned.size());
  response.set_still_out(node_->core().cards().StillOutUnder(event.manifest).size());
  return response;
}

absl::StatusOr<v1::AskStatusResponse> HandoverDesk::AskStatus(const v1::AskStatusRequest& request) {
  wire::FieldReader read("AskStatusRequest");
  const auto operator_id = read.Id<OperatorId>("operator_id", request.operator_id());
  KEPING_RETURN_IF_ERROR(read.status());
  KEPING_ASSIGN_OR_RETURN(const domain::Nik nik, domain::Nik::Parse(request.nik()));
  const NikIndex& index = node_->store().nik_index();
  const crypto::Hash nik_key = index.KeyOf(nik);
  const domain::PrrId prr = RecordThatAnswers(node_->core(), index.Find(nik_key));
  // On record before anybody hears of it.
  KEPING_RETURN_IF_ERROR(
      Command(*node_, edge::AskStatus{.operator_id = operator_id, .nik_key = nik_key, .prr = prr})
          .status());
  const StatusAnswer answer = ResidentStatusOf(node_->core(), prr);
  v1::AskStatusResponse response;
  // The numbers are the same.
  response.set_status(static_cast<v1::ResidentStatus>(answer.status));
  if (answer.since) response.set_since_days(base::ToEpochDays(*answer.since));
  return response;
}

// ---- Paper.

ManifestPaper HandoverDesk::PaperOf(const edge::Manifest& manifest) const {
  ManifestPaper paper{.manifest = manifest.act.value(),
                      .office_name = facts_.office_name,
                      .village_code = manifest.village.value(),
                      .made_on = manifest.made_on,
                      .specimen = facts_.specimen};
  manifest.cards.ForEach([&](const BlankSerial& serial) {
    ManifestPaper::Row row{.serial = serial.text()};
    const Card* card = node_->core().cards().Find(serial);
    const auto record = card == nullptr || card->prr.empty()
                            ? absl::StatusOr<std::string>(absl::NotFoundError("no record"))
                            : node_->store().Record(card->prr);
    national::v1::Record proto;
    if (record.ok() && proto.ParseFromString(*record)) {
      row.name = proto.name();
      const auto nik = domain::Nik::Parse(proto.nik());
      if (nik.ok()) row.masked_nik = nik->Redacted();
      if (paper.village_name.empty() && proto.village_code() == paper.village_code) {
        paper.village_name = proto.village_name();
        paper.kecamatan_name = proto.kecamatan_name();
      }
    }
    paper.rows.push_back(std::move(row));
  });
  return paper;
}

absl::StatusOr<ManifestPaper> HandoverDesk::ReadManifest(const std::string& manifest,
                                                         const std::string& operator_id) {
  wire::FieldReader read("manifest");
  const auto reader = read.Id<OperatorId>("operator_id", operator_id);
  KEPING_RETURN_IF_ERROR(read.status());
  KEPING_ASSIGN_OR_RETURN(const edge::Manifest* found, Find(manifest));
  KEPING_RETURN_IF_ERROR(Command(*node_, ViewNames{reader}).status());
  return PaperOf(*found);
}

absl::StatusOr<v1::GetManifestPaperResponse> HandoverDesk::GetManifestPaper(
    const v1::GetManifestPaperRequest& request) {
  KEPING_ASSIGN_OR_RETURN(const ManifestPaper paper,
                          ReadManifest(request.manifest(), request.operator_id()));
  v1::GetManifestPaperResponse response;
  switch (request.format()) {
    case v1::PAPER_FORMAT_PDF: {
      KEPING_ASSIGN_OR_RETURN(*response.mutable_document(), DrawManifest(paper));
      return response;
    }
    case v1::PAPER_FORMAT_TEXT:
      response.set_document(WriteManifest(paper));
      return response;
    default:
      return absl::InvalidArgumentError("format: got none, want PDF or TEXT");
  }
}

}  // namespace keping::edge
