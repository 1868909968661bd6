#include "central_node/core/variance_words.h"

#include <algorithm>
#include <cstdlib>
#include <map>
#include <string>
#include <tuple>
#include <utility>

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

const char* NameOf(Pile pile) {
  switch (pile) {
    case Pile::kTray:
      return "tray";
    case Pile::kSpoiled:
      return "spoiled";
    case Pile::kPrinted:
      return "printed";
  }
  return "";
}

const char* NameOf(BookWord word) {
  switch (word) {
    case BookWord::kNeverCame:
      return "never_came";
    case BookWord::kInTray:
      return "in_tray";
    case BookWord::kInJob:
      return "in_job";
    case BookWord::kPrinted:
      return "printed";
    case BookWord::kSpoiled:
      return "spoiled";
    case BookWord::kLent:
      return "lent";
    case BookWord::kHandedOver:
      return "handed_over";
    case BookWord::kCalledBack:
      return "called_back";
    case BookWord::kDestroyed:
      return "destroyed";
    case BookWord::kSought:
      return "sought";
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

// The first of them, and how many more there are.
struct Shown {
  std::string serials;
  std::string more;
  std::string text;
};

Shown FirstOf(const std::vector<std::string>& serials) {
  if (serials.size() <= kSerialsShown) {
    return {.serials = absl::StrJoin(serials, ", "), .more = "", .text = Listed(serials)};
  }
  const std::string first = absl::StrJoin(serials.begin(), serials.begin() + kSerialsShown, ", ");
  const std::string more = absl::StrCat(serials.size() - kSerialsShown);
  return {.serials = first, .more = more, .text = absl::StrCat(first, " and ", more, " more")};
}

std::vector<std::string> PeopleOf(const std::vector<ShiftOf>& shifts) {
  std::vector<std::string> people;
  for (const ShiftOf& shift : shifts) {
    if (std::find(people.begin(), people.end(), shift.operator_id.value()) == people.end()) {
      people.push_back(shift.operator_id.value());
    }
  }
  return people;
}

RemarkValue PeopleIn(const std::vector<ShiftOf>& shifts) {
  return {"people", absl::StrJoin(PeopleOf(shifts), ", ")};
}

std::string InShifts(const std::vector<ShiftOf>& shifts) {
  if (shifts.empty()) return "when nobody had a shift";
  return absl::StrCat(shifts.size() == 1 ? "in the shift of " : "in the shifts of ",
                      Listed(PeopleOf(shifts)));
}

Remark Headline(const CountVerdict& verdict) {
  const size_t missing = std::count_if(verdict.differences.begin(), verdict.differences.end(),
                                       [](const CountDifference& one) { return one.missing; });
  const size_t surplus = verdict.differences.size() - missing;
  const auto number = [&](size_t count) {
    return absl::StrCat(count, " ", Noun(verdict.pile, count == 1), count == 1 ? " is" : " are");
  };
  if (missing == 0 && surplus == 0) {
    return Remark(RemarkKind::kCountAgrees, {}, "What was counted is what the book says.");
  }
  const std::vector<RemarkValue> values = {{"pile", NameOf(verdict.pile)},
                                           {"missing", absl::StrCat(missing)},
                                           {"surplus", absl::StrCat(surplus)}};
  std::string text = absl::StrCat(number(missing), " missing and ", surplus,
                                  surplus == 1 ? " is" : " are", " more than the book says.");
  if (surplus == 0) text = absl::StrCat(number(missing), " missing.");
  if (missing == 0) text = absl::StrCat(number(surplus), " more than the book says.");
  return Remark(RemarkKind::kCountDiffers, values, text);
}

Remark MisScanned(const MisScan& one) {
  return Remark(one.job ? RemarkKind::kScannedWrongInJob : RemarkKind::kScannedWrongInAct,
                {{"used", one.used.text()},
                 {"scanned", one.scanned.text()},
                 {"act", one.act.value()},
                 {"operator", one.operator_id.value()},
                 PeopleIn(one.shifts)},
                absl::StrCat(one.used.text(), " was scanned as ", one.scanned.text(), " in ",
                             one.job ? "job " : "act ", one.act.value(),
                             one.operator_id.empty() ? "" : " by ", one.operator_id.value(), " ",
                             InShifts(one.shifts), "."));
}

Remark Explained(const CountDifference& one) {
  const std::string& serial = one.serial.text();
  const std::vector<RemarkValue> values = {{"serial", serial}};
  switch (one.learned->kind) {
    case LearnedKind::kFound:
      return Remark(RemarkKind::kFoundSince, values, absl::StrCat(serial, " was found since."));
    case LearnedKind::kAccounted:
      return Remark(RemarkKind::kBookedSince, values,
                    absl::StrCat(serial, " is in the book since."));
    case LearnedKind::kCorrected:
      return Remark(RemarkKind::kAnswerSetAside, values,
                    absl::StrCat("The answer that named ", serial, " was set aside since."));
    case LearnedKind::kElsewhere:
      break;
  }
  return Remark(RemarkKind::kInHandElsewhere,
                {{"serial", serial}, {"office", one.elsewhere.value()}},
                absl::StrCat(serial, " was in hand at the office ", one.elsewhere.value(), "."));
}

std::string Signed(int64_t change) { return absl::StrCat(change > 0 ? "+" : "", change); }

// When what these have in common arose.
void AddMoments(const CountVerdict& verdict, const std::vector<size_t>& windows, Remark& remark) {
  const bool blamed =
      !windows.empty() && std::all_of(windows.begin(), windows.end(),
                                      [&](size_t i) { return verdict.windows[i].blamed; });
  std::vector<std::string> moments;
  std::vector<ShiftOf> shifts;
  for (size_t i : windows) {
    const CountWindow& window = verdict.windows[i];
    moments.push_back(
        absl::StrCat(InShifts(window.shifts), " (", Signed(window.change), " by the counts)"));
    if (blamed) {
      remark.parts.push_back({RemarkKind::kAroseBetweenCounts,
                              {PeopleIn(window.shifts), {"change", Signed(window.change)}},
                              moments.back()});
    }
    for (const ShiftOf& shift : window.shifts) {
      if (std::find(shifts.begin(), shifts.end(), shift) == shifts.end()) shifts.push_back(shift);
    }
  }
  if (blamed) {
    absl::StrAppend(&remark.text, "It arose ", absl::StrJoin(moments, ", or "), ".");
    return;
  }
  remark.parts.push_back({RemarkKind::kAroseUntold, {PeopleIn(shifts)}, InShifts(shifts)});
  absl::StrAppend(&remark.text, "No hand count tells when: it arose ", InShifts(shifts), ".");
}

// What is left, told together where it arose together.
void AddOpen(const CountVerdict& verdict, std::vector<Remark>& remarks) {
  using Group = std::tuple<bool, BookWord, std::string, std::vector<size_t>>;
  std::map<Group, std::vector<std::string>> groups;
  for (const CountDifference& one : verdict.differences) {
    if (!one.open()) continue;
    const BookWord word = one.missing ? BookWord::kNeverCame : one.word;
    groups[{!one.missing, word, one.elsewhere.value(), one.windows}].push_back(one.serial.text());
  }
  for (const auto& [group, serials] : groups) {
    const auto& [surplus, word, elsewhere, windows] = group;
    const Shown shown = FirstOf(serials);
    std::string text = absl::StrCat("Not explained: ", shown.text, ", ");
    if (!surplus) {
      absl::StrAppend(&text, "missing. ");
    } else {
      absl::StrAppend(&text, "too many; by the book ", InBook(word));
      if (!elsewhere.empty()) absl::StrAppend(&text, ", in hand at the office ", elsewhere);
      absl::StrAppend(&text, ". ");
    }
    remarks.push_back({surplus ? RemarkKind::kSurplus : RemarkKind::kMissing,
                       {{"serials", shown.serials},
                        {"more", shown.more},
                        {"book", surplus ? NameOf(word) : ""},
                        {"office", surplus ? elsewhere : ""}},
                       std::move(text)});
    AddMoments(verdict, windows, remarks.back());
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

Remark Stated(const domain::FiguresReported& report, const FiguresVerdict& verdict) {
  const std::string day = absl::FormatCivilTime(report.upto);
  return Remark(
      RemarkKind::kReportSays,
      {{"document", report.document.value()},
       {"total", absl::StrCat(verdict.total)},
       {"figure", absl::StrCat(static_cast<int>(report.kind))},
       {"office", report.node.value()},
       {"day", day}},
      absl::StrCat(report.document.value(), " says ", verdict.total, " ", KindInWords(report.kind),
                   " at ", report.node.empty() ? "all offices" : report.node.value(), " up to ",
                   day, "."));
}

Remark PartsDiffer(const domain::FiguresReported& report, const FiguresVerdict& verdict) {
  std::vector<std::string> parts;
  for (const auto& part : report.parts) parts.push_back(absl::StrCat(part.quantity));
  const std::string listed = absl::StrJoin(parts, " + ");
  return Remark(RemarkKind::kPartsDiffer,
                {{"sum", absl::StrCat(*verdict.parts)},
                 {"parts", listed},
                 {"difference", absl::StrCat(verdict.from_parts)}},
                absl::StrCat("Its own parts make ", *verdict.parts, " (", listed,
                             "): the total says ", MoreOrFewer(verdict.from_parts), "."));
}

}  // namespace

std::vector<Remark> RemarksOn(const CountVerdict& verdict) {
  if (verdict.count.IsZero()) {
    return {{RemarkKind::kNothingCounted, {}, "Nothing was counted."}};
  }
  std::vector<Remark> remarks = {Headline(verdict)};
  for (const MisScan& one : verdict.mis_scans) remarks.push_back(MisScanned(one));
  AddOpen(verdict, remarks);
  const size_t wrong = verdict.wrong_counts.size();
  if (wrong > 0) {
    remarks.push_back({RemarkKind::kCountsDoNotFit,
                       {{"counts", absl::StrCat(wrong)}},
                       absl::StrCat(wrong, wrong == 1 ? " hand count does" : " hand counts do",
                                    " not fit this and would be a slip.")});
  }
  for (const CountDifference& one : verdict.differences) {
    if (one.learned.has_value()) remarks.push_back(Explained(one));
  }
  return remarks;
}

std::vector<Remark> RemarksOn(const FiguresFact& figures, const FiguresVerdict& verdict) {
  std::vector<Remark> remarks = {Stated(figures.report, verdict)};
  if (verdict.from_parts != 0) remarks.push_back(PartsDiffer(figures.report, verdict));
  if (verdict.from_ledger != 0) {
    remarks.push_back({RemarkKind::kLedgerDiffers,
                       {{"ledger", absl::StrCat(*verdict.ledger)},
                        {"difference", absl::StrCat(verdict.from_ledger)}},
                       absl::StrCat("The ledger has ", *verdict.ledger, ": the total says ",
                                    MoreOrFewer(verdict.from_ledger), ".")});
  }
  if (verdict.parts.has_value() && verdict.ledger.has_value() && verdict.from_parts != 0 &&
      *verdict.parts == *verdict.ledger) {
    remarks.push_back({RemarkKind::kPartsAgreeWithLedger, {}, "The parts agree with the ledger."});
  }
  if (!verdict.anomalies.empty()) return remarks;
  if (verdict.ledger.has_value()) {
    remarks.push_back({RemarkKind::kAgreesWithLedger, {}, "It agrees with the ledger."});
  } else if (verdict.parts.has_value()) {
    remarks.push_back({RemarkKind::kPartsAgree, {}, "Its parts agree with its total."});
  } else {
    remarks.push_back({RemarkKind::kNothingToCompare, {}, "There is nothing to compare it with."});
  }
  return remarks;
}

}  // namespace keping::central
