#include "edge_node/papers/manifest_paper.h"

#include <cairo-pdf.h>
#include <pango/pangocairo.h>

#include <algorithm>
#include <cmath>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "common/base/status_macros.h"
#include "common/qr/qr_code.h"
#include "edge_node/printing/cairo_handles.h"

namespace keping::edge {
namespace {

constexpr double kPageWidth = Mm(210);
constexpr double kPageHeight = Mm(297);
constexpr double kLeft = Mm(18);
constexpr double kRight = kPageWidth - Mm(18);
constexpr double kTop = Mm(16);
constexpr double kFooterTop = kPageHeight - Mm(12);
constexpr double kTableBottom = kPageHeight - Mm(18);
constexpr double kSignaturesHeight = Mm(52);

constexpr double kQrSide = Mm(30);
constexpr double kQuietZone = 4;  // modules, as the standard wants

constexpr double kRowHeight = Mm(8);
constexpr double kHeadHeight = Mm(7);
constexpr double kPadding = Mm(1.4);

constexpr double kTextSize = 10;
constexpr double kSmallestSize = 7.5;
constexpr const char* kFont = "Liberation Sans";
constexpr const char* kCreationDate = "2000-01-01T00:00:00Z";

constexpr Colour kInk{0, 0, 0};
constexpr Colour kLine{0.45, 0.45, 0.45};
constexpr Colour kShade{0.90, 0.90, 0.90};
constexpr Colour kSpecimenRed{0.80, 0.06, 0.10, 0.20};

struct Column {
  const char* title;
  double left, right;
};
constexpr Column kColumns[] = {{"No.", kLeft, kLeft + Mm(11)},
                               {"Nomor kartu", kLeft + Mm(11), kLeft + Mm(49)},
                               {"Nama", kLeft + Mm(49), kLeft + Mm(113)},
                               {"NIK", kLeft + Mm(113), kLeft + Mm(149)},
                               {"Keterangan", kLeft + Mm(149), kRight}};

enum class Weight { kNormal, kBold };

std::string OrDash(const std::string& text) { return text.empty() ? "-" : text; }

cairo_status_t Append(void* closure, const unsigned char* data, unsigned int length) {
  static_cast<std::string*>(closure)->append(reinterpret_cast<const char*>(data), length);
  return CAIRO_STATUS_SUCCESS;
}

// One sheet after the other on a PDF surface.
class Sheets {
 public:
  explicit Sheets(const ManifestPaper& paper) : paper_(paper) {
    surface_.reset(cairo_pdf_surface_create_for_stream(&Append, &pdf_, kPageWidth, kPageHeight));
    cairo_pdf_surface_set_metadata(surface_.get(), CAIRO_PDF_METADATA_CREATE_DATE, kCreationDate);
    cr_.reset(cairo_create(surface_.get()));
  }

  absl::StatusOr<std::string> Draw() {
    KEPING_ASSIGN_OR_RETURN(const qr::QrCode code, qr::MakeQrCode(paper_.manifest));
    const size_t total = CountPages();
    size_t row = 0;
    for (size_t page = 1; page <= total; ++page) {
      double top = page == 1 ? DrawHeading(code) : kTop;
      const double bottom = page == total ? kTableBottom - kSignaturesHeight : kTableBottom;
      size_t room = RowsBetween(top, bottom);
      top = DrawTableHead(top);
      for (; room > 0 && row < paper_.rows.size(); --room, top += kRowHeight) DrawRow(row++, top);
      if (page == total) DrawSignatures(top);
      DrawFooter(page, total);
      if (paper_.specimen) DrawSpecimenMark();
      cairo_show_page(cr_.get());
    }
    cr_.reset();
    cairo_surface_finish(surface_.get());
    if (cairo_surface_status(surface_.get()) != CAIRO_STATUS_SUCCESS) {
      return absl::InternalError(cairo_status_to_string(cairo_surface_status(surface_.get())));
    }
    return std::move(pdf_);
  }

 private:
  static size_t RowsBetween(double top, double bottom) {
    return static_cast<size_t>(std::max(0.0, (bottom - top - kHeadHeight) / kRowHeight + 1e-6));
  }

