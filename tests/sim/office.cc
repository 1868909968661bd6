#include "tests/sim/office.h"

#include <algorithm>
#include <utility>
#include <variant>

#include "absl/strings/str_cat.h"
#include "common/base/check.h"

namespace keping::sim {
namespace {

constexpr Micros kPrinterStep = 10 * kSecond;
constexpr uint32_t kStepsPerCard = 3;
// More steps than a job takes from its submission to its end.
constexpr int kStepsWatched = 7;

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
  return edge::PrinterAnswer::kUnknown;
}

}  // namespace

Office::Office(World* world, Matter* matter, Laws* laws, int index, int log, OfficeKeys keys,
               int printers)
    : world_(*world),
      matter_(*matter),
      laws_(*laws),
      index_(index),
      log_(log),
      id_(OfficeId(index)),
      keys_(std::move(keys)),
      prng_(world->Fork()),
      clock_(world, log),
      store_(
          [this](uint64_t seq, const std::string& bytes) { laws_.OnNodeEntry(log_, seq, bytes); }) {
  witness_.incarnation = keys_.incarnation;
  for (int i = 0; i < printers; ++i) {
    PrinterUnit unit;
    unit.id = domain::PrinterId::Of(absl::StrCat("printer-", i + 1));
    unit.printer = std::make_unique<edge::SimulatedPrinter>(
        edge::SimulatedPrinterOptions{.steps_per_card = kStepsPerCard,
                                      .odds = world_.plan().printer_odds},
        world_.Fork());
    printers_.push_back(std::move(unit));
  }
}

// ---- The machine.

void Office::SwitchOff() {
  Stop();
  power_ = false;
  off_for_good_ = true;
}

void Office::PowerOn() {
  if (power_ || off_for_good_) return;
  power_ = true;
  clock_.Reboot();
  laws_.OnMachineOff(log_, world_.now() - off_since_);
  Start();
}

void Office::Kill(Micros down_for) {
  if (node_ == nullptr) return;
  Stop();
  store_.Reopen();
  StartAgain(down_for, /*power=*/false);
}

void Office::CutPower(Micros down_for) {
  if (!power_) return;
  Stop();
  store_.Crash(prng_);
  LosePower(down_for);
}

void Office::ShutDown(Micros down_for) {
  if (!power_) return;
  Stop();
  store_.Reopen();
  LosePower(down_for);
}

void Office::LosePower(Micros down_for) {
  power_ = false;
  off_since_ = world_.now();
  StartAgain(down_for, /*power=*/true);
}

void Office::Start() {
  if (!power_ || node_ != nullptr) return;
  if (!damaged_) laws_.OnReopened(log_, store_);
  auto cipher = crypto::RecordCipher::FromKey(std::string(crypto::kSealKeySize, 'k'));
  KEPING_CHECK(cipher.ok(), "the key has the right size");
  edge::EdgePorts ports{.store = &store_,
                        .clock = &clock_,
                        .random = [this](size_t size) { return prng_.Bytes(size); },
                        .conditions =
                            [this] {
                              edge::Conditions conditions;
                              for (const PrinterUnit& unit : printers_) {
                                if (!edge::WhyNotReady(unit.printer->Status()).empty()) {
                                  conditions.printers_not_ready.insert(unit.id);
                                }
                              }
                              return conditions;
                            },
                        .act = [this](const edge::Action& action) { Act(action); },
                        .send =
                            [this](const sync::NodeFrame& frame) {
                              laws_.OnNodeSends(log_, store_, frame);
                              on_send(frame);
                            },
                        .after =
                            [this](absl::Duration delay, std::function<void()> task) {
                              world_.queue().After(absl::ToInt64Microseconds(delay),
                                                   [this, life = life_, task = std::move(task)] {
                                                     if (life == life_ && !ending_) task();
                                                   });
                            },
                        .failed = [this](const absl::Status&) { EndSoon(); },
                        .witness = witness_,
                        .logged = [this](uint64_t) { NoteLogged(); }};
  auto node = edge::EdgeNode::Open(Settings(),
                                   {.incarnation = keys_.incarnation,
                                    .signer = keys_.signer.get(),
                                    .verifier = keys_.verifier,
                                    .centre_public_key = keys_.centre_public_key,
                                    .software_version = kApplicationVersion},
                                   *std::move(cipher), std::move(ports));
  if (!node.ok() && store_.failed()) {
    // It was about to put its log in order.
    store_.Reopen();
    return StartAgain(kMinute, /*power=*/false);
  }
  if (!node.ok()) {
    return world_.Break("opens again", absl::StrCat(id_.value(), ": ", node.status().message()));
  }
  ++life_;
  ending_ = false;
  node_ = *std::move(node);
  if (std::exchange(damaged_, false)) {
    store_.LookAgain();
    laws_.OnDiskChanged(log_, store_, /*witnessed=*/true);
  }
  if (node_->Start().ok()) laws_.OnStarted(log_, frozen());
}

