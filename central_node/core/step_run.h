// One step of the central core while it runs: what step.cc and the step_*.cc have in common.
// Outside of those files use step.h.
//
//   return Run(settings, mode, sink, rows, resident).Execute(input);
#ifndef KEPING_CENTRAL_NODE_CORE_STEP_RUN_H_
#define KEPING_CENTRAL_NODE_CORE_STEP_RUN_H_

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "central_node/core/fold.h"
#include "central_node/core/input.h"
#include "central_node/core/posting.h"
#include "central_node/core/rows.h"
#include "central_node/core/settings.h"
#include "central_node/core/step.h"
#include "common/domain/grant_code.h"

namespace keping::central {

class Run {
 public:
  Run(const Settings& settings, Mode mode, EventSink& sink, Rows& rows, Resident& resident)
      : settings_(settings),
        mode_(mode),
        sink_(sink),
        rows_(rows),
        resident_(resident),
        folder_(settings, rows, resident) {}
  Effects Execute(const Input& input);

 private:
  void On(const EntriesArrived& input);
  void NoteClock(const FactRef& ref, StreamHead& head);
  // What a node had been told of before the centre was set back is on its way again.
  void TellTransfersAgain();
  // Its slip may be lost; a link tells it all the same.
  void TellBorrower(const domain::Event& event);
  void On(const RollbackFound& input);
  void On(const GapFound& input);
  // Parts of a log are missing that this input may bring.
  void TouchGaps(const domain::NodeId& node, const domain::IncarnationId& incarnation);
  void On(const CentralEntriesReplayed& input);
  void On(const RecordsArrived& input);
  void On(const WithdrawalsArrived& input);
  void On(const AllotmentsArrived& input);
  void On(const ReportAnswersArrived& input);
  void On(const OpenGeneration& input);
  void On(const EnrolNode& input);
  void On(const AddOperator& input);
  void On(const RemoveOperator& input);
  void On(const CertifyOperator& input);
  template <typename Command>
  void ChangeRoster(const Command& input);
  void On(const RequireApplication& input);
  void On(const IssueGrant& input);
  void On(const TellGrantKeys&);
  void On(const Dispatch& input);
  // Of the named blanks those that the node received under this number before the dispatch was
  // recorded: they have left the district's stock already.
  domain::SerialSet ReceivedBefore(const Dispatch& input);
  // The papers of the boxes that it names; nullopt, and refused: one of them is not to be had.
  std::optional<std::vector<domain::Box>> BoxesToDispatch(const Dispatch& input);
  void On(const ReceiveDelivery& input);
  void On(const MoveLease& input);
  // It may have been given out before the centre was set back, to a node that did not say so yet.
  size_t Unheard() const;
  size_t Unheard(const domain::PrrId& prr, const PrrFacts& facts) const;
  bool RefusedUnheard(size_t unheard);
  void On(const CloseNode& input);
  void On(const ClaimsArrived& input);
  void On(const AcceptClaims& input);
  void On(const GrantWaiting& input);
  void On(const ResolveCase& input);
  void On(const CloseDay& input);
  void On(const HearNode& input);
  void On(const SetPolicy& input);
  void On(const SetOfficer& input);
  void On(const AskSignIn& input);
  void On(const PasswordChecked& input);
  void On(const ChangePassword& input);
  void RefuseLocked(absl::Duration wait);
  void On(const Enter& input);
  void On(const EnterLoan& input);
  void On(const EnterSupply& input);
  void On(const ReadSubject& input);
  void On(const RequestBlanks& input);
  void On(const RequestAnswersArrived& input);
  void On(const DestroyPictures& input);
  void Refuse(CommandOutcome outcome, uint64_t got = 0, uint64_t want = 0);
  // Refuses for `why`; false where that is kDone.
  bool RefusedFor(CommandResult why);
  void Append(const domain::Event& event);
  void Tell(const domain::NodeId& node, std::string key, decltype(FeedChange::body) body);
  // The verifier of the first password is put in when the feed is read (central_node/store).
  void Roster(const domain::NodeId& node, const domain::OperatorId& operator_id,
              const RosterEntry& entry, const domain::OperatorId& by);
  void TellRequiredApplication(const domain::NodeId& node);
  void TellPolicy(const domain::NodeId& node);
  // The key itself is put in when the feed is read (central_node/store).
  void TellGrantKey(const domain::NodeId& node);
  // What the centre does itself for a grant; completes its terms.
  CommandOutcome CarryOut(const IssueGrant& input, domain::GrantTerms& terms);
  void Certify(const IssueGrant& input);
  CommandOutcome CarryOutForcedLease(const IssueGrant& input, domain::GrantTerms& terms);
  void Grant(const domain::PrrId& prr, const domain::NodeId& node, bool forced,
             const domain::OperatorId& by = {});
  void DecideLeases();
  void DecideLease(const domain::PrrId& prr, const PrrRow& row);
  void Judge();
  void JudgeTransfers();
  void DecideCases();
  // Writes an order and tells its node.
  void Order(const domain::ActionOrdered& order);
  // Of what is ordered again after a set-back, the office may have said already that it is done.
  void JudgeAgain(const domain::BlankSerial& serial);
  const Settings& settings_;
  const Mode mode_;
  EventSink& sink_;
  Rows& rows_;
  Resident& resident_;
  Folder folder_;
  Verdicts verdicts_;
  std::set<domain::NodeId> tails_;  // of lost nodes, where something is settled or not any more
  Effects effects_;
};

}  // namespace keping::central

#endif  // KEPING_CENTRAL_NODE_CORE_STEP_RUN_H_
