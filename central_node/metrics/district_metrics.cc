#include "central_node/metrics/district_metrics.h"

#include <algorithm>
#include <utility>

#include "common/ledger/account.h"
#include "common/metrics/exposition.h"

namespace keping::central {
namespace {

using metrics::Exposition;
using metrics::Metric;

constexpr Metric kInfo{"keping_central_info", "1; the label says which version runs here."};
constexpr Metric kStarted{"process_start_time_seconds",
                          "When this program started, by its wall clock, since the Unix epoch."};

constexpr Metric kOffices{
    "keping_central_offices",
    "Offices by state: connected, silent (no session), troubled (its log was forked or set back), "
    "ended (revoked, retired or lost), not_enrolled (only in the configuration)."};
constexpr Metric kUnheard{"keping_central_offices_unheard",
                          "Offices that have to say what they were told before the centre was set "
                          "back; until then nothing new is given out."};
constexpr Metric kConnected{"keping_central_office_connected",
                            "1 while the office has a session; absent for one that has ended."};
constexpr Metric kContactAge{
    "keping_central_office_contact_age_seconds",
    "Since the office was last heard; 0 while it has a session; absent for "
    "one that was never heard, or has ended."};
constexpr Metric kTroubled{"keping_central_office_troubled",
                           "1 while the office's log is known to be forked or set back; absent "
                           "for one that has ended."};
constexpr Metric kProven{"keping_central_office_log_entries_proven",
                         "Entries of the office's log that are held and countersigned."};
constexpr Metric kRecordsLeft{"keping_central_office_records",
                              "Records leased to the office and not printed, by what is proven."};
constexpr Metric kBlanksLeft{"keping_central_office_blanks",
                             "Blanks in the office's stock, by what is proven."};
constexpr Metric kDaysLeft{"keping_central_office_autonomy_days",
                           "Days for which the scarcer of the two lasts without a link; absent "
                           "for an office that has ended."};

constexpr Metric kEntries{"keping_central_log_entries",
                          "Entries of the offices' logs that are held here."};
constexpr Metric kToJudge{"keping_central_entries_to_judge",
                          "Entries that are receipted and not judged yet: stock and cases do not "
                          "know of them."};
constexpr Metric kCases{"keping_central_cases_open", "Cases that are not closed, by kind."};
constexpr Metric kDaysOpen{"keping_central_days_left_open",
                           "Days that are over and wait for a person to close them."};
constexpr Metric kErasure{"keping_central_destruction_unfinished",
                          "1 while what was destroyed may still lie in the database's files."};

constexpr Metric kBlanks{"keping_central_blanks",
                         "Blanks of the whole district by account of the custody ledger."};
constexpr Metric kUnaccounted{"keping_central_blanks_unaccounted",
                              "Blanks that somebody claims and no allotment or opening inventory "
                              "covers."};
constexpr Metric kBalanced{"keping_central_ledger_balanced",
                           "1 while the ledger's closing equation holds."};
constexpr Metric kRecords{"keping_central_records",
                          "Print-ready records by state: leased, printed, withdrawn."};
constexpr Metric kRecordsReceived{"keping_central_records_received",
                                  "Print-ready records that the nation handed over."};

constexpr Metric kReports{"keping_central_national_reports",
                          "Reports to the national server by state: waiting, confirmed, rejected."};
constexpr Metric kCircuit{"keping_central_national_circuit",
                          "1 for the state of the circuit breaker: closed (the national server "
                          "answers), open (it is left alone for a while), half-open (one question "
                          "finds out)."};
constexpr Metric kDown{"keping_central_national_down_seconds",
                       "Since the national server does not answer; 0: it does."};

constexpr Metric kBackupAge{"keping_central_backup_age_seconds",
                            "Age of the last backup that was handed over whole; absent: none is "
                            "known."};
constexpr Metric kDiskFree{"keping_central_disk_free_bytes", "Free on the disk of the database."};
constexpr Metric kBytesSent{"keping_central_sync_sent_bytes_total",
                            "Bytes of sync frames sent to offices since the program started."};
constexpr Metric kBytesReceived{"keping_central_sync_received_bytes_total",
                                "Bytes of sync frames received from offices since the program "
                                "started."};

constexpr CircuitBreaker::State kCircuitStates[] = {
    CircuitBreaker::State::kClosed, CircuitBreaker::State::kOpen, CircuitBreaker::State::kHalfOpen};

// A clock that is set back makes no time negative.
double SecondsSince(absl::Time then, absl::Time now) {
  return std::max(0.0, absl::ToDoubleSeconds(now - then));
}

const char* StateOf(const v1::Node& node) {
  if (!node.ended().empty()) return "ended";
  if (!node.problem().empty()) return "troubled";
  return node.connected() ? "connected" : "silent";
}

void ShowOffice(const v1::Node& node, absl::Time now, Exposition& page) {
  const metrics::Labels labels = {{"office", node.node()}};
  page.Gauge(kProven, static_cast<double>(node.proven_seq()), labels);
  page.Gauge(kRecordsLeft, static_cast<double>(node.records_left()), labels);
  page.Gauge(kBlanksLeft, static_cast<double>(node.blanks_left()), labels);
  if (!node.ended().empty()) return;
  page.Gauge(kTroubled, !node.problem().empty(), labels);
  page.Gauge(kDaysLeft, node.days_left(), labels);
  page.Gauge(kConnected, node.connected(), labels);
  if (node.connected()) {
    page.Gauge(kContactAge, 0, labels);
  } else if (node.last_contact_micros() > 0) {
    const absl::Time heard = absl::FromUnixMicros(node.last_contact_micros());
    page.Gauge(kContactAge, SecondsSince(heard, now), labels);
  }
}

void ShowOffices(const DistrictFigures& figures, Exposition& page) {
  std::map<std::string, uint64_t> states = {
      {"connected", 0}, {"silent", 0}, {"troubled", 0}, {"ended", 0}, {"not_enrolled", 0}};
  std::set<std::string> not_enrolled = figures.offices;
  for (const v1::Node& node : figures.nodes.nodes()) {
    not_enrolled.erase(node.node());
    ++states[StateOf(node)];
    ShowOffice(node, figures.now, page);
  }
  states["not_enrolled"] = not_enrolled.size();
  for (const auto& [state, offices] : states) {
    page.Gauge(kOffices, static_cast<double>(offices), {{"state", state}});
  }
  page.Gauge(kUnheard, figures.status.nodes_unheard_size());
}

void ShowCases(const DistrictFigures& figures, Exposition& page) {
  for (const domain::CaseKind kind : domain::kCaseKinds) {
    const auto found = figures.open_cases.find(kind);
    const uint64_t open = found == figures.open_cases.end() ? 0 : found->second;
    page.Gauge(kCases, static_cast<double>(open), {{"kind", domain::CaseKindName(kind)}});
  }
  page.Gauge(kEntries, static_cast<double>(figures.status.node_entries()));
  page.Gauge(kToJudge, static_cast<double>(figures.status.entries_to_judge()));
  page.Gauge(kDaysOpen, figures.status.days_left_open());
  page.Gauge(kErasure, figures.status.destruction_unfinished());
}

// Of all holders together: an account has many.
void ShowStock(const DistrictFigures& figures, Exposition& page) {
  std::map<std::string, uint64_t> accounts;
  for (const ledger::Account account : ledger::kAllAccounts) {
    if (!ledger::IsSource(account)) accounts[ledger::AccountName(account)] = 0;
  }
  for (const v1::Balance& balance : figures.stock.balances()) {
    accounts[balance.account()] += balance.quantity();
  }
  for (const auto& [account, quantity] : accounts) {
    page.Gauge(kBlanks, static_cast<double>(quantity), {{"account", account}});
  }
  page.Gauge(kUnaccounted, static_cast<double>(figures.stock.unaccounted()));
  page.Gauge(kBalanced, figures.stock.balanced());
  const v1::GetStatusResponse& status = figures.status;
  page.Gauge(kRecordsReceived, static_cast<double>(status.prrs_received()));
  page.Gauge(kRecords, static_cast<double>(status.prrs_leased()), {{"state", "leased"}});
  page.Gauge(kRecords, static_cast<double>(status.prrs_printed()), {{"state", "printed"}});
  page.Gauge(kRecords, static_cast<double>(status.prrs_withdrawn()), {{"state", "withdrawn"}});
}

void ShowNation(const DistrictFigures& figures, Exposition& page) {
  const v1::GetStatusResponse& status = figures.status;
  page.Gauge(kReports, static_cast<double>(status.reports_waiting()), {{"state", "waiting"}});
  page.Gauge(kReports, static_cast<double>(status.reports_confirmed()), {{"state", "confirmed"}});
  page.Gauge(kReports, static_cast<double>(status.reports_rejected()), {{"state", "rejected"}});
  for (const CircuitBreaker::State state : kCircuitStates) {
    page.Gauge(kCircuit, state == figures.circuit, {{"state", StateName(state)}});
  }
  page.Gauge(kDown, figures.national_down_since.has_value()
                        ? SecondsSince(*figures.national_down_since, figures.now)
                        : 0);
}

void ShowMachine(const DistrictFigures& figures, Exposition& page) {
  page.Gauge(kInfo, 1, {{"version", figures.version}});
  page.Gauge(kStarted, absl::ToDoubleSeconds(figures.started - absl::UnixEpoch()));
  if (figures.last_backup.has_value()) {
    page.Gauge(kBackupAge, SecondsSince(*figures.last_backup, figures.now));
  }
  page.Gauge(kDiskFree, static_cast<double>(figures.disk_free_bytes));
  page.Counter(kBytesSent, static_cast<double>(figures.status.bytes_sent()));
  page.Counter(kBytesReceived, static_cast<double>(figures.status.bytes_received()));
}

}  // namespace

std::string DistrictMetrics(const DistrictFigures& figures) {
  Exposition page(metrics::Labels{{"district", figures.status.district()}});
  ShowOffices(figures, page);
  ShowCases(figures, page);
  ShowStock(figures, page);
  ShowNation(figures, page);
  ShowMachine(figures, page);
  return page.Text();
}

}  // namespace keping::central
