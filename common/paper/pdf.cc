#include "common/paper/pdf.h"

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"
#include "common/base/status_macros.h"
#include "common/paper/words.h"
#include "common/qr/qr_code.h"

namespace keping::paper {
namespace {

using drawing::Mm;

constexpr double kSideMargin = Mm(20);
constexpr double kTopMargin = Mm(17);
constexpr double kBottomMargin = Mm(22);  // the footer is in it
constexpr double kGap = Mm(4);
constexpr double kQrSide = Mm(30);
constexpr double kPadding = Mm(1.3);
constexpr double kThin = 0.6;
constexpr double kThick = 1.8;
constexpr double kHeadGrey = 0.88;
constexpr double kFieldLabel = Mm(50);
constexpr double kStampRoom = Mm(27);  // for a stamp and a wet signature
constexpr size_t kMostSignaturesAbreast = 3;
constexpr char kDots[] = "( ........................................ )";

constexpr TextStyle kText{.size = 10};
constexpr TextStyle kCell{.size = 9};
constexpr TextStyle kBoldCell{.size = 9, .bold = true};
constexpr TextStyle kSmall{.size = 8};

class Writer {
 public:
  Writer(const Document& document, PageSize size)
      : document_(document),
        words_(document.language),
        pages_(size, absl::StrCat(document.title, " ", document.number)),
        left_(kSideMargin),
        right_(pages_.width() - kSideMargin),
        bottom_(pages_.height() - kBottomMargin) {}

  absl::StatusOr<std::string> Write() {
    NewPage();
    Letterhead();
    Heading();
    KEPING_RETURN_IF_ERROR(Fields());
    for (const std::string& paragraph : document_.opening) Paragraph(paragraph, kText);
    for (const Table& table : document_.tables) {
      KEPING_RETURN_IF_ERROR(AddTable(SideBySide(table, table.abreast > 1 ? SumText(table) : "")));
    }
    for (const std::string& note : document_.notes) Paragraph(note, kCell);
    Signatures();
    Margins();
    return pages_.Finish();
  }

 private:
  double room() const { return bottom_ - top_; }
  double width() const { return right_ - left_; }

  void NewPage() {
    pages_.Add();
    top_ = kTopMargin;
  }
  // On this page if it fits, else on the next.
  void Need(double height) {
    if (height > room() && top_ > kTopMargin) NewPage();
  }

  void Letterhead() {
    const std::vector<std::string>& lines = document_.letterhead;
    if (lines.empty()) return;
    for (size_t i = 0; i < lines.size(); ++i) {
      const bool address = i + 1 == lines.size() && lines.size() > 1;
      top_ += pages_.Text(lines[i], left_, top_, width(),
                          {.size = address ? 8.5 : 13, .bold = !address, .align = Align::kCentre});
    }
    top_ += Mm(1.5);
    pages_.Rule(left_, right_, top_, kThick);
    pages_.Rule(left_, right_, top_ + 2.6, kThin);
    top_ += Mm(6);
  }

  void Heading() {
    top_ += pages_.Text(document_.title, left_, top_, width(),
                        {.size = 13, .bold = true, .align = Align::kCentre});
    if (!document_.subtitle.empty()) {
      top_ += pages_.Text(document_.subtitle, left_, top_, width(),
                          {.size = 11, .bold = true, .align = Align::kCentre});
    }
    if (!document_.number.empty()) {
      top_ += Mm(0.8);
      top_ += pages_.Text(words_("paper.number", {{"number", document_.number}}), left_, top_,
                          width(), {.size = 10, .align = Align::kCentre});
    }
    top_ += kGap;
  }

  // The QR code stands beside them.
  absl::Status Fields() {
    const double start = top_;
    double field_width = width();
    if (!document_.qr.empty()) {
      KEPING_ASSIGN_OR_RETURN(const qr::QrCode code, qr::MakeQrCode(document_.qr));
      pages_.Qr(code, right_ - kQrSide, start, kQrSide);
      field_width -= kQrSide + Mm(4);
    }
    for (const Field& field : document_.fields) {
      const double label = pages_.Text(field.label, left_, top_, kFieldLabel - Mm(2), kText);
      pages_.Text(":", left_ + kFieldLabel - Mm(1.5), top_, Mm(3), kText);
      const double value =
          pages_.Text(field.value.empty() ? "-" : field.value, left_ + kFieldLabel + Mm(1.5), top_,
                      field_width - kFieldLabel - Mm(1.5), kText);
      top_ += std::max(label, value) + Mm(1);
    }
    if (!document_.qr.empty()) top_ = std::max(top_, start + kQrSide);
    if (top_ > start) top_ += Mm(2);
    return absl::OkStatus();
  }

  void Paragraph(const std::string& text, const TextStyle& style) {
    const double height = pages_.HeightOf(text, width(), style);
    Need(height);
    top_ += pages_.Text(text, left_, top_, width(), style) + Mm(2);
  }

