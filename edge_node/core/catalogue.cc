#include "edge_node/core/catalogue.h"

namespace keping::edge {
namespace {

template <typename Map, typename Key>
const typename Map::mapped_type* FindIn(const Map& map, const Key& key) {
  auto it = map.find(key);
  return it == map.end() ? nullptr : &it->second;
}

}  // namespace

void Catalogue::Apply(const domain::FeedItem& item, const RecordState& record) {
  uint64_t& version = versions_[item.key];
  // A repeated item changes nothing; an older version never replaces a newer one.
  if (item.version <= version) return;
  state_.Apply(item.key, version, item.version);
  version = item.version;
  if (const auto* prr = std::get_if<domain::PrrItem>(&item.body)) {
    ApplyPrr(*prr, record);
  } else if (const auto* person = std::get_if<domain::OperatorItem>(&item.body)) {
    operators_[person->operator_id] = *person;
  } else if (const auto* transfer = std::get_if<domain::TransferItem>(&item.body)) {
    transfers_[transfer->transfer] = *transfer;
  } else if (const auto* action = std::get_if<domain::ActionItem>(&item.body)) {
    actions_[action->action] = *action;
  } else if (const auto* application = std::get_if<domain::ApplicationItem>(&item.body)) {
    required_application_ = application->required;
  } else if (const auto* grants = std::get_if<domain::GrantKeyItem>(&item.body)) {
    grant_key_ = grants->key;
  } else if (const auto* policy = std::get_if<domain::PolicyItem>(&item.body)) {
    policy_ = *policy;
  }
}

uint64_t Catalogue::VersionOf(const std::string& key) const {
  const uint64_t* version = FindIn(versions_, key);
  return version == nullptr ? 0 : *version;
}

const domain::PrrItem* Catalogue::FindPrr(const domain::PrrId& prr) const {
  return FindIn(prrs_, prr);
}

const domain::OperatorItem* Catalogue::FindOperator(const domain::OperatorId& operator_id) const {
  const domain::OperatorItem* person = FindIn(operators_, operator_id);
  return person == nullptr || !person->active ? nullptr : person;
}

const domain::TransferItem* Catalogue::FindTransfer(const domain::TransferId& transfer) const {
  return FindIn(transfers_, transfer);
}

const domain::ActionItem* Catalogue::FindAction(const domain::ActionId& action) const {
  return FindIn(actions_, action);
}

void Catalogue::Forget(const std::string& key) {
  const auto version = versions_.find(key);
  if (version == versions_.end()) return;
  state_.Apply(key, version->second, 0);
  versions_.erase(version);
  if (const auto prr = domain::PrrOfFeedKey(key)) return ForgetPrr(*prr);
  if (key == domain::ApplicationFeedKey()) required_application_ = {};
  if (key == domain::GrantKeyFeedKey()) grant_key_.clear();
  if (key == domain::PolicyFeedKey()) policy_ = {};
  std::erase_if(operators_,
                [&](const auto& one) { return domain::OperatorFeedKey(one.first) == key; });
  std::erase_if(transfers_,
                [&](const auto& one) { return domain::TransferFeedKey(one.first) == key; });
  std::erase_if(actions_, [&](const auto& one) { return domain::ActionFeedKey(one.first) == key; });
}

void Catalogue::ForgetPrr(const domain::PrrId& prr) {
  const auto known = prrs_.find(prr);
  if (known == prrs_.end()) return;
  plan_.erase({known->second.enrolled_at, prr});
  missing_.erase({known->second.enrolled_at, prr});
  with_record_.erase(prr);
  faults_.erase(prr);
  prrs_.erase(known);
}

std::vector<std::string> Catalogue::Keys() const {
  std::vector<std::string> keys;
  keys.reserve(versions_.size());
  for (const auto& [key, version] : versions_) keys.push_back(key);
  return keys;
}

void Catalogue::ApplyPrr(const domain::PrrItem& item, const RecordState& record) {
  auto known = prrs_.find(item.prr);
  if (known != prrs_.end()) {
    plan_.erase({known->second.enrolled_at, item.prr});
    missing_.erase({known->second.enrolled_at, item.prr});
  }
  domain::PrrItem& stored = prrs_[item.prr];
  stored = item;
  stored.record.clear();
  plan_.insert({item.enrolled_at, item.prr});
  SetRecord(item.prr, record);
}

void Catalogue::SetRecord(const domain::PrrId& prr, const RecordState& record) {
  const domain::PrrItem& item = prrs_.at(prr);
  const PlanKey key = {item.enrolled_at, prr};
  with_record_.erase(prr);
  faults_.erase(prr);
  missing_.erase(key);
  if (record.present) with_record_.insert(prr);
  if (!record.fault.empty()) faults_[prr] = record.fault;
  const bool named = !item.record_digest.IsZero() && !item.withdrawn;
  if (named && !record.present && record.fault.empty()) missing_.insert(key);
}

}  // namespace keping::edge
