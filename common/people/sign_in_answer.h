// What a person who signed in is told, at an office as at the district.
//
//   reply(people::SignInAnswer<v1::SignInResponse>(sessions->limits(), token, role, *good));
#ifndef KEPING_COMMON_PEOPLE_SIGN_IN_ANSWER_H_
#define KEPING_COMMON_PEOPLE_SIGN_IN_ANSWER_H_

#include <cstdint>
#include <string>

#include "absl/time/time.h"
#include "common/domain/event.h"
#include "common/people/password_desk.h"
#include "common/people/sessions.h"

namespace keping::people {

template <typename Response>
Response SignInAnswer(const SessionLimits& limits, const std::string& token, domain::Role role,
                      const GoodPassword& good) {
  const auto seconds = [](absl::Duration duration) {
    return static_cast<uint32_t>(absl::ToInt64Seconds(duration));
  };
  Response response;
  response.set_token(token);
  response.set_role(static_cast<decltype(response.role())>(role));
  response.set_must_change_password(good.must_change);
  response.set_idle_seconds(seconds(limits.idle));
  response.set_longest_seconds(seconds(limits.longest));
  return response;
}

}  // namespace keping::people

#endif  // KEPING_COMMON_PEOPLE_SIGN_IN_ANSWER_H_
