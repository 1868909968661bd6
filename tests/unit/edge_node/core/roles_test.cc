#include "edge_node/core/roles.h"

#include <gtest/gtest.h>

#include <cstddef>
#include <set>
#include <string>

namespace keping::edge {
namespace {

using domain::Role;

// One letter per role: Operator, Supervisor, stocK keeper, Reconciler, Auditor, administratoR = M.
std::string LettersOf(const std::set<Role>& roles) {
  std::string letters;
  const std::pair<Role, char> kLetters[] = {{Role::kOperator, 'O'},    {Role::kSupervisor, 'S'},
                                            {Role::kStockKeeper, 'K'}, {Role::kReconciler, 'R'},
                                            {Role::kAuditor, 'A'},     {Role::kAdministrator, 'M'}};
  for (const auto& [role, letter] : kLetters) {
    if (roles.contains(role)) letters.push_back(letter);
  }
  return letters;
}

// The whole table, written a second time: a change of who may do what must be meant.
TEST(RolesTest, WhoMayDoWhat) {
  struct Row {
    OfficeAct act;
    const char* roles;
    const char* seconds;
  };
  const Row kRows[] = {
      {OfficeAct::kPrint, "OS", ""},
      {OfficeAct::kAnswerCard, "OS", ""},
      {OfficeAct::kCorrectAnswer, "OS", "S"},
      {OfficeAct::kPrintTestCard, "OSM", ""},
      {OfficeAct::kMaintainPrinter, "OSM", ""},
      {OfficeAct::kMoveConsumable, "OSK", ""},
      {OfficeAct::kDestroyConsumable, "OSK", "OSKA"},
      {OfficeAct::kOverride, "S", ""},
      {OfficeAct::kReleasePrinter, "SM", ""},
      {OfficeAct::kAdoptPrinter, "SM", ""},
      {OfficeAct::kReceiveTransfer, "OSK", ""},
      {OfficeAct::kSpoilBlank, "OSK", ""},
      {OfficeAct::kOpenStock, "OSK", "OSKA"},
      {OfficeAct::kOpenBox, "OSK", "OSKA"},
      {OfficeAct::kLendBlanks, "OSK", "OSKA"},
      {OfficeAct::kCountStock, "OSKA", "OSKA"},
      {OfficeAct::kDestroyCards, "OSK", "OSKA"},
      {OfficeAct::kEnterLate, "OSK", ""},
      {OfficeAct::kHandOver, "OS", ""},
      {OfficeAct::kAcknowledgeAction, "OSK", ""},
      {OfficeAct::kCorrectOfficeDay, "S", "OSKRAM"},
      {OfficeAct::kKeepShift, "OSK", ""},
      {OfficeAct::kReportDay, "OSK", ""},
      {OfficeAct::kUseGrant, "SM", ""},
      {OfficeAct::kReadPersonalData, "OSRA", ""},
      {OfficeAct::kChangeOwnPassword, "OSKRAM", ""},
  };
  ASSERT_EQ(ActRules().size(), std::size(kRows));
  for (const Row& row : kRows) {
    const ActRule& rule = RuleOf(row.act);
    EXPECT_EQ(rule.act, row.act);
    EXPECT_EQ(LettersOf(rule.roles), row.roles) << rule.name;
    EXPECT_EQ(LettersOf(rule.seconds), row.seconds) << rule.name;
  }
}

TEST(RolesTest, ARoleThatMayNotPrintMayNotAnswerForACardEither) {
  for (int role = 1; role <= static_cast<int>(Role::kAdministrator); ++role) {
    EXPECT_EQ(MayDo(static_cast<Role>(role), OfficeAct::kPrint),
              MayDo(static_cast<Role>(role), OfficeAct::kAnswerCard))
        << RoleName(static_cast<Role>(role));
  }
}

TEST(RolesTest, ASupervisorMayDoWhateverAnOperatorMay) {
  for (const ActRule& rule : ActRules()) {
    if (rule.roles.contains(Role::kOperator)) {
      EXPECT_TRUE(MayDo(Role::kSupervisor, rule.act)) << rule.name;
    }
    if (rule.seconds.contains(Role::kOperator)) {
      EXPECT_TRUE(MayBeSecond(Role::kSupervisor, rule.act)) << rule.name;
    }
  }
}

TEST(RolesTest, NamesAreUnique) {
  std::set<std::string> names;
  for (int role = 1; role <= static_cast<int>(Role::kAdministrator); ++role) {
    names.insert(RoleName(static_cast<Role>(role)));
  }
  EXPECT_EQ(names.size(), 6u);
  names.clear();
  for (const ActRule& rule : ActRules()) names.insert(rule.name);
  EXPECT_EQ(names.size(), ActRules().size());
}

}  // namespace
}  // namespace keping::edge
