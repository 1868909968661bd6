#include "edge_node/printing/test_page.h"

#include <cairo-pdf.h>

#include <array>

#include "absl/strings/str_cat.h"
#include "common/base/status_macros.h"
#include "edge_node/printing/cairo_handles.h"
#include "edge_node/printing/card_page.h"
#include "edge_node/printing/card_text.h"

namespace keping::edge {
namespace {

const double kPageWidth = Mm(kCardWidthMillimetres);
const double kPageHeight = Mm(kCardHeightMillimetres);
const double kMargin = Mm(3);
constexpr Colour kInk{0, 0, 0};

// Each panel of the ribbon alone, then the mixtures that show whether they lie on each other.
constexpr std::array<Colour, 7> kFields = {
    {{0, 1, 1}, {1, 0, 1}, {1, 1, 0}, {0, 0, 0}, {1, 0, 0}, {0, 1, 0}, {0, 0, 1}}};
constexpr int kGreySteps = 16;
constexpr int kLines = 12;

void Fill(cairo_t* cr, const Box& box, const Colour& colour) {
  SetColour(cr, colour);
  cairo_rectangle(cr, box.left, box.top, box.width, box.height);
  cairo_fill(cr);
}

void DrawFields(cairo_t* cr) {
  const double width = (kPageWidth - 2 * kMargin) / kFields.size();
  for (size_t i = 0; i < kFields.size(); ++i) {
    Fill(cr, {kMargin + static_cast<double>(i) * width, Mm(21), width, Mm(12)}, kFields[i]);
  }
  const double step = (kPageWidth - 2 * kMargin) / kGreySteps;
  for (int i = 0; i < kGreySteps; ++i) {
    const double grey = static_cast<double>(i) / (kGreySteps - 1);
    Fill(cr, {kMargin + i * step, Mm(34), step, Mm(6)}, {grey, grey, grey});
  }
}

// Ever thinner, so that the first one that is missing tells how worn the head is.
void DrawLines(cairo_t* cr) {
  SetColour(cr, kInk);
  const double gap = (kPageWidth - 2 * kMargin) / kLines;
  for (int i = 0; i < kLines; ++i) {
    const double x = kMargin + (i + 0.5) * gap;
    cairo_set_line_width(cr, 1.2 / (i + 1));
    cairo_move_to(cr, x, Mm(41));
    cairo_line_to(cr, x, Mm(45));
    cairo_stroke(cr);
  }
  cairo_set_line_width(cr, 0.5);
  cairo_rectangle(cr, Mm(1), Mm(1), kPageWidth - Mm(2), kPageHeight - Mm(2));
  cairo_stroke(cr);
}

absl::Status DrawWords(cairo_t* cr, const TestPage& page) {
  KEPING_ASSIGN_OR_RETURN(const Typesetter type, Typesetter::Create());
  const double width = kPageWidth - 2 * kMargin;
  const struct {
    std::string text;
    double size;
    double baseline;
    bool bold;
  } kRows[] = {
      {"KARTU UJI – BUKAN DOKUMEN", 11, Mm(8), true},
      {"TEST CARD – NOT A DOCUMENT", 8, Mm(12), false},
      {absl::StrCat("Pencetak / printer: ", page.printer), 6, Mm(16), false},
      {absl::StrCat("Keping / blank: ", page.blank, "    ", page.date), 6, Mm(19), false},
      {absl::StrCat("Musnahkan bersama kartu rusak / destroy with the spoiled cards  ", page.act),
       kSmallestTextSize, Mm(50), false},
  };
  SetColour(cr, kInk);
  for (const auto& row : kRows) {
    KEPING_ASSIGN_OR_RETURN(
        const SetText text,
        type.Fit("test page", row.text, {.width = width, .size = row.size, .bold = row.bold}));
    text.Draw(cr, kMargin, row.baseline);
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<std::string> RenderTestPagePdf(const TestPage& page) {
  std::string pdf;
  const Owned<cairo_surface_t> surface(
      cairo_pdf_surface_create_for_stream(&drawing::AppendToString, &pdf, kPageWidth, kPageHeight));
  const Owned<cairo_t> cr(cairo_create(surface.get()));
  DrawFields(cr.get());
  DrawLines(cr.get());
  const absl::Status drawn = DrawWords(cr.get(), page);
  cairo_show_page(cr.get());
  cairo_surface_finish(surface.get());
  KEPING_RETURN_IF_ERROR(drawn);
  return pdf;
}

}  // namespace keping::edge
