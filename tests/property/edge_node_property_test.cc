// Laws of one edge node under random inputs, links, clocks, crashes and failing writes:
//   replay = live         a core read back from the store is the core that wrote it
//   twice = once          what is said twice has the effect of saying it once
//   persist, then act     no job is handed over before its intent is durable, none twice
//   one use per blank     and conservation of the tray
//   one card per record   whatever people repeat
#include <gtest/gtest.h>

#include <map>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "common/domain/entry.h"
#include "common/wire/event_codec.h"
#include "common/wire/feed_codec.h"
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
      " ", job.intent.attempt, " ", job.intent.control_position, " ", job.intent.offline, "\n");
}

std::string DutyText(const EdgeCore& core, const time::Moment& now) {
  const DutyGuard& duty = core.duty();
  std::string text = absl::StrCat("day ", duty.day(), " ", absl::FormatCivilTime(duty.date()));
  for (const auto& [printer, limit] : core.settings().cards_per_day) {
    absl::StrAppend(&text, " ", duty.FedToday(printer));
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

// The laws that a log alone shows, checked by walking it.
class LogLaws {
 public:
  void Check(const domain::Event& event) {
    if (std::get_if<domain::OfficeDayOpened>(&event) != nullptr) {
      ++day_;
      fed_.clear();
    } else if (const auto* received = std::get_if<domain::BlanksReceived>(&event)) {
      received->received.ForEach([this](const BlankSerial& blank) { received_.insert(blank); });
    } else if (const auto* intent = std::get_if<domain::PrintIntended>(&event)) {
      Intend(*intent);
    } else if (const auto* verified = std::get_if<domain::PrintVerified>(&event)) {
      const domain::PrintIntended& job = Settle(verified->act);
      if (verified->blank != job.blank) bound_.erase(job.blank);
      Use(verified->blank);
      EXPECT_TRUE(good_.insert(job.prr).second) << job.prr.value() << " has two good cards";
    } else if (const auto* spoiled = std::get_if<domain::PrintSpoiled>(&event)) {
      Settle(spoiled->act);
      Use(spoiled->blank);
    } else if (const auto* blank = std::get_if<domain::BlankSpoiled>(&event)) {
      Use(blank->blank);
    } else if (const auto* unused = std::get_if<domain::PrintUnused>(&event)) {
      const domain::PrintIntended job = Settle(unused->act);
      bound_.erase(job.blank);
      if (day_of_[unused->act] == day_) --fed_[job.printer];
    }
  }

  void CheckTray(const EdgeCore& core) const {
    const BlankTray& tray = core.tray();
    EXPECT_EQ(tray.Count(BlankUse::kBound), bound_.size());
    EXPECT_EQ(tray.Count(BlankUse::kUsed) + tray.Count(BlankUse::kSpoiled), used_.size());
    EXPECT_EQ(tray.available().size() + bound_.size() + used_.size(), received_.size());
    EXPECT_EQ(core.journal().OpenJobs().size(), open_.size());
  }

 private:
  void Intend(const domain::PrintIntended& intent) {
    EXPECT_TRUE(open_.emplace(intent.act, intent).second);
    EXPECT_TRUE(received_.contains(intent.blank));
    EXPECT_FALSE(used_.contains(intent.blank)) << intent.blank.text() << " was used before";
    EXPECT_TRUE(bound_.insert(intent.blank).second) << intent.blank.text() << " is in two jobs";
    EXPECT_FALSE(good_.contains(intent.prr)) << intent.prr.value() << " has a card";
    day_of_[intent.act] = day_;
    EXPECT_LE(++fed_[intent.printer], kLimit) << "day " << day_;
  }
  domain::PrintIntended Settle(const ActId& act) {
    const auto job = open_.find(act);
    EXPECT_NE(job, open_.end()) << act.value() << " is settled twice, or was never begun";
    if (job == open_.end()) return {};
    const domain::PrintIntended intent = job->second;
    open_.erase(job);
    return intent;
  }
  void Use(const BlankSerial& blank) {
    bound_.erase(blank);
    EXPECT_TRUE(received_.contains(blank));
    EXPECT_TRUE(used_.insert(blank).second) << blank.text() << " is in two uses";
  }

  uint64_t day_ = 0;
  std::map<domain::PrinterId, uint32_t> fed_;
  std::map<ActId, uint64_t> day_of_;
  std::map<ActId, domain::PrintIntended> open_;
  std::set<BlankSerial> received_;
  std::set<BlankSerial> bound_;
  std::set<BlankSerial> used_;
  std::set<PrrId> good_;
};

// One office's life, each step drawn from a seed.
class Life {
 public:
  explicit Life(uint64_t seed) : prng_(seed), office_(Settings()) {
    office_.set_on_action([this](const Action& action) { OnAction(action); });
    EXPECT_TRUE(office_.Open().ok());
    office_.Equip(/*prrs=*/10, /*blanks=*/25);
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

  void DoTwice(const Input& input) {
    const auto first = office_.node().Handle(input);
    if (!first.ok() || std::holds_alternative<Print>(input) ||
        std::holds_alternative<SpoilBlank>(input)) {
      return;
    }
    const std::string once = Digest(office_.core(), office_.clock().Now());
    if (!office_.node().Handle(input).ok()) return;
    EXPECT_EQ(Digest(office_.core(), office_.clock().Now()), once) << "input " << input.index();
  }

  Input DrawInput() {
    const OperatorId who = OperatorId::Of(prng_.Chance(1, 30) ? "stranger" : "ayu");
    const ActId act = DrawAct();
    switch (prng_.Below(12)) {
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
        return SpoilCard{.act = act, .cause = domain::SpoilCause::kPrint, .operator_id = who};
      case 9:
        return ReleaseJob{.act = act, .operator_id = who};
      case 10:
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

  domain::OperatorItem DrawRosterEntry() {
    domain::OperatorItem person{.operator_id = OperatorId::Of("ayu")};
    if (!prng_.Chance(1, 10)) person.certified = {domain::ApplicationVersion::Of("8.1")};
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
    LogLaws laws;
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
  size_t cards = 0;
  for (uint64_t seed = 1; seed <= 25; ++seed) {
    Life life(seed);
    for (int i = 0; i < 300 && !HasFailure(); ++i) life.Step();
    if (!HasFailure()) life.Finish();
    ASSERT_FALSE(HasFailure()) << "seed " << seed;
    cards += life.cards();
  }
  EXPECT_GT(cards, 25u * 5) << "cards are printed at all";
}

}  // namespace
}  // namespace keping::edge
