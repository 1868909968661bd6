#include "common/http/session_cookie.h"

#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"

namespace keping::http {
namespace {

constexpr char kSessionHeader[] = "keping-session";
constexpr char kByCookie[] = "cookie";
constexpr char kAttributes[] = "; Path=/; HttpOnly; SameSite=Strict";

// Browsers take a name with this prefix from nobody but this host, over TLS.
std::string NameOf(const SessionCookie& cookie, bool secure) {
  return absl::StrCat(secure ? "__Host-" : "", cookie.name);
}

std::string Find(absl::string_view cookies, absl::string_view name) {
  for (absl::string_view one : absl::StrSplit(cookies, ';')) {
    one = absl::StripAsciiWhitespace(one);
    if (absl::ConsumePrefix(&one, name) && absl::ConsumePrefix(&one, "=")) return std::string(one);
  }
  return "";
}

// Browsers say both of every POST; who says neither is no browser.
bool IsOfThisSite(const Request& request) {
  const absl::string_view site = request.headers.Get("sec-fetch-site");
  if (!site.empty() && site != "same-origin") return false;
  const absl::string_view origin = request.headers.Get("origin");
  const absl::string_view scheme = request.secure ? "https://" : "http://";
  return origin.empty() || origin == absl::StrCat(scheme, request.headers.Get("host"));
}

std::string SetCookie(const SessionCookie& cookie, absl::string_view value, bool secure,
                      absl::string_view more) {
  return absl::StrCat(NameOf(cookie, secure), "=", value, kAttributes, secure ? "; Secure" : "",
                      more);
}

}  // namespace

absl::StatusOr<bool> TakeSession(const SessionCookie& cookie, Request* request) {
  if (cookie.name.empty() || request->headers.Get(kSessionHeader) != kByCookie) return false;
  if (!IsOfThisSite(*request)) {
    return absl::PermissionDeniedError(
        "K-333: this request comes from a page of another site. Open the page of this node anew, "
        "by its own address.");
  }
  const std::string token = Find(request->headers.Get("cookie"), NameOf(cookie, request->secure));
  request->headers.Set("authorization", token.empty() ? "" : absl::StrCat("Bearer ", token));
  return true;
}

std::string CookieOf(const SessionCookie& cookie, absl::string_view token, bool secure) {
  return SetCookie(cookie, token, secure, "");
}

std::string ForgottenCookie(const SessionCookie& cookie, bool secure) {
  return SetCookie(cookie, "", secure, "; Max-Age=0");
}

}  // namespace keping::http
