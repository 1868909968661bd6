#include "central_node/core/policy_trial.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "central_node/core/case_policy.h"
#include "central_node/core/officers.h"

namespace keping::central {
namespace {

using domain::CaseKind;
using domain::CaseRule;
using domain::CaseState;
using domain::Policy;

// More days than any policy waits.
constexpr uint32_t kMostDays = 400;

std::string DecidersIn(const CaseRule& rule) {
  return absl::StrCat(central::InWords(rule.may_decide),
                      rule.two_persons ? " and a second person decide" : " decides");
}

// What a policy makes of the ground.
struct Treatment {
  bool exists = false;
  CaseState state = CaseState::kOpen;
  bool by_decision = false;
  CaseRule rule;

  bool open() const { return exists && state != CaseState::kClosed; }
};

class Trial {
 public:
  Trial(const CaseGround& ground, const CentreRow& centre, const Policy& tried)
      : ground_(ground), centre_(centre), tried_(tried) {}

  std::optional<CaseTrial> Compare() const {
    const Treatment now = AsStored();
    const Treatment other = UnderTried();
    const bool same_deciders = now.rule.may_decide == other.rule.may_decide &&
                               now.rule.two_persons == other.rule.two_persons;
    const bool same =
        now.exists == other.exists && now.state == other.state && (same_deciders || !other.open());
    if (same || (!now.exists && !other.exists)) return std::nullopt;
    return CaseTrial{.now = Told(now), .would_be = Told(other), .reason = Reason(now, other)};
  }

 private:
  // The policies and the roster that made it so may be others than today's.
  Treatment AsStored() const {
    Treatment made;
    made.rule = RuleFor(centre_.policy, ground_.kind);
    made.exists = ground_.row != nullptr;
    if (!made.exists) return made;
    made.state = ground_.row->state;
    made.by_decision = ground_.row->decided;
    return made;
  }

  Treatment UnderTried() const {
    Treatment made;
    made.rule = RuleFor(tried_, ground_.kind);
    made.exists = Opens();
    if (!made.exists) return made;
    const bool decided = ground_.row != nullptr && ground_.row->decided;
    if (decided) {
      made.by_decision = MayHaveDecided(made.rule);
      made.state = made.by_decision ? ground_.row->state : CaseState::kOpen;
    } else if (PolicyFor(ground_.kind).closes_by_itself) {
      made.state = Settled() && !made.rule.wait_for_person ? CaseState::kClosed : StateWhileOpen();
    } else if (ground_.row != nullptr) {
      const bool asks = made.rule.wait_for_person && ground_.row->state == CaseState::kClosed;
      made.state = asks ? CaseState::kOpen : ground_.row->state;
    }
    return made;
  }

  CaseState StateWhileOpen() const {
    const bool acting = ground_.row != nullptr && ground_.row->state == CaseState::kActing;
    return acting ? CaseState::kActing : CaseState::kOpen;
  }

  bool Opens() const {
    return !ground_.wait.has_value() || Waited() >= DaysUntil(tried_, ground_.kind);
  }
  uint32_t Waited() const {
    return DaysOf(*ground_.wait, tried_, centre_.last_closed_day, kMostDays);
  }

  bool Settled() const {
    if (!ground_.stale.has_value()) return ground_.settled;
    return ground_.stale->granted && ground_.stale->number <= Budget();
  }
  uint32_t Budget() const {
    return domain::StalenessOf(tried_.staleness, ground_.stale->record_class).override_prints;
  }

  bool MayHaveDecided(const CaseRule& rule) const {
    const CaseDecisionFact& last = ground_.row->decisions.back();
    const auto officer = centre_.officers.find(last.by);
    const bool in_role =
        officer != centre_.officers.end() && rule.may_decide.contains(officer->second.role);
    return in_role && (!rule.two_persons || (!last.second.empty() && last.second != last.by));
  }

