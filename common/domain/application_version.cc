#include "common/domain/application_version.h"

#include <algorithm>
#include <cstddef>
#include <string>
#include <tuple>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"

namespace keping::domain {
namespace {

// Compares as its part does: a number is its digits without leading zeros, the longer one larger.
using PartKey = std::tuple<bool, size_t, std::string>;

PartKey KeyOf(absl::string_view part) {
  const bool number = !part.empty() && std::all_of(part.begin(), part.end(), [](char c) {
    return absl::ascii_isdigit(static_cast<unsigned char>(c));
  });
  if (!number) return {true, 0, std::string(part)};
  while (part.size() > 1 && part.front() == '0') part.remove_prefix(1);
  return {false, part.size(), std::string(part)};
}

std::vector<PartKey> KeysOf(const ApplicationVersion& version) {
  std::vector<PartKey> keys;
  for (absl::string_view part : absl::StrSplit(version.value(), '.')) keys.push_back(KeyOf(part));
  return keys;
}

}  // namespace

bool IsOlder(const ApplicationVersion& version, const ApplicationVersion& than) {
  return !than.empty() && KeysOf(version) < KeysOf(than);
}

}  // namespace keping::domain
