// Laws of one edge node under random inputs, links, clocks, crashes and failing writes:
//   replay = live         a core read back from the store is the core that wrote it
//   twice = once          what is said twice has the effect of saying it once
//   persist, then act     no job is handed over before its intent is durable, none twice
//   one use per blank     and conservation of the tray
//   one card per record   whatever people repeat
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "common/domain/entry.h"
#include "common/wire/event_codec.h"
#include "common/wire/feed_codec.h"
#include "tests/support/log_laws.h"
#include "tests/support/office.h"

namespace keping::edge {
namespace {

using domain::ActId;
using domain::BlankSerial;
using domain::OperatorId;
using domain::PrrId;

constexpr uint32_t kLimit = 6;

EdgeSettings Settings() {
  EdgeSettings settings = tests::OfficeSettings();
  settings.cards_per_day = {{domain::PrinterId::Of("p1"), kLimit},
                            {domain::PrinterId::Of("p2"), kLimit}};
  return settings;
}

// Everything that can be observed of a core, as text.
std::string JobText(const Job& job) {
  return absl::StrCat(
      job.intent.act.value(), " ", job.intent.prr.value(), " ", job.intent.blank.text(), " ",
      job.final_blank.text(), " ", job.intent.printer.value(), " ", JobStageName(job.stage), " ",
      job.printer_job, " ", job.printer_said_completed, " ", job.office_day, " ", job.was_doubted,
      job.cancel_asked, job.reopened, " ", job.answer_seq, " ", job.intent.batch.value(), " ",
      job.intent.attempt, " ", job.intent.control_position, " ", job.intent.offline, "\n");
}

std::string DutyText(const EdgeCore& core, const time::Moment& now) {
  const DutyGuard& duty = core.duty();
  std::string text = absl::StrCat("day ", duty.day(), " ", absl::FormatCivilTime(duty.date()));
  for (const auto& [printer, limit] : core.settings().cards_per_day) {
    absl::StrAppend(&text, " ", duty.FedToday(printer), " ", duty.LeftToday(printer, limit), " ",
                    duty.LeftNextDay(now, printer, limit), " ",
                    duty.OverrideFor(printer, limit).value());
  }
  const auto next = duty.DayToOpen(now, absl::ToCivilDay(now.wall, core.settings().time_zone));
  if (next) absl::StrAppend(&text, " next ", static_cast<int>(next->basis));
  return text + "\n";
}

std::string CatalogueText(const EdgeCore& core) {
  const Catalogue& catalogue = core.catalogue();
  std::string text =
      absl::StrCat("feed ", catalogue.position(), " ", catalogue.state().Hex(), "\n");
  for (const auto& [enrolled_at, prr] : catalogue.plan()) {
    absl::StrAppend(&text, prr.value(), " ", catalogue.HasRecord(prr), " ",
                    wire::EncodeFeedItem({.key = domain::PrrFeedKey(prr),
                                          .position = 0,
                                          .version = 0,
                                          .body = *catalogue.FindPrr(prr)}),
                    "\n");
  }
  for (const auto& [id, item] : catalogue.operators()) {
    absl::StrAppend(
        &text,
        wire::EncodeFeedItem(
            {.key = domain::OperatorFeedKey(id), .position = 0, .version = 0, .body = item}),
        "\n");
  }
  for (const auto& [id, item] : catalogue.transfers()) {
    absl::StrAppend(&text, id.value(), " ", item.serials.ToString(), " ", core.Received(id), "\n");
  }
  for (const auto& [id, item] : catalogue.actions()) {
    absl::StrAppend(&text, id.value(), " ", core.Acknowledged(id), "\n");
  }
  for (const PrrId& prr : core.Plan(1000)) absl::StrAppend(&text, prr.value(), " ");
  return text + "\n";
}

std::string Digest(const EdgeCore& core, const time::Moment& now) {
  std::string text;
  for (const ActId& act : core.journal().order()) text += JobText(*core.journal().Find(act));
  for (const Job* job : core.journal().OpenJobs()) absl::StrAppend(&text, "open ", JobText(*job));
  for (const ActId& act : core.batches().order()) {
    const Batch& batch = *core.batches().Find(act);
    absl::StrAppend(&text, "batch ", act.value(), " ", batch.jobs.size(), " ",
                    batch.open() ? 0 : static_cast<int>(batch.closed->end), "\n");
  }
  for (const auto& [printer, machine] : core.machines().machines()) {
    absl::StrAppend(&text, printer.value(), " ", machine.in_service, " ", machine.wear, " ",
                    machine.since_cleaning, " ", machine.test_cards);
    for (const auto& [kind, installed] : machine.installed) {
      absl::StrAppend(&text, " ", installed.id.value(), " ", installed.capacity, " ",
                      installed.fed);
    }
    absl::StrAppend(&text, "\n");
  }
  absl::StrAppend(&text, "doubts ", core.journal().doubts_opened(), " ",
                  core.journal().doubts_resolved(), "\n");
  absl::StrAppend(&text, "tray ", core.tray().available().ToString());
  for (const BlankUse use : {BlankUse::kBound, BlankUse::kUsed, BlankUse::kSpoiled}) {
    absl::StrAppend(&text, " ", core.tray().Count(use));
  }
  absl::StrAppend(&text, "\n", DutyText(core, now), CatalogueText(core));
  for (const auto& [refusal, count] : core.refusals()) {
    absl::StrAppend(&text, domain::Describe(refusal).name, " ", count, "\n");
  }
  absl::StrAppend(&text, "contact ", core.contact().proven_seq, " ",
                  absl::ToUnixMicros(core.contact().received_at), " ",
                  absl::ToUnixMicros(core.contact().centre_time), " locked ", core.locked());
  return text;
}

// One office's life, each step drawn from a seed.
class Life {
 public:
  explicit Life(uint64_t seed) : prng_(seed), office_(Settings()) {
    office_.set_on_action([this](const Action& action) { OnAction(action); });
    EXPECT_TRUE(office_.Open().ok());
    office_.centre().Tell(
        domain::OperatorItem{OperatorId::Of("made"), {}, domain::Role::kSupervisor});
    office_.Equip(/*prrs=*/10, /*blanks=*/25);
    office_.centre().Tell(Ayu());
    EXPECT_TRUE(office_.Sync().ok());
  }

