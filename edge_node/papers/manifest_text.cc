// The manifest as plain text.

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "edge_node/papers/manifest_paper.h"

namespace keping::edge {
namespace {

constexpr int kLineWidth = 96;

std::string OrDash(const std::string& text) { return text.empty() ? "-" : text; }

}  // namespace

std::string WriteManifest(const ManifestPaper& paper) {
  const paper::Words words(paper::Language::kIndonesian);
  size_t serial_width = 11;
  for (const ManifestPaper::Row& row : paper.rows) {
    serial_width = std::max(serial_width, row.serial.size());
  }
  const int serials = static_cast<int>(serial_width);
  const std::string rule(kLineWidth, '-');
  std::string text = absl::StrCat("DAFTAR SERAH TERIMA KTP-EL\n",
                                  paper.specimen ? "SPESIMEN - BUKAN DOKUMEN RESMI\n" : "", "\n");
  absl::StrAppend(&text, "Kantor     : ", OrDash(paper.office_name), "\n");
  absl::StrAppend(&text, "Desa/Kel.  : ", OrDash(paper.village_name), " (", paper.village_code,
                  ")\n");
  absl::StrAppend(&text, "Kecamatan  : ", OrDash(paper.kecamatan_name), "\n");
  absl::StrAppend(&text, "Dibuat     : ", words.Date(paper.made_on), "\n");
  absl::StrAppend(&text, "No. daftar : ", paper.manifest, "\n", rule, "\n");
  absl::StrAppendFormat(&text, "%4s  %-*s  %-16s  %s\n", "No.", serials, "Nomor kartu", "NIK",
                        "Nama");
  absl::StrAppend(&text, rule, "\n");
  int number = 0;
  for (const ManifestPaper::Row& row : paper.rows) {
    absl::StrAppendFormat(&text, "%4d  %-*s  %-16s  %s\n", ++number, serials, row.serial,
                          OrDash(row.masked_nik), OrDash(row.name));
  }
  absl::StrAppend(&text, rule, "\nJumlah: ", paper.rows.size(), " kartu\n\n");
  absl::StrAppend(&text, "Diserahkan tanggal: ____________________\n\n");
  absl::StrAppendFormat(&text, "%-48s%s\n\n\n\n", "Yang menyerahkan,", "Yang menerima,");
  absl::StrAppendFormat(&text, "%-48s%s\n", "(______________________)", "(______________________)");
  return text;
}

}  // namespace keping::edge
