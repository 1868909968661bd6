// A line of a story, in words: some stand by themselves, others follow a key ("on A1000").
//
//   const Words words("decide foreign_blank A1010 explain by rai");
//   words[1];            // "foreign_blank"
//   words.after("by");   // "rai"
#ifndef KEPING_TESTS_SCENARIO_WORDS_H_
#define KEPING_TESTS_SCENARIO_WORDS_H_

#include <algorithm>
#include <cstdlib>
#include <initializer_list>
#include <map>
#include <string>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"

namespace keping::scenario {

class Words {
 public:
  explicit Words(const std::string& line) : words_(absl::StrSplit(line, ' ', absl::SkipEmpty())) {}
  Words(std::initializer_list<std::string> words) : words_(words) {}

  // The story has to have it: a word that is not there ends the test.
  const std::string& operator[](size_t i) const { return words_.at(i); }
  size_t size() const { return words_.size(); }
  bool has(const std::string& word) const {
    return std::find(words_.begin(), words_.end(), word) != words_.end();
  }
  // The word that follows `key`; empty when it is not there.
  std::string after(const std::string& key) const {
    const auto at = std::find(words_.begin(), words_.end(), key);
    return at == words_.end() || at + 1 == words_.end() ? std::string() : *(at + 1);
  }
  std::string line() const { return absl::StrJoin(words_, " "); }

 private:
  std::vector<std::string> words_;
};

// The value that a word stands for. A word that is none ends the test: it must not pass.
template <typename Enum>
Enum WordOf(const std::map<std::string, Enum>& words, const std::string& word) {
  const auto found = words.find(word);
  if (found == words.end()) std::abort();
  return found->second;
}

inline uint64_t NumberOf(const std::string& word) {
  uint64_t number = 0;
  if (!absl::SimpleAtoi(word, &number)) std::abort();
  return number;
}

inline absl::CivilDay DayOf(const std::string& word) {
  absl::CivilDay day;
  if (!absl::ParseCivilTime(word, &day)) std::abort();
  return day;
}

inline std::string Line(absl::string_view text) { return absl::StrCat(text, "\n"); }
inline std::string Misread(const Words& words) {
  return Line(absl::StrCat("?? this runner does not know: ", words.line()));
}

}  // namespace keping::scenario

#endif  // KEPING_TESTS_SCENARIO_WORDS_H_
