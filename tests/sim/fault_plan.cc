#include "tests/sim/fault_plan.h"

#include <algorithm>

namespace keping::sim {
namespace {

class Draw {
 public:
  explicit Draw(base::Prng& prng) : prng_(prng) {}

  // On in two seeds of three, at between a third of and three times the usual distance.
  Rate Often(Micros usual) { return prng_.Chance(2, 3) ? Rate{Spread(usual)} : Rate{}; }
  Rate Seldom(Micros usual, uint64_t one_in) {
    return prng_.Chance(1, one_in) ? Rate{Spread(usual)} : Rate{};
  }
  Share Some(uint32_t most) {
    return prng_.Chance(2, 3) ? Share{static_cast<uint32_t>(1 + prng_.Below(most))} : Share{};
  }
  Share FewSeeds(uint32_t most) { return prng_.Chance(1, 3) ? Some(most) : Share{}; }
  uint32_t Odds(uint32_t most) {
    return prng_.Chance(2, 3) ? static_cast<uint32_t>(prng_.Below(most + 1)) : 0;
  }

 private:
  Micros Spread(Micros usual) { return usual / 3 + prng_.Below(usual * 8 / 3); }

  base::Prng& prng_;
};

// Not both kinds of forgetting in one seed: see README.md.
void SeparateForgetting(base::Prng& prng, FaultPlan& plan) {
  const bool offices_forget = plan.edge_restore.on() || plan.clone.on() || plan.log_damage.on();
  if (offices_forget && (plan.centre_restore.on() || plan.node_end.on())) {
    if (prng.Chance(1, 2)) {
      plan.edge_restore = plan.clone = plan.log_damage = {};
    } else {
      plan.centre_restore = plan.node_end = {};
    }
  }
}

// Drawn last, so that the seeds keep what they had.
void DrawMistakes(Draw& draw, base::Prng& prng, FaultPlan& plan) {
  plan.unslipped_lending = draw.Seldom(2 * kDay, 4);
  plan.theft = draw.Seldom(2 * kDay, 4);
  plan.miscount = draw.FewSeeds(300);
  plan.stray_in_box = draw.FewSeeds(200);
  plan.unburnt = draw.FewSeeds(300);
  plan.stale_override = draw.FewSeeds(300);
  plan.forgotten_card = draw.FewSeeds(300);
  plan.false_figures = draw.Seldom(2 * kDay, 4);
  plan.wrong_name = draw.Seldom(2 * kDay, 4);
  plan.low_duty = prng.Chance(1, 8);
  plan.printed_elsewhere = draw.FewSeeds(500);
  plan.replacement = draw.Seldom(12 * kHour, 4);
  plan.second_record = draw.Seldom(12 * kHour, 4);
  plan.shifted_tray = draw.FewSeeds(300);
  plan.lost_box = draw.FewSeeds(100);
  plan.picture_days = prng.Chance(1, 4) ? static_cast<uint32_t>(1 + prng.Below(3)) : 0;
  plan.blank_request = draw.Seldom(2 * kDay, 4);
  plan.decision = draw.Seldom(6 * kHour, 3);
  plan.unasked_print = draw.Seldom(kDay, 5);
  plan.lapse = draw.Seldom(2 * kDay, 4);
  // Whoever tells a centre that was set back what it had sent must find it where it was sent.
  if (plan.centre_restore.on()) {
    plan.unslipped_lending = {};
    plan.stray_in_box = {};
  }
}

}  // namespace

bool Rate::Strikes(base::Prng& prng, Micros span) const {
  return on() && prng.Below(std::max(mean, span)) < static_cast<uint64_t>(span);
}

FaultPlan DrawFaultPlan(base::Prng& prng) {
  Draw draw(prng);
  FaultPlan plan;
  plan.link_cut = draw.Often(8 * kHour);
  plan.partition = draw.Often(8 * kDay);
  plan.stream_break = draw.Some(10);
  plan.slow_frame = draw.Some(20);
  plan.feed_omission = draw.FewSeeds(20);
  plan.impostor = draw.Seldom(kDay, 3);
  plan.late_notice = prng.Chance(1, 2);
  plan.edge_kill = draw.Often(2 * kDay);
  plan.edge_power_cut = draw.Often(2 * kDay);
  plan.edge_write_failure = draw.Often(2 * kDay);
  plan.clock_set = draw.Often(2 * kDay);
  plan.edge_restore = draw.Seldom(6 * kDay, 6);
  plan.printer_odds = {.good = 1000,
                       .report_lost = draw.Odds(20),
                       .aborted_unfed = draw.Odds(10),
                       .aborted_spoiled = draw.Odds(20),
                       .refused = draw.Odds(20),
                       .power_cut = draw.Odds(5)};
  plan.printer_unreachable = draw.Often(2 * kDay);
  plan.printer_power_cut = draw.Often(3 * kDay);
  plan.late_refusal = draw.Some(20);
  plan.wrong_digits = draw.Some(10);
  plan.odd_request = draw.Some(40);
  plan.impatience = draw.Some(20);
  plan.swapped_blank = draw.Some(5);
  plan.spoiled_blank = draw.Some(10);
  plan.wrong_scan = draw.FewSeeds(4);
  plan.false_answer = draw.FewSeeds(4);
  plan.wrong_box = draw.FewSeeds(200);
  plan.centre_kill = draw.Often(3 * kDay);
  plan.centre_power_cut = draw.Often(3 * kDay);
  plan.centre_write_failure = draw.Often(2 * kDay);
  plan.lease_move = draw.Often(3 * kHour);
  plan.forced_move = draw.Seldom(2 * kDay, 3);
  plan.withdrawal = draw.Often(6 * kHour);
  plan.new_version = draw.Often(12 * kHour);
  plan.national_cut = draw.Often(kDay);
  plan.national_answer_lost = draw.Some(100);
  plan.national_repeat = draw.Some(100);
  // Swapped blanks are the people's: they know which blank lies where.
  edge::OutcomeOdds& odds = plan.printer_odds;
  odds.jam = draw.Odds(10);
  odds.heat = draw.Odds(5);
  odds.silent_success = draw.Odds(5);
  odds.silent_spoil = draw.Odds(5);
  odds.slow = draw.Odds(20);
  odds.busy = draw.Odds(10);
  odds.gone = draw.Odds(5);
  plan.batch = draw.Some(300);
  plan.change_of_mind = draw.Some(100);
  plan.correction = draw.Some(1000);
  plan.clone = draw.Seldom(6 * kDay, 6);
  plan.log_damage = draw.Seldom(6 * kDay, 6);
  plan.centre_restore = draw.Seldom(8 * kDay, 4);
  plan.courier = draw.Seldom(2 * kHour, 3);
  plan.node_end = draw.Seldom(30 * kDay, 6);
  SeparateForgetting(prng, plan);
  DrawMistakes(draw, prng, plan);
  return plan;
}

}  // namespace keping::sim
