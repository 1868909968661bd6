#include "central_node/core/district_loans.h"

#include <algorithm>
#include <tuple>

#include "absl/strings/str_cat.h"

namespace keping::central {

using domain::LoanStep;

LoanState ReadLoans(const BlankFacts& facts) {
  std::vector<const LoanFact*> papers;
  for (const LoanFact& loan : facts.loans) papers.push_back(&loan);
  std::sort(papers.begin(), papers.end(), [](const LoanFact* a, const LoanFact* b) {
    return std::tie(a->fact.seq, a->fact.id) < std::tie(b->fact.seq, b->fact.id);
  });
  LoanState state;
  bool here = facts.issued || !facts.openings.empty();
  for (const LoanFact* paper : papers) {
    state.papers.insert(paper->fact.id);
    if (paper->inward() == here) state.unfounded.insert(paper->fact.id);
    here = paper->inward();
    state.away = !here;
    if (state.away) {
      state.account = paper->step == LoanStep::kGivenBack ? ledger::Account::kGivenBack
                                                          : ledger::Account::kLentOut;
    }
  }
  return state;
}

LoanSum SumWith(const domain::DistrictCode& district, const std::vector<LoanPaper>& papers) {
  LoanSum sum;
  for (const LoanPaper& one : papers) {
    if (one.paper.district != district) continue;
    const uint64_t blanks = one.paper.blanks.size();
    switch (one.paper.step) {
      case LoanStep::kLentOut:
        sum.lent += blanks;
        break;
      case LoanStep::kCameBack:
        sum.came_back += blanks;
        break;
      case LoanStep::kBorrowed:
        sum.borrowed += blanks;
        break;
      case LoanStep::kGivenBack:
        sum.given_back += blanks;
        break;
    }
  }
  return sum;
}

std::string DistrictEntity(const domain::DistrictCode& district) {
  return absl::StrCat("district ", district.value());
}

std::optional<Anomaly> JudgeDistrict(const domain::DistrictCode& district,
                                     const std::vector<LoanPaper>& papers) {
  const LoanSum sum = SumWith(district, papers);
  const bool too_much_came = sum.came_back > sum.lent;
  const bool too_much_went = sum.given_back > sum.borrowed;
  if (!too_much_came && !too_much_went) return std::nullopt;
  Anomaly anomaly{.kind = domain::CaseKind::kLoanContradiction};
  for (const LoanPaper& one : papers) {
    if (one.paper.district != district) continue;
    const bool lending =
        one.paper.step == LoanStep::kLentOut || one.paper.step == LoanStep::kCameBack;
    if (lending ? too_much_came : too_much_went) anomaly.evidence.insert(one.fact.id);
  }
  return anomaly;
}

const LoanPaper* SamePaper(const EnterLoan& command, const std::vector<LoanPaper>& papers) {
  const auto same = std::find_if(papers.begin(), papers.end(), [&](const LoanPaper& one) {
    return one.paper.step == command.step && one.paper.district == command.district &&
           one.paper.document == command.document;
  });
  return same == papers.end() ? nullptr : &*same;
}

}  // namespace keping::central
