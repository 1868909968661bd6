#include "edge_node/metrics/office_metrics.h"

#include <algorithm>
#include <cstdint>
#include <utility>

#include "common/metrics/exposition.h"

namespace keping::edge {
namespace {

using metrics::Exposition;
using metrics::Metric;

// As the counter names them (CounterView).
constexpr const char* kPrinterStates[] = {"ready", "busy", "stopped", "unreachable"};

constexpr Metric kInfo{"keping_edge_info", "1; the labels say which program runs here."};
constexpr Metric kStarted{"process_start_time_seconds",
                          "When this program started, by its wall clock, since the Unix epoch."};

constexpr Metric kLinkUp{"keping_edge_link_up", "1 while a session with the centre is up."};
constexpr Metric kContactAge{
    "keping_edge_contact_age_seconds",
    "Since the centre last countersigned this log, by this machine's clock; absent before that."};
constexpr Metric kEntries{"keping_edge_log_entries", "Entries of this node's log."};
constexpr Metric kUnproven{"keping_edge_log_entries_unproven",
                           "Entries that the centre has not countersigned: no proof that they "
                           "arrived."};
constexpr Metric kFrozen{"keping_edge_log_frozen",
                         "1 while nothing is written to the log: the machine was restored or "
                         "cloned, see keping-edge recover."};
constexpr Metric kLocked{"keping_edge_printing_locked",
                         "1 while printing is locked; the counter says why."};
constexpr Metric kClockBehind{"keping_edge_clock_behind_seconds",
                              "By how much this machine's clock is behind the newest entry of the "
                              "log: it was set back. 0: it is not."};
constexpr Metric kBytesSent{"keping_edge_sync_sent_bytes_total",
                            "Bytes of sync frames sent since the program started."};
constexpr Metric kBytesReceived{"keping_edge_sync_received_bytes_total",
                                "Bytes of sync frames received since the program started."};
constexpr Metric kCertificateLeft{"keping_edge_certificate_remaining_seconds",
                                  "Until this node's certificate expires; negative: it has."};

constexpr Metric kAutonomyDays{"keping_edge_autonomy_days",
                               "Working days for which this office can print with no link."};
constexpr Metric kPace{"keping_edge_autonomy_cards_per_day",
                       "The pace at which the autonomy is reckoned."};
constexpr Metric kSupplyDays{"keping_edge_supply_days",
                             "Working days for which one supply lasts at that pace."};
constexpr Metric kBlanks{"keping_edge_blanks",
                         "Blanks of this office by where they are: tray (to be printed), under_way "
                         "(in a job), in_doubt (in a job whose outcome nobody knows), unconfirmed "
                         "(to be scanned after a recovery), used, spoiled."};
constexpr Metric kPrintable{"keping_edge_records_printable", "Records that can be printed now."};
constexpr Metric kRecordsMissing{"keping_edge_records_missing",
                                 "Records that the district assigned and that are not here yet."};
constexpr Metric kPrints{
    "keping_edge_prints",
    "Print jobs of this node's whole log by outcome: good, spoiled, unused (no "
    "card was fed), in_doubt, under_way. A gauge, since an answer can be set "
    "aside."};
constexpr Metric kFedOffline{"keping_edge_prints_offline",
                             "Print jobs that fed a card while no session with the centre was up."};
constexpr Metric kDoubts{"keping_edge_doubts_total", "Print jobs that ever were in doubt."};
constexpr Metric kRefusals{"keping_edge_refusals_total",
                           "Refused prints of this node's whole log by the code on screen."};
constexpr Metric kTransfersWaiting{"keping_edge_transfers_waiting",
                                   "Deliveries of blanks that were sent here and not received."};
constexpr Metric kActionsWaiting{"keping_edge_actions_waiting",
                                 "Orders of the district that nobody acknowledged here."};

constexpr Metric kPrinterState{"keping_edge_printer_state",
                               "1 for the state that the printer is in, 0 for the others."};
constexpr Metric kFedToday{"keping_edge_printer_cards_fed",
                           "Cards fed by the printer in the open office day."};
constexpr Metric kDuty{"keping_edge_printer_cards_per_day", "The printer's daily duty."};

constexpr Metric kDiskFree{"keping_edge_disk_free_bytes", "Free on the disk of the database."};
constexpr Metric kDiskReserve{"keping_edge_disk_reserve_bytes",
                              "Below so much free nothing is printed."};
constexpr Metric kMirrorBehind{
    "keping_edge_mirror_entries_missing",
    "Entries of the log that its second copy does not have; absent where "
    "no mirror folder is configured."};

// A status counts in MB of so many bytes.
constexpr double kMegabyte = 1 << 20;

double SinceMicros(int64_t micros, absl::Time now) {
  return absl::ToDoubleSeconds(now - absl::FromUnixMicros(micros));
}

void ShowLink(const OfficeFigures& figures, Exposition& page) {
  const v1::GetStatusResponse& status = figures.status;
  page.Gauge(kLinkUp, status.connected());
  if (status.last_receipt_micros() > 0) {
    // A clock that was set back has its own figure.
    page.Gauge(kContactAge, std::max(0.0, SinceMicros(status.last_receipt_micros(), figures.now)));
  }
  page.Gauge(kEntries, static_cast<double>(status.log_entries()));
  page.Gauge(kUnproven, static_cast<double>(status.log_entries() - status.log_entries_proven()));
  page.Gauge(kFrozen, figures.log_frozen);
  page.Gauge(kLocked, !status.lock_reason().empty());
  const absl::Duration behind = std::max(absl::ZeroDuration(), figures.newest_entry - figures.now);
  page.Gauge(kClockBehind, absl::ToDoubleSeconds(behind));
  page.Counter(kBytesSent, static_cast<double>(status.bytes_sent()));
  page.Counter(kBytesReceived, static_cast<double>(status.bytes_received()));
  if (status.has_certificate()) {
    page.Gauge(kCertificateLeft,
               -SinceMicros(status.certificate().valid_until_micros(), figures.now));
  }
}

void ShowSupplies(const v1::GetStatusResponse& status, Exposition& page) {
  page.Gauge(kAutonomyDays, status.autonomy().days());
  page.Gauge(kPace, status.autonomy().cards_per_day());
  for (const v1::SupplyLeft& supply : status.autonomy().supplies()) {
    page.Gauge(kSupplyDays, supply.days(), {{"supply", supply.supply()}});
  }
  const std::pair<const char*, uint64_t> blanks[] = {
      {"tray", status.blanks_in_tray()},      {"under_way", status.blanks_bound()},
      {"in_doubt", status.blanks_in_doubt()}, {"unconfirmed", status.blanks_unconfirmed()},
      {"used", status.blanks_used()},         {"spoiled", status.blanks_spoiled()}};
  for (const auto& [place, count] : blanks) {
    page.Gauge(kBlanks, static_cast<double>(count), {{"place", place}});
  }
  page.Gauge(kPrintable, static_cast<double>(status.prrs_printable()));
  page.Gauge(kRecordsMissing, static_cast<double>(status.records_missing()));
  page.Gauge(kTransfersWaiting, static_cast<double>(status.transfers_waiting()));
  page.Gauge(kActionsWaiting, static_cast<double>(status.actions_waiting()));
}

void ShowPrints(const OfficeFigures& figures, Exposition& page) {
  const JobCounts& jobs = figures.jobs;
  const std::pair<const char*, uint64_t> outcomes[] = {{"good", jobs.good},
                                                       {"spoiled", jobs.spoiled},
                                                       {"unused", jobs.unused},
                                                       {"in_doubt", jobs.in_doubt},
                                                       {"under_way", jobs.under_way}};
  for (const auto& [outcome, count] : outcomes) {
    page.Gauge(kPrints, static_cast<double>(count), {{"outcome", outcome}});
  }
  page.Gauge(kFedOffline, static_cast<double>(jobs.fed_offline));
  page.Counter(kDoubts, static_cast<double>(figures.status.doubts_opened()));
  for (const v1::RefusalCount& refusal : figures.status.refusals()) {
    page.Counter(kRefusals, static_cast<double>(refusal.count()), {{"code", refusal.code()}});
  }
}

void ShowMachines(const v1::GetStatusResponse& status, Exposition& page) {
  for (const v1::PrinterState& printer : status.printers()) {
    const metrics::Labels labels = {{"printer", printer.printer()}};
    page.State(kPrinterState, "state", kPrinterStates, printer.state(), labels);
    page.Gauge(kFedToday, printer.fed_today(), labels);
    page.Gauge(kDuty, printer.cards_per_day(), labels);
  }
  page.Gauge(kDiskFree, static_cast<double>(status.disk_free_mb()) * kMegabyte);
  page.Gauge(kDiskReserve, static_cast<double>(status.disk_reserve_mb()) * kMegabyte);
  if (status.has_mirror()) {
    const uint64_t there = std::min(status.mirror().entries(), status.log_entries());
    page.Gauge(kMirrorBehind, static_cast<double>(status.log_entries() - there));
  }
}

}  // namespace

std::string OfficeMetrics(const OfficeFigures& figures) {
  const v1::GetStatusResponse& status = figures.status;
  Exposition page(metrics::Labels{{"office", status.node()}});
  page.Gauge(kInfo, 1,
             {{"version", figures.version}, {"application", status.application_version()}});
  page.Gauge(kStarted, absl::ToDoubleSeconds(figures.started - absl::UnixEpoch()));
  ShowLink(figures, page);
  ShowSupplies(status, page);
  ShowPrints(figures, page);
  ShowMachines(status, page);
  return page.Text();
}

}  // namespace keping::edge