  void Step() {
    if (prng_.Chance(1, 25)) FailSoon();
    const uint64_t die = prng_.Below(100);
    if (die < 60) {
      DoTwice(DrawInput());
    } else if (die < 75) {
      TellSomething();
    } else if (die < 85) {
      prng_.Chance(1, 4) ? office_.Disconnect() : Sync();
    } else if (die < 93) {
      Time();
    } else {
      CheckReplay();
      prng_.Chance(1, 2) ? office_.Kill() : office_.PowerCut(prng_);
    }
    if (!office_.running() || office_.store().failed()) Restart();
  }

  void Finish() {
    Sync();
    if (office_.store().failed()) Restart();
    CheckReplay();
    CheckLog();
    EXPECT_EQ(office_.centre().complaints(), std::vector<std::string>());
  }

  size_t cards() const { return office_.core().journal().order().size(); }
  size_t batches() const { return office_.core().batches().order().size(); }

 private:
  void FailSoon() {
    office_.store().FailNextWrite(prng_.Chance(1, 2)
                                      ? storage::FaultyStore::Failure::kNotWritten
                                      : storage::FaultyStore::Failure::kUnknownButWritten);
  }

  void Restart() {
    prng_.Chance(1, 2) ? office_.Kill() : office_.PowerCut(prng_);
    ASSERT_TRUE(office_.Open().ok());
    CheckReplay();
  }

  // Every entry is durable before it is acted on, so an act is in the store when it is handed over.
  void OnAction(const Action& action) {
    const auto* submit = std::get_if<SubmitJob>(&action);
    if (submit == nullptr) return;
    EXPECT_TRUE(submitted_.insert(submit->act).second) << "handed to the printer twice";
    EXPECT_EQ(office_.store().unsynced_batches(), 0u);
    EXPECT_NE(office_.core().journal().Find(submit->act), nullptr);
  }

