// What a paper says, before anybody draws it: one typed description for every document that an
// office or the district signs. pdf.h, csv.h and xlsx.h render it.
//
//   Document paper{.language = Language::kIndonesian, .title = "BERITA ACARA …", …};
//   paper.tables.push_back({.title = "Blangko", .columns = {{"No."}, {"Jumlah", .summed = true}}});
//
// A sum is never given: it is what the rows above it add up to, so that no paper can contradict
// itself. Values; not thread-safe while they are changed.
#ifndef KEPING_COMMON_PAPER_DOCUMENT_H_
#define KEPING_COMMON_PAPER_DOCUMENT_H_

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "absl/time/civil_time.h"
#include "common/crypto/hash.h"
#include "common/messages/catalogue.h"

namespace keping::paper {

using messages::Language;

enum class Align { kLeft, kRight, kCentre };

struct Column {
  std::string title = {};
  double share = 1;  // of the width, beside the shares of the others
  Align align = Align::kLeft;
  bool summed = false;  // its numbers are added up below the table
};

// A number is written with the language's separators, and right-aligned.
using Cell = std::variant<std::string, int64_t>;

struct Table {
  std::string title = {};
  std::vector<Column> columns = {};
  std::vector<std::vector<Cell>> rows = {};  // each as many cells as there are columns
  size_t abreast = 1;                        // on paper so many rows side by side, to save sheets
};

// "Tujuan: Kecamatan Susut"
struct Field {
  std::string label = {};
  std::string value = {};
};

// A place for a signature and a stamp, with the name below it.
struct Signature {
  std::string role = {};      // "Yang menyerahkan,"
  std::string office = {};    // or empty
  std::string name = {};      // empty: dots, to be written by hand
  bool civil_servant = true;  // with a line for the NIP
};

struct Document {
  Language language = Language::kIndonesian;
  // Of the office that issues it: its first lines large, the last one its address.
  std::vector<std::string> letterhead = {};
  std::string title = {};
  std::string subtitle = {};  // or empty
  std::string number = {};    // empty: the paper has none
  std::string place = {};
  std::optional<absl::CivilDay> date = std::nullopt;  // nullopt: to be written by hand
  std::vector<Field> fields = {};
  std::vector<std::string> opening = {};  // paragraphs before the tables
  std::vector<Table> tables = {};
  std::vector<std::string> notes = {};  // after them
  std::vector<Signature> signatures = {};
  std::string qr = {};    // what the code says; empty: none
  uint32_t copy = 0;      // 0: the first print; else the so-manieth reprint
  bool specimen = false;  // of synthetic data
};

// What is below a column: nullopt where nothing is summed. A summed column holds numbers, or empty
// texts where a row has none.
std::optional<int64_t> SumOf(const Table& table, size_t column);

// As it is drawn: `abreast` rows in one, from left to right, and the sums behind its title, since
// such a table has no place for them below. One that is not abreast stays as it is.
Table SideBySide(const Table& table, const std::string& sums);

// What the paper says, whatever its number, date and copy: two prints of the same content in the
// same language have the same hash.
crypto::Hash ContentHash(const Document& document);

// Some column is summed, and there is a row.
bool HasSums(const Table& table);

}  // namespace keping::paper

#endif  // KEPING_COMMON_PAPER_DOCUMENT_H_
