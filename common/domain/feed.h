// The downlink feed: what the centre tells one node, as keyed items. A new version of a key
// replaces the old one, so that a node away for months gets the current state and not the history.
//
//   FeedItem item{.key = PrrFeedKey(prr), .position = 41, .version = 2, .body = PrrItem{…}};
//   state.Apply(item.key, old_version, item.version);   // the lane's state hash on both sides
#ifndef KEPING_COMMON_DOMAIN_FEED_H_
#define KEPING_COMMON_DOMAIN_FEED_H_

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "common/crypto/hash.h"
#include "common/domain/event.h"
#include "common/domain/ids.h"
#include "common/domain/policy.h"
#include "common/domain/record_class.h"
#include "common/domain/serial_set.h"

namespace keping::domain {

// A print-ready record as this node may see it. A withdrawal keeps the key and drops the record.
struct PrrItem {
  PrrId prr;
  uint32_t prr_version = 1;
  bool withdrawn = false;
  NodeId lease_holder;  // another node, or empty, when the lease moved away
  LeaseEpoch lease_epoch;
  bool release_requested = false;
  absl::Time enrolled_at;
  VillageCode village;
  std::string nik_tail;  // last four digits: what the operator confirms on the finished card
  std::string record;    // serialised keping.national.v1.Record with picture; empty when withdrawn
  // Of a record that comes by itself, in parts: its SHA-256 and its bytes. Zero: it comes with the
  // item, or not at all.
  crypto::Hash record_digest = {};
  uint32_t record_size = 0;
  RecordClass record_class = RecordClass::kFirstCard;
  // The district destroyed pictures and signature of this version: the node does the same.
  bool destroyed = false;

  friend bool operator==(const PrrItem&, const PrrItem&) = default;
};

// One person of the office's roster.
struct OperatorItem {
  OperatorId operator_id;
  std::vector<ApplicationVersion> certified = {};  // in ascending order of their text
  Role role = Role::kOperator;
  bool active = true;         // false: struck off
  std::string verifier = {};  // of the first password (common/crypto/password.h); or empty

  bool CertifiedOn(const ApplicationVersion& version) const;
  friend bool operator==(const OperatorItem&, const OperatorItem&) = default;
};

struct TransferItem {
  TransferId transfer;
  SerialSet serials;
  std::vector<Box> boxes = {};  // sealed

  friend bool operator==(const TransferItem&, const TransferItem&) = default;
};

struct ActionItem {
  ActionId action;
  ActionKind kind = ActionKind::kRecallCard;
  CaseId case_id;
  PrrId prr;
  std::optional<BlankSerial> blank;

  friend bool operator==(const ActionItem&, const ActionItem&) = default;
};

// Printing wants at least this version of the card application.
struct ApplicationItem {
  ApplicationVersion required;

  friend bool operator==(const ApplicationItem&, const ApplicationItem&) = default;
};

// The key that this node's telephone grants are made with (common/domain/grant_code.h).
struct GrantKeyItem {
  std::string key;

  friend bool operator==(const GrantKeyItem&, const GrantKeyItem&) = default;
};

// What the district's policy says to its offices.
struct PolicyItem {
  uint32_t version = 0;
  std::vector<StalenessRule> staleness;

  friend bool operator==(const PolicyItem&, const PolicyItem&) = default;
};

struct FeedItem {
  std::string key;
  uint64_t position = 0;  // in this node's feed: 1, 2, 3 …; grows with every change
  uint64_t version = 0;   // of the key
  std::variant<PrrItem, OperatorItem, TransferItem, ActionItem, ApplicationItem, GrantKeyItem,
               PolicyItem>
      body;

  friend bool operator==(const FeedItem&, const FeedItem&) = default;
};

std::string PrrFeedKey(const PrrId& prr);
std::string OperatorFeedKey(const OperatorId& operator_id);
std::string TransferFeedKey(const TransferId& transfer);
std::string ActionFeedKey(const ActionId& action);
// The record that a key is about; nullopt for a key of another kind.
std::optional<PrrId> PrrOfFeedKey(absl::string_view key);
std::string ApplicationFeedKey();
std::string GrantKeyFeedKey();
std::string PolicyFeedKey();

// Hash of a lane's state over (key, version), kept up to date item by item: the sum modulo 2^256 of
// SHA-256(key, version). A batch that leaves something out ends in another sum than the centre
// signed.
class FeedState {
 public:
  FeedState() = default;
  explicit FeedState(const crypto::Hash& sum) : sum_(sum) {}

  // `old_version` is 0 when the key is new, `new_version` is 0 when it is gone.
  void Apply(absl::string_view key, uint64_t old_version, uint64_t new_version);
  const crypto::Hash& hash() const { return sum_; }

 private:
  crypto::Hash sum_;
};

}  // namespace keping::domain

#endif  // KEPING_COMMON_DOMAIN_FEED_H_
