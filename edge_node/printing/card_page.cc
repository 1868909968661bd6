#include "edge_node/printing/card_page.h"

#include <cairo-pdf.h>
#include <cairo.h>
#include <pango/pangocairo.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstring>
#include <memory>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "common/base/status_macros.h"

namespace keping::edge {
namespace {

// All lengths below are points, the unit of PDF.
constexpr double Mm(double millimetres) { return millimetres * 72.0 / 25.4; }

constexpr double kPageWidth = Mm(kCardWidthMillimetres);
constexpr double kPageHeight = Mm(kCardHeightMillimetres);
constexpr double kLeft = Mm(3.4);
constexpr double kHeadingTop = Mm(2.6);
constexpr double kNikTop = Mm(10.2);
constexpr double kRowsTop = Mm(14.9);
constexpr double kRowsBottom = Mm(51.6);
constexpr double kSubLabelIndent = Mm(2.2);
constexpr double kColonLeft = Mm(22.8);
constexpr double kValueLeft = Mm(24.4);
constexpr double kValueWidth = Mm(36.6);
constexpr double kBloodTypeLeft = Mm(46.9);
constexpr double kPhotoLeft = Mm(62.6);
constexpr double kPhotoTop = Mm(11.4);
constexpr double kPhotoWidth = Mm(19.6);
constexpr double kPhotoHeight = Mm(26.1);
constexpr double kIssueTop = Mm(39.0);
constexpr double kIssueBottom = Mm(47.0);

constexpr const char* kTypeface = "Liberation Sans";
constexpr double kTextSize = 6.3;
constexpr double kSmallestTextSize = 4.2;  // below that a 300 dpi card printer's letters fill in
constexpr double kSizeStep = 0.1;
constexpr double kShrinkBeforeWrapping =
    0.85;  // a second line rather than letters smaller than this
constexpr int kMostLines = 3;
constexpr double kWidestGap = Mm(0.50);  // between rows
constexpr double kNarrowestGap = Mm(0.08);

constexpr uint32_t kMostPixelsPerSide = 4096;
// Metadata must not change from run to run, so every page claims the same moment.
constexpr const char* kCreationDate = "2000-01-01T00:00:00Z";

struct Deleter {
  void operator()(cairo_t* cr) const { cairo_destroy(cr); }
  void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
  void operator()(PangoFontDescription* font) const { pango_font_description_free(font); }
  template <typename Object>
  void operator()(Object* object) const {
    g_object_unref(object);
  }
};
template <typename T>
using Owned = std::unique_ptr<T, Deleter>;

struct Colour {
  double red, green, blue, alpha = 1.0;
};
constexpr Colour kInk{0.07, 0.08, 0.10};
constexpr Colour kHeadingInk{0.05, 0.16, 0.38};
constexpr Colour kFrame{0.55, 0.58, 0.62};
constexpr Colour kSpecimenRed{0.80, 0.06, 0.10, 0.26};

void SetColour(cairo_t* cr, const Colour& colour) {
  cairo_set_source_rgba(cr, colour.red, colour.green, colour.blue, colour.alpha);
}

// --- Setting text
// ---------------------------------------------------------------------------------

// A text in its final size and lines.
class SetText {
 public:
  explicit SetText(Owned<PangoLayout> layout) : layout_(std::move(layout)) {
    PangoRectangle logical;
    pango_layout_get_extents(layout_.get(), nullptr, &logical);
    height_ = pango_units_to_double(logical.height);
    ascent_ = pango_units_to_double(pango_layout_get_baseline(layout_.get()));
  }

  double height() const { return height_; }
  double ascent() const { return ascent_; }  // from the top to the first line's baseline
  int lines() const { return pango_layout_get_line_count(layout_.get()); }
  bool has_all_glyphs() const { return pango_layout_get_unknown_glyphs_count(layout_.get()) == 0; }

  void Draw(cairo_t* cr, double x, double first_baseline) const {
    cairo_move_to(cr, x, first_baseline - ascent_);
    pango_cairo_show_layout(cr, layout_.get());
  }

