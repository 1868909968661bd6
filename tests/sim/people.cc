#include "tests/sim/people.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "edge_node/core/correction_decisions.h"

namespace keping::sim {
namespace {

using domain::CaseKind;
using domain::PrintRefusal;

constexpr Micros kOpens = 8 * kHour;
constexpr Micros kCloses = 16 * kHour;
// What a day's cards should take, the rest being for spoiled ones and coffee.
constexpr Micros kPrintingTime = 6 * kHour;

}  // namespace

domain::OperatorId CertifiedOperator(int office) {
  return domain::OperatorId::Of(absl::StrCat("op-", office + 1, "-a"));
}

domain::OperatorId TraineeOperator(int office) {
  return domain::OperatorId::Of(absl::StrCat("op-", office + 1, "-b"));
}

People::People(World* world, Matter* matter, Causes* causes, Office* office)
    : world_(*world),
      matter_(*matter),
      causes_(*causes),
      office_(*office),
      prng_(world->Fork()),
      stock_(world, matter, office),
      rescan_(world, matter, office) {}

void People::Start() {
  world_.queue().After(UntilNextLook(), [this] { Look(); });
}

bool People::OfficeHours() const {
  return world_.healed() || (world_.TimeOfDay() >= kOpens && world_.TimeOfDay() < kCloses);
}

Micros People::UntilNextLook() {
  if (world_.healed()) return prng_.Between(kMinute, 5 * kMinute);
  if (!OfficeHours()) {
    const Micros opens = world_.TimeOfDay() < kOpens ? kOpens : kDay + kOpens;
    return opens - world_.TimeOfDay() + prng_.Between(0, 20 * kMinute);
  }
  const Micros usual = kPrintingTime / world_.options().cards;
  return prng_.Between(usual / 2, usual + usual / 2);
}

void People::Look() {
  // While the log is frozen nothing can be written, and people wait for the administrator.
  if (OfficeHours() && office_.node() != nullptr && !office_.frozen() && !StruckOff()) {
    ScanAgain();
    ReceiveBoxes();
    CarryOutOrders();
    SpoilSomeBlank();
    SettleReopened();
    for (PrinterUnit& unit : office_.printers()) Serve(unit);
    stock_.Look();
  }
  Start();
}

bool People::Rostered() const {
  const edge::Catalogue& catalogue = office_.node()->core().catalogue();
  return catalogue.FindOperator(CertifiedOperator(office_.index())) != nullptr &&
         catalogue.FindOperator(TraineeOperator(office_.index())) != nullptr;
}

// A centre that was set back forgot whom the district put onto the roster since, and the feed says
// so: until they are entered again nobody here may act.
bool People::StruckOff() {
  bool struck_off = false;
  for (const domain::OperatorId& person :
       {CertifiedOperator(office_.index()), TraineeOperator(office_.index())}) {
    const bool known = office_.node()->core().catalogue().FindOperator(person) != nullptr;
    if (known) rostered_.insert(person);
    struck_off = struck_off || (!known && rostered_.contains(person));
  }
  return struck_off;
}

// ---- Cards.

void People::SpoilSomeBlank() {
  if (!world_.plan().spoiled_blank.Strikes(prng_)) return;
  std::deque<int>& tray = matter_.tray(office_.index());
  if (tray.empty() || office_.node() == nullptr || !rescan_.done()) return;
  const int blank = tray[prng_.Below(tray.size())];
  const auto decision =
      office_.Do(edge::SpoilBlank{.act = office_.NewAct(),
                                  .blank = Serial(blank),
                                  .cause = domain::SpoilCause::kFactory,
                                  .operator_id = TraineeOperator(office_.index())});
  if (!decision) {
    // Nobody knows whether the books have it: it goes to the spoiled ones, and is not asked again.
    matter_.Move(blank, BlankAt::kSpoiled, office_.index());
    matter_.blank(blank).misreported = true;
    return;
  }
  if (!decision->status.ok()) return;
  world_.Count("blank_spoiled");
  matter_.Move(blank, BlankAt::kSpoiled, office_.index());
}

void People::Serve(PrinterUnit& unit) {
  if (office_.node() == nullptr) return;
  if (!unit.batch.empty()) return ServeBatch(unit);
  const edge::Job* open = office_.node()->core().journal().OpenJobAt(unit.id);
  if (open != nullptr && world_.plan().impatience.Strikes(prng_)) {
    world_.Count("impatience");
    Print(unit);
    if (office_.node() == nullptr) return;
    open = office_.node()->core().journal().OpenJobAt(unit.id);
  }
  if (open != nullptr) {
    Settle(unit, *open);
    if (office_.node() == nullptr || office_.node()->core().journal().OpenJobAt(unit.id)) return;
  }
  if (unit.in_hopper && !matter_.FindJob(*unit.in_hopper)->ended) return;
  Clear(unit);
  if (!world_.healed() && world_.now() >= rest_until_) Print(unit);
}

// The hopper is emptied before the next job, a jam is cleared, and a printer that went dark in
// mid-card is switched on again.
void People::Clear(PrinterUnit& unit) {
  unit.printer->ClearJam();
  unit.printer->SetReachable(unit.reachable);
  // Whoever was impatient leaves a card alone that is still being printed.
  if (!unit.in_hopper || !matter_.FindJob(*unit.in_hopper)->ended) return;
  matter_.ClearPrinter(*unit.in_hopper);
  unit.in_hopper.reset();
}

void People::Settle(PrinterUnit& unit, const edge::Job& open) {
  const bool submitted = matter_.FindJob(open.intent.act) != nullptr;
  if (Settle(open) && submitted) Clear(unit);
}

bool People::Settle(const edge::Job& open) {
  const Job* job = matter_.FindJob(open.intent.act);
  if (job == nullptr) {
    // The printer never got it: the blank lies where it lay.
    return office_
        .Do(edge::ReleaseJob{.act = open.intent.act,
                             .operator_id = CertifiedOperator(office_.index())})
        .has_value();
  }
  if (!job->ended || IsForgotten(open)) return false;
  Answer answer = Truth(*job);
  if (world_.plan().false_answer.Strikes(prng_)) answer = Wrong(answer);
  return Say(answer, open, *job);
}

// A card that is in doubt lies in the output tray for days, and nobody looks.
bool People::IsForgotten(const edge::Job& open) {
  if (world_.healed() || !open.was_doubted) return false;
  const auto [known, is_new] = look_at_.emplace(open.intent.act, world_.now());
  if (is_new && world_.plan().forgotten_card.Strikes(prng_)) {
    world_.Count("forgotten_card");
    known->second += prng_.Between(2 * kDay, 4 * kDay);
  }
  return world_.now() < known->second;
}

void People::SettleReopened() {
  if (office_.node() == nullptr) return;
  for (const edge::Job* open : office_.node()->core().journal().OpenJobs()) {
    if (!open->reopened) continue;
    Settle(*open);
    return;  // the list may be another now
  }
}

People::Answer People::Truth(const Job& job) const {
  if (!job.fed) return Answer::kUnused;
  return job.good ? Answer::kGood : Answer::kSpoiled;
}

People::Answer People::Wrong(Answer truth) {
  const Answer all[] = {Answer::kGood, Answer::kSpoiled, Answer::kUnused};
  const auto shift = 1 + prng_.Below(2);
  return all[(static_cast<size_t>(truth) + shift) % 3];
}

// False when the node died over it: the same person answers again later.
bool People::Say(Answer answer, const edge::Job& open, const Job& job) {
  const domain::ActId act = open.intent.act;
  const int intended = matter_.Find(open.intent.blank);
  const bool is_true = answer == Truth(job);
  const bool other_blank = intended != job.blank;
  if (!is_true) {
    world_.Count("false_answer");
    matter_.FindJob(act)->misreported = true;
    matter_.FindJob(act)->fed_denied = job.fed && answer == Answer::kUnused;
  }
  if (!is_true || (other_blank && answer != Answer::kGood)) {
    // Of a spoiled or unused job the books know the blank that it holds: the intended one, or what
    // another job's card left it.
    matter_.blank(intended).misreported = true;
    matter_.blank(job.blank).misreported = true;
    const int held = matter_.Find(open.final_blank);
    if (held >= 0) matter_.blank(held).misreported = true;
  }
  const domain::OperatorId person = CertifiedOperator(office_.index());
  switch (answer) {
    case Answer::kGood:
      return SayGood(open, job);
    case Answer::kSpoiled:
      return SaySpoiled(open, job);
    case Answer::kUnused:
      return office_.Do(edge::ReleaseJob{.act = act, .operator_id = person}).has_value();
  }
  return false;
}

// Where another job's card was found on this one's blank, the spoiled card itself is scanned.
bool People::SaySpoiled(const edge::Job& open, const Job& job) {
  const domain::ActId act = open.intent.act;
  edge::SpoilCard spoil{.act = act, .operator_id = CertifiedOperator(office_.index())};
  if (open.final_blank.empty()) spoil.scanned = Serial(job.blank);
  const auto decision = office_.Do(spoil);
  if (!decision || decision->status.ok()) return decision.has_value();
  // The books hold that blank for used: somebody said something about it that is not so.
  matter_.FindJob(act)->misreported = true;
  matter_.FindJob(act)->fed_denied = job.fed;
  return office_.Do(edge::ReleaseJob{.act = act, .operator_id = spoil.operator_id}).has_value();
}

bool People::SayGood(const edge::Job& open, const Job& job) {
  edge::VerifyCard verify{.act = open.intent.act,
                          .scanned = Serial(job.blank),
                          .nik_tail = "",
                          .operator_id = CertifiedOperator(office_.index())};
  const domain::PrrItem* item = office_.node()->core().catalogue().FindPrr(job.prr);
  if (item != nullptr) verify.nik_tail = item->nik_tail;
  if (world_.plan().wrong_digits.Strikes(prng_)) {
    world_.Count("wrong_digits");
    edge::VerifyCard mistaken = verify;
    mistaken.nik_tail = "0000";
    const auto decision = office_.Do(mistaken);
    if (!decision) return false;
    if (decision->status.ok())
      world_.Break("digits are checked", "a card with other digits passed");
  }
  const std::deque<int>& tray = matter_.tray(office_.index());
  const bool wrong_scan = !tray.empty() && world_.plan().wrong_scan.Strikes(prng_);
  bool is_first_lie = false;
  if (wrong_scan) {
    const int other = tray[prng_.Below(tray.size())];
    verify.scanned = Serial(other);
    world_.Count("wrong_scan");
    is_first_lie = !matter_.blank(other).doubtful() && !matter_.blank(job.blank).doubtful();
    matter_.blank(other).misreported = true;
    matter_.blank(job.blank).misreported = true;
  }
  const domain::BlankSerial intended = open.intent.blank;
  if (verify.scanned != intended) causes_.Note(CaseKind::kWrongBlankBound, intended.text());
  auto decision = office_.Do(verify);
  if (is_first_lie && decision && decision->status.ok() &&
      world_.plan().correction.Strikes(prng_)) {
    return Correct(job, verify);
  }
  if (!decision || decision->status.ok()) return decision.has_value();
  if (wrong_scan) {
    verify.scanned = Serial(job.blank);
    decision = office_.Do(verify);
    if (!decision || decision->status.ok()) return decision.has_value();
  }
  const edge::Job* other = office_.node()->core().journal().OpenJobWith(verify.scanned);
  // Another printer's job names this blank and has its card on a third one: that one comes first.
  if (other != nullptr && other->intent.act != verify.act) return false;
  if (matter_.blank(job.blank).doubtful()) {
    // The books hold the scanned blank for used: the person gives the card up.
    matter_.FindJob(job.act)->misreported = true;
    matter_.blank(matter_.Find(intended)).misreported = true;
    return SaySpoiled(open, job);
  }
  world_.Break("a true scan is taken", std::string(decision->status.message()));
  return true;
}

bool People::Correct(const Job& job, const edge::VerifyCard& wrong) {
  const edge::EdgeNode& node = *office_.node();
  const auto answer = node.store().log().HeadAt(edge::AnswerToCorrect(node.core(), wrong.act));
  if (!answer.ok()) return false;
  const auto corrected =
      office_.Do(edge::CorrectAnswer{.act = office_.NewAct(),
                                     .subject = wrong.act,
                                     .event = answer->hash,
                                     .reason = domain::CorrectionReason::kWrongScan,
                                     .operator_id = CertifiedOperator(office_.index()),
                                     .second = TraineeOperator(office_.index())});
  if (!corrected) return false;
  if (!corrected->status.ok()) {
    world_.Break("a true scan is taken", std::string(corrected->status.message()));
    return true;
  }
  world_.Count("correction");
  edge::VerifyCard right = wrong;
  right.scanned = Serial(job.blank);
  const auto decision = office_.Do(right);
  if (!decision) return false;
  if (!decision->status.ok()) {
    world_.Break("a true scan is taken", std::string(decision->status.message()));
    return true;
  }
  // Nothing is left of the wrong answer.
  matter_.blank(matter_.Find(wrong.scanned)).misreported = false;
  matter_.blank(job.blank).misreported = false;
  return true;
}

void People::Print(PrinterUnit& unit) {
  std::deque<int>& tray = matter_.tray(office_.index());
  if (tray.empty() || office_.node() == nullptr || !rescan_.done()) return;
  if (tray.size() > 2 && world_.plan().batch.Strikes(prng_)) return PrintBatch(unit);
  const int scanned = tray.front();
  int loaded = scanned;
  edge::Print request = MakeRequest(unit, scanned);
  if (tray.size() > 1 && world_.plan().swapped_blank.Strikes(prng_)) {
    world_.Count("swapped_blank");
    loaded = tray[1 + prng_.Below(tray.size() - 1)];
    causes_.Note(CaseKind::kWrongBlankBound, Serial(scanned).text());
  }
  office_.Load(request.act, loaded);
  const auto decision = office_.Do(request);
  if (!decision) return;
  const domain::PrrItem* asked = office_.node()->core().catalogue().FindPrr(decision->prr);
  const bool passed =
      decision->refusal == PrintRefusal::kNone || decision->refusal > PrintRefusal::kPrrWithdrawn;
  if (asked != nullptr && asked->withdrawn && passed) {
    world_.Break("refused in words", absl::StrCat("record ", decision->prr.value(),
                                                  " is withdrawn, and the answer was another"));
  }
  if (decision->refusal == PrintRefusal::kNone) {
    ++cards_started_;
    NoteAccepted(request.blank);
  } else {
    OnRefused(decision->refusal, request.blank == Serial(scanned) ? scanned : -1);
  }
}

edge::Print People::MakeRequest(PrinterUnit& unit, int blank) {
  edge::Print request{.act = office_.NewAct(),
                      .operator_id = CertifiedOperator(office_.index()),
                      .printer = unit.id,
                      .blank = Serial(blank),
                      .prr = {}};
  if (world_.plan().odd_request.Strikes(prng_)) MakeOdd(request);
  return request;
}

// A blank that was used, or lies elsewhere, must not pass for one of the tray.
void People::NoteAccepted(const domain::BlankSerial& scanned) {
  const Blank& blank = matter_.blank(matter_.Find(scanned));
  const bool here = blank.office == office_.index() &&
                    (blank.at == BlankAt::kTray || blank.at == BlankAt::kHopper);
  if (here || blank.doubtful()) return;
  world_.Break("the tray is true",
               absl::StrCat("blank ", scanned.text(), " passed at ", office_.id().value(),
                            " and is ", BlankAtName(blank.at)));
}

// What people try: somebody else's name, a card printed before, a record that was withdrawn or goes
// to another office, a blank that is used up, a blank from elsewhere.
void People::MakeOdd(edge::Print& request) {
  const edge::EdgeCore& core = office_.node()->core();
  switch (prng_.Below(7)) {
    case 0:
      request.operator_id = TraineeOperator(office_.index());
      break;
    case 1:
      if (!core.journal().order().empty()) {
        const auto& acts = core.journal().order();
        request.prr = core.journal().Find(acts[prng_.Below(acts.size())])->intent.prr;
      }
      break;
    case 2:
      if (!core.catalogue().plan().empty()) {
        auto it = core.catalogue().plan().begin();
        std::advance(it, prng_.Below(core.catalogue().plan().size()));
        request.prr = it->second;
      }
      break;
    case 3:
      request.prr = UnprintableRecord(/*withdrawn=*/true);
      break;
    case 4:
      request.prr = UnprintableRecord(/*withdrawn=*/false);
      break;
    case 5:
      if (const domain::BlankSerial used = UsedBlank(); !used.empty()) request.blank = used;
      break;
    default: {
      const int blank = static_cast<int>(prng_.Below(matter_.blanks().size()));
      // One of the own tray would be no odd request.
      if (matter_.blank(blank).office == office_.index() &&
          matter_.blank(blank).at == BlankAt::kTray) {
        return;
      }
      request.blank = Serial(blank);
      break;
    }
  }
  world_.Count("odd_request");
}

domain::PrrId People::UnprintableRecord(bool withdrawn) {
  const edge::Catalogue& catalogue = office_.node()->core().catalogue();
  std::vector<domain::PrrId> records;
  for (const auto& [enrolled_at, prr] : catalogue.plan()) {
    const domain::PrrItem& item = *catalogue.FindPrr(prr);
    if (withdrawn ? item.withdrawn : item.release_requested) records.push_back(prr);
  }
  return records.empty() ? domain::PrrId() : records[prng_.Below(records.size())];
}

domain::BlankSerial People::UsedBlank() {
  const edge::PrintJournal& journal = office_.node()->core().journal();
  if (journal.order().empty()) return {};
  const edge::Job& job = *journal.Find(journal.order()[prng_.Below(journal.order().size())]);
  const bool used_up = job.stage == edge::JobStage::kGood || job.stage == edge::JobStage::kSpoiled;
  return used_up ? job.final_blank : domain::BlankSerial();
}

void People::OnRefused(PrintRefusal refusal, int blank) {
  world_.Count("print_refused");
  if (refusal == PrintRefusal::kTooStale) PrintAllTheSame();
  if (refusal == PrintRefusal::kDutyUsedUp) rest_until_ = world_.now() + 2 * kHour;
  if (refusal == PrintRefusal::kPrrUnknown || refusal == PrintRefusal::kNodeLocked ||
      refusal == PrintRefusal::kTooStale) {
    rest_until_ = world_.now() + kHour;
  }
  if (refusal != PrintRefusal::kBlankNotInTray && refusal != PrintRefusal::kBlankUsed) return;
  if (blank < 0) return;
  // It was scanned for the other printer's job, which took another one: it lies here until that job
  // is settled.
  const bool is_held = office_.node() != nullptr &&
                       office_.node()->core().journal().OpenJobWith(Serial(blank)) != nullptr;
  if (is_held) return matter_.Move(blank, BlankAt::kTray, office_.index());
  if (!matter_.blank(blank).doubtful()) {
    world_.Break("the tray is true",
                 absl::StrCat("blank ", Serial(blank).text(), " lies in the ", "tray of ",
                              office_.id().value(), ", and the node refuses it"));
  }
  matter_.Move(blank, BlankAt::kLost, office_.index());
}

}  // namespace keping::sim
