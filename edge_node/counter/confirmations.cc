#include "edge_node/counter/confirmations.h"

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"

namespace keping::edge {
namespace {

crypto::Hash NameOf(absl::string_view token) {
  return crypto::Sha256({"keping-confirmation-v1\n", token});
}

}  // namespace

std::string Confirmations::Make(const domain::OperatorId& person, absl::string_view random,
                                absl::Duration now) {
  const std::string token = absl::BytesToHexString(random);
  absl::MutexLock lock(&mutex_);
  for (auto it = entries_.begin(); it != entries_.end();) {
    it = now - it->second.made >= kValidity ? entries_.erase(it) : std::next(it);
  }
  entries_[NameOf(token)] = {.person = person, .made = now};
  return token;
}

absl::Status Confirmations::UseUp(absl::string_view token, const domain::OperatorId& person,
                                  absl::Duration now) {
  absl::MutexLock lock(&mutex_);
  const auto found = entries_.find(NameOf(token));
  const bool good = found != entries_.end() && found->second.person == person &&
                    now - found->second.made < kValidity;
  if (found != entries_.end()) entries_.erase(found);
  if (good) return absl::OkStatus();
  return absl::FailedPreconditionError(absl::StrCat("K-189: this takes two persons. Let ",
                                                    person.value(),
                                                    " enter the own password at this screen now."));
}

}  // namespace keping::edge
