// The answers of a central node, for people.

#include "absl/strings/str_cat.h"
#include "common/cli/render.h"
#include "common/cli/table.h"

namespace keping::cli {
namespace {

namespace api = central_api;

std::string OrDash(const std::string& text) { return text.empty() ? "-" : text; }

std::string Count(uint64_t number) { return WithThousands(static_cast<int64_t>(number)); }

std::string YesNo(bool yes) { return yes ? "yes" : "no"; }

class CentralText {
 public:
  explicit CentralText(const OfficeTime& time) : time_(time) {}

  std::string operator()(const api::GetStatusResponse& status) const {
    Table table({{"District"}, {status.district()}});
    table.AddRow({"Generation", status.generation()});
    table.AddRow({"Log entries", Count(status.log_entries())});
    table.AddRow({"Entries of the nodes", Count(status.node_entries())});
    table.AddRow({"Nodes", Count(status.nodes())});
    table.AddRow({"  of them connected", Count(status.nodes_connected())});
    table.AddRow({"Records received", Count(status.prrs_received())});
    table.AddRow({"  leased", Count(status.prrs_leased())});
    table.AddRow({"  withdrawn", Count(status.prrs_withdrawn())});
    table.AddRow({"  printed", Count(status.prrs_printed())});
    table.AddRow({"Blanks allotted", Count(status.blanks_allotted())});
    table.AddRow({"Open cases", Count(status.cases_open())});
    table.AddRow({"Reports confirmed", Count(status.reports_confirmed())});
    table.AddRow({"  rejected", Count(status.reports_rejected())});
    table.AddRow({"  waiting", Count(status.reports_waiting())});
    table.AddRow({"Connected to the nation", YesNo(status.national_connected())});
    table.AddRow({"  last problem", OrDash(status.national_problem())});
    table.AddRow({"Bytes received from nodes", Count(status.bytes_received())});
    table.AddRow({"Bytes sent to nodes", Count(status.bytes_sent())});
    return table.ToString();
  }

  std::string operator()(const api::GetStockResponse& stock) const {
    Table table({{"Account"}, {"Holder"}, {"Blanks", Align::kRight}});
    for (const api::Balance& balance : stock.balances()) {
      table.AddRow({balance.account(), balance.holder().empty() ? "district" : balance.holder(),
                    Count(balance.quantity())});
    }
    return absl::StrCat(table.ToString(), "Accounted ", Count(stock.accounted()), ", issued ",
                        Count(stock.issued()), ", found at go-live ", Count(stock.opened()),
                        ", of unknown origin ", Count(stock.unaccounted()), ": ",
                        stock.balanced() ? "balanced.\n" : "NOT BALANCED.\n");
  }

  std::string operator()(const api::ListNodesResponse& nodes) const {
    if (nodes.nodes().empty()) return "No node is enrolled.\n";
    Table table({{"Node"},
                 {"Connected"},
                 {"Proven", Align::kRight},
                 {"Proof code"},
                 {"Last contact"},
                 {"Feed", Align::kRight},
                 {"Problem"}});
    for (const api::Node& node : nodes.nodes()) {
      table.AddRow({node.node(), YesNo(node.connected()), Count(node.proven_seq()),
                    OrDash(node.proof_code()), time_.Format(node.last_contact_micros()),
                    absl::StrCat(Count(node.feed_position()), "/", Count(node.feed_head())),
                    OrDash(node.problem())});
    }
    return table.ToString();
  }

  std::string operator()(const api::ListCasesResponse& cases) const {
    if (cases.cases().empty()) return "No cases.\n";
    Table table({{"Case"},
                 {"Kind"},
                 {"State"},
                 {"Revision", Align::kRight},
                 {"PRR"},
                 {"Blank"},
                 {"Evidence", Align::kRight},
                 {"Proposal"}});
    for (const api::Case& one : cases.cases()) {
      table.AddRow({one.case_id(), PlainName(log::v1::CaseKind_Name(one.kind()), "CASE_KIND_"),
                    PlainName(log::v1::CaseState_Name(one.state()), "CASE_STATE_"),
                    absl::StrCat(one.revision()), OrDash(one.prr()), OrDash(one.blank()),
                    absl::StrCat(one.evidence_size()), OrDash(one.proposal())});
    }
    return table.ToString();
  }

  std::string operator()(const api::CreateEnrolmentCodeResponse& code) const {
    return absl::StrCat("Code         ", code.code(), "\nFingerprint  ",
                        code.authority_fingerprint(),
                        "\nType both at the node within a day; the code works once.\n");
  }
  std::string operator()(const api::CertifyOperatorResponse&) const {
    return "The roster is changed; the node learns it with its feed.\n";
  }
  std::string operator()(const api::DispatchBlanksResponse& sent) const {
    return absl::StrCat("Transfer ", sent.transfer(), " with ", Count(sent.quantity()),
                        " blanks is on its way; the node receives it by scan.\n");
  }
  std::string operator()(const api::MoveLeaseResponse&) const {
    return "The move is ordered; see the cases if it was forced.\n";
  }

 private:
  const OfficeTime& time_;
};

}  // namespace

std::string RenderCentral(const CentralResponse& response, const OfficeTime& time) {
  return std::visit(CentralText(time), response);
}

}  // namespace keping::cli
