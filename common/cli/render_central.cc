// The answers of a central node, for people.

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/cli/render.h"
#include "common/cli/render_desk.h"
#include "common/cli/render_district_stock.h"
#include "common/cli/render_paper.h"
#include "common/cli/render_plan.h"
#include "common/cli/table.h"

namespace keping::cli {
namespace {

namespace api = central_api;

constexpr char kRosterChanged[] = "The roster is changed; the node learns it with its feed.\n";

class CentralText : public DeskText, public PlanText, public DistrictStockText, public PaperText {
 public:
  explicit CentralText(const OfficeTime& time) : DeskText(time), time_(time) {}

  using DeskText::operator();
  using DistrictStockText::operator();
  using PaperText::operator();
  using PlanText::operator();

  std::string operator()(const api::GetStatusResponse& status) const {
    Table table({{"District"}, {status.district()}});
    table.AddRow({"Generation", status.generation()});
    if (status.nodes_unheard_size() > 0) {
      table.AddRow({"  set back, waits for", absl::StrJoin(status.nodes_unheard(), ", ")});
    }
    table.AddRow({"Log entries", Count(status.log_entries())});
    table.AddRow({"Entries of the nodes", Count(status.node_entries())});
    if (status.entries_to_judge() > 0) {
      table.AddRow({"  proven, not judged yet", Count(status.entries_to_judge())});
    }
    table.AddRow({"Nodes", Count(status.nodes())});
    table.AddRow({"  of them connected", Count(status.nodes_connected())});
    table.AddRow({"Records received", Count(status.prrs_received())});
    table.AddRow({"  leased", Count(status.prrs_leased())});
    table.AddRow({"  withdrawn", Count(status.prrs_withdrawn())});
    table.AddRow({"  printed", Count(status.prrs_printed())});
    table.AddRow({"Blanks allotted", Count(status.blanks_allotted())});
    table.AddRow({"Open cases", Count(status.cases_open())});
    table.AddRow({"Last closed day", FormatDay(status.last_closed_days())});
    if (status.days_left_open() > 0) {
      table.AddRow({"  waiting for a word", absl::StrCat(Count(status.days_left_open()),
                                                         " days: see keping central close-days")});
    }
    if (status.destruction_unfinished()) {
      table.AddRow({"Destroyed data", "may still lie in files: see the log of the centre"});
    }
    table.AddRow({"Reports confirmed", Count(status.reports_confirmed())});
    table.AddRow({"  rejected", Count(status.reports_rejected())});
    table.AddRow({"  waiting", Count(status.reports_waiting())});
    table.AddRow({"Connected to the nation", YesNo(status.national_connected())});
    table.AddRow({"  last problem", OrDash(status.national_problem())});
    table.AddRow({"Bytes received from nodes", Count(status.bytes_received())});
    table.AddRow({"Bytes sent to nodes", Count(status.bytes_sent())});
    table.AddRow({"Centre key", status.centre_key()});
    table.AddRow({"Data key", DescribeDataKey(status.data_key())});
    return table.ToString();
  }

  std::string operator()(const api::GetStockResponse& stock) const {
    Table table({{"Account"}, {"Holder"}, {"Blanks", Align::kRight}});
    for (const api::Balance& balance : stock.balances()) {
      table.AddRow({balance.account(), balance.holder().empty() ? "district" : balance.holder(),
                    Count(balance.quantity())});
    }
    return absl::StrCat(table.ToString(), "Accounted ", Count(stock.accounted()), ", issued ",
                        Count(stock.issued()), ", from other districts ",
                        Count(stock.from_other_districts()), ", found at go-live ",
                        Count(stock.opened()), ", of unknown origin ", Count(stock.unaccounted()),
                        ": ", stock.balanced() ? "balanced.\n" : "NOT BALANCED.\n");
  }

