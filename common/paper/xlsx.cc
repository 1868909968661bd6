#include "common/paper/xlsx.h"

#include <sys/mman.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include <algorithm>
#include <cerrno>
#include <variant>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "common/base/status_macros.h"
#include "common/paper/words.h"

namespace keping::paper {
namespace {

constexpr size_t kMostSheetNameCharacters = 31;
constexpr double kCharactersPerShare = 11;
constexpr size_t kReadAtOnce = 1 << 16;
constexpr int64_t kSecondsADay = 24 * 60 * 60;

// A file that only this process has, and that is gone with it: a paper may hold names.
class MemoryFile {
 public:
  MemoryFile() : fd_(memfd_create("paper", MFD_CLOEXEC)) {}
  MemoryFile(const MemoryFile&) = delete;
  MemoryFile& operator=(const MemoryFile&) = delete;
  ~MemoryFile() {
    if (fd_ >= 0) close(fd_);
  }

  bool open() const { return fd_ >= 0; }
  std::string path() const { return absl::StrCat("/proc/self/fd/", fd_); }
  absl::StatusOr<std::string> Read() const {
    std::string all;
    std::vector<char> part(kReadAtOnce);
    while (true) {
      const ssize_t got = pread(fd_, part.data(), part.size(), static_cast<off_t>(all.size()));
      if (got < 0) return absl::ErrnoToStatus(errno, "reading a workbook in memory");
      if (got == 0) return all;
      all.append(part.data(), static_cast<size_t>(got));
    }
  }

 private:
  const int fd_;
};

// "2. Sebab rusak": what a sheet may be called, each once.
std::string SheetName(size_t number, const std::string& title) {
  std::string name = absl::StrReplaceAll(
      title, {{"[", "("}, {"]", ")"}, {":", " "}, {"*", " "}, {"?", " "}, {"/", "-"}, {"\\", "-"}});
  name = absl::StrCat(number, title.empty() ? "" : ". ", name);
  // By bytes, which are at least as many; never within a character.
  if (name.size() > kMostSheetNameCharacters) {
    size_t end = kMostSheetNameCharacters;
    while (end > 0 && (static_cast<unsigned char>(name[end]) & 0xC0) == 0x80) --end;
    name.resize(end);
  }
  return name;
}

class Workbook {
 public:
  Workbook(const Document& document, const std::string& path)
      : document_(document),
        words_(document.language),
        book_(workbook_new(path.c_str())),
        bold_(workbook_add_format(book_)),
        number_(workbook_add_format(book_)),
        sum_(workbook_add_format(book_)) {
    format_set_bold(bold_);
    format_set_text_wrap(bold_);
    format_set_num_format(number_, "#,##0");
    format_set_num_format(sum_, "#,##0");
    format_set_bold(sum_);
  }

  // Frees the book.
  absl::Status Write() {
    // Of the paper, so that the same paper gives the same file.
    lxw_doc_properties properties = {};
    properties.title = const_cast<char*>(document_.title.c_str());
    const absl::CivilDay epoch(1970, 1, 1);
    properties.created =
        static_cast<time_t>((document_.date.value_or(epoch + 1) - epoch) * kSecondsADay);
    workbook_set_properties(book_, &properties);
    AddFields();
    for (size_t i = 0; i < document_.tables.size(); ++i) AddTable(i + 1, document_.tables[i]);
    const lxw_error closed = workbook_close(book_);
    if (failed_ == LXW_NO_ERROR) failed_ = closed;
    if (failed_ == LXW_NO_ERROR) return absl::OkStatus();
    return absl::InternalError(absl::StrCat("a workbook: ", lxw_strerror(failed_)));
  }

 private:
  void Check(lxw_error error) {
    if (failed_ == LXW_NO_ERROR) failed_ = error;
  }
  void WriteText(lxw_worksheet* sheet, lxw_row_t row, size_t column, const std::string& text,
                 lxw_format* format) {
    Check(worksheet_write_string(sheet, row, static_cast<lxw_col_t>(column), text.c_str(), format));
  }