  // Said twice, these are two acts, or two refusals.
  static bool IsNewEachTime(const Input& input) {
    return std::holds_alternative<Print>(input) || std::holds_alternative<OpenBatch>(input) ||
           std::holds_alternative<SpoilBlank>(input) ||
           std::holds_alternative<PrintTestCard>(input) ||
           std::holds_alternative<GrantOverride>(input) ||
           std::holds_alternative<MaintainPrinter>(input);
  }

  void DoTwice(const Input& input) {
    const auto first = office_.node().Handle(input);
    if (!first.ok() || IsNewEachTime(input)) return;
    const std::string once = Digest(office_.core(), office_.clock().Now());
    if (!office_.node().Handle(input).ok()) return;
    EXPECT_EQ(Digest(office_.core(), office_.clock().Now()), once) << "input " << input.index();
  }

  Input DrawInput() {
    const OperatorId who = OperatorId::Of(prng_.Chance(1, 30) ? "stranger" : "ayu");
    const ActId act = DrawAct();
    switch (prng_.Below(13)) {
      case 0:
      case 1:
      case 2:
        return Print{.act = office_.node().NewAct(),
                     .operator_id = who,
                     .printer = domain::PrinterId::Of(prng_.Chance(1, 2) ? "p1" : "p2"),
                     .blank = DrawBlank(),
                     .prr = prng_.Chance(2, 3) ? PrrId() : DrawPrr()};
      case 3:
      case 4:
      case 5:
        return PrinterReported{.act = act,
                               .answer = static_cast<PrinterAnswer>(prng_.Below(5)),
                               .printer_job = static_cast<int32_t>(prng_.Below(3))};
      case 6:
      case 7:
        return VerifyCard{.act = act,
                          .scanned = DrawScan(act),
                          .nik_tail = prng_.Chance(1, 20) ? "1234" : "0007",
                          .operator_id = who};
      case 8:
        if (prng_.Chance(1, 3)) return CancelJob{.act = act, .operator_id = who};
        return SpoilCard{.act = act,
                         .cause = domain::SpoilCause::kPrint,
                         .operator_id = who,
                         .scanned = prng_.Chance(1, 3) ? DrawScan(act) : BlankSerial()};
      case 9:
        return ReleaseJob{.act = act, .operator_id = who};
      case 10:
        return prng_.Chance(1, 2) ? DrawBatchOrCorrection(who) : DrawMachineAct(who);
      case 11:
        if (prng_.Chance(1, 2)) return Started{};
        return SpoilBlank{.act = office_.node().NewAct(),
                          .blank = DrawBlank(),
                          .cause = domain::SpoilCause::kFactory,
                          .operator_id = who};
      default:
        if (prng_.Chance(1, 2)) return AcknowledgeAction{DrawAction(), who};
        return ReceiveTransfer{.act = office_.node().NewAct(),
                               .transfer = DrawTransfer(),
                               .scanned = DrawSerials(),
                               .operator_id = who};
    }
  }

  Input DrawBatchOrCorrection(const OperatorId& who) {
    const auto& batches = office_.core().batches().order();
    const auto& jobs = office_.core().journal().order();
    if (prng_.Chance(1, 6) && !batches.empty()) return CloseBatch{batches.back(), who};
    if (prng_.Chance(1, 3) && !jobs.empty()) {
      const ActId subject = jobs[prng_.Below(jobs.size())];
      return CorrectAnswer{.act = office_.node().NewAct(),
                           .subject = subject,
                           .event = crypto::Sha256({subject.value()}),
                           .reason = domain::CorrectionReason::kWrongAnswer,
                           .operator_id = who,
                           .second = OperatorId::Of(prng_.Chance(1, 10) ? "ayu" : "made")};
    }
    OpenBatch open{.act = office_.node().NewAct(),
                   .job = office_.node().NewAct(),
                   .operator_id = who,
                   .printer = domain::PrinterId::Of(prng_.Chance(1, 2) ? "p1" : "p2"),
                   .blanks = {}};
    const domain::SerialSet tray = office_.core().tray().available();
    tray.ForEach([&](const BlankSerial& blank) {
      if (open.blanks.size() < 5 && prng_.Chance(1, 3)) open.blanks.push_back(blank);
    });
    if (prng_.Chance(1, 2)) std::reverse(open.blanks.begin(), open.blanks.end());
    return open;
  }

