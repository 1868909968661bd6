// Files that are part of the program, served as they were built.
//
//   const Asset kAssets[] = {{"/", "text/html; charset=utf-8", bytes}, …};
//   Assets assets(kAssets);
//   if (assets.Has(request.path)) return assets.Answer(request, read_body);
//
// Each has an ETag over its content: a browser asks each time and mostly hears "304 not modified",
// so that a page never outlives the program that serves it. Who takes gzip gets that: a page is
// read over the same slow link as all else.
#ifndef KEPING_COMMON_HTTP_ASSETS_H_
#define KEPING_COMMON_HTTP_ASSETS_H_

#include <map>
#include <string>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "common/http/message.h"

namespace keping::http {

// All views of constants of the program.
struct Asset {
  absl::string_view path;  // "/main.js"
  absl::string_view content_type;
  absl::string_view bytes;
  // The same, compressed; or empty.
  absl::string_view gzip = {};
};

// What every answer of a site carries: no other site may frame it or read from it, types are taken
// as said, and scripts run only from files of the site itself.
void AddSecurityHeaders(Headers& headers);

// Thread-safe.
class Assets : public Handler {
 public:
  explicit Assets(absl::Span<const Asset> assets);

  bool Has(absl::string_view path) const;
  // 404 for another path, 405 for a method other than GET and HEAD.
  Response Answer(const Request& request, const ReadBody& read_body) override;

 private:
  // Either form has its own, since a browser compares what it holds.
  struct Entry {
    Asset asset;
    std::string etag;
    std::string gzip_etag;
  };

  std::map<std::string, Entry> entries_;
};

}  // namespace keping::http

#endif  // KEPING_COMMON_HTTP_ASSETS_H_