  std::string operator()(const api::ListNodesResponse& nodes) const {
    if (nodes.nodes().empty()) return "No node is enrolled.\n";
    Table table({{"Node"},
                 {"Connected"},
                 {"Proven", Align::kRight},
                 {"Proof code"},
                 {"Last contact"},
                 {"Feed", Align::kRight},
                 {"Certificate until"},
                 {"Records left", Align::kRight},
                 {"Blanks left", Align::kRight},
                 {"Days left", Align::kRight},
                 {"Ended"},
                 {"Problem"}});
    for (const api::Node& node : nodes.nodes()) {
      table.AddRow({node.node(), YesNo(node.connected()), Count(node.proven_seq()),
                    OrDash(node.proof_code()), time_.Format(node.last_contact_micros()),
                    absl::StrCat(Count(node.feed_position()), "/", Count(node.feed_head())),
                    time_.Format(node.certificate_until_micros()), Count(node.records_left()),
                    Count(node.blanks_left()), Count(node.days_left()), Ended(node),
                    OrDash(node.problem())});
    }
    return table.ToString() + MoreOf(nodes.next_page_token());
  }

  std::string operator()(const api::CompareHeadResponse& answer) const {
    const std::string log =
        absl::StrCat("the log of ", answer.node(), " (incarnation ", answer.incarnation(), ")");
    switch (answer.comparison()) {
      case api::HEAD_COMPARISON_SAME:
        return absl::StrCat("SAME: up to entry ", Count(answer.seq()), ", ", log,
                            " is the one that is held here.\n");
      case api::HEAD_COMPARISON_OTHER:
        return absl::StrCat("OTHER: of ", log, " another entry ", Count(answer.seq()),
                            " is held here, code ", answer.held_code(),
                            ". Read the code once more. If it stays so, that machine is a copy, or "
                            "was set back: have "
                            "printing there stopped, and let it connect.\n");
      default:
        return absl::StrCat("NOT HELD: of ", log, " entries up to ", Count(answer.held_seq()),
                            " are held here. If the office's screen calls entry ",
                            Count(answer.seq()),
                            " proven, this centre was set back: let the office connect.\n");
    }
  }

