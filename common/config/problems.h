// Collects what is wrong with a configuration, so that a person hears all of it at once.
//
//   Problems problems("/etc/keping/edge.textproto");
//   problems.RequireText("office_name", config.office_name());
//   return problems.ToStatus();
#ifndef KEPING_COMMON_CONFIG_PROBLEMS_H_
#define KEPING_COMMON_CONFIG_PROBLEMS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace keping::config {

// A value. Not thread-safe. Each problem is a line `file: field: got …, want …`.
class Problems {
 public:
  explicit Problems(absl::string_view file) : file_(file) {}

  void Add(absl::string_view field, absl::string_view got, absl::string_view want);

  // Each adds a problem unless the value of `field` is as its name says.
  void RequireText(absl::string_view field, absl::string_view value);
  // Lower-case letters, digits and hyphens, 1 to 63 of them, not at an end a hyphen.
  void RequireId(absl::string_view field, absl::string_view value);
  // host:port, the port from `lowest_port` to 65535; IPv6 addresses in brackets.
  void RequireAddress(absl::string_view field, absl::string_view value, int lowest_port);
  // An address of this machine alone, port 0 for any free one.
  void RequireLoopback(absl::string_view field, absl::string_view value);
  void RequireBetween(absl::string_view field, int64_t value, int64_t low, int64_t high);
  void RequireSocketPath(absl::string_view field, absl::string_view value);
  void RequireUtcOffset(absl::string_view field, int minutes);

  // OK, or InvalidArgument with all lines.
  absl::Status ToStatus() const;

 private:
  std::string file_;
  std::vector<std::string> lines_;
};

}  // namespace keping::config

#endif  // KEPING_COMMON_CONFIG_PROBLEMS_H_
