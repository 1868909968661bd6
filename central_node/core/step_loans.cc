// Papers between this district and others, and the district's ribbons, films and cleaning cards.

#include <algorithm>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "central_node/core/district_loans.h"
#include "central_node/core/input_keys.h"
#include "central_node/core/node_end.h"
#include "central_node/core/officers.h"
#include "central_node/core/step_run.h"
#include "central_node/core/supply_book.h"

namespace keping::central {
namespace {

using domain::LoanStep;
using domain::SerialSet;
using domain::SupplyStep;

bool GoesOut(LoanStep step) { return step == LoanStep::kLentOut || step == LoanStep::kGivenBack; }

// Whoever answers for the district's stock.
CommandResult WhyNotKeeper(const CentreRow& centre, const domain::OperatorId& by, Person person) {
  return WhyNotOfficer(
      centre, by,
      {domain::Role::kStockKeeper, domain::Role::kSupervisor, domain::Role::kReconciler}, person);
}

CommandResult WhyNotKeeperAndSecond(const CentreRow& centre, const domain::OperatorId& by,
                                    const domain::OperatorId& second) {
  CommandResult why = WhyNotKeeper(centre, by, Person::kFirst);
  if (why.outcome != CommandOutcome::kDone) return why;
  if (second.empty() || by == second) return {.outcome = CommandOutcome::kSamePerson};
  return WhyNotOfficer(centre, second, AnyRole(), Person::kSecond);
}

bool IsOwn(const Settings& settings, const domain::DistrictCode& district) {
  return std::any_of(settings.offices.begin(), settings.offices.end(), [&](const Office& office) {
    return absl::StartsWith(office.kecamatan_code, absl::StrCat(district.value(), "."));
  });
}

bool IsRepeated(const EnterLoan& command, const domain::LoanMoved& entered) {
  return command.serials.empty() ? command.quantity == entered.blanks.size()
                                 : command.serials == entered.blanks;
}

bool IsRepeated(const domain::SupplyMoved& moved, const domain::SupplyMoved& entered) {
  return entered.quantity == moved.quantity && entered.panels == moved.panels &&
         entered.node == moved.node && entered.transfer == moved.transfer;
}

// A number names one parcel to one office.
bool IsParcelOfAnother(const domain::SupplyMoved& moved, const CentreRow& centre) {
  return std::any_of(centre.supplies.begin(), centre.supplies.end(), [&](const SupplyFact& one) {
    return one.moved.step == SupplyStep::kDispatched && one.moved.transfer == moved.transfer &&
           one.moved.node != moved.node;
  });
}

}  // namespace

void Run::On(const EnterLoan& input) {
  const CentreRow& centre = resident_.centre;
  if (RefusedFor(WhyNotKeeperAndSecond(centre, input.by, input.second))) return;
  if (IsOwn(settings_, input.district)) return Refuse(CommandOutcome::kOwnDistrict);
  if (const LoanPaper* same = SamePaper(input, centre.loans)) {
    return Refuse(IsRepeated(input, same->paper) ? CommandOutcome::kDone
                                                 : CommandOutcome::kDocumentUsed);
  }
  const bool out = GoesOut(input.step);
  const uint64_t want = input.serials.empty() ? input.quantity : input.serials.size();
  if (want == 0) return Refuse(CommandOutcome::kNothingAsked);
  if (!out && input.serials.empty()) return Refuse(CommandOutcome::kNoSerials);
  if (out && RefusedUnheard(Unheard())) return;
  if (input.step == LoanStep::kGivenBack) {
    const uint64_t owed = SumWith(input.district, centre.loans).borrowed_open();
    if (want > owed) return Refuse(CommandOutcome::kNotOwed, owed, want);
  }
  const SerialSet blanks = out ? FromStock(input.quantity, input.serials, centre) : input.serials;
  if (blanks.size() != want) {
    const uint64_t got = input.serials.empty() ? centre.district_stock.size() : blanks.size();
    return Refuse(CommandOutcome::kNotInStock, got, want);
  }
  Append(domain::LoanMoved{.act = input.act,
                           .step = input.step,
                           .district = input.district,
                           .blanks = blanks,
                           .day = input.day,
                           .document = input.document,
                           .by = input.by,
                           .second = input.second});
}

void Run::On(const EnterSupply& input) {
  domain::SupplyMoved moved = input.moved;
  const CentreRow& centre = resident_.centre;
  const bool two = moved.step == SupplyStep::kSpoiled || moved.step == SupplyStep::kCounted;
  if (RefusedFor(two ? WhyNotKeeperAndSecond(centre, moved.by, moved.second)
                     : WhyNotKeeper(centre, moved.by, Person::kOnly))) {
    return;
  }
  if (const domain::SupplyMoved* before = SamePaper(moved, centre)) {
    return Refuse(IsRepeated(moved, *before) ? CommandOutcome::kDone
                                             : CommandOutcome::kDocumentUsed);
  }
  if (moved.quantity == 0 && moved.step != SupplyStep::kCounted) {
    return Refuse(CommandOutcome::kNothingSupplied);
  }
  if (moved.step == SupplyStep::kDispatched) {
    if (!resident_.nodes.contains(moved.node)) return Refuse(CommandOutcome::kUnknownNode);
    if (IsClosed(resident_.nodes.at(moved.node))) return Refuse(CommandOutcome::kNodeClosed);
    if (IsParcelOfAnother(moved, centre)) return Refuse(CommandOutcome::kTransferIdUsed);
  }
  const uint32_t book = InStock(centre, {moved.kind, moved.lot});
  const bool takes = moved.step == SupplyStep::kDispatched || moved.step == SupplyStep::kSpoiled;
  if (takes && moved.quantity > book) {
    return Refuse(CommandOutcome::kSuppliesShort, book, moved.quantity);
  }
  if (moved.step == SupplyStep::kCounted) moved.book = book;
  Append(moved);
}

}  // namespace keping::central
