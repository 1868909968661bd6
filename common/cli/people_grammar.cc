#include "common/cli/people_grammar.h"

#include "common/cli/option_parts.h"
#include "common/cli/secret_input.h"

namespace keping::cli {
namespace {

const Names<log::v1::GrantKind>& GrantKinds() {
  static const auto& kinds = *new Names<log::v1::GrantKind>{
      {"unlock-node", log::v1::GRANT_KIND_UNLOCK_NODE},
      {"certify", log::v1::GRANT_KIND_CERTIFY_OPERATOR},
      {"reset-password", log::v1::GRANT_KIND_RESET_PASSWORD},
      {"force-lease", log::v1::GRANT_KIND_FORCE_LEASE},
  };
  return kinds;
}

}  // namespace

void PeopleGrammar::AddCentral(CLI::App* area, const AddCall<CentralRequest>& add_call) {
  CLI::App* people = area->add_subcommand("operator", "The people of the offices' rosters");
  people->require_subcommand(1);

  CLI::App* add = add_call(people, "add", "Puts a person on a node's roster, or changes the role",
                           "keping central operator add op-susut susut --role operator "
                           "--first-password --config central.textproto",
                           [this] { return CentralRequest(add_); });
  add->add_option("operator", *add_.mutable_operator_id(), "Id of the person")->required();
  add->add_option("node", *add_.mutable_node(), "Id of the node")->required();
  add_.set_role(log::v1::ROLE_OPERATOR);
  AddEnum(add, "--role", Roles(),
          "operator (the default), supervisor, stock-keeper, reconciler, auditor or administrator",
          [this](log::v1::Role role) { add_.set_role(role); })
      ->type_name("ROLE");
  add->add_flag_callback(
      "--first-password", [this] { add_.set_first_password(true); },
      "Make a password for the person, shown once");
  AddBy(add, add_);

  CLI::App* remove = add_call(people, "remove", "Strikes a person off a node's roster",
                              "keping central operator remove op-susut susut --config "
                              "central.textproto",
                              [this] { return CentralRequest(remove_); });
  remove->add_option("operator", *remove_.mutable_operator_id(), "Id of the person")->required();
  remove->add_option("node", *remove_.mutable_node(), "Id of the node")->required();
  AddBy(remove, remove_);

  CLI::App* certify =
      add_call(people, "certify", "The person was trained on a version of the card application",
               "keping central operator certify op-susut susut 2017.1 --config "
               "central.textproto",
               [this] { return CentralRequest(certify_); });
  certify->add_option("operator", *certify_.mutable_operator_id(), "Id of the person")->required();
  certify->add_option("node", *certify_.mutable_node(), "Id of the node")->required();
  certify->add_option("version", *certify_.mutable_application_version(), "Of the card application")
      ->required();
  certify->add_flag_callback(
      "--withdraw", [this] { certify_.set_withdraw(true); }, "Take the certificate back");
  AddBy(certify, certify_);

  CLI::App* list = add_call(people, "list", "Who is on the rosters",
                            "keping central operator list --node susut --config central.textproto",
                            [this] { return CentralRequest(list_); });
  list->add_option("--node", *list_.mutable_node(), "Of this node only");
  list->add_flag_callback(
      "--active", [this] { list_.set_active_only(true); }, "Without those that were struck off");
  AddPage(list, list_);

  CLI::App* require =
      add_call(area, "require-application", "Locks printing where the card application is older",
               "keping central require-application 2017.1 --config "
               "central.textproto",
               [this] { return CentralRequest(require_); });
  require
      ->add_option("version", *require_.mutable_application_version(), "The oldest that may print")
      ->required();
  require->add_option("--node", *require_.mutable_node(), "At this node only");
  AddBy(require, require_);
  AddCentralGrants(area, add_call);
}

void PeopleGrammar::AddCentralGrants(CLI::App* area, const AddCall<CentralRequest>& add_call) {
  CLI::App* grant = add_call(
      area, "grant", "Makes a code to be read out to an office without a link",
      "keping central grant unlock-node susut --by kadis --config central.textproto\n"
      "  keping central grant certify susut --subject op-susut --application-version 2017.1 --by "
      "kadis --config central.textproto\n"
      "  keping central grant reset-password susut --subject op-susut --by kadis --config "
      "central.textproto\n"
      "  keping central grant force-lease susut --subject PRR-0001 --by kadis --config "
      "central.textproto",
      [this] {
        if (!day_.empty()) issue_.set_day_days(ReadDay("--day", day_));
        return CentralRequest(issue_);
      });
  AddEnum(grant, "kind", GrantKinds(), "unlock-node, certify, reset-password or force-lease",
          [this](log::v1::GrantKind kind) { issue_.set_kind(kind); })
      ->required();
  grant->add_option("node", *issue_.mutable_node(), "Id of the node")->required();
  grant->add_option("--subject", *issue_.mutable_subject(), "The person, or the record");
  grant->add_option("--application-version", *issue_.mutable_application_version(),
                    "With certify: the version at that office");
  AddBy(grant, issue_);
  grant->add_option("--day", day_, "That the code is for; default: today")->type_name("DAY");
  CLI::App* grants =
      add_call(area, "grants", "The telephone grants, and whether both sides tell the same",
               "keping central grants --odd --config central.textproto",
               [this] { return CentralRequest(grants_); });
  grants->add_option("--node", *grants_.mutable_node(), "Of this node only");
  grants->add_flag_callback(
      "--odd", [this] { grants_.set_odd_only(true); }, "Only those that do not match");
  AddPage(grants, grants_);
}

void PeopleGrammar::AddEdge(CLI::App* area, const AddCall<EdgeRequest>& add_call) {
  add_call(area, "roster", "The office's people: roles, training, locks, shifts",
           "keping edge roster --config edge.textproto",
           [] { return EdgeRequest(edge_api::ListPeopleRequest()); });
  CLI::App* report = add_call(area, "day-report", "What the open office day came to, signed",
                              "keping edge day-report --operator op-susut --config edge.textproto "
                              "> report.txt",
                              [this] {
                                edge_api::ReportDayRequest request;
                                request.set_operator_id(operator_);
                                return EdgeRequest(request);
                              });
  AddOperatorOption(report, operator_);
  CLI::App* password =
      add_call(area, "password",
               "Changes a password; the old and the new one are typed in, or come "
               "as two lines",
               "keping edge password --operator op-susut --config edge.textproto", [this] {
                 edge_api::ChangePasswordRequest request;
                 request.set_operator_id(operator_);
                 request.set_old_password(ReadSecret("Old password"));
                 request.set_new_password(ReadSecret("New password"));
                 return EdgeRequest(request);
               });
  AddOperatorOption(password, operator_);
  AddShifts(area, add_call);
  AddEdgeGrant(area, add_call);
}

void PeopleGrammar::AddShifts(CLI::App* area, const AddCall<EdgeRequest>& add_call) {
  CLI::App* shift = area->add_subcommand("shift", "Opens and closes a person's shift");
  shift->require_subcommand(1);
  CLI::App* open = add_call(shift, "open", "Opens the shift",
                            "keping edge shift open --operator op-susut --counted 1549 "
                            "--report-code 3f2a91c0 --config edge.textproto",
                            [this] {
                              open_.set_operator_id(operator_);
                              return EdgeRequest(open_);
                            });
  AddOperatorOption(open, operator_);
  open->add_option_function<uint64_t>(
      "--counted", [this](uint64_t counted) { open_.set_counted(counted); },
      "Blanks in the tray, counted by hand");
  open->add_option("--report-code", *open_.mutable_report_code(),
                   "Of the last day report, as it stands on the paper");
  CLI::App* close = add_call(shift, "close", "Closes the shift",
                             "keping edge shift close --operator op-susut --counted 1499 --config "
                             "edge.textproto",
                             [this] {
                               close_.set_operator_id(operator_);
                               return EdgeRequest(close_);
                             });
  AddOperatorOption(close, operator_);
  close->add_option_function<uint64_t>(
      "--counted", [this](uint64_t counted) { close_.set_counted(counted); },
      "Blanks in the tray, counted by hand");
}

void PeopleGrammar::AddEdgeGrant(CLI::App* area, const AddCall<EdgeRequest>& add_call) {
  CLI::App* grant = add_call(
      area, "grant", "Types in a code that the district read out on the telephone",
      "keping edge grant unlock-node --code \"0713 3411 3424\" --operator sup-susut --config "
      "edge.textproto\n"
      "  keping edge grant certify --subject op-susut --code \"0713 3411 3424\" --operator "
      "sup-susut --config edge.textproto\n"
      "  keping edge grant force-lease --subject PRR-0001 --lease-epoch 1.7 --code \"0713 3411 "
      "3424\" --operator sup-susut --config edge.textproto",
      [this] {
        use_.set_operator_id(operator_);
        if (!day_.empty()) use_.set_day_days(ReadDay("--day", day_));
        if (use_.kind() == log::v1::GRANT_KIND_RESET_PASSWORD) {
          use_.set_new_password(ReadSecret("New password for the person"));
        }
        return EdgeRequest(use_);
      });
  AddOperatorOption(grant, operator_);
  AddEnum(grant, "kind", GrantKinds(), "unlock-node, certify, reset-password or force-lease",
          [this](log::v1::GrantKind kind) { use_.set_kind(kind); })
      ->required();
  grant->add_option("--code", *use_.mutable_code(), "Twelve digits, as read out")->required();
  grant->add_option("--subject", *use_.mutable_subject(), "The person, or the record");
  grant->add_option("--lease-epoch", *use_.mutable_lease_epoch(),
                    "With force-lease: as read out, like 1.7");
  grant->add_option("--day", day_, "That the code is for; default: today")->type_name("DAY");
}

}  // namespace keping::cli
