// Sets a text into a box of the card: in the wanted size if it fits, else smaller, else on more
// lines, and never cut. What does not fit in letters that can still be read is refused.
//
//   KEPING_ASSIGN_OR_RETURN(Typesetter type, Typesetter::Create());
//   KEPING_ASSIGN_OR_RETURN(SetText name, type.Fit("Nama", card.name, {.width = Mm(36)}));
//   name.Draw(cr, left, baseline);
#ifndef KEPING_EDGE_NODE_PRINTING_CARD_TEXT_H_
#define KEPING_EDGE_NODE_PRINTING_CARD_TEXT_H_

#include <cairo.h>
#include <pango/pangocairo.h>

#include <cstddef>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "edge_node/printing/cairo_handles.h"

namespace keping::edge {

// Letters of 4.5 pt are 1.1 mm high. Smaller ones fill in on a card printer of 300 dpi: their
// strokes are two dots wide.
inline constexpr double kSmallestTextSize = 4.5;

// A text in its final size and lines.
class SetText {
 public:
  SetText(Owned<PangoLayout> layout, double size);

  double size() const { return size_; }
  double width() const { return width_; }             // of the widest line
  double ascent() const { return ascent_; }           // from the top to the first line's baseline
  double depth() const { return height_ - ascent_; }  // from there to the bottom
  int lines() const { return pango_layout_get_line_count(layout_.get()); }
  bool has_all_glyphs() const { return pango_layout_get_unknown_glyphs_count(layout_.get()) == 0; }

  // `x` is the left edge of the box in which it was set.
  void Draw(cairo_t* cr, double x, double first_baseline) const;

 private:
  Owned<PangoLayout> layout_;
  double size_;
  double height_;
  double width_;
  double ascent_;
};

struct TextStyle {
  double width;  // of the box
  double size = kSmallestTextSize;
  int most_lines = 1;
  bool bold = false;
  PangoAlignment alignment = PANGO_ALIGN_LEFT;
  size_t unbroken_tail = 0;  // bytes at the end that stay on one line, such as a date
};

// The typeface, without hinting, so that a page looks the same at every resolution. Not
// thread-safe.
class Typesetter {
 public:
  // FailedPrecondition K-143 when the typeface is not installed.
  static absl::StatusOr<Typesetter> Create();

  // Sets `text` in the style's size, within words broken where nothing else helps.
  SetText Set(absl::string_view text, const TextStyle& style) const {
    return Set(text, style, PANGO_WRAP_WORD_CHAR);
  }

  // Sets `text` in the largest size that fits: on one line if it needs little shrinking, then on
  // two, and so on; within a word it is broken only when it does not fit otherwise. InvalidArgument
  // K-140 names the field, never its content.
  absl::StatusOr<SetText> Fit(const char* field, const std::string& text,
                              const TextStyle& style) const;

 private:
  Typesetter();

  SetText Set(absl::string_view text, const TextStyle& style, PangoWrapMode wrap) const;

  Owned<PangoFontMap> fonts_;
  Owned<PangoContext> context_;
};

}  // namespace keping::edge

#endif  // KEPING_EDGE_NODE_PRINTING_CARD_TEXT_H_