  CaseTreatment Told(const Treatment& made) const {
    if (!made.exists) return {.fate = CaseFate::kNoCase, .text = "no case"};
    if (made.state == CaseState::kClosed) {
      if (made.by_decision) {
        return {.fate = CaseFate::kClosedByDecision, .text = "closed by a decision"};
      }
      if (PolicyFor(ground_.kind).closes_by_itself) {
        return {.fate = CaseFate::kClosedByItself, .text = "closed by itself"};
      }
      return {.fate = CaseFate::kClosedByOrders, .text = "closed by its orders"};
    }
    return {.fate = made.state == CaseState::kActing ? CaseFate::kActing : CaseFate::kOpen,
            .may_decide = made.rule.may_decide,
            .two_persons = made.rule.two_persons,
            .text = absl::StrCat(domain::CaseStateName(made.state), "; ", DecidersIn(made.rule))};
  }

  Remark Reason(const Treatment& now, const Treatment& other) const {
    if (now.exists != other.exists) return WaitReason();
    const std::string deciders = absl::StrCat(DecidersIn(other.rule), ".");
    if (now.state == other.state) return Remark(RemarkKind::kOthersDecide, {}, deciders);
    if (ground_.row != nullptr && ground_.row->decided) {
      const CaseDecisionFact& last = ground_.row->decisions.back();
      const bool alone = last.second.empty();
      return Remark(
          alone ? RemarkKind::kDecidedAlone : RemarkKind::kDecidedBy, {{"person", last.by.value()}},
          absl::StrCat(last.by.value(), alone ? " decided alone; " : " decided; ", deciders));
    }
    if (ground_.stale.has_value() && !(other.rule.wait_for_person && Settled())) {
      const StaleUse& use = *ground_.stale;
      return Remark(RemarkKind::kPrintsAllowed,
                    {{"number", absl::StrCat(use.number)},
                     {"class", absl::StrCat(static_cast<int>(use.record_class))},
                     {"budget", absl::StrCat(Budget())}},
                    absl::StrCat("Print ", use.number, " of class ",
                                 domain::RecordClassName(use.record_class), " in its outage; ",
                                 Budget(), " are allowed."));
    }
    if (other.rule.wait_for_person) {
      return Remark(RemarkKind::kAPersonDecides, {},
                    "A person decides, also where the facts settle it.");
    }
    return Remark(RemarkKind::kFactsCloseIt, {}, "The facts that settle it close it.");
  }

  Remark WaitReason() const {
    const bool over = ground_.wait->until.has_value();
    const std::string days = absl::StrCat(Waited());
    const std::string limit = absl::StrCat(DaysUntil(tried_, ground_.kind));
    return Remark(over ? RemarkKind::kWaited : RemarkKind::kWaits,
                  {{"days", days}, {"limit", limit}},
                  absl::StrCat("The wait was ", days, " working days", over ? "" : " so far",
                               "; a case is opened after ", limit, "."));
  }

  const CaseGround& ground_;
  const CentreRow& centre_;
  const Policy& tried_;
};

}  // namespace

uint32_t DaysOf(const Wait& wait, const Policy& policy, absl::CivilDay last, uint32_t most) {
  uint32_t days = wait.before;
  const absl::CivilDay end = wait.until.has_value() ? std::min(*wait.until - 1, last) : last;
  for (absl::CivilDay day = wait.since + 1; day <= end && days < most; ++day) {
    if (policy.WorksOn(wait.node, day)) ++days;
  }
  return days;
}

uint32_t DaysUntil(const Policy& policy, CaseKind kind) {
  switch (kind) {
    case CaseKind::kTransferSilent:
      return policy.silent_transfer_days;
    case CaseKind::kNodeSilent:
      return policy.silent_node_days;
    case CaseKind::kDoubtUnresolved:
      return policy.doubt_days;
    default:
      return 0;
  }
}

std::optional<CaseTrial> TryOn(const CaseGround& ground, const CentreRow& centre,
                               const Policy& tried) {
  return Trial(ground, centre, tried).Compare();
}

}  // namespace keping::central
