#include "common/people/sessions.h"

#include <algorithm>
#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "common/base/check.h"

namespace keping::people {
namespace {

// Looking a token up by its hash gives nothing away by the time that it takes.
crypto::Hash NameOf(absl::string_view token) {
  return crypto::Sha256({"keping-session-v1\n", token});
}

template <typename Entries, typename Counts>
typename Entries::iterator OldestWhere(Entries& entries, const Counts& counts) {
  auto oldest = entries.end();
  for (auto it = entries.begin(); it != entries.end(); ++it) {
    if (!counts(it->second)) continue;
    const auto age = [](const auto& entry) {
      return std::make_pair(entry.second.used, entry.second.number);
    };
    if (oldest == entries.end() || age(*it) < age(*oldest)) oldest = it;
  }
  return oldest;
}

}  // namespace

absl::Status OwnPasswordFirst(absl::string_view how) {
  return absl::PermissionDeniedError(
      absl::StrCat("K-178: this password was made by somebody else. Choose an own one first",
                   how.empty() ? "" : ": ", how, "."));
}

std::string Sessions::Open(const domain::OperatorId& person, absl::string_view random,
                           bool must_change_password, absl::Duration now) {
  KEPING_CHECK(random.size() == kTokenBytes, "a token is made of 32 random bytes");
  const std::string token = absl::BytesToHexString(random);
  absl::MutexLock lock(&mutex_);
  MakeRoom(person);
  entries_[NameOf(token)] = {
      .session = {.person = person, .must_change_password = must_change_password},
      .opened = now,
      .used = now,
      .number = ++opened_};
  return token;
}

void Sessions::MakeRoom(const domain::OperatorId& person) {
  const auto of_person = [&](const Entry& entry) { return entry.session.person == person; };
  const auto count =
      static_cast<size_t>(std::count_if(entries_.begin(), entries_.end(), [&](const auto& entry) {
        return of_person(entry.second);
      }));
  if (count >= limits_.per_person) {
    entries_.erase(OldestWhere(entries_, of_person));
  } else if (entries_.size() >= limits_.all) {
    entries_.erase(OldestWhere(entries_, [](const Entry&) { return true; }));
  }
}

absl::StatusOr<Session> Sessions::Find(absl::string_view token, Use use, absl::Duration now) {
  absl::MutexLock lock(&mutex_);
  const auto found = entries_.find(NameOf(token));
  if (found == entries_.end() || now - found->second.opened >= limits_.longest) {
    if (found != entries_.end()) entries_.erase(found);
    return absl::UnauthenticatedError(token.empty()
                                          ? "K-186: nobody is signed in here. Sign in."
                                          : "K-186: this session is over. Sign in again.");
  }
  Entry& entry = found->second;
  if (now - entry.used >= limits_.idle) entry.locked = true;
  if (use == Use::kOwn) return entry.session;
  if (entry.locked) {
    return absl::UnauthenticatedError("K-187: the screen is locked. Enter the password.");
  }
  if (use == Use::kAct) entry.used = now;
  return entry.session;
}

bool Sessions::Lock(absl::string_view token) {
  absl::MutexLock lock(&mutex_);
  const auto found = entries_.find(NameOf(token));
  if (found == entries_.end()) return false;
  found->second.locked = true;
  return true;
}

void Sessions::Unlock(absl::string_view token, absl::Duration now) {
  absl::MutexLock lock(&mutex_);
  const auto found = entries_.find(NameOf(token));
  if (found == entries_.end()) return;
  found->second.locked = false;
  found->second.used = now;
}

void Sessions::Close(absl::string_view token) {
  absl::MutexLock lock(&mutex_);
  entries_.erase(NameOf(token));
}

void Sessions::CloseAllOf(const domain::OperatorId& person, absl::string_view except) {
  const crypto::Hash kept = NameOf(except);
  absl::MutexLock lock(&mutex_);
  for (auto it = entries_.begin(); it != entries_.end();) {
    const bool own = it->second.session.person == person;
    if (own && it->first == kept) it->second.session.must_change_password = false;
    it = own && it->first != kept ? entries_.erase(it) : std::next(it);
  }
}

void Sessions::CloseUnless(const std::function<bool(const domain::OperatorId&)>& may_stay) {
  absl::MutexLock lock(&mutex_);
  for (auto it = entries_.begin(); it != entries_.end();) {
    it = may_stay(it->second.session.person) ? std::next(it) : entries_.erase(it);
  }
}

std::map<domain::OperatorId, size_t> Sessions::Count() const {
  std::map<domain::OperatorId, size_t> count;
  absl::MutexLock lock(&mutex_);
  for (const auto& [name, entry] : entries_) ++count[entry.session.person];
  return count;
}

}  // namespace keping::people
