// The texts of papers, from the catalogues in messages/: Indonesian, and the same in English.
//
//   const Words words(Language::kIndonesian);
//   words("paper.page", {{"page", "1"}, {"pages", "3"}});   // "Halaman 1 dari 3"
//   words.Number(8000);                                     // "8.000"
//
// A key that is not in the catalogue is a bug, and checked. Thread-safe.
#ifndef KEPING_COMMON_PAPER_WORDS_H_
#define KEPING_COMMON_PAPER_WORDS_H_

#include <cstdint>
#include <initializer_list>
#include <string>
#include <utility>

#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "common/paper/document.h"

namespace keping::paper {

class Words {
 public:
  explicit Words(Language language) : language_(language) {}

  Language language() const { return language_; }
  // The text under a key, with {name} filled in.
  std::string operator()(
      absl::string_view key,
      std::initializer_list<std::pair<absl::string_view, absl::string_view>> values = {}) const;
  // "27 April 2017"
  std::string Date(absl::CivilDay day) const;
  // "April 2017"
  std::string Month(absl::CivilMonth month) const;
  // "Kamis"
  std::string Weekday(absl::CivilDay day) const;
  // "8.000", or "8,000" in English
  std::string Number(int64_t number) const;
  // As a table shows it.
  std::string Text(const Cell& cell) const;

 private:
  const Language language_;
};

}  // namespace keping::paper

#endif  // KEPING_COMMON_PAPER_WORDS_H_
