#include "edge_node/papers/manifest_paper.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "common/paper/pdf.h"

namespace keping::edge {
namespace {

using paper::Align;
using paper::Document;
using paper::Table;
using paper::Words;

}  // namespace

Document DescribeManifest(const Words& words, const ManifestPaper& paper) {
  Document document{.language = words.language(), .title = words("manifest.title")};
  document.fields = {
      {words("paper.office"), paper.office_name},
      {words("paper.village"), absl::StrCat(paper.village_name.empty() ? "-" : paper.village_name,
                                            " (", paper.village_code, ")")},
      {words("manifest.kecamatan"), paper.kecamatan_name},
      {words("manifest.madeOn"), words.Date(paper.made_on)},
      {words("manifest.number"), paper.manifest},
      {words("manifest.count"), words.Number(static_cast<int64_t>(paper.rows.size()))}};
  Table table{.title = "",
              .columns = {{.title = words("paper.no"), .share = 0.6, .align = Align::kRight},
                          {.title = words("manifest.card"), .share = 2},
                          {.title = words("manifest.name"), .share = 3.2},
                          {.title = words("manifest.nik"), .share = 1.9},
                          {.title = words("paper.remark"), .share = 1.4}}};
  int64_t number = 0;
  for (const ManifestPaper::Row& row : paper.rows) {
    table.rows.push_back({++number, row.serial, row.name.empty() ? "-" : row.name,
                          row.masked_nik.empty() ? "-" : row.masked_nik, std::string()});
  }
  document.tables.push_back(std::move(table));
  document.notes = {words("manifest.received")};
  document.signatures = {{words("manifest.receivedBy"), words("manifest.villageHead"), "", false},
                         {words("manifest.handedOverBy"), paper.office_name, "", true}};
  document.qr = paper.manifest;
  document.specimen = paper.specimen;
  return document;
}

absl::StatusOr<std::string> DrawManifest(const ManifestPaper& paper) {
  const Words words(paper::Language::kIndonesian);
  return paper::RenderPdf(DescribeManifest(words, paper), paper::PageSize::kA4);
}

}  // namespace keping::edge