  std::string operator()(const maintenance_api::RotateDataKeyResponse& rotated) const {
    return RenderKeyChange(rotated);
  }
  std::string operator()(const api::CreateEnrolmentCodeResponse& code) const {
    return absl::StrCat("Code         ", code.code(), "\nFingerprint  ",
                        code.authority_fingerprint(),
                        "\nType both at the node within a day; the code works once.\n");
  }
  std::string operator()(const api::AddOperatorResponse& added) const {
    if (added.first_password().empty()) return kRosterChanged;
    return absl::StrCat(kRosterChanged, "First password  ", added.first_password(),
                        "\nTell it to this person alone; it is shown only now, and changed at the "
                        "first sign-in.\n");
  }
  std::string operator()(const api::RemoveOperatorResponse&) const { return kRosterChanged; }
  std::string operator()(const api::CertifyOperatorResponse&) const { return kRosterChanged; }
  std::string operator()(const api::ListOperatorsResponse& rosters) const {
    if (rosters.operators().empty()) return "Nobody is on a roster.\n";
    Table table({{"Node"}, {"Person"}, {"Role"}, {"Certified on"}, {"On the roster"}});
    for (const api::Operator& person : rosters.operators()) {
      table.AddRow({person.node(), person.operator_id(), RoleWord(person.role()),
                    OrDash(absl::StrJoin(person.certified_versions(), ", ")),
                    YesNo(person.active())});
    }
    return table.ToString() + MoreOf(rosters.next_page_token());
  }
  std::string operator()(const api::IssueGrantResponse& grant) const {
    std::string text =
        absl::StrCat("Code         ", grant.code(), "\n  as spoken  ", grant.spoken(),
                     "\nFor the day  ", FormatDay(grant.day_days()), "\n");
    if (!grant.lease_epoch().empty()) {
      absl::StrAppend(&text, "Lease epoch  ", grant.lease_epoch(), "\n");
    }
    return text + "Read it out; it works once, at this node, on this day. It is shown only now.\n";
  }
  std::string operator()(const api::ListGrantsResponse& list) const {
    if (list.grants().empty() && list.refused().empty()) return "No telephone grants.\n";
    Table table({{"Node"},
                 {"For"},
                 {"Subject"},
                 {"Day"},
                 {"State"},
                 {"Issued by"},
                 {"Used by"},
                 {"Used at"}});
    for (const api::Grant& grant : list.grants()) {
      table.AddRow({grant.node(), PlainName(log::v1::GrantKind_Name(grant.kind()), "GRANT_KIND_"),
                    OrDash(grant.subject()), FormatDay(grant.day_days()), grant.state(),
                    OrDash(grant.issued_by()), OrDash(grant.used_by()),
                    time_.Format(grant.used_at_micros())});
    }
    std::string text = table.ToString();
    for (const api::RefusedGrants& refused : list.refused()) {
      absl::StrAppend(&text, refused.node(), ": ", refused.count(),
                      " wrong codes were typed in.\n");
    }
    return text + MoreOf(list.next_page_token());
  }
  std::string operator()(const api::RequireApplicationResponse&) const {
    return "The nodes learn it with their feed; those that are older stop printing.\n";
  }
  std::string operator()(const api::DispatchBlanksResponse& sent) const {
    const std::string boxes =
        sent.boxes() == 0 ? ""
                          : absl::StrCat(sent.quantity() == 0 ? "" : " and ", Count(sent.boxes()),
                                         " sealed ", sent.boxes() == 1 ? "box" : "boxes");
    const std::string blanks = sent.quantity() == 0 && sent.boxes() > 0
                                   ? ""
                                   : absl::StrCat(Count(sent.quantity()), " blanks");
    return absl::StrCat("Transfer ", sent.transfer(), " with ", blanks, boxes,
                        " is on its way; the node receives it by scan.\n");
  }
  std::string operator()(const api::CloseNodeResponse& closed) const {
    return absl::StrCat(
        "The node is closed, and its session with it. To bring the office back, enrol it with a "
        "new code.\n",
        closed.unsettled() == 0
            ? ""
            : absl::StrCat(Count(closed.unsettled()),
                           " blanks and records of it may be used: see keping central cases.\n"));
  }
  std::string operator()(const api::ListClaimsResponse& list) const {
    if (list.streams().empty()) return "No claims.\n";
    std::string text;
    for (const api::ClaimedStream& stream : list.streams()) {
      absl::StrAppend(&text, stream.node(), " ", stream.incarnation(), ": facts up to ",
                      Count(stream.fact_seq()), ", claims up to ", Count(stream.claimed_seq()),
                      "\n");
      Table table({{"Entry", Align::kRight}, {"Event"}, {"At"}, {"Id"}, {"Signed"}});
      for (const api::Claim& claim : stream.claims()) {
        table.AddRow({absl::StrCat(claim.seq()), claim.event(), time_.Format(claim.wall_micros()),
                      claim.id().substr(0, 8), YesNo(claim.signed_())});
      }
      if (!stream.claims().empty()) text += table.ToString();
    }
    return text;
  }
  std::string operator()(const api::AcceptClaimsResponse& accepted) const {
    return absl::StrCat("Facts now up to entry ", Count(accepted.fact_seq()), ".\n");
  }
  std::string operator()(const api::MoveLeaseResponse&) const {
    return "The move is ordered; see the cases if it was forced.\n";
  }

 private:
  static std::string Ended(const api::Node& node) {
    if (node.unsettled() == 0) return OrDash(node.ended());
    return absl::StrCat(OrDash(node.ended()), ", ", Count(node.unsettled()), " maybe used");
  }

  const OfficeTime& time_;
};

}  // namespace

std::string RenderCentral(const CentralResponse& response, const OfficeTime& time) {
  return std::visit(CentralText(time), response);
}

}  // namespace keping::cli