  Input DrawMachineAct(const OperatorId& who) {
    const auto printer = domain::PrinterId::Of(prng_.Chance(1, 2) ? "p1" : "p2");
    const ActId act = office_.node().NewAct();
    switch (prng_.Below(7)) {
      case 0:
        return PrintTestCard{act, who, printer, DrawBlank()};
      case 1:
        return ReleasePrinter{act, printer, who};
      case 2:
        return DrawAdoption(act, printer, who);
      case 3:
        return GrantOverride{.act = act,
                             .kind = domain::OverrideKind::kDuty,
                             .printer = printer,
                             .prints = static_cast<uint32_t>(prng_.Below(3)),
                             .operator_id = who};
      case 4:
        return CorrectOfficeDay{act,
                                absl::ToCivilDay(office_.clock().Now().wall, absl::UTCTimeZone()) +
                                    prng_.Between(-2, 2),
                                who, OperatorId::Of("made")};
      case 5:
        return MoveConsumable{
            .act = act,
            .kind = domain::ConsumableKind::kRibbon,
            .step = static_cast<domain::ConsumableStep>(prng_.Between(1, 4)),
            .consumable = domain::ConsumableId::Of(absl::StrCat("R", prng_.Below(3))),
            .panels = static_cast<uint32_t>(prng_.Below(500)),
            .printer = printer,
            .operator_id = who,
            .second = OperatorId::Of("made")};
      default:
        return MaintainPrinter{act, printer, domain::MaintenanceKind::kCleaningCard, who};
    }
  }
  AdoptPrinter DrawAdoption(const ActId& act, const domain::PrinterId& printer,
                            const OperatorId& who) {
    return {.act = act,
            .printer = printer,
            .basis = static_cast<domain::AdoptionBasis>(prng_.Between(1, 3)),
            .slip = {.printer = printer,
                     .from = domain::NodeId::Of("kintamani"),
                     .day = absl::CivilDay(2017, 4, 27),
                     .fed_today = static_cast<uint32_t>(prng_.Below(kLimit + 2)),
                     .wear = prng_.Below(1000),
                     .event = crypto::Sha256({act.value()})},
            .operator_id = who};
  }

  ActId DrawAct() {
    const auto& order = office_.core().journal().order();
    const auto open = office_.core().journal().OpenJobs();
    if (!open.empty() && prng_.Chance(4, 5)) return open[prng_.Below(open.size())]->intent.act;
    return order.empty() ? ActId::Of("none") : order[prng_.Below(order.size())];
  }
  BlankSerial DrawBlank() {
    return BlankSerial::Of(absl::StrFormat("A%04d", prng_.Between(1, 60)));
  }
  BlankSerial DrawScan(const ActId& act) {
    const Job* job = office_.core().journal().Find(act);
    const auto open = office_.core().journal().OpenJobs();
    if (!open.empty() && prng_.Chance(1, 5)) return open[prng_.Below(open.size())]->intent.blank;
    return job == nullptr || prng_.Chance(1, 5) ? DrawBlank() : job->intent.blank;
  }
  PrrId DrawPrr() { return PrrId::Of(absl::StrFormat("prr-%03d", prng_.Between(1, 30))); }
  domain::TransferId DrawTransfer() {
    return domain::TransferId::Of(absl::StrCat("t-", prng_.Between(1, 3)));
  }
  domain::ActionId DrawAction() {
    return domain::ActionId::Of(absl::StrCat("action-", prng_.Between(1, 3)));
  }
  domain::SerialSet DrawSerials() {
    domain::SerialSet serials;
    for (uint64_t i = prng_.Below(20); i > 0; --i) serials.Insert(DrawBlank());
    return serials;
  }

