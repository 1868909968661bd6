// The manifest on paper: the list of cards that a village head takes over and signs for, with a QR
// code that says the manifest's id.
//
//   ManifestPaper paper{.manifest = id, .village_code = "51.06.01.2001", …};
//   KEPING_ASSIGN_OR_RETURN(std::string pdf, DrawManifest(paper));
//   std::string text = WriteManifest(paper);        // for a line printer, or a screen
//
// The same paper always gives the same bytes. Pure; thread-safe.
#ifndef KEPING_EDGE_NODE_PAPERS_MANIFEST_PAPER_H_
#define KEPING_EDGE_NODE_PAPERS_MANIFEST_PAPER_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "common/paper/document.h"
#include "common/paper/words.h"

namespace keping::edge {

struct ManifestPaper {
  struct Row {
    std::string serial = {};
    std::string name = {};        // empty: not known here
    std::string masked_nik = {};  // "510601********01"
  };

  std::string manifest;
  std::string office_name;
  std::string village_code;
  std::string village_name = {};
  std::string kecamatan_name = {};
  absl::CivilDay made_on;
  bool specimen = false;  // marked on every page
  std::vector<Row> rows = {};
};

paper::Document DescribeManifest(const paper::Words& words, const ManifestPaper& paper);

// In Indonesian on A4: a PDF of as many A4 pages as it takes. InvalidArgument when the id is too
// long for a QR code.
absl::StatusOr<std::string> DrawManifest(const ManifestPaper& paper);

// As plain text in UTF-8, lines of at most 96 characters but for very long names.
std::string WriteManifest(const ManifestPaper& paper);

}  // namespace keping::edge

#endif  // KEPING_EDGE_NODE_PAPERS_MANIFEST_PAPER_H_