void Office::NoteLogged() {
  const storage::LogHead& head = node_->store().log().head();
  witness_ = {.incarnation = keys_.incarnation, .head = {head.seq, head.hash}};
}

edge::EdgeSettings Office::Settings() const {
  edge::EdgeSettings settings;
  settings.node = id_;
  settings.application_version = domain::ApplicationVersion::Of(kApplicationVersion);
  for (const PrinterUnit& unit : printers_) {
    settings.cards_per_day[unit.id] = static_cast<uint32_t>(world_.options().cards);
  }
  settings.time_zone = world_.time_zone();
  return settings;
}

void Office::EndSoon() {
  if (ending_) return;
  ending_ = true;
  world_.queue().After(0, [this, life = life_] {
    if (life != life_ || node_ == nullptr) return;
    Kill(prng_.Between(2 * kSecond, 30 * kSecond));
  });
}

void Office::Stop() {
  if (node_ == nullptr) return;
  ++life_;
  node_.reset();
  for (PrinterUnit& unit : printers_) {
    unit.printer->Detach();
    NoteEnd(unit);
  }
  on_down();
}

void Office::StartAgain(Micros down_for, bool power) {
  world_.queue().After(down_for, [this, power] {
    if (power) {
      PowerOn();
    } else {
      Start();
    }
  });
}

// ---- The node.

std::optional<edge::Decision> Office::Do(const edge::Input& input) {
  if (node_ == nullptr || ending_) return std::nullopt;
  absl::StatusOr<edge::Decision> decision = node_->Handle(input);
  if (!decision.ok()) return std::nullopt;
  laws_.OnDecision(log_, store_, node_->store().log().head().seq);
  return *std::move(decision);
}

std::string Office::Digest() const {
  const edge::EdgeCore& core = node_->core();
  std::string digest = absl::StrCat(
      core.tray().available().ToString(), "|", core.tray().Count(edge::BlankUse::kUsed), "|",
      core.tray().Count(edge::BlankUse::kSpoiled), "|", core.catalogue().state().Hex(), "|",
      core.duty().day(), "|", core.journal().doubts_opened(), "|", core.journal().doubts_resolved(),
      "|", core.printable_count(), "|", core.locked());
  for (const PrinterUnit& unit : printers_) {
    absl::StrAppend(&digest, "|", core.duty().FedToday(unit.id));
  }
  for (const domain::ActId& act : core.journal().order()) {
    const edge::Job* job = core.journal().Find(act);
    absl::StrAppend(&digest, "|", act.value(), edge::JobStageName(job->stage),
                    job->final_blank.text());
  }
  for (const auto& [refusal, count] : core.refusals()) {
    absl::StrAppend(&digest, "|", static_cast<int>(refusal), ":", count);
  }
  for (const auto& [serial, card] : core.cards().cards()) {
    absl::StrAppend(&digest, "|", serial.text(), static_cast<int>(card.place), card.returned,
                    card.not_found, card.recalled, card.manifest.value());
  }
  absl::StrAppend(&digest, "|", core.tray().Count(edge::BlankUse::kDestroyed), "|",
                  core.cards().manifests().size());
  return digest;
}

void Office::Connected() {
  if (node_ != nullptr && !ending_) node_->OnConnected();
}

bool Office::Receive(const sync::CentreFrame& frame) {
  if (node_ == nullptr || ending_) return false;
  const bool was_locked = node_->core().locked();
  const absl::Status status = node_->OnFrame(frame);
  if (!was_locked && node_->core().locked()) {
    laws_.OnLocked(log_, node_->store().lock_reason());
  }
  laws_.OnContact(log_, keys_.incarnation, node_->core().contact().proven_seq);
  const auto* welcome = std::get_if<sync::Welcome>(&frame);
  if (welcome != nullptr && status.ok()) laws_.OnWelcomed(log_, *welcome, frozen());
  return status.ok();
}

void Office::ReceiveForged(const sync::CentreFrame& frame) {
  if (!Receive(frame)) on_drop();
}

void Office::Disconnected() {
  if (node_ != nullptr) node_->OnDisconnected();
}

absl::Status Office::Carry(const edge::AnswerOrigin& origin,
                           const std::vector<sync::CentreFrame>& frames) {
  if (node_ == nullptr || ending_) return absl::UnavailableError("the node is down");
  const bool was_locked = node_->core().locked();
  auto answer = edge::CarriedAnswer::Begin(node_.get(), origin);
  absl::Status status = answer.status();
  for (size_t i = 0; status.ok() && i < frames.size(); ++i) status = answer->Take(frames[i]);
  if (!was_locked && node_->core().locked()) laws_.OnLocked(log_, node_->store().lock_reason());
  laws_.OnContact(log_, keys_.incarnation, node_->core().contact().proven_seq);
  return status;
}

