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
  CLI::App* people = area->add_subcommand("operator");
  people->require_subcommand(1);

  CLI::App* add = add_call(people, "add",
                           "keping central operator add op-susut susut --role operator "
                           "--first-password --config central.textproto",
                           [this] { return CentralRequest(add_); });
  add->add_option("operator", *add_.mutable_operator_id())->required();
  add->add_option("node", *add_.mutable_node())->required();
  add_.set_role(log::v1::ROLE_OPERATOR);
  AddEnum(add, "--role", Roles(), [this](log::v1::Role role) {
    add_.set_role(role);
  })->type_name("ROLE");
  add->add_flag_callback("--first-password", [this] { add_.set_first_password(true); });
  AddBy(add, add_);

  CLI::App* remove = add_call(people, "remove",
                              "keping central operator remove op-susut susut --config "
                              "central.textproto",
                              [this] { return CentralRequest(remove_); });
  remove->add_option("operator", *remove_.mutable_operator_id())->required();
  remove->add_option("node", *remove_.mutable_node())->required();
  AddBy(remove, remove_);

  CLI::App* certify = add_call(people, "certify",
                               "keping central operator certify op-susut susut 2017.1 --config "
                               "central.textproto",
                               [this] { return CentralRequest(certify_); });
  certify->add_option("operator", *certify_.mutable_operator_id())->required();
  certify->add_option("node", *certify_.mutable_node())->required();
  certify->add_option("version", *certify_.mutable_application_version())->required();
  certify->add_flag_callback("--withdraw", [this] { certify_.set_withdraw(true); });
  AddBy(certify, certify_);

  CLI::App* list = add_call(people, "list",
                            "keping central operator list --node susut --config central.textproto",
                            [this] { return CentralRequest(list_); });
  list->add_option("--node", *list_.mutable_node());
  list->add_flag_callback("--active", [this] { list_.set_active_only(true); });
  AddPage(list, list_);

  CLI::App* require = add_call(area, "require-application",
                               "keping central require-application 2017.1 --config "
                               "central.textproto",
                               [this] { return CentralRequest(require_); });
  require->add_option("version", *require_.mutable_application_version())->required();
  require->add_option("--node", *require_.mutable_node());
  AddBy(require, require_);
  AddCentralGrants(area, add_call);
}

void PeopleGrammar::AddCentralGrants(CLI::App* area, const AddCall<CentralRequest>& add_call) {
  CLI::App* grant = add_call(
      area, "grant",
      "keping central grant unlock-node susut --by kadis --config central.textproto\n"
      "keping central grant certify susut --subject op-susut --application-version 2017.1 --by "
      "kadis --config central.textproto\n"
      "keping central grant reset-password susut --subject op-susut --by kadis --config "
      "central.textproto\n"
      "keping central grant force-lease susut --subject PRR-0001 --by kadis --config "
      "central.textproto",
      [this] {
        if (!day_.empty()) issue_.set_day_days(ReadDay("--day", day_));
        return CentralRequest(issue_);
      });
  AddEnum(grant, "kind", GrantKinds(), [this](log::v1::GrantKind kind) {
    issue_.set_kind(kind);
  })->required();
  grant->add_option("node", *issue_.mutable_node())->required();
  grant->add_option("--subject", *issue_.mutable_subject());
  grant->add_option("--application-version", *issue_.mutable_application_version());
  AddBy(grant, issue_);
  grant->add_option("--day", day_)->type_name("DAY");
  CLI::App* grants =
      add_call(area, "grants", "keping central grants --odd --config central.textproto",
               [this] { return CentralRequest(grants_); });
  grants->add_option("--node", *grants_.mutable_node());
  grants->add_flag_callback("--odd", [this] { grants_.set_odd_only(true); });
  AddPage(grants, grants_);
}

void PeopleGrammar::AddEdge(CLI::App* area, const AddCall<EdgeRequest>& add_call) {
  add_call(area, "roster", "keping edge roster --config edge.textproto",
           [] { return EdgeRequest(edge_api::ListPeopleRequest()); });
  CLI::App* report = add_call(area, "day-report",
                              "keping edge day-report --operator op-susut --config edge.textproto "
                              "> report.txt",
                              [this] {
                                edge_api::ReportDayRequest request;
                                request.set_operator_id(operator_);
                                return EdgeRequest(request);
                              });
  AddOperatorOption(report, operator_);
  CLI::App* password = add_call(
      area, "password", "keping edge password --operator op-susut --config edge.textproto", [this] {
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
  CLI::App* shift = area->add_subcommand("shift");
  shift->require_subcommand(1);
  CLI::App* open = add_call(shift, "open",
                            "keping edge shift open --operator op-susut --counted 1549 "
                            "--report-code 3f2a91c0 --config edge.textproto",
                            [this] {
                              open_.set_operator_id(operator_);
                              return EdgeRequest(open_);
                            });
  AddOperatorOption(open, operator_);
  open->add_option_function<uint64_t>("--counted",
                                      [this](uint64_t counted) { open_.set_counted(counted); });
  open->add_option("--report-code", *open_.mutable_report_code());
  CLI::App* close = add_call(shift, "close",
                             "keping edge shift close --operator op-susut --counted 1499 --config "
                             "edge.textproto",
                             [this] {
                               close_.set_operator_id(operator_);
                               return EdgeRequest(close_);
                             });
  AddOperatorOption(close, operator_);
  close->add_option_function<uint64_t>("--counted",
                                       [this](uint64_t counted) { close_.set_counted(counted); });
}

void PeopleGrammar::AddEdgeGrant(CLI::App* area, const AddCall<EdgeRequest>& add_call) {
  CLI::App* grant = add_call(
      area, "grant",
      "keping edge grant unlock-node --code \"0713 3411 3424\" --operator sup-susut --config "
      "edge.textproto\n"
      "keping edge grant certify --subject op-susut --code \"0713 3411 3424\" --operator "
      "sup-susut --config edge.textproto\n"
      "keping edge grant force-lease --subject PRR-0001 --lease-epoch 1.7 --code \"0713 3411 "
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
  AddEnum(grant, "kind", GrantKinds(), [this](log::v1::GrantKind kind) {
    use_.set_kind(kind);
  })->required();
  grant->add_option("--code", *use_.mutable_code())->required();
  grant->add_option("--subject", *use_.mutable_subject());
  grant->add_option("--lease-epoch", *use_.mutable_lease_epoch());
  grant->add_option("--day", day_)->type_name("DAY");
}

}  // namespace keping::cli
