#include "edge_node/printing/capabilities.h"

#include <algorithm>
#include <cmath>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "edge_node/printing/reasons.h"

namespace keping::edge {
namespace {

constexpr double kCardShortMm = 53.98;
constexpr double kCardLongMm = 85.60;
constexpr double kToleranceMm = 1.0;
constexpr double kMmPerInch = 25.4;

// deploy/cups/once: the backend that begins a job at most once, whatever the server does.
constexpr absl::string_view kOnceScheme = "once:";
// Backends that repeat a request to print by themselves, below the queue's policy.
constexpr absl::string_view kRepeatingBackends[] = {"ipp:", "ipps:", "http:", "https:", "lpd:"};

struct Millimetres {
  double shorter = 0;
  double longer = 0;
};

// The size at the end of a PWG name: "om_cr80_53.98x85.6mm".
std::optional<Millimetres> SizeOf(absl::string_view name) {
  double unit = 1;
  if (absl::ConsumeSuffix(&name, "in")) {
    unit = kMmPerInch;
  } else if (!absl::ConsumeSuffix(&name, "mm")) {
    return std::nullopt;
  }
  const size_t underscore = name.rfind('_');
  if (underscore == absl::string_view::npos) return std::nullopt;
  const std::vector<absl::string_view> sides = absl::StrSplit(name.substr(underscore + 1), 'x');
  double a = 0, b = 0;
  if (sides.size() != 2 || !absl::SimpleAtod(sides[0], &a) || !absl::SimpleAtod(sides[1], &b)) {
    return std::nullopt;
  }
  return Millimetres{std::min(a, b) * unit, std::max(a, b) * unit};
}

std::string FirstCard(const std::vector<std::string>& media) {
  const auto card = std::find_if(media.begin(), media.end(), IsCardMedia);
  return card == media.end() ? "" : *card;
}

bool RepeatsJobs(const PrinterCapabilities& queue) {
  if (absl::StartsWith(queue.error_policy, "retry-")) return true;
  absl::string_view device = queue.device_uri;
  if (!absl::ConsumePrefix(&device, kOnceScheme)) return true;
  return std::any_of(std::begin(kRepeatingBackends), std::end(kRepeatingBackends),
                     [&](absl::string_view scheme) { return absl::StartsWith(device, scheme); });
}

}  // namespace

bool IsCardMedia(absl::string_view media_name) {
  if (const std::optional<Millimetres> size = SizeOf(media_name)) {
    return std::abs(size->shorter - kCardShortMm) <= kToleranceMm &&
           std::abs(size->longer - kCardLongMm) <= kToleranceMm;
  }
  const std::string name = absl::AsciiStrToLower(media_name);
  return absl::StrContains(name, "cr80") || absl::StrContains(name, "cr-80") ||
         absl::StrContains(name, "id-1") || name == "id1";
}

std::string CardMedia(const PrinterCapabilities& capabilities) {
  const std::string loaded = FirstCard(capabilities.media_in);
  return loaded.empty() ? FirstCard(capabilities.media) : loaded;
}

std::vector<std::string> CheckFitness(const PrinterCapabilities& capabilities) {
  std::vector<std::string> reasons;
  if (!capabilities.media.empty() && FirstCard(capabilities.media).empty()) {
    reasons.push_back(kReasonCardNotSupported);
  } else if (!capabilities.media_in.empty() && FirstCard(capabilities.media_in).empty()) {
    reasons.push_back(kReasonCardNotLoaded);
  }
  const std::vector<std::string>& formats = capabilities.formats;
  if (!formats.empty() &&
      std::find(formats.begin(), formats.end(), "application/pdf") == formats.end()) {
    reasons.push_back(kReasonPdfNotSupported);
  }
  if (capabilities.is_queue() && RepeatsJobs(capabilities)) reasons.push_back(kReasonRepeatsJobs);
  return reasons;
}

}  // namespace keping::edge
