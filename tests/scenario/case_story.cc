#include "tests/scenario/case_story.h"

#include <algorithm>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/time/civil_time.h"
#include "central_node/core/box_words.h"
#include "central_node/core/case_policy.h"
#include "tests/scenario/desk_words.h"

namespace keping::scenario {

using namespace ::keping::domain;  // NOLINT: the verbs of a district
using central::MemoryCentre;

namespace {

constexpr int kBlanks = 10;
constexpr int kRecords = 4;

OperatorId Ayu() { return OperatorId::Of("ayu"); }

SerialSet Set(const std::string& text) {
  return text.empty() ? SerialSet() : *SerialSet::Parse(text);
}

}  // namespace

const std::map<std::string, CaseStory::Verb>& CaseStory::Verbs() {
  static const auto& verbs = *new std::map<std::string, Verb>{
      {"answer", &CaseStory::Answer},   {"box", &CaseStory::Box},
      {"cases", &CaseStory::Cases},     {"deliver", &CaseStory::Deliver},
      {"day", &CaseStory::Day},         {"day-ends", &CaseStory::DayEnds},
      {"decide", &CaseStory::Decide},   {"dispatch", &CaseStory::Dispatch},
      {"figures", &CaseStory::Figures}, {"gap", &CaseStory::Gap},
      {"heard", &CaseStory::Heard},     {"identify", &CaseStory::Identify},
      {"move", &CaseStory::Move},       {"keep-pictures", &CaseStory::KeepPictures},
      {"offices", &CaseStory::Offices}, {"orders", &CaseStory::Orders},
      {"paper", &CaseStory::Paper},     {"pictures", &CaseStory::Pictures},
      {"place", &CaseStory::Place},     {"policy", &CaseStory::SetPolicy},
      {"printer", &CaseStory::Printer}, {"record", &CaseStory::Record},
      {"roster", &CaseStory::Roster},   {"withdraw", &CaseStory::Withdraw}};
  return verbs;
}

const std::map<std::string, CaseStory::Verb>& CaseStory::OfficeVerbs() {
  static const auto& verbs =
      *new std::map<std::string, Verb>{{"acknowledges", &CaseStory::Acknowledges},
                                       {"allows", &CaseStory::Allows},
                                       {"counts", &CaseStory::Counts},
                                       {"delivers", &CaseStory::Steps},
                                       {"destroys", &CaseStory::Steps},
                                       {"hands-over", &CaseStory::Steps},
                                       {"intends", &CaseStory::Intends},
                                       {"lends", &CaseStory::Lends},
                                       {"opens-box", &CaseStory::OpensBox},
                                       {"opens-day", &CaseStory::OpensDay},
                                       {"receives", &CaseStory::Receives},
                                       {"releases", &CaseStory::Releases},
                                       {"returns", &CaseStory::Steps},
                                       {"says", &CaseStory::Says},
                                       {"spoils", &CaseStory::Spoils}};
  return verbs;
}

std::string CaseStory::Run(const std::string& line) {
  const Words words(line);
  if (centre_ == nullptr && words[0] != "offices") return "begin with: offices NAME …\n";
  const auto verb = Verbs().find(words[0]);
  if (verb != Verbs().end()) return (this->*verb->second)(words);
  if (words.size() > 1 && kecamatan_.contains(words[0])) {
    const auto act = OfficeVerbs().find(words[1]);
    if (act != OfficeVerbs().end()) return (this->*act->second)(words);
  }
  return absl::StrCat("what is: ", line, "\n");
}

// ---------------------------------------------------------------------------------------------
// The district and the nation.

// Each office receives ten blanks and holds four records; the district has its people.
std::string CaseStory::Offices(const Words& words) {
  now_ = absl::FromCivil(absl::CivilHour(2017, 4, 3, 8), absl::UTCTimeZone());
  central::Settings settings{.offices = {}, .cards_per_day = 50};
  for (size_t i = 1; i < words.size(); ++i) {
    kecamatan_[words[i]] = absl::StrCat("51.06.0", i);
    settings.offices.push_back({NodeId::Of(words[i]), kecamatan_[words[i]]});
  }
  centre_ = std::make_unique<MemoryCentre>(settings);
  centre_->set_wall(now_);
  centre_->Handle(central::OpenGeneration{.generation = GenerationId::Of("g1")});
  for (const auto& [name, role] : std::vector<std::pair<std::string, Role>>{
           {"made", Role::kAdministrator}, {"rai", Role::kReconciler}, {"sari", Role::kAuditor}}) {
    centre_->Handle(central::SetOfficer{
        .officer = OperatorId::Of(name), .role = role, .by = OperatorId::Of("made")});
  }
  centre_->Handle(central::AllotmentsArrived{{{.allotment = AllotmentId::Of("a1"),
                                               .bast_number = "BAST/1",
                                               .serials = Set("A1000..A1999")}}});
  int record = 0;
  for (size_t i = 1; i < words.size(); ++i) {
    const NodeId node = NodeId::Of(words[i]);
    centre_->Handle(central::EnrolNode{.node = node,
                                       .incarnation = IncarnationId::Of(words[i] + "-1"),
                                       .public_key = std::string(32, 'k')});
    centre_->Handle(central::AddOperator{.operator_id = Ayu(), .node = node});
    centre_->Handle(central::CertifyOperator{
        .operator_id = Ayu(), .node = node, .application_version = ApplicationVersion::Of("v1")});
    for (int n = 0; n < kRecords; ++n) {
      Run(absl::StrCat("record p", ++record, " for ", words[i]));
    }
    const std::string transfer = absl::StrCat("t", i);
    Run(absl::StrCat("dispatch ", kBlanks, " to ", words[i], " as ", transfer));
    const int first = 1000 + kBlanks * static_cast<int>(i - 1);
    Run(absl::StrCat(words[i], " receives A", first, "..A", first + kBlanks - 1, " as ", transfer));
  }
  return "";
}

// Everybody's clock shows that day from now on, at eight; or another hour.
std::string CaseStory::Day(const Words& words) {
  const auto hour = words.has("hour") ? static_cast<int>(NumberOf(words.after("hour"))) : 8;
  now_ = absl::FromCivil(absl::CivilHour(DayOf(words[1])) + hour, absl::UTCTimeZone());
  centre_->set_wall(now_);
  return "";
}

std::string CaseStory::DayEnds(const Words& words) {
  central::CloseDay close{.day = DayOf(words[1]), .heard = {}};
  for (const auto& [office, code] : kecamatan_) {
    if (!words.has("without") || words.after("without") != office) {
      close.heard.insert(NodeId::Of(office));
    }
  }
  return Told(centre_->Handle(close));
}

std::string CaseStory::KeepPictures(const Words& words) {
  Policy policy = centre_->resident().centre.policy;
  ++policy.version;
  if (!absl::SimpleAtoi(words[1], &policy.picture_days)) return "how many days?\n";
  return Told(centre_->Handle(central::SetPolicy{
      .policy = policy, .by = OperatorId::Of("made"), .second = OperatorId::Of("rai")}));
}

// The walk that follows the end of a day.
std::string CaseStory::Pictures(const Words&) {
  central::DestroyPictures walk;
  for (const auto& [prr, row] : centre_->tables().prrs) walk.prrs.push_back(prr);
  std::vector<std::string> gone;
  for (const auto& [prr, version] : centre_->Handle(walk).destroyed) gone.push_back(prr.value());
  if (gone.empty()) return "all pictures stay\n";
  return absl::StrCat("pictures destroyed: ", absl::StrJoin(gone, " "), "\n");
}

std::string CaseStory::Heard(const Words& words) {
  return Told(centre_->Handle(central::HearNode{.node = NodeId::Of(words[1])}));
}

std::string CaseStory::Record(const Words& words) {
  PrrReceived record{.prr = PrrId::Of(words[1]),
                     .version = ++versions_[words[1]],
                     .village = VillageCode::Of(kecamatan_.at(words.after("for")) + ".2001"),
                     .enrolled_at = absl::UnixEpoch(),
                     .nik_key = {},
                     .record_digest = crypto::Sha256({words[1], absl::StrCat(versions_[words[1]])}),
                     .replaces = {}};
  if (words.has("of")) record.nik_key = crypto::Sha256({words.after("of")});
  if (words.has("replaces")) record.replaces = PrrId::Of(words.after("replaces"));
  return Told(centre_->Handle(central::RecordsArrived{{record}}));
}

std::string CaseStory::Withdraw(const Words& words) {
  return Told(centre_->Handle(central::WithdrawalsArrived{{{.prr = PrrId::Of(words[1]),
                                                            .version = ++versions_[words[1]],
                                                            .reason = ReadReason(words)}}}));
}

// Boxes of ten, by quantity, with printed serials that begin with C.
std::string CaseStory::Deliver(const Words& words) {
  AllotmentReceived delivery{.allotment = AllotmentId::Of(words.after("as")),
                             .bast_number = "BAST/7",
                             .serials = {},
                             .boxes = {},
                             .scheme = SerialScheme::kPrinted,
                             .lot = LotId::Of("L7"),
                             .day = absl::ToCivilDay(now_, absl::UTCTimeZone()),
                             .handed_over_by = OfficeCode::Of("DITJEN/GUDANG"),
                             .received_by = OperatorId::Of("made"),
                             .second = OperatorId::Of("rai")};
  for (size_t i = 1; words[i] != "as"; ++i) {
    delivery.boxes.push_back({.box = BoxId::Of(words[i]),
                              .quantity = kBlanks,
                              .scheme = SerialScheme::kPrinted,
                              .serials = Set("C1000..C1999")});
  }
  return Told(centre_->Handle(central::ReceiveDelivery{.delivery = delivery}));
}

std::string CaseStory::Dispatch(const Words& words) {
  uint64_t quantity = 0;
  SerialSet serials;
  if (words[1] == "box") {
    return Told(centre_->Handle(central::Dispatch{.transfer = TransferId::Of(words.after("as")),
                                                  .node = NodeId::Of(words.after("to")),
                                                  .quantity = 0,
                                                  .serials = {},
                                                  .boxes = {BoxId::Of(words[2])}}));
  }
  if (!absl::SimpleAtoi(words[1], &quantity)) serials = Set(words[1]);
  return Told(centre_->Handle(central::Dispatch{.transfer = TransferId::Of(words.after("as")),
                                                .node = NodeId::Of(words.after("to")),
                                                .quantity = quantity,
                                                .serials = serials}));
}

std::string CaseStory::Move(const Words& words) {
  return Told(centre_->Handle(central::MoveLease{.prr = PrrId::Of(words[1]),
                                                 .to = NodeId::Of(words.after("to")),
                                                 .forced = words.has("by-force")}));
}

// A person comes, uncertified, or goes.
std::string CaseStory::Roster(const Words& words) {
  const OperatorId person = OperatorId::Of(words[1]);
  const NodeId node = NodeId::Of(words.after("at"));
  if (words.has("removed")) {
    return Told(centre_->Handle(central::RemoveOperator{.operator_id = person, .node = node}));
  }
  return Told(centre_->Handle(central::AddOperator{.operator_id = person, .node = node}));
}

std::string CaseStory::Printer(const Words& words) {
  const auto cards = static_cast<uint32_t>(NumberOf(words.after("prints")));
  const OperatorId by = OperatorId::Of("rai");
  return Told(
      centre_->Handle(central::Enter{.entry = PrinterStated{.printer = PrinterId::Of(words[1]),
                                                            .node = NodeId::Of(words.after("at")),
                                                            .cards_per_day = cards,
                                                            .from = absl::CivilDay(2017, 4, 1),
                                                            .by = by},
                                     .by = by}));
}

std::string CaseStory::Identify(const Words& words) {
  const OperatorId by = OperatorId::Of("rai");
  return Told(centre_->Handle(
      central::Enter{.entry = BlankIdentified{.act = ActId::Of(absl::StrCat("name-", ++acts_)),
                                              .printed = BlankSerial::Of(words[1]),
                                              .uid = BlankSerial::Of(words[2]),
                                              .operator_id = by},
                     .by = by}));
}

// A paper with another district.
std::string CaseStory::Paper(const Words& words) {
  static const std::map<std::string, LoanStep> kSteps{{"lends", LoanStep::kLentOut},
                                                      {"gets-back", LoanStep::kCameBack},
                                                      {"borrows", LoanStep::kBorrowed},
                                                      {"gives-back", LoanStep::kGivenBack}};
  return Told(centre_->Handle(central::EnterLoan{.act = ActId::Of(absl::StrCat("paper-", ++acts_)),
                                                 .step = WordOf(kSteps, words[2]),
                                                 .district = DistrictCode::Of(words.after("with")),
                                                 .serials = Set(words[3]),
                                                 .day = absl::ToCivilDay(now_, absl::UTCTimeZone()),
                                                 .document = DocumentNumber::Of(words[1]),
                                                 .by = OperatorId::Of("rai"),
                                                 .second = OperatorId::Of("made")}));
}

// The nation's answer to the report of the first card, or of a later one.
std::string CaseStory::Answer(const Words& words) {
  const bool accepted = words[1] == "accepted";
  return Told(centre_->Handle(
      central::ReportAnswersArrived{{{.item = centre_->reports().front(),
                                      .accepted = accepted,
                                      .reason = accepted ? std::string() : words[2]}}}));
}

std::string CaseStory::Figures(const Words& words) {
  return Told(centre_->Handle(
      central::Enter{.entry = ReadFigures(words, ActId::Of(absl::StrCat("report-", ++acts_)),
                                          absl::ToCivilDay(now_, absl::UTCTimeZone())),
                     .by = OperatorId::Of("rai")}));
}

std::string CaseStory::Decide(const Words& words) {
  central::ResolveCase command = ReadDecision(words);
  for (const auto& [id, row] : centre_->tables().cases) {
    if (!Means(words, row)) continue;
    command.case_id = id;
    command.revision = row.revision;
  }
  return Told(centre_->Handle(command));
}

// A part of the office's log comes that ends at an entry, without what is before it.
std::string CaseStory::Gap(const Words& words) {
  uint64_t seq = 0;
  if (!absl::SimpleAtoi(words.after("up-to"), &seq)) std::abort();
  const NodeId node = NodeId::Of(words[1]);
  const IncarnationId incarnation = IncarnationId::Of(words[1] + "-1");
  const uint64_t held = centre_->resident().nodes.at(node).streams.at(incarnation).seq;
  return Told(centre_->Handle(central::GapFound{{.node = node,
                                                 .incarnation = incarnation,
                                                 .held_seq = held,
                                                 .first_seq = seq,
                                                 .seq = seq,
                                                 .hash = crypto::Sha256({words.after("up-to")})}}));
}

// The next version: so many prints without contact in an outage, for each class of record; or that
// cases of a kind wait for a person.
std::string CaseStory::SetPolicy(const Words& words) {
  Policy policy = centre_->resident().centre.policy;
  ++policy.version;
  for (const RecordClass record_class : kRecordClasses) {
    const std::string prints = words.after(RecordClassName(record_class));
    if (prints.empty()) continue;
    StalenessRule rule{.record_class = record_class};
    if (!absl::SimpleAtoi(prints, &rule.override_prints)) std::abort();
    policy.staleness.push_back(rule);
  }
  for (const CaseKind kind : kCaseKinds) {
    if (words.after("waits") != CaseKindName(kind)) continue;
    policy.rules.push_back(
        {.kind = kind, .may_decide = {Role::kReconciler}, .wait_for_person = true});
  }
  return Told(centre_->Handle(central::SetPolicy{
      .policy = policy, .by = OperatorId::Of("made"), .second = OperatorId::Of("rai")}));
}

std::string CaseStory::Told(const central::Effects& effects) {
  if (effects.result.outcome == central::CommandOutcome::kDone) return "";
  return central::Sentence(effects.result) + "\n";
}

// ---------------------------------------------------------------------------------------------
// An office's log.

void CaseStory::Write(const std::string& office, const Event& event) {
  centre_->FromNode(office, event);
}

// Of the lease that the node holds, or held last.
LeaseEpoch CaseStory::EpochOf(const PrrId& prr, const NodeId& node) const {
  const auto row = centre_->tables().prrs.find(prr);
  LeaseEpoch epoch{1, 1};
  if (row == centre_->tables().prrs.end()) return epoch;
  for (const central::GrantFact& grant : row->second.facts.grants) {
    if (grant.node == node && grant.epoch > epoch) epoch = grant.epoch;
  }
  return epoch;
}

std::string CaseStory::Intends(const Words& words) {
  const PrrId prr = PrrId::Of(words[3]);
  PrintIntended intent{.act = ActId::Of(words[2]),
                       .prr = prr,
                       .prr_version = 1,
                       .blank = BlankSerial::Of(words.after("on")),
                       .attempt = 1,
                       .printer = PrinterId::Of("kiosk"),
                       .operator_id = words.has("by") ? OperatorId::Of(words.after("by")) : Ayu(),
                       .lease_epoch = EpochOf(prr, NodeId::Of(words[0])),
                       .control_position = 0,
                       .control_state = {},
                       .proven_seq = 0,
                       .application_version = ApplicationVersion::Of("v1")};
  if (words.has("tray")) intent.batch = ActId::Of(words.after("tray"));
  if (words.has("allowed-by")) intent.stale_override = ActId::Of(words.after("allowed-by"));
  if (words.has("knowing")) {
    intent.control_position = NumberOf(words.after("knowing"));
  }
  Write(words[0], intent);
  return "";
}

std::string CaseStory::Says(const Words& words) {
  const ActId act = ActId::Of(words[2]);
  const std::string& what = words[3];
  if (what == "good") {
    Write(words[0],
          PrintVerified{
              .act = act, .blank = BlankSerial::Of(words.after("on")), .operator_id = Ayu()});
  } else if (what == "spoiled") {
    Write(words[0], PrintSpoiled{.act = act,
                                 .blank = BlankSerial::Of(words.after("on")),
                                 .cause = SpoilCause::kPrint,
                                 .operator_id = Ayu()});
  } else if (what == "unused") {
    Write(words[0], PrintUnused{.act = act, .operator_id = Ayu()});
  } else if (what == "doubt") {
    Write(words[0], PrintDoubted{.act = act, .cause = DoubtCause::kPrinterVanished});
  } else {
    return absl::StrCat("what is: ", what, "\n");
  }
  return "";
}

std::string CaseStory::Spoils(const Words& words) {
  Write(words[0], BlankSpoiled{.act = ActId::Of(absl::StrCat("spoil-", ++acts_)),
                               .blank = BlankSerial::Of(words[2]),
                               .cause = SpoilCause::kWarped,
                               .operator_id = Ayu()});
  return "";
}

std::string CaseStory::Receives(const Words& words) {
  BlanksReceived event{.act = ActId::Of(absl::StrCat("receive-", ++acts_)),
                       .transfer = TransferId::Of(words.after("as")),
                       .operator_id = Ayu(),
                       .received = Set(words[2] == "nothing" ? std::string() : words[2]),
                       .missing = Set(words.after("missing")),
                       .unexpected = Set(words.after("unexpected"))};
  if (words.has("box")) {
    event.boxes = {{.box = BoxId::Of(words.after("box")), .quantity = kBlanks}};
  }
  if (words.has("missing-box")) {
    event.missing_boxes = {BoxId::Of(words.after("missing-box"))};
  }
  Write(words[0], event);
  return "";
}

std::string CaseStory::OpensBox(const Words& words) {
  Write(words[0], BoxOpened{.act = ActId::Of(absl::StrCat("open-", ++acts_)),
                            .box = BoxId::Of(words[2]),
                            .serials = Set(words[3]),
                            .emptied = words.has("empty"),
                            .operator_id = Ayu(),
                            .second = {}});
  return "";
}

std::string CaseStory::Lends(const Words& words) {
  Write(words[0], BlanksLent{.act = ActId::Of(absl::StrCat("lend-", ++acts_)),
                             .transfer = TransferId::Of(words.after("as")),
                             .to = NodeId::Of(words.after("to")),
                             .blanks = Set(words[2]),
                             .operator_id = Ayu(),
                             .second = OperatorId::Of("made")});
  return "";
}

std::string CaseStory::Steps(const Words& words) {
  const ActId act = ActId::Of(absl::StrCat("step-", ++acts_));
  const SerialSet cards = Set(words[2]);
  if (words[1] == "hands-over") {
    Write(words[0], ManifestHandedOver{.act = act,
                                       .manifest = ActId::Of("manifest"),
                                       .cards = cards,
                                       .day = absl::ToCivilDay(now_, absl::UTCTimeZone()),
                                       .receiver = {},
                                       .operator_id = Ayu()});
  } else if (words[1] == "destroys") {
    Write(words[0], CardsDestroyed{.act = act,
                                   .serials = cards,
                                   .minutes = DocumentNumber::Of("BA/9"),
                                   .operator_id = Ayu(),
                                   .second = OperatorId::Of("made"),
                                   .witnesses = {}});
  } else {
    const bool delivers = words[1] == "delivers";
    Write(words[0], CardsAnswered{.act = act,
                                  .manifest = {},
                                  .delivered = delivers ? cards : SerialSet(),
                                  .not_found = {},
                                  .returned = delivers ? SerialSet() : cards,
                                  .operator_id = Ayu()});
  }
  return "";
}

std::string CaseStory::Releases(const Words& words) {
  const PrrId prr = PrrId::Of(words[2]);
  Write(words[0], LeaseReleased{.prr = prr, .epoch = EpochOf(prr, NodeId::Of(words[0]))});
  return "";
}

std::string CaseStory::OpensDay(const Words& words) {
  Write(words[0],
        OfficeDayOpened{absl::ToCivilDay(now_, absl::UTCTimeZone()), OfficeDayBasis::kRunningTime});
  return "";
}

// A supervisor allows prints without contact, under the district's latest policy.
std::string CaseStory::Allows(const Words& words) {
  uint32_t prints = 0;
  if (!absl::SimpleAtoi(words[2], &prints)) std::abort();
  const bool replacement = words[3] == RecordClassName(RecordClass::kReplacement);
  Write(words[0], OverrideGranted{.act = ActId::Of(words.after("as")),
                                  .kind = OverrideKind::kStaleness,
                                  .printer = {},
                                  .prints = prints,
                                  .operator_id = OperatorId::Of("made"),
                                  .record_class = replacement ? RecordClass::kReplacement
                                                              : RecordClass::kFirstCard,
                                  .policy_version = centre_->resident().centre.policy.version});
  return "";
}

// The tray is scanned by two persons.
std::string CaseStory::Counts(const Words& words) {
  Write(words[0], StockCounted{.act = ActId::Of(absl::StrCat("count-", ++acts_)),
                               .pile = Pile::kTray,
                               .counted = Set(words[2]),
                               .missing = Set(words.after("missing")),
                               .surplus = Set(words.after("surplus")),
                               .operator_id = Ayu(),
                               .second = OperatorId::Of("made")});
  return "";
}

// Every order that it was given is carried out.
std::string CaseStory::Acknowledges(const Words& words) {
  std::vector<ActionAcknowledged> open;
  for (const auto& [id, row] : centre_->tables().actions) {
    const bool its = row.ordered && row.node.value() == words[0];
    if (!its || !row.acknowledgements.empty()) continue;
    const bool recall = row.kind == domain::ActionKind::kRecallCard;
    open.push_back(
        {.action = id, .operator_id = Ayu(), .blank = recall ? row.blank : std::nullopt});
  }
  for (const ActionAcknowledged& done : open) Write(words[0], done);
  return absl::StrCat(words[0], " carried out ", open.size(), "\n");
}

// ---------------------------------------------------------------------------------------------
// Looking.

std::string CaseStory::Cases(const Words&) {
  std::vector<std::string> lines;
  for (const auto& [id, row] : centre_->tables().cases) {
    if (row.revision == 0) continue;
    lines.push_back(absl::StrCat(central::PolicyFor(row.kind).code, " ", CaseKindName(row.kind),
                                 " ", absl::StrReplaceAll(row.entity, {{"\n", "/"}}), ": ",
                                 CaseStateName(row.state), ", ", row.evidence.size(), " facts"));
  }
  std::sort(lines.begin(), lines.end());
  return lines.empty() ? "no case\n" : absl::StrJoin(lines, "\n") + "\n";
}

std::string CaseStory::Orders(const Words&) {
  std::vector<std::string> lines;
  for (const auto& [id, row] : centre_->tables().actions) {
    if (!row.ordered) continue;
    lines.push_back(OrderInWords(row));
  }
  std::sort(lines.begin(), lines.end());
  return lines.empty() ? "no order\n" : absl::StrJoin(lines, "\n") + "\n";
}

std::string CaseStory::Place(const Words& words) {
  const auto row = centre_->tables().blanks.find(BlankSerial::Of(words[1]));
  if (row == centre_->tables().blanks.end()) return absl::StrCat(words[1], " is in no book\n");
  const ledger::Place& place = row->second.place;
  return absl::StrCat(words[1], " is ", ledger::AccountName(place.account),
                      place.holder.empty() ? "" : absl::StrCat(" at ", place.holder.value()), "\n");
}

// Where the rest of it is, and what is wrong with it.
std::string CaseStory::Box(const Words& words) {
  const BoxId box = BoxId::Of(words[1]);
  const central::BoxRow& row = centre_->tables().boxes.at(box);
  std::string text =
      absl::StrCat(words[1], ": ", row.unidentified, " ", ledger::AccountName(row.place.account));
  if (!row.place.holder.empty()) absl::StrAppend(&text, " at ", row.place.holder.value());
  absl::StrAppend(&text, ", ", row.facts.born.size(), " scanned\n");
  for (const central::Remark& remark :
       central::RemarksOn(box, row.facts, central::JudgeBox(row.facts))) {
    absl::StrAppend(&text, "  ", remark.text, "\n");
  }
  return text;
}

}  // namespace keping::scenario
