#include "common/paper/pages.h"

#include <cairo-pdf.h>

#include <cmath>
#include <utility>

#include "absl/status/status.h"

namespace keping::paper {
namespace {

using drawing::Mm;
using drawing::Owned;

constexpr const char* kFont = "Liberation Sans";
// A paper's own date is on it; a file that says when it was drawn would never be the same twice.
constexpr const char* kCreationDate = "2000-01-01T00:00:00Z";
constexpr double kQuietZone = 4;  // modules, as the standard wants
constexpr double kMarkGrey = 0.88;
constexpr double kMarkSize = 104;

PangoAlignment ToPango(Align align) {
  switch (align) {
    case Align::kRight:
      return PANGO_ALIGN_RIGHT;
    case Align::kCentre:
      return PANGO_ALIGN_CENTER;
    case Align::kLeft:
      break;
  }
  return PANGO_ALIGN_LEFT;
}

void SetGrey(cairo_t* cr, double grey) { cairo_set_source_rgb(cr, grey, grey, grey); }

}  // namespace

Pages::Pages(PageSize size, const std::string& title)
    : width_(Mm(size == PageSize::kF4 ? 215 : 210)),
      height_(Mm(size == PageSize::kF4 ? 330 : 297)) {
  surface_.reset(
      cairo_pdf_surface_create_for_stream(&drawing::AppendToString, &pdf_, width_, height_));
  cairo_pdf_surface_set_metadata(surface_.get(), CAIRO_PDF_METADATA_CREATE_DATE, kCreationDate);
  cairo_pdf_surface_set_metadata(surface_.get(), CAIRO_PDF_METADATA_TITLE, title.c_str());
  cr_.reset(cairo_create(surface_.get()));
}

void Pages::Add() {
  pages_.emplace_back();
  current_ = pages_.size() - 1;
}

Owned<PangoLayout> Pages::Layout(const std::string& text, double width,
                                 const TextStyle& style) const {
  Owned<PangoLayout> layout(pango_cairo_create_layout(cr_.get()));
  const Owned<PangoFontDescription> font(pango_font_description_new());
  pango_font_description_set_family(font.get(), kFont);
  pango_font_description_set_absolute_size(font.get(), style.size * PANGO_SCALE);
  pango_font_description_set_weight(font.get(),
                                    style.bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
  pango_layout_set_font_description(layout.get(), font.get());
  pango_layout_set_text(layout.get(), text.data(), static_cast<int>(text.size()));
  pango_layout_set_alignment(layout.get(), ToPango(style.align));
  pango_layout_set_wrap(layout.get(), PANGO_WRAP_WORD_CHAR);
  if (width > 0) pango_layout_set_width(layout.get(), static_cast<int>(width * PANGO_SCALE));
  return layout;
}

double Pages::HeightOf(const std::string& text, double width, const TextStyle& style) const {
  int height = 0;
  pango_layout_get_size(Layout(text, width, style).get(), nullptr, &height);
  return static_cast<double>(height) / PANGO_SCALE;
}

double Pages::WidthOf(const std::string& text, const TextStyle& style) const {
  int width = 0;
  pango_layout_get_size(Layout(text, 0, style).get(), &width, nullptr);
  return static_cast<double>(width) / PANGO_SCALE;
}

double Pages::Text(const std::string& text, double left, double top, double width,
                   const TextStyle& style) {
  pages_[current_].push_back(TextPiece{text, left, top, width, style});
  return HeightOf(text, width, style);
}

void Pages::Fill(const drawing::Box& box, double grey) {
  pages_[current_].push_back(FillPiece{box, grey});
}

void Pages::Frame(const drawing::Box& box, double line_width) {
  pages_[current_].push_back(FramePiece{box, line_width});
}

void Pages::Rule(double left, double right, double top, double line_width) {
  Fill({left, top, right - left, line_width}, 0);
}

void Pages::Qr(const qr::QrCode& code, double left, double top, double side) {
  pages_[current_].push_back(QrPiece{code, left, top, side});
}

// Below everything else.
void Pages::Watermark(const std::string& text) {
  pages_[current_].insert(pages_[current_].begin(), MarkPiece{text});
}

void Pages::Draw(const TextPiece& piece) {
  SetGrey(cr_.get(), piece.style.grey);
  cairo_move_to(cr_.get(), piece.left, piece.top);
  pango_cairo_show_layout(cr_.get(), Layout(piece.text, piece.width, piece.style).get());
}

void Pages::Draw(const FillPiece& piece) {
  SetGrey(cr_.get(), piece.grey);
  cairo_rectangle(cr_.get(), piece.box.left, piece.box.top, piece.box.width, piece.box.height);
  cairo_fill(cr_.get());
}

void Pages::Draw(const FramePiece& piece) {
  SetGrey(cr_.get(), 0);
  cairo_set_line_width(cr_.get(), piece.line_width);
  cairo_rectangle(cr_.get(), piece.box.left, piece.box.top, piece.box.width, piece.box.height);
  cairo_stroke(cr_.get());
}

void Pages::Draw(const QrPiece& piece) {
  const double module = piece.side / (piece.code.width + 2 * kQuietZone);
  SetGrey(cr_.get(), 1);
  cairo_rectangle(cr_.get(), piece.left, piece.top, piece.side, piece.side);
  cairo_fill(cr_.get());
  SetGrey(cr_.get(), 0);
  for (int y = 0; y < piece.code.width; ++y) {
    for (int x = 0; x < piece.code.width; ++x) {
      if (!piece.code.dark(x, y)) continue;
      cairo_rectangle(cr_.get(), piece.left + (x + kQuietZone) * module,
                      piece.top + (y + kQuietZone) * module, module, module);
    }
  }
  cairo_fill(cr_.get());
}

void Pages::Draw(const MarkPiece& piece) {
  const Owned<PangoLayout> layout = Layout(piece.text, 0, {.size = kMarkSize, .bold = true});
  int width = 0, height = 0;
  pango_layout_get_size(layout.get(), &width, &height);
  cairo_save(cr_.get());
  cairo_translate(cr_.get(), width_ / 2, height_ / 2);
  cairo_rotate(cr_.get(), -std::atan2(height_, width_));
  SetGrey(cr_.get(), kMarkGrey);
  cairo_move_to(cr_.get(), -0.5 * width / PANGO_SCALE, -0.5 * height / PANGO_SCALE);
  pango_cairo_show_layout(cr_.get(), layout.get());
  cairo_restore(cr_.get());
}

absl::StatusOr<std::string> Pages::Finish() {
  for (const std::vector<Piece>& page : pages_) {
    for (const Piece& piece : page) {
      std::visit([this](const auto& one) { Draw(one); }, piece);
    }
    cairo_show_page(cr_.get());
  }
  cr_.reset();
  cairo_surface_finish(surface_.get());
  const cairo_status_t status = cairo_surface_status(surface_.get());
  if (status != CAIRO_STATUS_SUCCESS) return absl::InternalError(cairo_status_to_string(status));
  return std::move(pdf_);
}

}  // namespace keping::paper
