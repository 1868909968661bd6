#include "edge_node/core/roles.h"

#include "common/base/check.h"

namespace keping::edge {
namespace {

using domain::Role;

using Roles = std::set<Role>;

const Roles& Counter() {
  static const auto& roles = *new Roles{Role::kOperator, Role::kSupervisor};
  return roles;
}

// Whoever handles blanks.
const Roles& Stock() {
  static const auto& roles = *new Roles{Role::kOperator, Role::kSupervisor, Role::kStockKeeper};
  return roles;
}

const Roles& Witnesses() {
  static const auto& roles =
      *new Roles{Role::kOperator, Role::kSupervisor, Role::kStockKeeper, Role::kAuditor};
  return roles;
}

const Roles& Machines() {
  static const auto& roles = *new Roles{Role::kSupervisor, Role::kAdministrator};
  return roles;
}

const Roles& Everybody() {
  static const auto& roles = *new Roles{Role::kOperator,   Role::kSupervisor, Role::kStockKeeper,
                                        Role::kReconciler, Role::kAuditor,    Role::kAdministrator};
  return roles;
}

}  // namespace

const std::vector<ActRule>& ActRules() {
  static const auto& rules = *new std::vector<ActRule>{
      {OfficeAct::kPrint, "print cards", Counter(), {}},
      {OfficeAct::kAnswerCard, "say what became of a card", Counter(), {}},
      {OfficeAct::kCorrectAnswer, "correct an answer", Counter(), {Role::kSupervisor}},
      {OfficeAct::kPrintTestCard,
       "print a test card",
       {Role::kOperator, Role::kSupervisor, Role::kAdministrator},
       {}},
      {OfficeAct::kMaintainPrinter,
       "record a printer's upkeep",
       {Role::kOperator, Role::kSupervisor, Role::kAdministrator},
       {}},
      {OfficeAct::kMoveConsumable, "move ribbons and film", Stock(), {}},
      {OfficeAct::kDestroyConsumable, "destroy used ribbons", Stock(), Witnesses()},
      {OfficeAct::kOverride, "override a guard", {Role::kSupervisor}, {}},
      {OfficeAct::kReleasePrinter, "release a printer", Machines(), {}},
      {OfficeAct::kAdoptPrinter, "adopt a printer", Machines(), {}},
      {OfficeAct::kReceiveTransfer, "receive blanks", Stock(), {}},
      {OfficeAct::kSpoilBlank, "spoil a blank", Stock(), {}},
      {OfficeAct::kOpenStock, "open the office's stock", Stock(), Witnesses()},
      {OfficeAct::kOpenBox, "open a box of blanks", Stock(), Witnesses()},
      {OfficeAct::kLendBlanks, "lend blanks to another office", Stock(), Witnesses()},
      {OfficeAct::kCountStock, "count the stock", Witnesses(), Witnesses()},
      {OfficeAct::kDestroyCards, "destroy cards", Stock(), Witnesses()},
      {OfficeAct::kEnterLate, "enter a paper form", Stock(), {}},
      {OfficeAct::kHandOver, "hand cards over", Counter(), {}},
      {OfficeAct::kAcknowledgeAction, "acknowledge an action", Stock(), {}},
      {OfficeAct::kCorrectOfficeDay, "correct the office day", {Role::kSupervisor}, Everybody()},
      {OfficeAct::kKeepShift, "keep a shift", Stock(), {}},
      {OfficeAct::kReportDay, "report the day", Stock(), {}},
      {OfficeAct::kUseGrant, "use a telephone grant", Machines(), {}},
      {OfficeAct::kReadPersonalData,
       "look at personal data",
       {Role::kOperator, Role::kSupervisor, Role::kReconciler, Role::kAuditor},
       {}},
      {OfficeAct::kChangeOwnPassword, "change a password", Everybody(), {}},
  };
  return rules;
}

const ActRule& RuleOf(OfficeAct act) {
  const auto index = static_cast<size_t>(act);
  KEPING_CHECK(index < ActRules().size() && ActRules()[index].act == act,
               "every act has its rule, in the order of the enum");
  return ActRules()[index];
}

bool MayDo(Role role, OfficeAct act) { return RuleOf(act).roles.contains(role); }

bool MayBeSecond(Role role, OfficeAct act) { return RuleOf(act).seconds.contains(role); }

const char* RoleName(Role role) {
  switch (role) {
    case Role::kOperator:
      return "operator";
    case Role::kSupervisor:
      return "supervisor";
    case Role::kStockKeeper:
      return "stock-keeper";
    case Role::kReconciler:
      return "reconciler";
    case Role::kAuditor:
      return "auditor";
    case Role::kAdministrator:
      return "administrator";
  }
  KEPING_CHECK(false, "every role has a name");
}

}  // namespace keping::edge