 private:
  Owned<PangoLayout> layout_;
  double height_;
  double ascent_;
};

struct TextStyle {
  double width;  // of the box
  double size = kTextSize;
  double smallest = kSmallestTextSize;
  int most_lines = kMostLines;
  bool bold = false;
  PangoAlignment alignment = PANGO_ALIGN_LEFT;
};

// The typeface, without hinting, so that a page looks the same at every resolution.
class Typesetter {
 public:
  static absl::StatusOr<Typesetter> Create() {
    Typesetter typesetter;
    Owned<PangoFontDescription> wanted = Font(kTextSize, false);
    Owned<PangoFont> font(
        pango_font_map_load_font(typesetter.fonts_.get(), typesetter.context_.get(), wanted.get()));
    Owned<PangoFontDescription> got(font ? pango_font_describe(font.get())
                                         : pango_font_description_new());
    const char* family = pango_font_description_get_family(got.get());
    if (family == nullptr || absl::string_view(family) != kTypeface) {
      return absl::FailedPreconditionError(absl::StrCat("got no typeface ", kTypeface,
                                                        ", want it for the card: apt-get install "
                                                        "fonts-liberation"));
    }
    return typesetter;
  }

  // Sets `text` in one size.
  SetText Set(absl::string_view text, const TextStyle& style) const {
    Owned<PangoLayout> layout(pango_layout_new(context_.get()));
    pango_layout_set_font_description(layout.get(), Font(style.size, style.bold).get());
    pango_layout_set_width(layout.get(), pango_units_from_double(style.width));
    pango_layout_set_wrap(layout.get(), PANGO_WRAP_WORD_CHAR);
    pango_layout_set_alignment(layout.get(), style.alignment);
    PangoAttrList* attributes = pango_attr_list_new();
    // A hyphen that is not in the record must not come onto the card.
    pango_attr_list_insert(attributes, pango_attr_insert_hyphens_new(FALSE));
    pango_layout_set_attributes(layout.get(), attributes);
    pango_attr_list_unref(attributes);
    pango_layout_set_text(layout.get(), text.data(), static_cast<int>(text.size()));
    return SetText(std::move(layout));
  }

  // Sets `text` in the largest size that fits: on one line if it needs little shrinking, then on
  // two, then on three. `field` names it in errors.
  absl::StatusOr<SetText> Fit(const char* field, const std::string& text, TextStyle style) const {
    const char* end;
    if (!g_utf8_validate(text.data(), static_cast<gssize>(text.size()), &end) ||
        std::any_of(text.begin(), text.end(), [](char c) { return absl::ascii_iscntrl(c); })) {
      return absl::InvalidArgumentError(
          absl::StrCat("got a text for ", field, " that is not UTF-8, want printable characters"));
    }
    const double largest = style.size;
    for (int lines = 1; lines <= style.most_lines; ++lines) {
      const bool last = lines == style.most_lines;
      const double smallest =
          last ? style.smallest : std::max(style.smallest, largest * kShrinkBeforeWrapping);
      for (style.size = largest; style.size >= smallest - 1e-9; style.size -= kSizeStep) {
        SetText set = Set(text, style);
        if (!set.has_all_glyphs()) {
          return absl::InvalidArgumentError(absl::StrCat(
              "got a character in ", field, " that no installed font has, want Latin letters"));
        }
        if (set.lines() <= lines) return set;
      }
    }
    return absl::InvalidArgumentError(absl::StrCat("got a text for ", field,
                                                   " that does not fit the card in ",
                                                   style.smallest, " pt, want a shorter one"));
  }

 private:
  Typesetter()
      : fonts_(pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT)),
        context_(pango_font_map_create_context(fonts_.get())) {
    cairo_font_options_t* options = cairo_font_options_create();
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    pango_cairo_context_set_font_options(context_.get(), options);
    cairo_font_options_destroy(options);
    pango_context_set_round_glyph_positions(context_.get(), FALSE);
    // The same breaks and shapes whatever the machine's locale.
    pango_context_set_language(context_.get(), pango_language_from_string("id"));
  }

