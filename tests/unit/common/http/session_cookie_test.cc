#include "common/http/session_cookie.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "common/http/authenticate.h"

namespace keping::http {
namespace {

using ::testing::HasSubstr;

const SessionCookie& Cookie() {
  static const auto& cookie = *new SessionCookie{
      .name = "keping-bangli", .opened_by = "/a.B/SignIn", .closed_by = "/a.B/SignOut"};
  return cookie;
}

struct Case {
  const char* name;
  Headers headers;
  bool secure;
  const char* token;  // that the request goes by; null: it is refused
};

TEST(SessionCookieTest, WhichRequestsGoByIt) {
  const std::vector<Case> cases = {
      {"no browser", {{"authorization", "Bearer t"}}, false, "t"},
      {"no header", {{"cookie", "keping-bangli=c"}}, false, ""},
      {"header", {{"keping-session", "cookie"}, {"cookie", "keping-bangli=c"}}, false, "c"},
      {"among others",
       {{"keping-session", "cookie"}, {"cookie", "a=b; keping-bangli2=d;keping-bangli=c"}},
       false,
       "c"},
      {"the cookie goes before a token",
       {{"keping-session", "cookie"}, {"cookie", "keping-bangli=c"}, {"authorization", "Bearer t"}},
       false,
       "c"},
      {"no cookie", {{"keping-session", "cookie"}, {"authorization", "Bearer t"}}, false, ""},
      {"over TLS only its own cookie",
       {{"keping-session", "cookie"}, {"cookie", "keping-bangli=c"}},
       true,
       ""},
      {"over TLS", {{"keping-session", "cookie"}, {"cookie", "__Host-keping-bangli=c"}}, true, "c"},
      {"this site",
       {{"keping-session", "cookie"},
        {"cookie", "keping-bangli=c"},
        {"host", "127.0.0.1:80"},
        {"origin", "http://127.0.0.1:80"},
        {"sec-fetch-site", "same-origin"}},
       false,
       "c"},
      {"another port",
       {{"keping-session", "cookie"}, {"host", "127.0.0.1:80"}, {"origin", "http://127.0.0.1:81"}},
       false,
       nullptr},
      {"without TLS to a site with it",
       {{"keping-session", "cookie"}, {"host", "central"}, {"origin", "http://central"}},
       true,
       nullptr},
      {"same site only",
       {{"keping-session", "cookie"}, {"sec-fetch-site", "same-site"}},
       false,
       nullptr},
      {"another site",
       {{"keping-session", "cookie"}, {"sec-fetch-site", "cross-site"}},
       false,
       nullptr},
  };
  for (const Case& c : cases) {
    Request request{.method = "POST", .path = "/", .headers = c.headers, .secure = c.secure};
    const absl::StatusOr<bool> taken = TakeSession(Cookie(), &request);
    EXPECT_EQ(taken.ok(), c.token != nullptr) << c.name;
    if (c.token == nullptr) {
      EXPECT_THAT(std::string(taken.status().message()), HasSubstr("K-333")) << c.name;
      continue;
    }
    EXPECT_EQ(*taken, c.headers.Has("keping-session")) << c.name;
    EXPECT_EQ(BearerToken(request.headers), c.token) << c.name;
  }
}

TEST(SessionCookieTest, WithoutANameThereIsNone) {
  Request request{.method = "POST",
                  .path = "/",
                  .headers = {{"keping-session", "cookie"}, {"authorization", "Bearer t"}}};
  EXPECT_FALSE(*TakeSession({}, &request));
  EXPECT_EQ(BearerToken(request.headers), "t");
}

TEST(SessionCookieTest, WhatABrowserIsTold) {
  EXPECT_EQ(CookieOf(Cookie(), "c", false), "keping-bangli=c; Path=/; HttpOnly; SameSite=Strict");
  EXPECT_EQ(CookieOf(Cookie(), "c", true),
            "__Host-keping-bangli=c; Path=/; HttpOnly; SameSite=Strict; Secure");
  EXPECT_EQ(ForgottenCookie(Cookie(), false),
            "keping-bangli=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0");
}

}  // namespace
}  // namespace keping::http