  // The last page keeps room for the signatures.
  size_t CountPages() const {
    const double first_top = HeadingBottom();
    size_t pages = 1;
    size_t room = RowsBetween(first_top, kTableBottom - kSignaturesHeight);
    const size_t rows = paper_.rows.size();
    size_t before = 0;  // rows on the pages before the last
    while (before + room < rows) {
      before += pages == 1 ? RowsBetween(first_top, kTableBottom) : RowsBetween(kTop, kTableBottom);
      room = RowsBetween(kTop, kTableBottom - kSignaturesHeight);
      ++pages;
    }
    return pages;
  }

  static double HeadingBottom() { return kTop + Mm(48); }

  // Text at its top left corner; smaller, then on more lines, where it does not fit the width.
  double Text(const std::string& text, double left, double top, double width, double size,
              Weight weight = Weight::kNormal, PangoAlignment alignment = PANGO_ALIGN_LEFT) {
    const Owned<PangoLayout> layout(pango_cairo_create_layout(cr_.get()));
    pango_layout_set_text(layout.get(), text.data(), static_cast<int>(text.size()));
    pango_layout_set_alignment(layout.get(), alignment);
    int got = 0, height = 0;
    for (double tried = size;; tried -= 0.5) {
      SetFont(layout.get(), tried, weight);
      pango_layout_get_size(layout.get(), &got, &height);
      if (got <= width * PANGO_SCALE || tried <= kSmallestSize) break;
    }
    pango_layout_set_width(layout.get(), static_cast<int>(width * PANGO_SCALE));
    pango_layout_set_wrap(layout.get(), PANGO_WRAP_WORD_CHAR);
    pango_layout_get_size(layout.get(), &got, &height);
    SetColour(cr_.get(), kInk);
    cairo_move_to(cr_.get(), left, top);
    pango_cairo_show_layout(cr_.get(), layout.get());
    return static_cast<double>(height) / PANGO_SCALE;
  }