  // She may do everything that is drawn here.
  static domain::OperatorItem Ayu() {
    return {
        OperatorId::Of("ayu"), {domain::ApplicationVersion::Of("8.1")}, domain::Role::kSupervisor};
  }
  domain::OperatorItem DrawRosterEntry() {
    domain::OperatorItem person = Ayu();
    if (prng_.Chance(1, 10)) person.certified.clear();
    person.active = !prng_.Chance(1, 20);
    return person;
  }

  void TellSomething() {
    tests::PaperCentre& centre = office_.centre();
    const PrrId prr = DrawPrr();
    domain::PrrItem item = tests::PrintablePrr(prr.value(), static_cast<int>(prng_.Below(50)));
    item.lease_epoch.counter = static_cast<uint32_t>(prng_.Between(1, 3));
    switch (prng_.Below(8)) {
      case 0:
        item.withdrawn = true;
        item.record.clear();
        item.nik_tail.clear();
        break;
      case 1:
        item.release_requested = true;
        break;
      case 2:
        item.lease_holder = domain::NodeId::Of("kintamani");
        item.record.clear();
        break;
      case 3:
        return centre.Tell(domain::TransferItem{DrawTransfer(), DrawSerials()});
      case 4: {
        domain::ActionItem action;
        action.action = DrawAction();
        action.case_id = domain::CaseId::Of("case-1");
        return centre.Tell(action);
      }
      case 5:
        return centre.Tell(DrawRosterEntry());
      default:
        break;
    }
    centre.Tell(item);
  }

  void Sync() {
    office_.centre().set_batch_size(1 + prng_.Below(5));
    const absl::Status status = office_.Sync();
    if (office_.store().failed()) return;
    EXPECT_TRUE(status.ok()) << status;
    EXPECT_EQ(office_.core().catalogue().state(), office_.centre().feed_state());
    EXPECT_EQ(office_.centre().entries().size(), office_.node().store().log().head().seq);
  }

  void Time() {
    if (prng_.Chance(1, 2)) {
      office_.Advance(absl::Minutes(prng_.Between(0, 500)));
    } else {
      office_.clock().SetWall(office_.clock().Now().wall + absl::Hours(prng_.Between(-48, 48)));
    }
  }

  // Reads the store as it is into a new core.
  void CheckReplay() {
    if (office_.store().failed()) return;
    const auto cipher = crypto::RecordCipher::FromKey(std::string(32, 'k'));
    EdgeCore core(Settings());
    auto store = EdgeStore::Open(
        &office_.store(), *cipher, [](size_t size) { return std::string(size, 'r'); },
        domain::NodeId::Of("susut"), domain::IncarnationId::Of("inc-1"), core);
    ASSERT_TRUE(store.ok()) << store.status();
    ASSERT_EQ(Digest(core, office_.clock().Now()), Digest(office_.core(), office_.clock().Now()));
  }

  void CheckLog() {
    tests::LogLaws laws(kLimit);
    EXPECT_TRUE(office_.node()
                    .store()
                    .log()
                    .Read(1, UINT64_MAX, SIZE_MAX,
                          [&laws](uint64_t, absl::string_view bytes) {
                            const auto entry = domain::ParseEntry(bytes);
                            laws.Check(*wire::DecodeEvent(entry->header.type, entry->payload));
                            return true;
                          })
                    .ok());
    laws.CheckTray(office_.core());
  }

  base::Prng prng_;
  tests::Office office_;
  std::set<ActId> submitted_;
};

TEST(EdgeNodePropertyTest, LawsHoldWhateverHappens) {
  size_t cards = 0, batches = 0;
  for (uint64_t seed = 1; seed <= 25; ++seed) {
    Life life(seed);
    for (int i = 0; i < 300 && !HasFailure(); ++i) life.Step();
    if (!HasFailure()) life.Finish();
    ASSERT_FALSE(HasFailure()) << "seed " << seed;
    cards += life.cards();
    batches += life.batches();
  }
  EXPECT_GT(cards, 25u * 5) << "cards are printed at all";
  EXPECT_GT(batches, 25u) << "and batches opened";
}

}  // namespace
}  // namespace keping::edge
