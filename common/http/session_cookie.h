// A browser's session in a cookie that its page cannot read, and that no other page can use.
//
//   const SessionCookie cookie{.name = "keping-bangli", .opened_by = kSignIn, .closed_by =
//   kSignOut}; KEPING_ASSIGN_OR_RETURN(const bool from_cookie, TakeSession(cookie, &request));
//   response.headers.Set("set-cookie", CookieOf(cookie, token, request.secure));
//
// A request takes part by the header "keping-session: cookie"; without it cookies are not looked
// at, and a client that is no browser sends "authorization: Bearer TOKEN" as over gRPC. The header
// is what keeps other sites out: they could make a browser send the cookie, but not the header,
// unless this server allowed it (CORS), which it never does. SameSite and the origin are a second
// and a third lock.
#ifndef KEPING_COMMON_HTTP_SESSION_COOKIE_H_
#define KEPING_COMMON_HTTP_SESSION_COOKIE_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "common/http/message.h"

namespace keping::http {

// A value.
struct SessionCookie {
  // One for each node, since browsers tell hosts apart and not ports. Empty: no cookies.
  std::string name;
  // Paths of the methods whose answer has the new session's `token`, and that end it.
  std::string opened_by;
  std::string closed_by;
};

// Whether the request goes by the cookie: then its session, if it has one, is put into
// "authorization". PermissionDenied with K-333: it comes from a page of another site.
absl::StatusOr<bool> TakeSession(const SessionCookie& cookie, Request* request);

// Set-Cookie: until the browser is closed, for scripts of nobody, for requests of this site only.
std::string CookieOf(const SessionCookie& cookie, absl::string_view token, bool secure);
std::string ForgottenCookie(const SessionCookie& cookie, bool secure);

}  // namespace keping::http

#endif  // KEPING_COMMON_HTTP_SESSION_COOKIE_H_
