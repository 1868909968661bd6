#include "common/config/papers_config.h"

#include <algorithm>
#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"

namespace keping::config {
namespace {

constexpr int kMostLines = 6;
constexpr size_t kMostLineBytes = 100;
constexpr size_t kMostPlaceBytes = 60;
constexpr size_t kMostFormBytes = 60;
constexpr char kDefaultForm[] = "{number}/{kind}/{year}";

// Its three parts each occur, beside what may stand in a number.
bool IsNumberForm(const std::string& form) {
  std::string rest = form;
  for (const char* part : {"{number}", "{kind}", "{year}"}) {
    if (absl::StrReplaceAll({{part, ""}}, &rest) == 0) return false;
  }
  return form.size() <= kMostFormBytes && std::all_of(rest.begin(), rest.end(), [](char letter) {
           return absl::ascii_isalnum(static_cast<unsigned char>(letter)) || letter == '.' ||
                  letter == '-' || letter == '/';
         });
}

}  // namespace

void CompletePapers(v1::PapersConfig* papers) {
  if (papers->number_form().empty()) papers->set_number_form(kDefaultForm);
}

void ValidatePapers(const v1::PapersConfig& papers, Problems* problems) {
  problems->RequireBetween("papers.letterhead", papers.letterhead_size(), 0, kMostLines);
  for (int i = 0; i < papers.letterhead_size(); ++i) {
    const std::string& line = papers.letterhead(i);
    if (!line.empty() && line.size() <= kMostLineBytes) continue;
    problems->Add(absl::StrCat("papers.letterhead[", i, "]"), absl::StrCat(line.size(), " bytes"),
                  absl::StrCat("1 to ", kMostLineBytes));
  }
  if (papers.place().size() > kMostPlaceBytes) {
    problems->Add("papers.place", absl::StrCat(papers.place().size(), " bytes"),
                  absl::StrCat("at most ", kMostPlaceBytes));
  }
  if (!IsNumberForm(papers.number_form())) {
    problems->Add("papers.number_form", papers.number_form(),
                  "{number}, {kind} and {year}, beside letters, digits, full stops, hyphens and /");
  }
}

}  // namespace keping::config
