#include "common/domain/feed.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"

namespace keping::domain {
namespace {

constexpr absl::string_view kPrrPrefix = "prr/";

crypto::Hash HashOf(absl::string_view key, uint64_t version) {
  return crypto::Sha256({key, absl::StrCat("@", version)});
}

void Add(crypto::Hash& sum, const crypto::Hash& term) {
  unsigned carry = 0;
  for (size_t i = crypto::Hash::kSize; i-- > 0;) {
    carry += sum.bytes[i] + term.bytes[i];
    sum.bytes[i] = static_cast<uint8_t>(carry);
    carry >>= 8;
  }
}

void Subtract(crypto::Hash& sum, const crypto::Hash& term) {
  int borrow = 0;
  for (size_t i = crypto::Hash::kSize; i-- > 0;) {
    const int difference = sum.bytes[i] - term.bytes[i] - borrow;
    sum.bytes[i] = static_cast<uint8_t>(difference);
    borrow = difference < 0 ? 1 : 0;
  }
}

}  // namespace

std::string PrrFeedKey(const PrrId& prr) { return absl::StrCat(kPrrPrefix, prr.value()); }

std::optional<PrrId> PrrOfFeedKey(absl::string_view key) {
  if (!absl::ConsumePrefix(&key, kPrrPrefix)) return std::nullopt;
  auto prr = PrrId::Parse(key);
  return prr.ok() ? std::optional<PrrId>(*std::move(prr)) : std::nullopt;
}

bool OperatorItem::CertifiedOn(const ApplicationVersion& version) const {
  return std::find(certified.begin(), certified.end(), version) != certified.end();
}

std::string OperatorFeedKey(const OperatorId& operator_id) {
  return absl::StrCat("operator/", operator_id.value());
}

std::string TransferFeedKey(const TransferId& transfer) {
  return absl::StrCat("transfer/", transfer.value());
}

std::string ActionFeedKey(const ActionId& action) {
  return absl::StrCat("action/", action.value());
}

std::string ApplicationFeedKey() { return "application"; }

std::string PolicyFeedKey() { return "policy"; }

std::string GrantKeyFeedKey() { return "grant-key"; }

void FeedState::Apply(absl::string_view key, uint64_t old_version, uint64_t new_version) {
  if (old_version != 0) Subtract(sum_, HashOf(key, old_version));
  if (new_version != 0) Add(sum_, HashOf(key, new_version));
}

}  // namespace keping::domain