  // ---- Tables.

  using Texts = std::vector<std::string>;

  std::vector<double> EdgesOf(const Table& table) const {
    double shares = 0;
    for (const Column& column : table.columns) shares += column.share;
    std::vector<double> edges = {left_};
    for (const Column& column : table.columns) {
      edges.push_back(edges.back() + width() * column.share / shares);
    }
    return edges;
  }

  static TextStyle StyleOf(const Column& column, const Cell* cell, const TextStyle& base) {
    TextStyle style = base;
    const bool number = column.summed || (cell && std::holds_alternative<int64_t>(*cell));
    style.align = number ? Align::kRight : column.align;
    return style;
  }

  struct Row {
    Texts texts;
    std::vector<TextStyle> styles;
  };

  // No word of a heading is broken: it is set as small as it takes.
  TextStyle Fitting(const std::string& title, double width, TextStyle style) const {
    for (const absl::string_view word : absl::StrSplit(title, ' ')) {
      const double wide = pages_.WidthOf(std::string(word), style);
      if (wide > width) style.size *= width / wide;
    }
    return style;
  }

  Row HeadOf(const Table& table, const std::vector<double>& edges) const {
    Row row;
    for (size_t i = 0; i < table.columns.size(); ++i) {
      const Column& column = table.columns[i];
      row.texts.push_back(column.title);
      row.styles.push_back(Fitting(column.title, edges[i + 1] - edges[i] - 2 * kPadding,
                                   StyleOf(column, nullptr, kBoldCell)));
    }
    return row;
  }

  Row RowOf(const Table& table, const std::vector<Cell>& cells) const {
    Row row;
    for (size_t i = 0; i < cells.size(); ++i) {
      row.texts.push_back(words_.Text(cells[i]));
      row.styles.push_back(StyleOf(table.columns[i], &cells[i], kCell));
    }
    return row;
  }

  // The word stands before the first sum.
  Row SumsOf(const Table& table) const {
    Row row;
    for (size_t i = 0; i < table.columns.size(); ++i) {
      const std::optional<int64_t> sum = SumOf(table, i);
      row.texts.push_back(sum.has_value() ? words_.Number(*sum) : "");
      row.styles.push_back(StyleOf(table.columns[i], nullptr, kBoldCell));
    }
    const size_t place = table.columns[0].share < 1 && table.columns.size() > 1 ? 1 : 0;
    if (!table.columns[place].summed) row.texts[place] = words_("paper.sum");
    return row;
  }

  // "Jumlah 1.600"
  std::string SumText(const Table& table) const {
    std::string text;
    for (size_t i = 0; i < table.columns.size(); ++i) {
      const std::optional<int64_t> sum = SumOf(table, i);
      if (!sum.has_value()) continue;
      absl::StrAppend(&text, text.empty() ? "" : ", ", words_("paper.sum"), " ",
                      words_.Number(*sum));
    }
    return text;
  }

  double HeightOf(const Row& row, const std::vector<double>& edges) const {
    double height = 0;
    for (size_t i = 0; i < row.texts.size(); ++i) {
      height = std::max(
          height,
          pages_.HeightOf(row.texts[i], edges[i + 1] - edges[i] - 2 * kPadding, row.styles[i]));
    }
    return height + 2 * kPadding;
  }

  void Draw(const Row& row, const std::vector<double>& edges, double height, bool shaded) {
    for (size_t i = 0; i < row.texts.size(); ++i) {
      const drawing::Box box{edges[i], top_, edges[i + 1] - edges[i], height};
      if (shaded) pages_.Fill(box, kHeadGrey);
      pages_.Frame(box, kThin);
      if (row.texts[i].empty()) continue;
      pages_.Text(row.texts[i], box.left + kPadding, top_ + kPadding, box.width - 2 * kPadding,
                  row.styles[i]);
    }
    top_ += height;
  }

  absl::Status AddTable(const Table& table) {
    const std::vector<double> edges = EdgesOf(table);
    const Row head = HeadOf(table, edges);
    const double head_height = HeightOf(head, edges);
    const Row sums = SumsOf(table);
    const double sums_height = HasSums(table) ? HeightOf(sums, edges) : 0;
    const double title_height =
        table.title.empty() ? 0 : pages_.HeightOf(table.title, width(), kBoldCell) + Mm(1);
    top_ += Mm(1);
    Need(title_height + 3 * head_height + sums_height);
    if (!table.title.empty()) {
      top_ += pages_.Text(table.title, left_, top_, width(), {.size = 10, .bold = true}) + Mm(1);
    }
    Draw(head, edges, head_height, true);
    for (size_t i = 0; i < table.rows.size(); ++i) {
      const Row row = RowOf(table, table.rows[i]);
      const double height = HeightOf(row, edges);
      // The last row and the sum stay together.
      const double wanted = height + (i + 1 == table.rows.size() ? sums_height : 0);
      if (head_height + wanted > bottom_ - kTopMargin) return TooHigh(table, i);
      if (wanted > room()) {
        NewPage();
        Draw(head, edges, head_height, true);
      }
      Draw(row, edges, height, false);
    }
    if (table.rows.empty()) {
      Draw({{words_("paper.nothing")}, {kCell}}, {left_, right_}, head_height, false);
    }
    if (sums_height > 0) Draw(sums, edges, sums_height, true);
    top_ += kGap;
    return absl::OkStatus();
  }

