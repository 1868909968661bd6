// What a printer is and can do, as it says itself, and whether it is fit for identity cards.
//
//   PrinterCapabilities capabilities = …;             // asked over IPP
//   for (const std::string& reason : CheckFitness(capabilities)) Show(ExplainReason(reason));
//
// A printer that does not say something is not held against it: old ones say little. What it says
// and what rules cards out makes it not ready, before a blank is fed.
#ifndef KEPING_EDGE_NODE_PRINTING_CAPABILITIES_H_
#define KEPING_EDGE_NODE_PRINTING_CAPABILITIES_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace keping::edge {

// One thing that wears out or runs out, such as the ribbon (IPP marker-names, -types, -colors,
// -levels; CUPS implementation of the same).
struct Supply {
  std::string name;
  std::string type;   // "ribbon", "toner", "waste-ink" …
  std::string color;  // "#00FFFF#FF00FF#FFFF00", or "none"
  // Percent of full, 0 to 100; absent where the printer cannot tell.
  std::optional<int> percent;

  friend bool operator==(const Supply&, const Supply&) = default;
};

struct PrinterCapabilities {
  std::string name;                   // printer-name
  std::string make_and_model;         // printer-make-and-model
  std::vector<std::string> uris;      // printer-uri-supported
  std::vector<std::string> formats;   // document-format-supported, MIME types
  std::vector<std::string> media;     // media-supported, PWG 5101.1 names
  std::vector<std::string> media_in;  // media-ready: what is loaded
  std::vector<Supply> supplies;
  std::optional<int64_t> cards_ever;  // its counter of sheets, or else of impressions or pages
  std::vector<std::string> on_error;  // job-error-action-supported (PWG 5100.13)

  // Of a queue at a CUPS server only; empty for a printer that is asked directly.
  std::string error_policy;  // printer-error-policy
  std::string device_uri;    // device-uri: the printer behind the queue

  // A queue of CUPS stands between us and the printer.
  bool is_queue() const { return !error_policy.empty(); }

  friend bool operator==(const PrinterCapabilities&, const PrinterCapabilities&) = default;
};

// Whether a media name stands for an ID-1 card, 85.60 x 53.98 mm to within 1 mm (ISO/IEC 7810; also
// sold as CR80). A name ends in its size by PWG 5101.1 ("om_cr80_53.98x85.6mm"); without a size it
// counts when it says CR80 or ID-1.
bool IsCardMedia(absl::string_view media_name);

// The loaded card media, else a supported one, else empty: what to ask for in a job.
std::string CardMedia(const PrinterCapabilities& capabilities);

// Why this printer must get no card, as keywords of reasons.h: no card media, no PDF, or a queue
// that would send a job to its printer a second time by itself. Empty when it is fit.
std::vector<std::string> CheckFitness(const PrinterCapabilities& capabilities);

}  // namespace keping::edge

#endif  // KEPING_EDGE_NODE_PRINTING_CAPABILITIES_H_