// ---- The printers.

void Office::Act(const edge::Action& action) {
  if (const auto* submit = std::get_if<edge::SubmitJob>(&action)) {
    if (PrinterUnit* unit = FindUnit(submit->printer)) Submit(*unit, *submit);
    return;
  }
  const auto hear = [this](const edge::JobReport& report) { Report(report); };
  if (const auto* query = std::get_if<edge::QueryJob>(&action)) {
    if (PrinterUnit* unit = FindUnit(query->printer)) {
      unit->printer->Query(query->act.value(), query->printer_job, hear);
      Watch(*unit);
    }
  } else if (const auto* withdraw = std::get_if<edge::WithdrawJob>(&action)) {
    if (PrinterUnit* unit = FindUnit(withdraw->printer)) {
      unit->printer->Cancel(withdraw->act.value(), withdraw->printer_job, hear);
      Watch(*unit);
    }
  }
}

PrinterUnit* Office::FindUnit(const domain::PrinterId& id) {
  for (PrinterUnit& unit : printers_) {
    if (unit.id == id) return &unit;
  }
  return nullptr;
}

void Office::Submit(PrinterUnit& unit, const edge::SubmitJob& submit) {
  laws_.OnSubmit(log_, store_, submit);
  if (const std::optional<int> blank = FrontBlank(unit, submit.act)) {
    // The card before has just come out, and lies in the output tray.
    NoteEnd(unit);
    matter_.StartJob({.act = submit.act,
                      .prr = submit.prr,
                      .office = index_,
                      .printer = unit.id,
                      .blank = *blank});
    unit.in_hopper = submit.act;
  }
  unit.printer->Submit({.act_id = submit.act.value(), .document = ""},
                       [this](const edge::JobReport& report) {
                         Report(report);
                         if (report.state == edge::JobState::kAccepted &&
                             world_.plan().late_refusal.Strikes(prng_)) {
                           RefuseLater(report);
                         }
                       });
  Watch(unit);
}

std::optional<int> Office::FrontBlank(PrinterUnit& unit, const domain::ActId& act) {
  if (matter_.FindJob(act) != nullptr) return std::nullopt;
  if (loaded_.first == act) return loaded_.second;
  if (unit.hopper.empty()) return std::nullopt;
  const int blank = unit.hopper.front();
  unit.hopper.pop_front();
  return blank;
}

void Office::RefuseLater(const edge::JobReport& accepted) {
  world_.Count("late_refusal");
  edge::JobReport refusal = accepted;
  refusal.state = edge::JobState::kNotAccepted;
  refusal.reason = "server-error-busy";
  world_.queue().After(prng_.Between(kSecond, 20 * kSecond), [this, refusal, life = life_] {
    if (life == life_) Report(refusal);
  });
}

void Office::Report(const edge::JobReport& report) {
  Do(edge::PrinterReported{.act = domain::ActId::Of(report.act_id),
                           .answer = AnswerOf(report.state),
                           .printer_job = report.printer_job});
}

void Office::Watch(PrinterUnit& unit) {
  const bool stepping = unit.steps_left > 0;
  unit.steps_left = kStepsWatched;
  if (!stepping) world_.queue().After(kPrinterStep, [this, &unit] { Step(unit); });
}

void Office::Step(PrinterUnit& unit) {
  const std::optional<domain::ActId> under_way = unit.in_hopper;
  unit.printer->Step();
  // The next card of a batch was handed in meanwhile: the printer takes it in its next step.
  if (unit.in_hopper == under_way) NoteEnd(unit);
  // A slow card takes longer, and a hot printer cools down by steps.
  const bool stands_still = unit.printer->Status().activity == edge::PrinterActivity::kStopped;
  const bool goes_on = unit.printer->busy() || stands_still;
  if (--unit.steps_left <= 0 && goes_on) unit.steps_left = 1;
  if (unit.steps_left > 0) {
    world_.queue().After(kPrinterStep, [this, &unit] { Step(unit); });
  }
}

// The world after the job: asked for only when it cannot change any more.
void Office::NoteEnd(PrinterUnit& unit) {
  if (!unit.in_hopper || unit.printer->busy()) return;
  Job* job = matter_.FindJob(*unit.in_hopper);
  const std::string& act = job->act.value();
  if (job->ended) return;
  if (unit.printer->TimesTaken(act) > 1) {
    world_.Break("one submission", absl::StrCat("a printer took act ", act, " twice"));
  }
  if (unit.printer->last_outcome() != edge::CardOutcome::kGood) {
    world_.Count(edge::CardOutcomeName(unit.printer->last_outcome()));
  }
  matter_.EndJob(job->act, unit.printer->Truth(act));
  if (job->fed) laws_.OnFed(*job);
}

}  // namespace keping::sim
