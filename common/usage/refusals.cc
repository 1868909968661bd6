#include "common/usage/refusals.h"

#include <algorithm>
#include <limits>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"

namespace keping::usage {
namespace {

// Begins a refusal, and stands between its parts: the control characters that nobody types.
constexpr char kBegin = '\x01';
constexpr char kNext = '\x1f';

}  // namespace

std::string Refusal(absl::string_view key, const messages::Values& values) {
  std::string packed = absl::StrCat(std::string(1, kBegin), key);
  for (const auto& [name, value] : values) {
    absl::StrAppend(&packed, std::string(1, kNext), name, std::string(1, kNext),
                    absl::StrReplaceAll(value, {{std::string(1, kNext), " "}}));
  }
  return packed;
}

std::optional<Reason> ReadRefusal(absl::string_view message) {
  const size_t begin = message.find(kBegin);
  if (begin == absl::string_view::npos) return std::nullopt;
  const absl::string_view option = message.substr(0, begin);  // "--day: "
  const std::vector<std::string> parts = absl::StrSplit(message.substr(begin + 1), kNext);
  Reason reason{.option = std::string(option.substr(0, option.rfind(':'))),
                .key = parts.front(),
                .values = {}};
  for (size_t i = 1; i + 1 < parts.size(); i += 2) {
    reason.values.emplace_back(parts[i], parts[i + 1]);
  }
  return reason;
}

CLI::Validator OneOf(const std::vector<std::string>& words) {
  return {[words](const std::string& typed) {
            if (std::find(words.begin(), words.end(), typed) != words.end()) return std::string();
            return Refusal("wrong.oneOf", {{"got", typed}, {"want", absl::StrJoin(words, ", ")}});
          },
          absl::StrCat("{", absl::StrJoin(words, ","), "}")};
}

CLI::Validator Between(uint64_t least, uint64_t most) {
  const bool open = most == std::numeric_limits<uint64_t>::max();
  return {[least, most, open](const std::string& typed) {
            uint64_t number = 0;
            if (absl::SimpleAtoi(typed, &number) && number >= least && number <= most) {
              return std::string();
            }
            return open ? Refusal("wrong.least", {{"got", typed}, {"least", absl::StrCat(least)}})
                        : Refusal("wrong.range", {{"got", typed},
                                                  {"least", absl::StrCat(least)},
                                                  {"most", absl::StrCat(most)}});
          },
          absl::StrCat(least, "..", open ? "" : absl::StrCat(most))};
}

}  // namespace keping::usage
