#include "common/people/confirmations.h"

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"

namespace keping::people {
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

domain::OperatorId Confirmations::Take(absl::string_view token, absl::Duration now) {
  absl::MutexLock lock(&mutex_);
  const auto found = entries_.find(NameOf(token));
  if (found == entries_.end()) return {};
  const Entry entry = found->second;
  entries_.erase(found);
  return now - entry.made < kValidity ? entry.person : domain::OperatorId();
}

absl::Status Confirmations::UseUp(absl::string_view token, const domain::OperatorId& person,
                                  absl::Duration now) {
  if (Take(token, now) == person && !person.empty()) return absl::OkStatus();
  return absl::FailedPreconditionError(absl::StrCat("K-189: this takes two persons. Let ",
                                                    person.value(),
                                                    " enter the own password at this screen now."));
}

void Confirmations::Forget(const domain::OperatorId& person) {
  absl::MutexLock lock(&mutex_);
  for (auto it = entries_.begin(); it != entries_.end();) {
    it = it->second.person == person ? entries_.erase(it) : std::next(it);
  }
}

}  // namespace keping::people