  static void SetFont(PangoLayout* layout, double size, Weight weight) {
    const Owned<PangoFontDescription> font(pango_font_description_new());
    pango_font_description_set_family(font.get(), kFont);
    pango_font_description_set_absolute_size(font.get(), size * PANGO_SCALE);
    pango_font_description_set_weight(
        font.get(), weight == Weight::kBold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
    pango_layout_set_font_description(layout, font.get());
  }

  double DrawHeading(const qr::QrCode& code) {
    DrawQr(code, kRight - kQrSide, kTop);
    const double width = kRight - kQrSide - Mm(6) - kLeft;
    double top = kTop;
    top += Text("DAFTAR SERAH TERIMA KTP-EL", kLeft, top, width, 15, Weight::kBold) + Mm(3);
    const std::pair<const char*, std::string> facts[] = {
        {"Kantor", OrDash(paper_.office_name)},
        {"Desa/Kelurahan",
         absl::StrCat(OrDash(paper_.village_name), " (", paper_.village_code, ")")},
        {"Kecamatan", OrDash(paper_.kecamatan_name)},
        {"Dibuat tanggal", IndonesianDate(paper_.made_on)},
        {"Nomor daftar", paper_.manifest},
        {"Jumlah kartu", absl::StrCat(paper_.rows.size())}};
    for (const auto& [label, value] : facts) {
      Text(label, kLeft, top, Mm(30), kTextSize);
      Text(":", kLeft + Mm(31), top, Mm(3), kTextSize);
      top += Text(value, kLeft + Mm(34), top, width - Mm(34), kTextSize) + Mm(1.2);
    }
    return HeadingBottom();
  }

  void DrawQr(const qr::QrCode& code, double left, double top) {
    const double module = kQrSide / (code.width + 2 * kQuietZone);
    SetColour(cr_.get(), kInk);
    for (int y = 0; y < code.width; ++y) {
      for (int x = 0; x < code.width; ++x) {
        if (!code.dark(x, y)) continue;
        cairo_rectangle(cr_.get(), left + (x + kQuietZone) * module,
                        top + (y + kQuietZone) * module, module, module);
      }
    }
    cairo_fill(cr_.get());
  }

  void DrawCell(const Column& column, double top, double height) {
    SetColour(cr_.get(), kLine);
    cairo_set_line_width(cr_.get(), 0.5);
    cairo_rectangle(cr_.get(), column.left, top, column.right - column.left, height);
    cairo_stroke(cr_.get());
  }

  double DrawTableHead(double top) {
    SetColour(cr_.get(), kShade);
    cairo_rectangle(cr_.get(), kLeft, top, kRight - kLeft, kHeadHeight);
    cairo_fill(cr_.get());
    for (const Column& column : kColumns) {
      DrawCell(column, top, kHeadHeight);
      Text(column.title, column.left + kPadding, top + Mm(1.5),
           column.right - column.left - 2 * kPadding, kTextSize, Weight::kBold);
    }
    return top + kHeadHeight;
  }

  void DrawRow(size_t index, double top) {
    const ManifestPaper::Row& row = paper_.rows[index];
    const std::string cells[] = {absl::StrCat(index + 1), row.serial, OrDash(row.name),
                                 OrDash(row.masked_nik), ""};
    for (size_t i = 0; i < std::size(kColumns); ++i) {
      const Column& column = kColumns[i];
      DrawCell(column, top, kRowHeight);
      if (cells[i].empty()) continue;
      Text(cells[i], column.left + kPadding, top + Mm(1.6),
           column.right - column.left - 2 * kPadding, kTextSize);
    }
  }

  void DrawSignatures(double top) {
    top = std::max(top, kTop) + Mm(6);
    Text(
        "Kartu di atas diserahkan pada tanggal ________________________ dan diterima dengan "
        "lengkap.",
        kLeft, top, kRight - kLeft, kTextSize);
    top += Mm(10);
    const double half = (kRight - kLeft) / 2;
    const std::pair<const char*, double> blocks[] = {{"Yang menyerahkan,", kLeft},
                                                     {"Yang menerima,", kLeft + half}};
    for (const auto& [title, left] : blocks) {
      Text(title, left, top, half, kTextSize, Weight::kNormal, PANGO_ALIGN_CENTER);
      Text("( ______________________________ )", left, top + Mm(24), half, kTextSize,
           Weight::kNormal, PANGO_ALIGN_CENTER);
    }
  }

  void DrawFooter(size_t page, size_t total) {
    Text(absl::StrCat("Daftar ", paper_.manifest), kLeft, kFooterTop, Mm(110), 8);
    Text(absl::StrCat("Halaman ", page, " dari ", total), kRight - Mm(50), kFooterTop, Mm(50), 8,
         Weight::kNormal, PANGO_ALIGN_RIGHT);
    if (!paper_.specimen) return;
    Text("SPESIMEN - bukan dokumen resmi", kLeft, kFooterTop + Mm(4), kRight - kLeft, 8);
  }

  void DrawSpecimenMark() {
    const Owned<PangoLayout> layout(pango_cairo_create_layout(cr_.get()));
    pango_layout_set_text(layout.get(), "SPESIMEN", -1);
    SetFont(layout.get(), 110, Weight::kBold);
    int width = 0, height = 0;
    pango_layout_get_size(layout.get(), &width, &height);
    cairo_save(cr_.get());
    cairo_translate(cr_.get(), kPageWidth / 2, kPageHeight / 2);
    cairo_rotate(cr_.get(), -std::atan2(kPageHeight, kPageWidth));
    SetColour(cr_.get(), kSpecimenRed);
    cairo_move_to(cr_.get(), -0.5 * width / PANGO_SCALE, -0.5 * height / PANGO_SCALE);
    pango_cairo_show_layout(cr_.get(), layout.get());
    cairo_restore(cr_.get());
  }

  const ManifestPaper& paper_;
  std::string pdf_;
  Owned<cairo_surface_t> surface_;
  Owned<cairo_t> cr_;
};

}  // namespace

absl::StatusOr<std::string> DrawManifest(const ManifestPaper& paper) {
  return Sheets(paper).Draw();
}

}  // namespace keping::edge
