// From the attributes of an IPP answer to values of ours. What a printer says is shown and logged,
// so it is kept short, printable and few. Only ipp_client.cc uses it.
#ifndef KEPING_EDGE_NODE_PRINTING_IPP_ATTRIBUTES_H_
#define KEPING_EDGE_NODE_PRINTING_IPP_ATTRIBUTES_H_

#include <cups/ipp.h>

#include <array>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "edge_node/printing/ipp_client.h"

namespace keping::edge {

// What to ask for; the readers below understand no others.
inline constexpr std::array kJobAttributes = {"job-id",
                                              "job-name",
                                              "job-state",
                                              "job-state-reasons",
                                              "job-state-message",
                                              "job-impressions-completed",
                                              "job-media-sheets-completed"};
inline constexpr std::array kPrinterAttributes = {"printer-name",
                                                  "printer-make-and-model",
                                                  "printer-uri-supported",
                                                  "printer-is-accepting-jobs",
                                                  "printer-state",
                                                  "printer-state-reasons",
                                                  "printer-state-message",
                                                  "queued-job-count",
                                                  "document-format-supported",
                                                  "media-supported",
                                                  "media-ready",
                                                  "marker-names",
                                                  "marker-types",
                                                  "marker-colors",
                                                  "marker-levels",
                                                  "printer-impressions-completed",
                                                  "printer-media-sheets-completed",
                                                  "printer-pages-completed",
                                                  "job-error-action-supported",
                                                  "printer-error-policy",
                                                  "device-uri"};

std::vector<IppJob> ReadJobs(ipp_t* answer);
IppPrinterAnswer ReadPrinter(ipp_t* answer);

// The first value of a text attribute, or empty.
std::string ReadText(ipp_t* answer, const char* name);
std::string Printable(absl::string_view text);

}  // namespace keping::edge

#endif  // KEPING_EDGE_NODE_PRINTING_IPP_ATTRIBUTES_H_