  static absl::Status TooHigh(const Table& table, size_t row) {
    return absl::InvalidArgumentError(
        absl::StrCat("K-350: the table \"", table.title, "\": got a row ", row + 1,
                     " that needs more than a page, want a shorter text in it"));
  }

  // ---- The end.

  double SignatureHeight() const {
    return pages_.HeightOf("X", width(), kText) * 4 + kStampRoom + Mm(4);
  }

  void Signatures() {
    const std::vector<Signature>& all = document_.signatures;
    if (all.empty()) return;
    const double line = pages_.HeightOf("X", width(), kText);
    Need(SignatureHeight() + line + kGap);
    top_ += Mm(2);
    const std::string dated = absl::StrCat(
        document_.place, document_.place.empty() ? "" : ", ",
        document_.date.has_value() ? words_.Date(*document_.date) : words_("paper.dateByHand"));
    top_ += pages_.Text(dated, left_, top_, width(), {.size = 10, .align = Align::kRight}) + Mm(3);
    for (size_t i = 0; i < all.size(); i += kMostSignaturesAbreast) {
      const size_t abreast = std::min(kMostSignaturesAbreast, all.size() - i);
      Need(SignatureHeight());
      for (size_t k = 0; k < abreast; ++k) {
        const double each = width() / static_cast<double>(abreast);
        DrawSignature(all[i + k], left_ + static_cast<double>(k) * each + Mm(1), each - Mm(2));
      }
      top_ += SignatureHeight();
    }
  }

  void DrawSignature(const Signature& one, double left, double width) {
    const TextStyle centred{.size = 10, .align = Align::kCentre};
    const double line = pages_.HeightOf("X", width, kText);
    pages_.Text(one.role, left, top_, width, centred);
    pages_.Text(one.office, left, top_ + line, width, centred);
    const double below = top_ + 2 * line + kStampRoom;
    pages_.Text(one.name.empty() ? kDots : one.name, left, below, width,
                {.size = one.name.empty() ? 9.0 : 10.0,
                 .bold = !one.name.empty(),
                 .align = Align::kCentre});
    if (!one.civil_servant) return;
    pages_.Text(words_("paper.nip"), left, below + line, width,
                {.size = 9, .align = Align::kCentre});
  }

  // What stands on every page beside its content.
  void Margins() {
    for (size_t page = 0; page < pages_.count(); ++page) {
      pages_.GoTo(page);
      if (document_.specimen) pages_.Watermark(words_("paper.specimen"));
      if (document_.copy > 0) CopyMark();
      const double top = bottom_ + Mm(5);
      pages_.Rule(left_, right_, top, kThin);
      const std::string number =
          absl::StrCat(document_.title, document_.number.empty() ? "" : " ", document_.number);
      pages_.Text(number, left_, top + Mm(1.5), width() * 0.68, kSmall);
      pages_.Text(
          words_("paper.page",
                 {{"page", absl::StrCat(page + 1)}, {"pages", absl::StrCat(pages_.count())}}),
          left_ + width() * 0.7, top + Mm(1.5), width() * 0.3, {.size = 8, .align = Align::kRight});
      if (!document_.specimen) continue;
      pages_.Text(words_("paper.specimenNote"), left_, top + Mm(6.5), width(),
                  {.size = 8, .bold = true, .align = Align::kCentre});
    }
  }

  void CopyMark() {
    const std::string text = words_("paper.copy", {{"copy", absl::StrCat(document_.copy)}});
    const TextStyle style{.size = 12, .bold = true, .align = Align::kCentre};
    const double mark_width = pages_.WidthOf(text, style) + Mm(6);
    const drawing::Box box{right_ - mark_width, Mm(6), mark_width, Mm(8)};
    pages_.Frame(box, kThick);
    pages_.Text(text, box.left, box.top + Mm(1.4), box.width, style);
  }

  const Document& document_;
  const Words words_;
  Pages pages_;
  const double left_;
  const double right_;
  const double bottom_;
  double top_ = 0;
};

}  // namespace

absl::StatusOr<std::string> RenderPdf(const Document& document, PageSize size) {
  return Writer(document, size).Write();
}

}  // namespace keping::paper
