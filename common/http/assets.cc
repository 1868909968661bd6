#include "common/http/assets.h"

#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "common/crypto/hash.h"

namespace keping::http {
namespace {

constexpr char kContentSecurityPolicy[] =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

bool Matches(absl::string_view if_none_match, absl::string_view etag) {
  for (absl::string_view one : absl::StrSplit(if_none_match, ',')) {
    one = absl::StripAsciiWhitespace(one);
    if (one == "*" || one == etag || one == absl::StrCat("W/", etag)) return true;
  }
  return false;
}

// "gzip;q=0" is the one way to refuse it by name.
bool TakesGzip(absl::string_view accept_encoding) {
  for (absl::string_view one : absl::StrSplit(accept_encoding, ',')) {
    const std::vector<absl::string_view> parts = absl::StrSplit(one, ';');
    if (!absl::EqualsIgnoreCase(absl::StripAsciiWhitespace(parts[0]), "gzip")) continue;
    double weight = 1;
    absl::string_view quality =
        parts.size() > 1 ? absl::StripAsciiWhitespace(parts[1]) : absl::string_view();
    const bool weighed = absl::ConsumePrefix(&quality, "q=") && absl::SimpleAtod(quality, &weight);
    return !weighed || weight > 0;
  }
  return false;
}

}  // namespace

void AddSecurityHeaders(Headers& headers) {
  headers.Set("content-security-policy", kContentSecurityPolicy);
  headers.Set("cross-origin-opener-policy", "same-origin");
  headers.Set("cross-origin-resource-policy", "same-origin");
  headers.Set("referrer-policy", "no-referrer");
  headers.Set("x-content-type-options", "nosniff");
}

Assets::Assets(absl::Span<const Asset> assets) {
  for (const Asset& asset : assets) {
    const std::string hash = crypto::Sha256({asset.bytes}).Hex().substr(0, 32);
    entries_[std::string(asset.path)] = {asset, absl::StrCat("\"", hash, "\""),
                                         absl::StrCat("\"", hash, "-gzip\"")};
  }
}

bool Assets::Has(absl::string_view path) const { return entries_.contains(std::string(path)); }

Response Assets::Answer(const Request& request, const ReadBody&) {
  Response response{.status = 200, .headers = {}, .body = {}, .stream = nullptr};
  AddSecurityHeaders(response.headers);
  const auto found = entries_.find(request.path);
  if (found == entries_.end()) {
    response.status = 404;
    return response;
  }
  if (request.method != "GET" && request.method != "HEAD") {
    response.status = 405;
    response.headers.Set("allow", "GET, HEAD");
    return response;
  }
  const Entry& entry = found->second;
  const bool zipped =
      !entry.asset.gzip.empty() && TakesGzip(request.headers.Get("accept-encoding"));
  const std::string& etag = zipped ? entry.gzip_etag : entry.etag;
  response.headers.Set("etag", etag);
  response.headers.Set("cache-control", "no-cache");
  response.headers.Set("vary", "accept-encoding");
  if (Matches(request.headers.Get("if-none-match"), etag)) {
    response.status = 304;
    return response;
  }
  response.headers.Set("content-type", entry.asset.content_type);
  if (zipped) response.headers.Set("content-encoding", "gzip");
  response.body = std::string(zipped ? entry.asset.gzip : entry.asset.bytes);
  return response;
}

}  // namespace keping::http
