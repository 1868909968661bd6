#include "edge_node/printing/card_page.h"

#include <cairo-pdf.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <optional>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/base/status_macros.h"
#include "edge_node/printing/cairo_handles.h"
#include "edge_node/printing/card_picture.h"
#include "edge_node/printing/card_text.h"
#include "edge_node/printing/png_encoder.h"

namespace keping::edge {
namespace {

constexpr double kPageWidth = Mm(kCardWidthMillimetres);
constexpr double kPageHeight = Mm(kCardHeightMillimetres);
constexpr double kPointsPerInch = 72;
constexpr double kPixelsPerInch = 300;

constexpr double kLeft = Mm(3.4);
constexpr double kHeadingTop = Mm(2.4);
constexpr double kNikTop = Mm(9.7);
constexpr double kRowsTop = Mm(14.4);
constexpr double kRowsBottom = Mm(51.6);
constexpr double kPartOfAddressIndent = Mm(2.2);
constexpr double kColonLeft = Mm(22.8);
constexpr double kValueLeft = Mm(24.4);
constexpr double kValueWidth = Mm(36.6);
constexpr double kBloodTypeLeft = Mm(45.4);

// The column on the right.
constexpr double kPhotoLeft = Mm(62.6);
constexpr double kPhotoWidth = Mm(19.6);
constexpr Box kPhotoBox{kPhotoLeft, Mm(10.4), kPhotoWidth, Mm(24.9)};
constexpr double kIssueTop = Mm(36.0);
constexpr Box kSignatureBox{kPhotoLeft, Mm(44.4), kPhotoWidth, Mm(7.2)};

constexpr double kTextSize = 6.3;
constexpr double kSizeStep = 0.1;
constexpr int kMostLines = 3;
constexpr double kWidestGap = Mm(0.50);  // between rows
constexpr double kNarrowestGap = Mm(0.08);
constexpr double kRoundingError = 1e-6;

constexpr Colour kInk{0.07, 0.08, 0.10};
constexpr Colour kFrame{0.55, 0.58, 0.62};
constexpr Colour kSpecimenRed{0.80, 0.06, 0.10, 0.26};

// Metadata must not change from run to run, so every page claims the same moment.
constexpr const char* kCreationDate = "2000-01-01T00:00:00Z";

// ---- The rows of the form.

// One line of the form; `value` may take several lines of type.
struct Field {
  const char* label;
  std::string value;
  size_t unbroken_tail = 0;
  bool is_part_of_address = false;
};

std::string OrDash(const std::string& text) { return text.empty() ? "-" : text; }

std::vector<Field> FieldsOf(const CardData& card) {
  const std::string birth_date = OrDash(card.birth_date);
  return {{.label = "Nama", .value = card.name},
          {.label = "Tempat/Tgl Lahir",
           .value = absl::StrCat(OrDash(card.birth_place), ", ", birth_date),
           .unbroken_tail = birth_date.size()},
          {.label = "Jenis Kelamin", .value = OrDash(card.gender)},
          {.label = "Alamat", .value = OrDash(card.address)},
          {.label = "RT/RW", .value = OrDash(card.rt_rw), .is_part_of_address = true},
          {.label = "Kel/Desa", .value = OrDash(card.village), .is_part_of_address = true},
          {.label = "Kecamatan", .value = OrDash(card.district), .is_part_of_address = true},
          {.label = "Agama", .value = OrDash(card.religion)},
          {.label = "Status Perkawinan", .value = OrDash(card.marital_status)},
          {.label = "Pekerjaan", .value = OrDash(card.occupation)},
          {.label = "Kewarganegaraan", .value = OrDash(card.citizenship)},
          {.label = "Berlaku Hingga", .value = OrDash(card.valid_until)}};
}

constexpr size_t kGenderRow = 2;  // the blood type stands beside it

// The form's rows in one size of type, or smaller where a value is long.
struct Rows {
  double size;
  std::vector<SetText> labels;
  std::vector<SetText> values;
  double gap = 0;  // negative when they do not fit between kRowsTop and kRowsBottom