  static Owned<PangoFontDescription> Font(double size, bool bold) {
    Owned<PangoFontDescription> font(pango_font_description_new());
    pango_font_description_set_family_static(font.get(), kTypeface);
    pango_font_description_set_weight(font.get(), bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
    pango_font_description_set_absolute_size(font.get(), size * PANGO_SCALE);
    return font;
  }

  Owned<PangoFontMap> fonts_;
  Owned<PangoContext> context_;
};

// --- The picture
// ----------------------------------------------------------------------------------

uint32_t BigEndian32(const char* bytes) {
  uint32_t value = 0;
  for (int i = 0; i < 4; ++i) value = value << 8 | static_cast<unsigned char>(bytes[i]);
  return value;
}

cairo_status_t ReadPng(void* closure, unsigned char* data, unsigned int length) {
  auto* rest = static_cast<absl::string_view*>(closure);
  if (rest->size() < length) return CAIRO_STATUS_READ_ERROR;
  std::memcpy(data, rest->data(), length);
  rest->remove_prefix(length);
  return CAIRO_STATUS_SUCCESS;
}

absl::StatusOr<Owned<cairo_surface_t>> LoadPhoto(const std::string& png) {
  if (png.empty()) {
    return absl::InvalidArgumentError("got no picture, want the person's photo as a PNG");
  }
  // The header first: signature, then the IHDR chunk with both sides. A small file can claim a
  // picture that does not fit into memory.
  constexpr size_t kHeaderBytes = 24;
  if (png.size() < kHeaderBytes || png.compare(0, 8, "\x89PNG\r\n\x1a\n") != 0) {
    return absl::InvalidArgumentError("got a picture that is not a PNG, want a PNG");
  }
  const uint32_t width = BigEndian32(png.data() + 16), height = BigEndian32(png.data() + 20);
  if (width == 0 || height == 0 || width > kMostPixelsPerSide || height > kMostPixelsPerSide) {
    return absl::InvalidArgumentError(absl::StrCat("got a picture of ", width, " x ", height,
                                                   " pixels, want 1 to ", kMostPixelsPerSide,
                                                   " a side"));
  }
  absl::string_view rest = png;
  Owned<cairo_surface_t> photo(cairo_image_surface_create_from_png_stream(&ReadPng, &rest));
  if (cairo_surface_status(photo.get()) != CAIRO_STATUS_SUCCESS) {
    return absl::InvalidArgumentError("got a broken picture, want a whole PNG");
  }
  return photo;
}

// The whole picture, as large as the box allows, in its middle.
void DrawPhoto(cairo_t* cr, cairo_surface_t* photo) {
  const double width = cairo_image_surface_get_width(photo);
  const double height = cairo_image_surface_get_height(photo);
  const double scale = std::min(kPhotoWidth / width, kPhotoHeight / height);
  const double left = kPhotoLeft + (kPhotoWidth - width * scale) / 2;
  const double top = kPhotoTop + (kPhotoHeight - height * scale) / 2;
  cairo_save(cr);
  cairo_translate(cr, left, top);
  cairo_scale(cr, scale, scale);
  cairo_set_source_surface(cr, photo, 0, 0);
  cairo_paint(cr);
  cairo_restore(cr);
  SetColour(cr, kFrame);
  cairo_set_line_width(cr, 0.35);
  cairo_rectangle(cr, left, top, width * scale, height * scale);
  cairo_stroke(cr);
}

// --- The parts of the page
// ------------------------------------------------------------------------

// One line of the form; `value` may take several lines of type.
struct Field {
  const char* label;
  std::string value;
  bool is_part_of_address = false;
};

std::string OrDash(const std::string& text) { return text.empty() ? "-" : text; }

std::vector<Field> FieldsOf(const CardData& card) {
  return {
      {"Nama", card.name},
      {"Tempat/Tgl Lahir", absl::StrCat(OrDash(card.birth_place), ", ", OrDash(card.birth_date))},
      {"Jenis Kelamin", OrDash(card.gender)},
      {"Alamat", OrDash(card.address)},
      {"RT/RW", OrDash(card.rt_rw), true},
      {"Kel/Desa", OrDash(card.village), true},
      {"Kecamatan", OrDash(card.district), true},
      {"Agama", OrDash(card.religion)},
      {"Status Perkawinan", OrDash(card.marital_status)},
      {"Pekerjaan", OrDash(card.occupation)},
      {"Kewarganegaraan", OrDash(card.citizenship)},
      {"Berlaku Hingga", OrDash(card.valid_until)}};
}

constexpr size_t kNameRow = 0;
constexpr size_t kGenderRow = 2;

// The form's rows, set so that all of them fit between kRowsTop and kRowsBottom.
struct Rows {
  std::vector<SetText> labels;
  std::vector<SetText> values;
  double gap = 0;
};

double RowHeight(const Rows& rows, size_t i) {
  return std::max(rows.labels[i].height(), rows.values[i].height());
}

absl::StatusOr<Rows> SetRows(const Typesetter& type, const std::vector<Field>& fields,
                             double size) {
  Rows rows;
  double height = 0;
  for (size_t i = 0; i < fields.size(); ++i) {
    rows.labels.push_back(type.Set(fields[i].label, {.width = kColonLeft, .size = size}));
    TextStyle style{.width = kValueWidth, .size = size, .bold = i == kNameRow};
    if (i == kGenderRow) style.width = kBloodTypeLeft - kValueLeft - Mm(1);
    KEPING_ASSIGN_OR_RETURN(SetText value, type.Fit(fields[i].label, fields[i].value, style));
    rows.values.push_back(std::move(value));
    height += RowHeight(rows, i);
  }
  const double space = kRowsBottom - kRowsTop - height;
  rows.gap = std::min(kWidestGap, space / static_cast<double>(fields.size() - 1));
  return rows;
}

// The largest type in which all rows together fit.
absl::StatusOr<Rows> FitRows(const Typesetter& type, const std::vector<Field>& fields) {
  for (double size = kTextSize; size >= kSmallestTextSize - 1e-9; size -= kSizeStep) {
    KEPING_ASSIGN_OR_RETURN(Rows rows, SetRows(type, fields, size));
    if (rows.gap >= kNarrowestGap) return rows;
  }
  return absl::InvalidArgumentError(
      absl::StrCat("got texts that do not fit the card together in ", kSmallestTextSize,
                   " pt, want a shorter name, address or occupation"));
}

void DrawRows(cairo_t* cr, const Typesetter& type, const std::vector<Field>& fields,
              const Rows& rows, const SetText& blood_type) {
  const SetText colon = type.Set(":", {.width = kPageWidth});
  double top = kRowsTop;
  for (size_t i = 0; i < fields.size(); ++i) {
    const double baseline = top + std::max(rows.labels[i].ascent(), rows.values[i].ascent());
    rows.labels[i].Draw(cr, kLeft + (fields[i].is_part_of_address ? kSubLabelIndent : 0), baseline);
    colon.Draw(cr, kColonLeft, baseline);
    rows.values[i].Draw(cr, kValueLeft, baseline);
    if (i == kGenderRow) blood_type.Draw(cr, kBloodTypeLeft, baseline);
    top += RowHeight(rows, i) + rows.gap;
  }
}

absl::Status DrawForm(cairo_t* cr, const Typesetter& type, const CardData& card) {
  const std::vector<Field> fields = FieldsOf(card);
  KEPING_ASSIGN_OR_RETURN(Rows rows, FitRows(type, fields));
  KEPING_ASSIGN_OR_RETURN(
      SetText blood_type,
      type.Fit("Gol. Darah", absl::StrCat("Gol. Darah : ", OrDash(card.blood_type)),
               {.width = kValueLeft + kValueWidth - kBloodTypeLeft, .most_lines = 1}));
  SetColour(cr, kInk);
  DrawRows(cr, type, fields, rows, blood_type);
  return absl::OkStatus();
}

absl::Status DrawHeading(cairo_t* cr, const Typesetter& type, const CardData& card) {
  const TextStyle style{.width = kPageWidth - 2 * kLeft,
                        .size = 8.2,
                        .most_lines = 1,
                        .bold = true,
                        .alignment = PANGO_ALIGN_CENTER};
  SetColour(cr, kHeadingInk);
  double top = kHeadingTop;
  for (const auto& [field, text] :
       {std::pair{"the province", &card.province}, std::pair{"the regency", &card.regency}}) {
    KEPING_ASSIGN_OR_RETURN(SetText line, type.Fit(field, OrDash(*text), style));
    line.Draw(cr, kLeft, top + line.ascent());
    top += line.height();
  }
  return absl::OkStatus();
}

absl::Status DrawNik(cairo_t* cr, const Typesetter& type, const CardData& card) {
  const TextStyle style{
      .width = kPhotoLeft - kValueLeft, .size = 9.6, .most_lines = 1, .bold = true};
  KEPING_ASSIGN_OR_RETURN(SetText number, type.Fit("NIK", card.nik, style));
  TextStyle label_style = style;
  label_style.size = 8.2;
  const SetText label = type.Set("NIK", label_style), colon = type.Set(":", label_style);
  const double baseline = kNikTop + number.ascent();
  SetColour(cr, kInk);
  label.Draw(cr, kLeft, baseline);
  colon.Draw(cr, kColonLeft, baseline);
  number.Draw(cr, kValueLeft, baseline);
  return absl::OkStatus();
}

// Place and date of issue, under the photo.
absl::Status DrawIssue(cairo_t* cr, const Typesetter& type, const CardData& card) {
  const TextStyle style{
      .width = kPhotoWidth, .size = kTextSize, .most_lines = 2, .alignment = PANGO_ALIGN_CENTER};
  double top = kIssueTop;
  SetColour(cr, kInk);
  for (const auto& [field, text] : {std::pair{"the place of issue", &card.issue_place},
                                    std::pair{"the date of issue", &card.issue_date}}) {
    KEPING_ASSIGN_OR_RETURN(SetText line, type.Fit(field, OrDash(*text), style));
    line.Draw(cr, kPhotoLeft, top + line.ascent());
    top += line.height();
  }
  if (top > kIssueBottom) {
    return absl::InvalidArgumentError("got a place of issue that is too long, want a shorter one");
  }
  return absl::OkStatus();
}

void DrawSpecimenMark(cairo_t* cr, const Typesetter& type) {
  const double diagonal = std::hypot(kPageWidth, kPageHeight);
  const SetText mark =
      type.Set("SPESIMEN / SPECIMEN",
               {.width = diagonal, .size = 21, .bold = true, .alignment = PANGO_ALIGN_CENTER});
  cairo_save(cr);
  cairo_translate(cr, kPageWidth / 2, kPageHeight / 2);
  cairo_rotate(cr, -std::atan2(kPageHeight, kPageWidth));
  SetColour(cr, kSpecimenRed);
  mark.Draw(cr, -diagonal / 2, mark.ascent() - mark.height() / 2);
  cairo_restore(cr);
}

cairo_status_t AppendPdf(void* closure, const unsigned char* data, unsigned int length) {
  static_cast<std::string*>(closure)->append(reinterpret_cast<const char*>(data), length);
  return CAIRO_STATUS_SUCCESS;
}

absl::Status DrawPage(cairo_t* cr, const CardData& card, cairo_surface_t* photo) {
  KEPING_ASSIGN_OR_RETURN(Typesetter type, Typesetter::Create());
  KEPING_RETURN_IF_ERROR(DrawHeading(cr, type, card));
  KEPING_RETURN_IF_ERROR(DrawNik(cr, type, card));
  KEPING_RETURN_IF_ERROR(DrawForm(cr, type, card));
  DrawPhoto(cr, photo);
  KEPING_RETURN_IF_ERROR(DrawIssue(cr, type, card));
  if (card.specimen) DrawSpecimenMark(cr, type);
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<std::string> RenderCardPdf(const CardData& card) {
  if (card.nik.empty() || card.name.empty()) {
    return absl::InvalidArgumentError("got a card without a NIK or a name, want both");
  }
  KEPING_ASSIGN_OR_RETURN(Owned<cairo_surface_t> photo, LoadPhoto(card.photo_png));
  std::string pdf;
  Owned<cairo_surface_t> page(
      cairo_pdf_surface_create_for_stream(&AppendPdf, &pdf, kPageWidth, kPageHeight));
  cairo_pdf_surface_set_metadata(page.get(), CAIRO_PDF_METADATA_CREATE_DATE, kCreationDate);
  Owned<cairo_t> cr(cairo_create(page.get()));
  absl::Status drawn = DrawPage(cr.get(), card, photo.get());
  cairo_show_page(cr.get());
  cairo_surface_finish(page.get());
  KEPING_RETURN_IF_ERROR(drawn);
  if (cairo_status(cr.get()) != CAIRO_STATUS_SUCCESS) {
    return absl::InternalError(absl::StrCat("got ", cairo_status_to_string(cairo_status(cr.get())),
                                            " from cairo, want a page"));
  }
  return pdf;
}

}  // namespace keping::edge
