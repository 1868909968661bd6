// What the centre told this node, latest version per key: print-ready records in the order of the
// print plan, the roster, dispatched transfers, ordered actions. A projection of the feed.
#ifndef KEPING_EDGE_NODE_CORE_CATALOGUE_H_
#define KEPING_EDGE_NODE_CORE_CATALOGUE_H_

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/time/time.h"
#include "common/domain/feed.h"
#include "common/domain/ids.h"

namespace keping::edge {

// First enrolled, first printed; the id decides between equals.
using PlanKey = std::pair<absl::Time, domain::PrrId>;

// What lies in the store of a record.
struct RecordState {
  bool present = false;
  std::string fault;  // why no card can be made of it; empty: one can
};

// Not thread-safe. Records (pictures, demographics) stay in the store: here only their state.
class Catalogue {
 public:
  // Takes over an item; `record`: of a PRR.
  void Apply(const domain::FeedItem& item, const RecordState& record);
  // Forgets a key and what it said: the centre does not name it any more. Nothing when it never
  // came.
  void Forget(const std::string& key);
  // The lane is known up to `position`; it goes back while the lane is sent anew.
  void Advance(uint64_t position) { position_ = position; }

  const domain::PrrItem* FindPrr(const domain::PrrId& prr) const;
  bool HasRecord(const domain::PrrId& prr) const { return with_record_.contains(prr); }
  // The feed names its record, which has not come yet.
  bool IsMissing(const domain::PrrItem& item) const {
    return missing_.contains({item.enrolled_at, item.prr});
  }
  // In plan order.
  const std::set<PlanKey>& missing() const { return missing_; }
  // What lies in the store of a record now.
  void SetRecord(const domain::PrrId& prr, const RecordState& record);
  // Records that are here and of which no card can be made, with the reason.
  const std::map<domain::PrrId, std::string>& faults() const { return faults_; }
  // Nullptr also for a person who was struck off.
  const domain::OperatorItem* FindOperator(const domain::OperatorId& operator_id) const;
  const domain::TransferItem* FindTransfer(const domain::TransferId& transfer) const;
  const domain::ActionItem* FindAction(const domain::ActionId& action) const;

  // Every PRR that this node ever heard of, in plan order.
  const std::set<PlanKey>& plan() const { return plan_; }
  // With those who were struck off.
  const std::map<domain::OperatorId, domain::OperatorItem>& operators() const { return operators_; }
  const std::map<domain::TransferId, domain::TransferItem>& transfers() const { return transfers_; }
  const std::map<domain::ActionId, domain::ActionItem>& actions() const { return actions_; }

  // The least version of the card application that may print; empty: any.
  const domain::ApplicationVersion& required_application() const { return required_application_; }
  // Of this node's telephone grants; empty before it came.
  const std::string& grant_key() const { return grant_key_; }
  // What the district's policy says; version 0 before one came.
  const domain::PolicyItem& policy() const { return policy_; }

  // The version held of a key, 0 when it never came.
  uint64_t VersionOf(const std::string& key) const;
  // Every key held, in order.
  std::vector<std::string> Keys() const;
  uint64_t position() const { return position_; }
  const crypto::Hash& state() const { return state_.hash(); }

 private:
  void ApplyPrr(const domain::PrrItem& item, const RecordState& record);
  void ForgetPrr(const domain::PrrId& prr);

  std::map<std::string, uint64_t> versions_;
  std::map<domain::PrrId, domain::PrrItem> prrs_;
  std::set<domain::PrrId> with_record_;
  std::set<PlanKey> missing_;
  std::map<domain::PrrId, std::string> faults_;
  std::set<PlanKey> plan_;
  std::map<domain::OperatorId, domain::OperatorItem> operators_;
  std::map<domain::TransferId, domain::TransferItem> transfers_;
  std::map<domain::ActionId, domain::ActionItem> actions_;
  domain::ApplicationVersion required_application_;
  std::string grant_key_;
  domain::PolicyItem policy_;
  uint64_t position_ = 0;
  domain::FeedState state_;
};

}  // namespace keping::edge

#endif  // KEPING_EDGE_NODE_CORE_CATALOGUE_H_