  // Of a row: from its top to the baseline of its first line, and from there to its bottom.
  double ascent(size_t row) const { return std::max(labels[row].ascent(), values[row].ascent()); }
  double depth(size_t row) const { return std::max(labels[row].depth(), values[row].depth()); }
};

absl::StatusOr<Rows> SetRows(const Typesetter& type, const std::vector<Field>& fields,
                             double size) {
  Rows rows{.size = size, .labels = {}, .values = {}};
  double height = 0;
  for (size_t i = 0; i < fields.size(); ++i) {
    rows.labels.push_back(type.Set(fields[i].label, {.width = kColonLeft, .size = size}));
    TextStyle style{.width = kValueWidth,
                    .size = size,
                    .most_lines = kMostLines,
                    .unbroken_tail = fields[i].unbroken_tail};
    if (i == kGenderRow) style.width = kBloodTypeLeft - kValueLeft - Mm(1);
    KEPING_ASSIGN_OR_RETURN(SetText value, type.Fit(fields[i].label, fields[i].value, style));
    rows.values.push_back(std::move(value));
    height += rows.ascent(i) + rows.depth(i);
  }
  const double space = kRowsBottom - kRowsTop - height;
  rows.gap = std::min(kWidestGap, space / static_cast<double>(fields.size() - 1));
  return rows;
}

absl::Status TooManyLines(const std::vector<Field>& fields, const Rows& rows) {
  std::vector<std::string> labels;
  for (size_t i = 0; i < fields.size(); ++i) {
    if (rows.values[i].lines() > 1) labels.push_back(fields[i].label);
  }
  return absl::InvalidArgumentError(absl::StrCat(
      "K-140: ", absl::StrJoin(labels, ", "),
      ": got texts that do not fit the card together in letters of ", kSmallestTextSize,
      " pt, want shorter ones. Ask the district for a corrected record."));
}

// In the largest type in which all rows together fit.
absl::StatusOr<Rows> FitRows(const Typesetter& type, const std::vector<Field>& fields) {
  std::optional<Rows> rows;
  for (double size = kTextSize; size >= kSmallestTextSize - kRoundingError; size -= kSizeStep) {
    KEPING_ASSIGN_OR_RETURN(rows, SetRows(type, fields, size));
    if (rows->gap >= kNarrowestGap) return *std::move(rows);
  }
  return TooManyLines(fields, *rows);
}

void DrawRows(cairo_t* cr, const Typesetter& type, const std::vector<Field>& fields,
              const Rows& rows, const SetText& blood_type) {
  const SetText colon = type.Set(":", {.width = kPageWidth, .size = rows.size});
  double top = kRowsTop;
  for (size_t i = 0; i < fields.size(); ++i) {
    const double baseline = top + rows.ascent(i);
    const double indent = fields[i].is_part_of_address ? kPartOfAddressIndent : 0;
    rows.labels[i].Draw(cr, kLeft + indent, baseline);
    colon.Draw(cr, kColonLeft, baseline);
    rows.values[i].Draw(cr, kValueLeft, baseline);
    if (i == kGenderRow) blood_type.Draw(cr, kBloodTypeLeft, baseline);
    top = baseline + rows.depth(i) + rows.gap;
  }
}

absl::Status DrawForm(cairo_t* cr, const Typesetter& type, const CardData& card) {
  const std::vector<Field> fields = FieldsOf(card);
  KEPING_ASSIGN_OR_RETURN(const Rows rows, FitRows(type, fields));
  KEPING_ASSIGN_OR_RETURN(
      const SetText blood_type,
      type.Fit("Gol. Darah", absl::StrCat("Gol. Darah : ", OrDash(card.blood_type)),
               {.width = kValueLeft + kValueWidth - kBloodTypeLeft, .size = rows.size}));
  DrawRows(cr, type, fields, rows, blood_type);
  return absl::OkStatus();
}

// ---- The other parts of the page.

absl::Status DrawHeading(cairo_t* cr, const Typesetter& type, const CardData& card) {
  const TextStyle style{
      .width = kPageWidth - 2 * kLeft, .size = 8.2, .bold = true, .alignment = PANGO_ALIGN_CENTER};
  double top = kHeadingTop;
  for (const auto& [field, text] :
       {std::pair{"the province", &card.province}, std::pair{"the regency", &card.regency}}) {
    KEPING_ASSIGN_OR_RETURN(const SetText line, type.Fit(field, OrDash(*text), style));
    line.Draw(cr, kLeft, top + line.ascent());
    top += line.ascent() + line.depth();
  }
  return absl::OkStatus();
}

absl::Status DrawNik(cairo_t* cr, const Typesetter& type, const CardData& card) {
  const TextStyle style{.width = kPhotoLeft - kValueLeft, .size = 9.6, .bold = true};
  KEPING_ASSIGN_OR_RETURN(const SetText number, type.Fit("NIK", card.nik, style));
  TextStyle label_style = style;
  label_style.size = 8.2;
  const SetText label = type.Set("NIK", label_style), colon = type.Set(":", label_style);
  const double baseline = kNikTop + number.ascent();
  label.Draw(cr, kLeft, baseline);
  colon.Draw(cr, kColonLeft, baseline);
  number.Draw(cr, kValueLeft, baseline);
  return absl::OkStatus();
}

// Place and date of issue, under the photo.
absl::Status DrawIssue(cairo_t* cr, const Typesetter& type, const CardData& card) {
  TextStyle style{
      .width = kPhotoWidth, .size = kTextSize, .most_lines = 2, .alignment = PANGO_ALIGN_CENTER};
  KEPING_ASSIGN_OR_RETURN(const SetText place,
                          type.Fit("the place of issue", OrDash(card.issue_place), style));
  style.size = place.size();
  style.most_lines = 1;
  KEPING_ASSIGN_OR_RETURN(const SetText date,
                          type.Fit("the date of issue", OrDash(card.issue_date), style));
  place.Draw(cr, kPhotoLeft, kIssueTop + place.ascent());
  date.Draw(cr, kPhotoLeft, kIssueTop + place.ascent() + place.depth() + date.ascent());
  return absl::OkStatus();
}

void DrawPhoto(cairo_t* cr, const CardPicture& photo) {
  const Box place = photo.Draw(cr, kPhotoBox);
  SetColour(cr, kFrame);
  cairo_set_line_width(cr, 0.35);
  cairo_rectangle(cr, place.left, place.top, place.width, place.height);
  cairo_stroke(cr);
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
  mark.Draw(cr, -diagonal / 2, (mark.ascent() - mark.depth()) / 2);
  cairo_restore(cr);
}

// ---- The page.

struct Pictures {
  CardPicture photo;
  std::optional<CardPicture> signature;
};

absl::StatusOr<Pictures> LoadPictures(const CardData& card) {
  KEPING_ASSIGN_OR_RETURN(CardPicture photo, CardPicture::FromPng("the photo", card.photo_png));
  Pictures pictures{.photo = std::move(photo), .signature = std::nullopt};
  if (!card.signature_png.empty()) {
    KEPING_ASSIGN_OR_RETURN(pictures.signature,
                            CardPicture::FromPng("the signature", card.signature_png));
  }
  return pictures;
}

absl::Status DrawPage(cairo_t* cr, const CardData& card) {
  if (card.nik.empty() || card.name.empty()) {
    return absl::InvalidArgumentError(
        "K-144: got a card without a NIK or a name, want both. Ask the district for a corrected "
        "record.");
  }
  KEPING_ASSIGN_OR_RETURN(const Typesetter type, Typesetter::Create());
  KEPING_ASSIGN_OR_RETURN(const Pictures pictures, LoadPictures(card));
  SetColour(cr, kInk);
  KEPING_RETURN_IF_ERROR(DrawHeading(cr, type, card));
  KEPING_RETURN_IF_ERROR(DrawNik(cr, type, card));
  KEPING_RETURN_IF_ERROR(DrawForm(cr, type, card));
  KEPING_RETURN_IF_ERROR(DrawIssue(cr, type, card));
  DrawPhoto(cr, pictures.photo);
  if (pictures.signature) pictures.signature->DrawInk(cr, kSignatureBox, kInk);
  if (card.specimen) DrawSpecimenMark(cr, type);
  if (cairo_status(cr) == CAIRO_STATUS_SUCCESS) return absl::OkStatus();
  return absl::InternalError(
      absl::StrCat("got ", cairo_status_to_string(cairo_status(cr)), " from cairo, want a page"));
}

}  // namespace

absl::StatusOr<std::string> RenderCardPdf(const CardData& card) {
  std::string pdf;
  const Owned<cairo_surface_t> page(
      cairo_pdf_surface_create_for_stream(&drawing::AppendToString, &pdf, kPageWidth, kPageHeight));
  cairo_pdf_surface_set_metadata(page.get(), CAIRO_PDF_METADATA_CREATE_DATE, kCreationDate);
  const Owned<cairo_t> cr(cairo_create(page.get()));
  const absl::Status drawn = DrawPage(cr.get(), card);
  cairo_show_page(cr.get());
  cairo_surface_finish(page.get());
  KEPING_RETURN_IF_ERROR(drawn);
  return pdf;
}

absl::StatusOr<std::string> RenderCardPng(const CardData& card) {
  const Owned<cairo_surface_t> page(
      cairo_image_surface_create(CAIRO_FORMAT_RGB24, kCardWidthPixels, kCardHeightPixels));
  const Owned<cairo_t> cr(cairo_create(page.get()));
  cairo_set_source_rgb(cr.get(), 1, 1, 1);
  cairo_paint(cr.get());
  cairo_scale(cr.get(), kPixelsPerInch / kPointsPerInch, kPixelsPerInch / kPointsPerInch);
  KEPING_RETURN_IF_ERROR(DrawPage(cr.get(), card));
  return EncodePng(page.get());
}

}  // namespace keping::edge
