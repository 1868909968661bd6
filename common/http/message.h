// An HTTP exchange as values, without a server: what handlers are written and tested against.
//
//   class Hello : public Handler {
//     Response Answer(const Request& request, const ReadBody& read_body) override {
//       return {.status = 200, .headers = Headers({{"content-type", "text/plain"}}), .body =
//       "hello"};
//     }
//   };
#ifndef KEPING_COMMON_HTTP_MESSAGE_H_
#define KEPING_COMMON_HTTP_MESSAGE_H_

#include <cstddef>
#include <functional>
#include <initializer_list>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace keping::http {

// Header fields; names in lower case, whatever came. A field that came twice is one value with a
// comma, as HTTP reads it.
class Headers {
 public:
  Headers() = default;
  Headers(std::initializer_list<std::pair<absl::string_view, absl::string_view>> fields);

  void Add(absl::string_view name, absl::string_view value);
  void Set(absl::string_view name, absl::string_view value);
  // Empty when there is none.
  absl::string_view Get(absl::string_view name) const;
  bool Has(absl::string_view name) const { return !Get(name).empty(); }
  const std::map<std::string, std::string>& fields() const { return fields_; }

 private:
  std::map<std::string, std::string> fields_;
};

struct Request {
  std::string method;  // "GET", "POST"
  std::string path;    // decoded, without a query
  Headers headers;
  bool secure = false;  // came over TLS
};

// Reads the request's body. ResourceExhausted: longer than `limit` bytes; DataLoss: it broke off.
using ReadBody = std::function<absl::StatusOr<std::string>(size_t limit)>;

// A body that is made piece by piece while it is sent.
class BodyStream {
 public:
  // Gives back what it holds; the receiver may be gone before the end.
  virtual ~BodyStream() = default;
  // Waits for the next piece; nothing at the end. Called on one thread.
  virtual std::optional<std::string> Next() = 0;
};

struct Response {
  int status = 500;
  Headers headers;
  std::string body;
  // When set, the body instead.
  std::unique_ptr<BodyStream> stream;
};

// Thread-safe: requests come on many threads.
class Handler {
 public:
  virtual ~Handler() = default;
  // May wait. Who refuses a request from its head alone does not read its body.
  virtual Response Answer(const Request& request, const ReadBody& read_body) = 0;
};

}  // namespace keping::http

#endif  // KEPING_COMMON_HTTP_MESSAGE_H_
