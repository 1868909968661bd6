#include "central_node/core/variance_words.h"

#include <algorithm>
#include <cstdlib>
#include <map>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/time/civil_time.h"

namespace keping::central {
namespace {

using domain::FigureKind;
using domain::Pile;

constexpr size_t kSerialsShown = 10;

const char* Noun(Pile pile, bool one) {
  switch (pile) {
    case Pile::kTray:
      return one ? "blank" : "blanks";
    case Pile::kSpoiled:
      return one ? "spoiled card" : "spoiled cards";
    case Pile::kPrinted:
      return one ? "finished card" : "finished cards";
  }
  return "";
}

const char* InBook(BookWord word) {
  switch (word) {
    case BookWord::kNeverCame:
      return "never came to this office";
    case BookWord::kInTray:
      return "in the tray";
    case BookWord::kInJob:
      return "in a job that is open";
    case BookWord::kPrinted:
      return "a finished card of this office";
    case BookWord::kSpoiled:
      return "spoiled";
    case BookWord::kLent:
      return "lent to another office";
    case BookWord::kHandedOver:
      return "handed over as a card";
    case BookWord::kCalledBack:
      return "called back";
    case BookWord::kDestroyed:
      return "destroyed";
    case BookWord::kSought:
      return "looked for in vain";
  }
  return "";
}

// "a", "a and b", "a, b and c".
std::string Listed(const std::vector<std::string>& items) {
  if (items.size() < 2) return absl::StrJoin(items, "");
  return absl::StrCat(absl::StrJoin(items.begin(), items.end() - 1, ", "), " and ", items.back());
}

std::string Serials(const std::vector<std::string>& serials) {
  if (serials.size() <= kSerialsShown) return Listed(serials);
  return absl::StrCat(absl::StrJoin(serials.begin(), serials.begin() + kSerialsShown, ", "),
                      " and ", serials.size() - kSerialsShown, " more");
}

std::string InShifts(const std::vector<ShiftOf>& shifts) {
  if (shifts.empty()) return "when nobody had a shift";
  std::vector<std::string> people;
  for (const ShiftOf& shift : shifts) {
    if (std::find(people.begin(), people.end(), shift.operator_id.value()) == people.end()) {
      people.push_back(shift.operator_id.value());
    }
  }
  return absl::StrCat(shifts.size() == 1 ? "in the shift of " : "in the shifts of ",
                      Listed(people));
}

std::string Headline(const CountVerdict& verdict) {
  const size_t missing = std::count_if(verdict.differences.begin(), verdict.differences.end(),
                                       [](const CountDifference& one) { return one.missing; });
  const size_t surplus = verdict.differences.size() - missing;
  const auto number = [&](size_t count) {
    return absl::StrCat(count, " ", Noun(verdict.pile, count == 1), count == 1 ? " is" : " are");
  };
  if (missing == 0 && surplus == 0) return "What was counted is what the book says.";
  if (surplus == 0) return absl::StrCat(number(missing), " missing.");
  if (missing == 0) return absl::StrCat(number(surplus), " more than the book says.");
  return absl::StrCat(number(missing), " missing and ", surplus, surplus == 1 ? " is" : " are",
                      " more than the book says.");
}

std::string MisScanned(const MisScan& one) {
  return absl::StrCat(one.used.text(), " was scanned as ", one.scanned.text(), " in ",
                      one.job ? "job " : "act ", one.act.value(),
                      one.operator_id.empty() ? "" : " by ", one.operator_id.value(), " ",
                      InShifts(one.shifts), ".");
}

std::string Explained(const CountDifference& one) {
  const std::string& serial = one.serial.text();
  switch (one.learned->kind) {
    case LearnedKind::kFound:
      return absl::StrCat(serial, " was found since.");
    case LearnedKind::kAccounted:
      return absl::StrCat(serial, " is in the book since.");
    case LearnedKind::kCorrected:
      return absl::StrCat("The answer that named ", serial, " was set aside since.");
    case LearnedKind::kElsewhere:
      return absl::StrCat(serial, " was in hand at the office ", one.elsewhere.value(), ".");
  }
  return "";
}

std::string Signed(int64_t change) { return absl::StrCat(change > 0 ? "+" : "", change); }

// When what these have in common arose.
std::string Arose(const CountVerdict& verdict, const std::vector<size_t>& windows) {
  const bool blamed =
      !windows.empty() && std::all_of(windows.begin(), windows.end(),
                                      [&](size_t i) { return verdict.windows[i].blamed; });
  std::vector<std::string> moments;
  std::vector<ShiftOf> shifts;
  for (size_t i : windows) {
    const CountWindow& window = verdict.windows[i];
    moments.push_back(
        absl::StrCat(InShifts(window.shifts), " (", Signed(window.change), " by the counts)"));
    for (const ShiftOf& shift : window.shifts) {
      if (std::find(shifts.begin(), shifts.end(), shift) == shifts.end()) shifts.push_back(shift);
    }
  }
  if (blamed) return absl::StrCat("It arose ", absl::StrJoin(moments, ", or "), ".");
  return absl::StrCat("No hand count tells when: it arose ", InShifts(shifts), ".");
}

// What is left, told together where it arose together.
void AddOpen(const CountVerdict& verdict, std::vector<std::string>& sentences) {
  using Group = std::tuple<bool, BookWord, std::string, std::vector<size_t>>;
  std::map<Group, std::vector<std::string>> groups;
  for (const CountDifference& one : verdict.differences) {
    if (!one.open()) continue;
    const BookWord word = one.missing ? BookWord::kNeverCame : one.word;
    groups[{!one.missing, word, one.elsewhere.value(), one.windows}].push_back(one.serial.text());
  }
  for (const auto& [group, serials] : groups) {
    const auto& [surplus, word, elsewhere, windows] = group;
    std::string sentence = absl::StrCat("Not explained: ", Serials(serials), ", ");
    if (!surplus) {
      absl::StrAppend(&sentence, "missing. ");
    } else {
      absl::StrAppend(&sentence, "too many; by the book ", InBook(word));
      if (!elsewhere.empty()) absl::StrAppend(&sentence, ", in hand at the office ", elsewhere);
      absl::StrAppend(&sentence, ". ");
    }
    sentences.push_back(absl::StrCat(sentence, Arose(verdict, windows)));
  }
}

const char* KindInWords(FigureKind kind) {
  switch (kind) {
    case FigureKind::kPrinted:
      return "printed";
    case FigureKind::kSpoiled:
      return "spoiled";
    case FigureKind::kHandedOver:
      return "handed over";
    case FigureKind::kDestroyed:
      return "destroyed";
    case FigureKind::kInStock:
      return "in stock";
  }
  return "";
}

std::string MoreOrFewer(int64_t difference) {
  return absl::StrCat(std::llabs(difference), difference > 0 ? " more" : " fewer");
}

}  // namespace

std::vector<std::string> InWords(const CountVerdict& verdict) {
  if (verdict.count.IsZero()) return {"Nothing was counted."};
  std::vector<std::string> sentences = {Headline(verdict)};
  for (const MisScan& one : verdict.mis_scans) sentences.push_back(MisScanned(one));
  AddOpen(verdict, sentences);
  const size_t wrong = verdict.wrong_counts.size();
  if (wrong > 0) {
    sentences.push_back(absl::StrCat(wrong, wrong == 1 ? " hand count does" : " hand counts do",
                                     " not fit this and would be a slip."));
  }
  for (const CountDifference& one : verdict.differences) {
    if (one.learned.has_value()) sentences.push_back(Explained(one));
  }
  return sentences;
}

std::vector<std::string> InWords(const FiguresFact& figures, const FiguresVerdict& verdict) {
  const domain::FiguresReported& report = figures.report;
  std::vector<std::string> sentences = {
      absl::StrCat(report.document.value(), " says ", verdict.total, " ", KindInWords(report.kind),
                   " at ", report.node.empty() ? "all offices" : report.node.value(), " up to ",
                   absl::FormatCivilTime(report.upto), ".")};
  if (verdict.from_parts != 0) {
    std::vector<std::string> parts;
    for (const auto& part : report.parts) parts.push_back(absl::StrCat(part.quantity));
    sentences.push_back(absl::StrCat("Its own parts make ", *verdict.parts, " (",
                                     absl::StrJoin(parts, " + "), "): the total says ",
                                     MoreOrFewer(verdict.from_parts), "."));
  }
  if (verdict.from_ledger != 0) {
    sentences.push_back(absl::StrCat("The ledger has ", *verdict.ledger, ": the total says ",
                                     MoreOrFewer(verdict.from_ledger), "."));
  }
  if (verdict.parts.has_value() && verdict.ledger.has_value() && verdict.from_parts != 0 &&
      *verdict.parts == *verdict.ledger) {
    sentences.push_back("The parts agree with the ledger.");
  }
  if (!verdict.anomalies.empty()) return sentences;
  if (verdict.ledger.has_value()) {
    sentences.push_back("It agrees with the ledger.");
  } else {
    sentences.push_back(verdict.parts.has_value() ? "Its parts agree with its total."
                                                  : "There is nothing to compare it with.");
  }
  return sentences;
}

}  // namespace keping::central
