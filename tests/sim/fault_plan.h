// Which faults a seed brings, and how often. Each kind is on in some seeds only ("swarm testing",
// Groce et al., 2012): a rare fault that is not drowned by the others reaches other states.
//
//   FaultPlan plan = DrawFaultPlan(prng);
//   if (plan.edge_kill.Strikes(prng, kHour)) …
#ifndef KEPING_TESTS_SIM_FAULT_PLAN_H_
#define KEPING_TESTS_SIM_FAULT_PLAN_H_

#include "common/base/prng.h"
#include "edge_node/printing/simulated_printer.h"
#include "tests/sim/event_queue.h"

namespace keping::sim {

// Something that happens now and then: `mean` apart on average, never when `mean` is 0.
struct Rate {
  Micros mean = 0;

  bool on() const { return mean > 0; }
  // Whether it happens within the next `span`.
  bool Strikes(base::Prng& prng, Micros span) const;
};

// A share of all occasions, in thousandths.
struct Share {
  uint32_t permille = 0;

  bool Strikes(base::Prng& prng) const { return permille > 0 && prng.Chance(permille, 1000); }
};

struct FaultPlan {
  // The links of each office; `partition` lasts from half a day to three days.
  Rate link_cut;
  Rate partition;
  Share stream_break;   // of frames
  Share slow_frame;     // of frames: minutes instead of milliseconds
  Rate courier;         // a person leaves with a stick, mostly while the link is cut
  Share feed_omission;  // of feed batches: an item is left out
  Rate impostor;
  bool late_notice = false;  // the two ends of a broken stream learn of it much later

  // Each office's machine.
  Rate edge_kill;
  Rate edge_power_cut;
  Rate edge_write_failure;
  Rate clock_set;
  Rate edge_restore;  // the database, or the whole disk, is set back to an older copy
  Rate clone;         // a second machine runs with a copy of the whole disk
  Rate log_damage;    // one of the last entries of the log cannot be read any more

  // Each printer.
  edge::OutcomeOdds printer_odds;
  Rate printer_unreachable;
  Rate printer_power_cut;
  Share late_refusal;  // of accepted jobs: the printer says "busy" as well, moments later

  // People. The first three are errors without consequence, the others are false answers or slips.
  Share wrong_digits;
  Share odd_request;
  Share impatience;  // print is pressed while a card waits for its answer
  Share swapped_blank;
  Share spoiled_blank;
  Share wrong_scan;
  Share false_answer;
  Share wrong_box;
  // No faults: trays printed in one go, and what people do with them and with wrong scans.
  Share batch;
  Share change_of_mind;  // of looks at a batch that feeds: it is stopped, or a job is called off
  Share correction;      // of wrong scans: the colleague sees it at once

  // Of the rest of the case table: what people write down that is not so, or do not write down.
  Rate unslipped_lending;  // blanks go to another office, and only that one writes it down
  Rate theft;
  Share miscount;        // of counts: a serial is left out
  Share stray_in_box;    // of boxes: a blank that the books have in the district's stock is in it
  Share unburnt;         // of boxes: a card of the fire is scanned with them
  Share stale_override;  // of refusals for want of contact: the supervisor lets them print
  Share forgotten_card;  // of jobs in doubt: nobody looks for days
  Rate false_figures;    // a report whose sum is not that of its parts
  Rate wrong_name;       // a chip is written down for another blank
  Share shifted_tray;    // of trays: the hopper was loaded one off
  Share lost_box;        // of boxes: it never arrives, and nobody says so
  Rate unasked_print;    // a program that keeps no rule prints under a lease that was given back
  Rate lapse;            // somebody's certificate is taken back, mostly of an office without a link
  Rate blank_request;    // no fault, as the next one
  Rate decision;         // of two officers, on some open case
  uint32_t picture_days = 0;  // that the district keeps pictures; 0: as the program says
  bool low_duty = false;      // the district states less for a printer than its office has

  // The district and the national side.
  Rate centre_kill;
  Rate centre_power_cut;
  Rate centre_write_failure;
  Rate centre_restore;  // its database is set back to an older copy
  Rate node_end;        // of each node: it is revoked, or declared lost
  Rate lease_move;
  Rate forced_move;
  Rate withdrawal;
  Rate new_version;
  Share printed_elsewhere;  // of withdrawals
  Rate replacement;         // a record that takes the place of another one
  Rate second_record;       // another record of the same person
  Rate national_cut;
  Share national_answer_lost;
  Share national_repeat;
};

FaultPlan DrawFaultPlan(base::Prng& prng);

}  // namespace keping::sim

#endif  // KEPING_TESTS_SIM_FAULT_PLAN_H_
