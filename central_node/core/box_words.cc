#include "central_node/core/box_words.h"

#include <set>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

namespace keping::central {
namespace {

constexpr size_t kSerialsShown = 10;

std::string Some(const domain::SerialSet& serials) {
  std::string text;
  size_t shown = 0;
  serials.ForEach([&](const domain::BlankSerial& serial) {
    if (++shown <= kSerialsShown) absl::StrAppend(&text, shown == 1 ? "" : ", ", serial.text());
  });
  if (shown > kSerialsShown) absl::StrAppend(&text, " and ", shown - kSerialsShown, " more");
  return text;
}

std::string Offices(const BoxFacts& facts) {
  std::set<std::string> offices;
  for (const BoxScanFact& scan : facts.scans) {
    if (scan.kind == ScanKind::kReceived) offices.insert(scan.fact.node.value());
  }
  for (const BoxOpeningFact& opening : facts.openings) offices.insert(opening.fact.node.value());
  for (const BoxDispatchFact& sent : facts.dispatches) offices.insert(sent.node.value());
  return absl::StrJoin(offices, ", ");
}

std::string Quantities(const BoxFacts& facts) {
  std::vector<std::string> papers;
  for (const BoxDeclarationFact& one : facts.declarations) {
    papers.push_back(absl::StrCat(one.box.quantity, " by ", one.allotment.value()));
  }
  return absl::StrJoin(papers, ", ");
}

}  // namespace

std::vector<std::string> InWords(const domain::BoxId& box, const BoxFacts& facts,
                                 const BoxVerdict& verdict) {
  std::vector<std::string> words;
  const std::string name = absl::StrCat("Box ", box.value());
  if (!verdict.declared) {
    words.push_back(absl::StrCat(name, " came with no delivery that is known here; ",
                                 facts.born.size(), " blanks were scanned out of it."));
  } else if (verdict.contradicted) {
    words.push_back(absl::StrCat(
        name, " is named by several deliveries that differ: ", Quantities(facts), "."));
  }
  if (verdict.declared && verdict.excess > 0) {
    words.push_back(absl::StrCat(name, " is to hold ", verdict.quantity, " blanks, ",
                                 facts.born.size(), " were scanned out of it: ", verdict.excess,
                                 verdict.excess == 1 ? " is" : " are", " too many."));
  }
  if (verdict.emptied && verdict.unidentified > 0) {
    words.push_back(absl::StrCat(name, " is to hold ", verdict.quantity,
                                 " blanks, and was empty "
                                 "after ",
                                 facts.born.size(), ": ", verdict.unidentified,
                                 verdict.unidentified == 1 ? " is" : " are", " missing."));
  }
  if (verdict.twice) {
    words.push_back(
        absl::StrCat(name, " was sent twice, or is in two places: ", Offices(facts), "."));
  }
  if (!verdict.unfit.empty()) {
    words.push_back(
        absl::StrCat("Not of the serials that its paper declares: ", Some(verdict.unfit), "."));
  }
  if (!facts.strays.empty()) {
    words.push_back(
        absl::StrCat("Scanned out of it, although another delivery, box or inventory "
                     "brought them: ",
                     Some(facts.strays), "."));
  }
  return words;
}

}  // namespace keping::central
