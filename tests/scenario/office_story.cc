#include "tests/scenario/office_story.h"

#include <set>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "common/base/check.h"

namespace keping::scenario {
namespace {

using domain::BlankSerial;
using domain::PrrId;

std::string Line(absl::string_view text) { return absl::StrCat(text, "\n"); }

std::string Misread(const std::vector<std::string>& words) {
  return Line(absl::StrCat("?? this runner does not know: ", absl::StrJoin(words, " ")));
}

// The card of an event, as far as it names one.
struct Narrator {
  std::string operator()(const domain::PrintIntended& e) const {
    return absl::StrCat(" ", e.prr.value(), " on ", e.blank.text(), e.offline ? ", offline" : "");
  }
  std::string operator()(const domain::PrintRefused& e) const {
    return absl::StrCat(" ", domain::Describe(e.refusal).name);
  }
  std::string operator()(const domain::PrintVerified& e) const {
    return absl::StrCat(" ", e.blank.text());
  }
  std::string operator()(const domain::PrintSpoiled& e) const {
    return absl::StrCat(" ", e.blank.text());
  }
  std::string operator()(const domain::BlankSpoiled& e) const {
    return absl::StrCat(" ", e.blank.text());
  }
  std::string operator()(const domain::LeaseReleased& e) const {
    return absl::StrCat(" ", e.prr.value(), " epoch ", e.epoch.counter);
  }
  std::string operator()(const domain::ActionAcknowledged& e) const {
    return absl::StrCat(" ", e.action.value());
  }
  std::string operator()(const domain::OfficeDayOpened& e) const {
    return absl::StrCat(" ", absl::FormatCivilTime(e.date));
  }
  template <typename Other>
  std::string operator()(const Other&) const {
    return "";
  }
};

edge::PrinterAnswer AnswerOf(edge::JobState state) {
  switch (state) {
    case edge::JobState::kAccepted:
      return edge::PrinterAnswer::kAccepted;
    case edge::JobState::kNotAccepted:
      return edge::PrinterAnswer::kNotAccepted;
    case edge::JobState::kCompleted:
      return edge::PrinterAnswer::kCompleted;
    case edge::JobState::kAborted:
      return edge::PrinterAnswer::kAborted;
    case edge::JobState::kUnknown:
      return edge::PrinterAnswer::kUnknown;
  }
  KEPING_CHECK(false, "every state of a job is an answer");
}

const std::map<std::string, edge::CardOutcome>& Outcomes() {
  static const auto* const outcomes = new std::map<std::string, edge::CardOutcome>{
      {"good", edge::CardOutcome::kGood},
      {"report-lost", edge::CardOutcome::kReportLost},
      {"jammed-unfed", edge::CardOutcome::kAbortedUnfed},
      {"jammed-spoiled", edge::CardOutcome::kAbortedSpoiled},
      {"refused", edge::CardOutcome::kRefused}};
  return *outcomes;
}

}  // namespace

const std::map<std::string, OfficeStory::Verb>& OfficeStory::Verbs() {
  static const auto* const verbs =
      new std::map<std::string, Verb>{{"acknowledge", &OfficeStory::Acknowledge},
                                      {"cards", &OfficeStory::Cards},
                                      {"centre", &OfficeStory::Centre},
                                      {"clock", &OfficeStory::Clock},
                                      {"duty", &OfficeStory::Duty},
                                      {"jobs", &OfficeStory::Jobs},
                                      {"kill", &OfficeStory::Kill},
                                      {"link", &OfficeStory::Link},
                                      {"no-card", &OfficeStory::NoCard},
                                      {"operator", &OfficeStory::Operator},
                                      {"power-cut", &OfficeStory::PowerCut},
                                      {"print", &OfficeStory::Print},
                                      {"printer", &OfficeStory::Printer},
                                      {"queue", &OfficeStory::Queue},
                                      {"receive", &OfficeStory::Receive},
                                      {"scan", &OfficeStory::Scan},
                                      {"spoil-blank", &OfficeStory::SpoilBlank},
                                      {"spoil-card", &OfficeStory::SpoilCard},
                                      {"start", &OfficeStory::Start},
                                      {"stock", &OfficeStory::Stock},
                                      {"wait", &OfficeStory::Wait}};
  return *verbs;
}

OfficeStory::OfficeStory() : printer_({.steps_per_card = 2, .odds = {}}, base::Prng(5)), prng_(6) {
  office_.set_on_action([this](const edge::Action& action) { Act(action); });
  KEPING_CHECK(office_.Open().ok(), "an empty store opens");
}

std::string OfficeStory::Run(const std::string& line) {
  const Words words = absl::StrSplit(line, ' ', absl::SkipEmpty());
  const auto verb = Verbs().find(words.at(0));
  if (verb == Verbs().end()) return Misread(words);
  static const auto* const kWithoutNode =
      new std::set<std::string>{"clock", "power-cut", "printer", "start", "wait"};
  if (!office_.running() && !kWithoutNode->contains(words[0])) {
    return Line("the node is not running");
  }
  return (this->*verb->second)(words);
}

// ---- The centre and the link.

std::string OfficeStory::Centre(const Words& words) {
  tests::PaperCentre& centre = office_.centre();
  if (words.size() == 2 && words[1] == "hears") return Hear();
  if (words.size() < 3) return Misread(words);
  if (words[1] == "roster" || words[1] == "certify") {
    domain::OperatorItem person{.operator_id = domain::OperatorId::Of(words[2])};
    if (words[1] == "certify") person.certified = {domain::ApplicationVersion::Of("8.1")};
    centre.Tell(person);
  } else if (words[1] == "lends") {
    for (size_t i = 2; i < words.size(); ++i) {
      centre.Tell(tests::PrintablePrr(words[i], ++lent_));
    }
  } else if (words[1] == "withdraws") {
    domain::PrrItem item = Told(words[2]);
    item.withdrawn = true;
    item.record.clear();
    item.nik_tail.clear();
    centre.Tell(item);
  } else if (words[1] == "wants-back") {
    domain::PrrItem item = Told(words[2]);
    item.release_requested = true;
    centre.Tell(item);
  } else if (words[1] == "lends-again") {
    domain::PrrItem item = Told(words[2]);
    item.release_requested = false;
    ++item.lease_epoch.counter;
    centre.Tell(item);
  } else if (words[1] == "sends" && words.size() == 4) {
    centre.Tell(domain::TransferItem{domain::TransferId::Of(words[2]),
                                     *domain::SerialSet::Parse(words[3])});
  } else if (words[1] == "recalls" && words.size() == 4) {
    domain::ActionItem action;
    action.action = domain::ActionId::Of(words[2]);
    action.case_id = domain::CaseId::Of("case-1");
    action.prr = PrrId::Of(words[3]);
    centre.Tell(action);
  } else {
    return Misread(words);
  }
  return Exchange();
}

std::string OfficeStory::Hear() {
  std::string heard;
  const auto events = office_.centre().events();
  for (; heard_ < events.size(); ++heard_) {
    absl::StrAppend(&heard, domain::EventName(events[heard_]),
                    std::visit(Narrator(), events[heard_]), "\n");
  }
  return heard.empty() ? Line("nothing new") : heard;
}

std::string OfficeStory::Link(const Words& words) {
  if (words.size() != 2) return Misread(words);
  if (words[1] == "down") {
    office_.Disconnect();
    return "";
  }
  const absl::Status status = office_.Sync();
  if (!status.ok()) return Line(status.message());
  return Line(absl::StrCat("proven ", office_.core().contact().proven_seq, " of ",
                           office_.node().store().log().head().seq, " entries"));
}

std::string OfficeStory::Exchange() {
  const absl::Status status = office_.Exchange();
  return status.ok() ? "" : Line(absl::StrCat("link lost: ", status.message()));
}

// ---- People.

std::string OfficeStory::Operator(const Words& words) {
  if (words.size() != 2) return Misread(words);
  operator_ = domain::OperatorId::Of(words[1]);
  return "";
}

std::string OfficeStory::Receive(const Words& words) {
  if (words.size() != 3) return Misread(words);
  edge::Decision decision;
  const std::string trouble =
      Do(edge::ReceiveTransfer{.act = office_.node().NewAct(),
                               .transfer = domain::TransferId::Of(words[1]),
                               .scanned = *domain::SerialSet::Parse(words[2]),
                               .operator_id = operator_},
         &decision);
  if (!trouble.empty()) return trouble;
  const auto& event = std::get<domain::BlanksReceived>(decision.events.at(0));
  std::string seen = absl::StrCat("received ", event.received.size());
  if (!event.missing.empty()) absl::StrAppend(&seen, ", missing ", event.missing.ToString());
  if (!event.unexpected.empty()) {
    absl::StrAppend(&seen, ", unexpected ", event.unexpected.ToString());
  }
  return Line(seen);
}

std::string OfficeStory::Print(const Words& words) {
  if (words.size() != 4 || words[2] != "on") return Misread(words);
  edge::Print print = office_.PrintOf(words[1] == "next" ? "" : words[1], words[3]);
  print.operator_id = operator_;
  edge::Decision decision;
  const std::string trouble = Do(print, &decision);
  if (!trouble.empty()) return trouble;
  if (decision.refusal != domain::PrintRefusal::kNone) {
    const domain::RefusalInfo info = domain::Describe(decision.refusal);
    return Line(absl::StrCat("refused ", info.code, ": ", info.sentence));
  }
  return Line(Describe(*office_.core().journal().Find(print.act)));
}

// So many cards in a row, each scanned, from one blank on.
std::string OfficeStory::Cards(const Words& words) {
  int count = 0;
  if (words.size() != 4 || !absl::SimpleAtoi(words[1], &count)) return Misread(words);
  const BlankSerial first = BlankSerial::Of(words[3]);
  for (int i = 0; i < count; ++i) {
    const std::string blank = first.WithNumber(first.number() + i).text();
    std::string seen = Run(absl::StrCat("print next on ", blank));
    seen += Run("printer works");
    seen += Run(absl::StrCat("scan ", blank, " tail 0007"));
    if (!absl::StrContains(seen, "good")) return absl::StrCat("after ", i, " cards: ", seen);
  }
  return Line(absl::StrCat(count, " good cards"));
}

std::string OfficeStory::Scan(const Words& words) {
  if (words.size() != 4 || words[2] != "tail") return Misread(words);
  const domain::ActId act = OpenAct();
  const std::string trouble = Do(edge::VerifyCard{.act = act,
                                                  .scanned = BlankSerial::Of(words[1]),
                                                  .nik_tail = words[3],
                                                  .operator_id = operator_});
  return trouble.empty() ? Line(Describe(*office_.core().journal().Find(act))) : trouble;
}

std::string OfficeStory::SpoilCard(const Words&) {
  const domain::ActId act = OpenAct();
  const std::string trouble = Do(
      edge::SpoilCard{.act = act, .cause = domain::SpoilCause::kPrint, .operator_id = operator_});
  return trouble.empty() ? Line(Describe(*office_.core().journal().Find(act))) : trouble;
}

std::string OfficeStory::NoCard(const Words&) {
  const domain::ActId act = OpenAct();
  const std::string trouble = Do(edge::ReleaseJob{.act = act, .operator_id = operator_});
  return trouble.empty() ? Line(Describe(*office_.core().journal().Find(act))) : trouble;
}

std::string OfficeStory::SpoilBlank(const Words& words) {
  if (words.size() != 2) return Misread(words);
  return Do(edge::SpoilBlank{.act = office_.node().NewAct(),
                             .blank = BlankSerial::Of(words[1]),
                             .cause = domain::SpoilCause::kFactory,
                             .operator_id = operator_});
}

std::string OfficeStory::Acknowledge(const Words& words) {
  if (words.size() != 2) return Misread(words);
  return Do(
      edge::AcknowledgeAction{.action = domain::ActionId::Of(words[1]), .operator_id = operator_});
}

// ---- Machines.

std::string OfficeStory::Printer(const Words& words) {
  if (words.size() == 3 && words[1] == "next" && Outcomes().contains(words[2])) {
    printer_.Script(Outcomes().at(words[2]));
    return "";
  }
  if (words.size() != 2) return Misread(words);
  if (words[1] == "takes-it") return RunPrinter(1);
  if (words[1] == "works") return RunPrinter(5);
  if (words[1] == "loses-power") {
    printer_.CutPower();
    return std::exchange(seen_, "");
  }
  if (words[1] == "count") return Line(absl::StrCat(printer_.cards_fed(), " cards fed"));
  return Misread(words);
}

std::string OfficeStory::RunPrinter(int steps) {
  for (int i = 0; i < steps; ++i) printer_.Step();
  return absl::StrCat(std::exchange(seen_, ""), Exchange());
}

std::string OfficeStory::Kill(const Words&) {
  printer_.Detach();
  office_.Kill();
  return "";
}

std::string OfficeStory::PowerCut(const Words&) {
  printer_.Detach();
  printer_.CutPower();
  office_.PowerCut(prng_);
  return "";
}

std::string OfficeStory::Start(const Words&) {
  const absl::Status status = office_.Open();
  if (!status.ok()) return Line(status.message());
  std::string seen;
  for (const edge::Job* job : office_.core().journal().OpenJobs()) {
    absl::StrAppend(&seen, Describe(*job), "\n");
  }
  return seen;
}

std::string OfficeStory::Wait(const Words& words) {
  absl::Duration time;
  if (words.size() != 2 || !absl::ParseDuration(words[1], &time)) return Misread(words);
  office_.Advance(time);
  return "";
}

std::string OfficeStory::Clock(const Words& words) {
  absl::CivilSecond time;
  if (words.size() != 3 || !absl::ParseLenientCivilTime(words[2], &time)) return Misread(words);
  office_.clock().SetWall(absl::FromCivil(time, tests::OfficeSettings().time_zone));
  return "";
}

// ---- Looking.

std::string OfficeStory::Queue(const Words&) {
  std::string seen;
  for (const PrrId& prr : office_.core().Plan(10)) absl::StrAppend(&seen, prr.value(), "\n");
  return seen.empty() ? Line("nothing to print") : seen;
}

std::string OfficeStory::Jobs(const Words&) {
  std::string seen;
  for (const domain::ActId& act : office_.core().journal().order()) {
    absl::StrAppend(&seen, Describe(*office_.core().journal().Find(act)), "\n");
  }
  return seen;
}

std::string OfficeStory::Stock(const Words&) {
  const edge::BlankTray& tray = office_.core().tray();
  return Line(absl::StrCat(
      "tray ", tray.available().size(), ", bound ", tray.Count(edge::BlankUse::kBound), ", used ",
      tray.Count(edge::BlankUse::kUsed), ", spoiled ", tray.Count(edge::BlankUse::kSpoiled)));
}

std::string OfficeStory::Duty(const Words&) {
  const edge::DutyGuard& duty = office_.core().duty();
  return Line(absl::StrCat("day ", duty.day(), ", ", absl::FormatCivilTime(duty.date()), ": ",
                           duty.FedToday(domain::PrinterId::Of("p1")), " cards"));
}

// ---- What the verbs share.

std::string OfficeStory::Do(const edge::Input& input, edge::Decision* decision) {
  edge::Decision made = office_.Do(input);
  if (decision != nullptr) *decision = made;
  const std::string lost = Exchange();
  return made.status.ok() ? lost : absl::StrCat(Line(made.status.message()), lost);
}

void OfficeStory::Act(const edge::Action& action) {
  const auto on_report = [this](const edge::JobReport& report) { OnReport(report); };
  if (const auto* submit = std::get_if<edge::SubmitJob>(&action)) {
    numbers_.emplace(submit->act.value(), numbers_.size() + 1);
    printer_.Submit({.act_id = submit->act.value(), .document = "specimen"}, on_report);
  } else if (const auto* query = std::get_if<edge::QueryJob>(&action)) {
    printer_.Query(query->act.value(), query->printer_job, on_report);
  } else if (const auto* withdraw = std::get_if<edge::WithdrawJob>(&action)) {
    printer_.Cancel(withdraw->act.value(), withdraw->printer_job, on_report);
  }
}

void OfficeStory::OnReport(const edge::JobReport& report) {
  const auto act = domain::ActId::Of(report.act_id);
  const edge::Decision decision = office_.Do(edge::PrinterReported{
      .act = act, .answer = AnswerOf(report.state), .printer_job = report.printer_job});
  absl::StrAppend(&seen_, "printer says ", JobStateName(report.state));
  if (!report.reason.empty()) absl::StrAppend(&seen_, " (", report.reason, ")");
  absl::StrAppend(&seen_, "; ", Describe(*office_.core().journal().Find(act)), "\n");
}

std::string OfficeStory::Describe(const edge::Job& job) const {
  const auto number = numbers_.find(job.intent.act.value());
  std::string text = absl::StrCat("job ", number == numbers_.end() ? 0 : number->second, ": ",
                                  job.intent.prr.value(), " on ", job.final_blank.text(), ", ",
                                  JobStageName(job.stage));
  if (job.intent.attempt > 1) absl::StrAppend(&text, ", attempt ", job.intent.attempt);
  if (job.intent.offline) absl::StrAppend(&text, ", offline");
  return text;
}

domain::ActId OfficeStory::OpenAct() const {
  const auto jobs = office_.core().journal().OpenJobs();
  if (!jobs.empty()) return jobs.front()->intent.act;
  const auto& order = office_.core().journal().order();
  return order.empty() ? domain::ActId::Of("none") : order.back();
}

domain::PrrItem OfficeStory::Told(const std::string& prr) {
  return office_.centre().Told(PrrId::Of(prr));
}

}  // namespace keping::scenario
