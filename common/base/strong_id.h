// An opaque identifier that cannot be mistaken for one of another kind.
//
//   struct NodeTag { static constexpr const char* kName = "node id"; };
//   using NodeId = StrongId<NodeTag>;
//   KEPING_ASSIGN_OR_RETURN(NodeId node, NodeId::Parse(text));   // at the rim
//
// Inside a StrongId is proof: 1 to 64 characters of [A-Za-z0-9._:/-]. The default value is empty
// and stands for "none". Ids never hold personal data.
#ifndef KEPING_COMMON_BASE_STRONG_ID_H_
#define KEPING_COMMON_BASE_STRONG_ID_H_

#include <compare>
#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace keping::base {

// OK, or InvalidArgument that names `kind` and what was wrong.
absl::Status ValidateId(absl::string_view text, const char* kind);

template <typename Tag>
class StrongId {
 public:
  StrongId() = default;

  static absl::StatusOr<StrongId> Parse(absl::string_view text) {
    absl::Status status = ValidateId(text, Tag::kName);
    if (!status.ok()) return status;
    return StrongId(std::string(text));
  }

  // For text that this program made itself; checks instead of returning an error.
  static StrongId Of(absl::string_view text) {
    auto id = Parse(text);
    return *std::move(id);
  }

  const std::string& value() const { return value_; }
  bool empty() const { return value_.empty(); }

  friend bool operator==(const StrongId&, const StrongId&) = default;
  friend auto operator<=>(const StrongId&, const StrongId&) = default;
  template <typename H>
  friend H AbslHashValue(H h, const StrongId& id) {
    return H::combine(std::move(h), id.value_);
  }

 private:
  explicit StrongId(std::string value) : value_(std::move(value)) {}
  std::string value_;
};

}  // namespace keping::base

#endif  // KEPING_COMMON_BASE_STRONG_ID_H_
