#include "edge_node/printing/card_text.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "common/base/status_macros.h"

namespace keping::edge {
namespace {

constexpr const char* kTypeface = "Liberation Sans";
constexpr double kSizeStep = 0.1;
// Another line rather than letters smaller than this part of the wanted size.
constexpr double kShrinkBeforeWrapping = 0.85;
constexpr double kRoundingError = 1e-6;

Owned<PangoFontDescription> Font(double size, bool bold) {
  Owned<PangoFontDescription> font(pango_font_description_new());
  pango_font_description_set_family_static(font.get(), kTypeface);
  pango_font_description_set_weight(font.get(), bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
  pango_font_description_set_absolute_size(font.get(), size * PANGO_SCALE);
  return font;
}

Owned<PangoAttrList> Attributes(absl::string_view text, size_t unbroken_tail) {
  Owned<PangoAttrList> attributes(pango_attr_list_new());
  // A hyphen that is not in the record must not come onto the card.
  pango_attr_list_insert(attributes.get(), pango_attr_insert_hyphens_new(FALSE));
  // Another typeface would be another one on every machine.
  pango_attr_list_insert(attributes.get(), pango_attr_fallback_new(FALSE));
  if (unbroken_tail > 0) {
    PangoAttribute* unbroken = pango_attr_allow_breaks_new(FALSE);
    unbroken->start_index = static_cast<guint>(text.size() - unbroken_tail);
    unbroken->end_index = static_cast<guint>(text.size());
    pango_attr_list_insert(attributes.get(), unbroken);
  }
  return attributes;
}

bool IsVisible(gunichar character) {
  if (g_unichar_isspace(character)) return character == ' ';
  return g_unichar_isprint(character) && !g_unichar_iszerowidth(character);
}

// Whether every character can be seen: another one could turn a name round, or break its line.
bool IsVisible(const std::string& text) {
  const char* end;
  if (!g_utf8_validate(text.data(), static_cast<gssize>(text.size()), &end)) return false;
  for (const char* at = text.data(); at < end; at = g_utf8_next_char(at)) {
    if (!IsVisible(g_utf8_get_char(at))) return false;
  }
  return true;
}

absl::Status DoesNotFit(const char* field, const std::string& text) {
  return absl::InvalidArgumentError(
      absl::StrCat("K-140: ", field, ": got a text of ", g_utf8_strlen(text.c_str(), -1),
                   " characters that does not fit the card in letters of ", kSmallestTextSize,
                   " pt, want a shorter one. Ask the district for a corrected record."));
}

}  // namespace

SetText::SetText(Owned<PangoLayout> layout, double size) : layout_(std::move(layout)), size_(size) {
  PangoRectangle logical;
  pango_layout_get_extents(layout_.get(), nullptr, &logical);
  height_ = pango_units_to_double(logical.height);
  width_ = pango_units_to_double(logical.width);
  ascent_ = pango_units_to_double(pango_layout_get_baseline(layout_.get()));
}

void SetText::Draw(cairo_t* cr, double x, double first_baseline) const {
  cairo_move_to(cr, x, first_baseline - ascent_);
  pango_cairo_show_layout(cr, layout_.get());
}

Typesetter::Typesetter()
    : fonts_(pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT)),
      context_(pango_font_map_create_context(fonts_.get())) {
  const Owned<cairo_font_options_t> options(cairo_font_options_create());
  cairo_font_options_set_antialias(options.get(), CAIRO_ANTIALIAS_GRAY);
  cairo_font_options_set_hint_style(options.get(), CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics(options.get(), CAIRO_HINT_METRICS_OFF);
  pango_cairo_context_set_font_options(context_.get(), options.get());
  pango_context_set_round_glyph_positions(context_.get(), FALSE);
  // The same breaks and shapes whatever the machine's locale.
  pango_context_set_language(context_.get(), pango_language_from_string("id"));
}

absl::StatusOr<Typesetter> Typesetter::Create() {
  Typesetter typesetter;
  const Owned<PangoFontDescription> wanted = Font(kSmallestTextSize, false);
  const Owned<PangoFont> font(
      pango_font_map_load_font(typesetter.fonts_.get(), typesetter.context_.get(), wanted.get()));
  const Owned<PangoFontDescription> got(font ? pango_font_describe(font.get())
                                             : pango_font_description_new());
  const char* family = pango_font_description_get_family(got.get());
  if (family == nullptr || absl::string_view(family) != kTypeface) {
    return absl::FailedPreconditionError(
        absl::StrCat("K-143: got no typeface ", kTypeface,
                     ", want it for the card: apt-get install fonts-liberation"));
  }
  return typesetter;
}

SetText Typesetter::Set(absl::string_view text, const TextStyle& style, PangoWrapMode wrap) const {
  Owned<PangoLayout> layout(pango_layout_new(context_.get()));
  pango_layout_set_font_description(layout.get(), Font(style.size, style.bold).get());
  pango_layout_set_width(layout.get(), pango_units_from_double(style.width));
  pango_layout_set_wrap(layout.get(), wrap);
  pango_layout_set_alignment(layout.get(), style.alignment);
  pango_layout_set_attributes(layout.get(), Attributes(text, style.unbroken_tail).get());
  pango_layout_set_text(layout.get(), text.data(), static_cast<int>(text.size()));
  return SetText(std::move(layout), style.size);
}

absl::StatusOr<SetText> Typesetter::Fit(const char* field, const std::string& text,
                                        const TextStyle& style) const {
  if (!IsVisible(text)) {
    return absl::InvalidArgumentError(absl::StrCat(
        "K-140: ", field,
        ": got a text that is not UTF-8 or has invisible characters, want printable ones. Ask the "
        "district for a corrected record."));
  }
  for (const PangoWrapMode wrap : {PANGO_WRAP_WORD, PANGO_WRAP_WORD_CHAR}) {
    for (int lines = 1; lines <= style.most_lines; ++lines) {
      const double smallest = lines == style.most_lines
                                  ? kSmallestTextSize
                                  : std::max(kSmallestTextSize, style.size * kShrinkBeforeWrapping);
      TextStyle tried = style;
      for (; tried.size >= smallest - kRoundingError; tried.size -= kSizeStep) {
        SetText set = Set(text, tried, wrap);
        if (!set.has_all_glyphs()) {
          return absl::InvalidArgumentError(absl::StrCat(
              "K-140: ", field,
              ": got a character that the card's typeface does not have, want Latin letters. Ask "
              "the district for a corrected record."));
        }
        if (set.lines() <= lines && set.width() <= style.width + kRoundingError) return set;
      }
    }
  }
  return DoesNotFit(field, text);
}

}  // namespace keping::edge