  void AddFields() {
    lxw_worksheet* sheet = workbook_add_worksheet(book_, words_("paper.sheet").c_str());
    if (sheet == nullptr) return Check(LXW_ERROR_MEMORY_MALLOC_FAILED);
    worksheet_set_column(sheet, 0, 0, 26, nullptr);
    worksheet_set_column(sheet, 1, 1, 60, nullptr);
    lxw_row_t row = 0;
    const auto add = [&](const std::string& label, const std::string& value) {
      WriteText(sheet, row, 0, label, bold_);
      WriteText(sheet, row++, 1, value, nullptr);
    };
    add(document_.title, document_.subtitle);
    if (document_.specimen) add(words_("paper.specimen"), words_("paper.specimenNote"));
    if (!document_.number.empty()) add(words_("paper.numberLabel"), document_.number);
    if (document_.copy > 0) {
      add(words_("paper.copy", {{"copy", absl::StrCat(document_.copy)}}), "");
    }
    if (document_.date.has_value()) add(words_("paper.dateLabel"), words_.Date(*document_.date));
    for (const Field& field : document_.fields) add(field.label, field.value);
    for (const std::string& note : document_.notes) add("", note);
  }

  void AddTable(size_t number, const Table& table) {
    lxw_worksheet* sheet = workbook_add_worksheet(book_, SheetName(number, table.title).c_str());
    if (sheet == nullptr) return Check(LXW_ERROR_MEMORY_MALLOC_FAILED);
    for (size_t i = 0; i < table.columns.size(); ++i) {
      const auto column = static_cast<lxw_col_t>(i);
      worksheet_set_column(sheet, column, column,
                           std::max(6.0, table.columns[i].share * kCharactersPerShare), nullptr);
      WriteText(sheet, 0, i, table.columns[i].title, bold_);
    }
    worksheet_freeze_panes(sheet, 1, 0);
    lxw_row_t row = 1;
    for (const std::vector<Cell>& cells : table.rows) AddRow(sheet, row++, cells);
    if (HasSums(table)) AddSums(sheet, row, table);
  }

  void AddRow(lxw_worksheet* sheet, lxw_row_t row, const std::vector<Cell>& cells) {
    for (size_t i = 0; i < cells.size(); ++i) {
      if (const int64_t* number = std::get_if<int64_t>(&cells[i])) {
        Check(worksheet_write_number(sheet, row, static_cast<lxw_col_t>(i),
                                     static_cast<double>(*number), number_));
      } else {
        WriteText(sheet, row, i, std::get<std::string>(cells[i]), nullptr);
      }
    }
  }

  void AddSums(lxw_worksheet* sheet, lxw_row_t row, const Table& table) {
    for (size_t i = 0; i < table.columns.size(); ++i) {
      const auto column = static_cast<lxw_col_t>(i);
      const std::optional<int64_t> sum = SumOf(table, i);
      if (!sum.has_value()) {
        if (i == 0) WriteText(sheet, row, 0, words_("paper.sum"), bold_);
        continue;
      }
      char first[LXW_MAX_CELL_NAME_LENGTH], last[LXW_MAX_CELL_NAME_LENGTH];
      lxw_rowcol_to_cell(first, 1, column);
      lxw_rowcol_to_cell(last, row - 1, column);
      Check(worksheet_write_formula_num(sheet, row, column,
                                        absl::StrCat("=SUM(", first, ":", last, ")").c_str(), sum_,
                                        static_cast<double>(*sum)));
    }
  }

  const Document& document_;
  const Words words_;
  lxw_workbook* const book_;
  lxw_format* const bold_;
  lxw_format* const number_;
  lxw_format* const sum_;
  lxw_error failed_ = LXW_NO_ERROR;
};

}  // namespace

absl::StatusOr<std::string> RenderXlsx(const Document& document) {
  const MemoryFile file;
  if (!file.open()) return absl::ErrnoToStatus(errno, "a workbook in memory");
  KEPING_RETURN_IF_ERROR(Workbook(document, file.path()).Write());
  return file.Read();
}

}  // namespace keping::paper
