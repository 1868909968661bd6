// Sheets that are filled from above to below and drawn to PDF at the end, when it is known how many
// there are.
//
//   Pages pages(PageSize::kF4, "Berita acara");
//   pages.Add();
//   pages.Text("Halaman 1 dari 3", left, top, width, {.align = Align::kRight});
//   KEPING_ASSIGN_OR_RETURN(std::string pdf, pages.Finish());
//
// Lengths are points. The same calls give the same bytes. Not thread-safe.
#ifndef KEPING_COMMON_PAPER_PAGES_H_
#define KEPING_COMMON_PAPER_PAGES_H_

#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "absl/status/statusor.h"
#include "common/drawing/cairo_handles.h"
#include "common/paper/document.h"
#include "common/qr/qr_code.h"

namespace keping::paper {

// kF4: 215 x 330 mm, the paper of Indonesian offices.
enum class PageSize { kA4 = 1, kF4 = 2 };

struct TextStyle {
  double size = 10;
  bool bold = false;
  Align align = Align::kLeft;
  double grey = 0;  // 0: black
};

class Pages {
 public:
  // `title` is what a viewer shows.
  Pages(PageSize size, const std::string& title);

  double width() const { return width_; }
  double height() const { return height_; }
  size_t count() const { return pages_.size(); }

  // A further page; what follows is on it.
  void Add();
  // What follows is on this page, from 0.
  void GoTo(size_t page) { current_ = page; }

  // Of the text on as many lines as it takes at that width, within words where nothing else helps.
  double HeightOf(const std::string& text, double width, const TextStyle& style) const;
  // Of the widest line that is not broken.
  double WidthOf(const std::string& text, const TextStyle& style) const;

  // Returns the height.
  double Text(const std::string& text, double left, double top, double width,
              const TextStyle& style);
  void Fill(const drawing::Box& box, double grey);
  void Frame(const drawing::Box& box, double line_width);
  void Rule(double left, double right, double top, double line_width);
  // With its quiet zone.
  void Qr(const qr::QrCode& code, double left, double top, double side);
  // In large light letters from corner to corner.
  void Watermark(const std::string& text);

  // Internal when cairo fails. Nothing may be added afterwards.
  absl::StatusOr<std::string> Finish();

 private:
  struct TextPiece {
    std::string text;
    double left, top, width;
    TextStyle style;
  };
  struct FillPiece {
    drawing::Box box;
    double grey;
  };
  struct FramePiece {
    drawing::Box box;
    double line_width;
  };
  struct QrPiece {
    qr::QrCode code;
    double left, top, side;
  };
  struct MarkPiece {
    std::string text;
  };
  using Piece = std::variant<TextPiece, FillPiece, FramePiece, QrPiece, MarkPiece>;

  drawing::Owned<PangoLayout> Layout(const std::string& text, double width,
                                     const TextStyle& style) const;
  void Draw(const TextPiece& piece);
  void Draw(const FillPiece& piece);
  void Draw(const FramePiece& piece);
  void Draw(const QrPiece& piece);
  void Draw(const MarkPiece& piece);

  const double width_;
  const double height_;
  std::string pdf_;
  drawing::Owned<cairo_surface_t> surface_;
  drawing::Owned<cairo_t> cr_;
  std::vector<std::vector<Piece>> pages_;
  size_t current_ = 0;
};

}  // namespace keping::paper

#endif  // KEPING_COMMON_PAPER_PAGES_H_
