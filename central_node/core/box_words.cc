#include "central_node/core/box_words.h"

#include <set>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

namespace keping::central {
namespace {

constexpr size_t kSerialsShown = 10;

std::string Offices(const BoxFacts& facts) {
  std::set<std::string> offices;
  for (const BoxScanFact& scan : facts.scans) {
    if (scan.kind == ScanKind::kReceived) offices.insert(scan.fact.node.value());
  }
  for (const BoxOpeningFact& opening : facts.openings) offices.insert(opening.fact.node.value());
  for (const BoxDispatchFact& sent : facts.dispatches) offices.insert(sent.node.value());
  return absl::StrJoin(offices, ", ");
}

// Of several deliveries that name it.
Remark Contradicted(const std::string& box, const BoxFacts& facts) {
  std::vector<std::string> papers;
  std::vector<Remark> parts;
  for (const BoxDeclarationFact& one : facts.declarations) {
    papers.push_back(absl::StrCat(one.box.quantity, " by ", one.allotment.value()));
    parts.push_back(
        {RemarkKind::kBoxPaper,
         {{"quantity", absl::StrCat(one.box.quantity)}, {"allotment", one.allotment.value()}},
         ""});
  }
  Remark remark(RemarkKind::kBoxDeliveriesDiffer, {{"box", box}},
                absl::StrCat("Box ", box, " is named by several deliveries that differ: ",
                             absl::StrJoin(papers, ", "), "."));
  remark.parts = std::move(parts);
  return remark;
}

// `begins` and the first of the serials.
Remark OfSerials(RemarkKind kind, const char* begins, const domain::SerialSet& serials) {
  std::string text;
  size_t shown = 0;
  serials.ForEach([&](const domain::BlankSerial& serial) {
    if (++shown <= kSerialsShown) absl::StrAppend(&text, shown == 1 ? "" : ", ", serial.text());
  });
  const std::string more = shown > kSerialsShown ? absl::StrCat(shown - kSerialsShown) : "";
  return Remark(
      kind, {{"serials", text}, {"more", more}},
      absl::StrCat(begins, text, more.empty() ? "" : " and ", more, more.empty() ? "." : " more."));
}

// Of a box with so many too many or missing.
Remark Differs(RemarkKind kind, const std::string& box, const BoxFacts& facts, int64_t quantity,
               int64_t count) {
  const bool many = kind == RemarkKind::kBoxTooMany;
  return Remark(kind,
                {{"box", box},
                 {"quantity", absl::StrCat(quantity)},
                 {"scanned", absl::StrCat(facts.born.size())},
                 {"count", absl::StrCat(count)}},
                many ? absl::StrCat("Box ", box, " is to hold ", quantity, " blanks, ",
                                    facts.born.size(), " were scanned out of it: ", count,
                                    count == 1 ? " is" : " are", " too many.")
                     : absl::StrCat("Box ", box, " is to hold ", quantity,
                                    " blanks, and was empty after ", facts.born.size(), ": ", count,
                                    count == 1 ? " is" : " are", " missing."));
}

}  // namespace

std::vector<Remark> RemarksOn(const domain::BoxId& box, const BoxFacts& facts,
                              const BoxVerdict& verdict) {
  std::vector<Remark> remarks;
  const std::string& name = box.value();
  if (!verdict.declared) {
    remarks.push_back({RemarkKind::kBoxWithoutDelivery,
                       {{"box", name}, {"scanned", absl::StrCat(facts.born.size())}},
                       absl::StrCat("Box ", name, " came with no delivery that is known here; ",
                                    facts.born.size(), " blanks were scanned out of it.")});
  } else if (verdict.contradicted) {
    remarks.push_back(Contradicted(name, facts));
  }
  if (verdict.declared && verdict.excess > 0) {
    remarks.push_back(
        Differs(RemarkKind::kBoxTooMany, name, facts, verdict.quantity, verdict.excess));
  }
  if (verdict.emptied && verdict.unidentified > 0) {
    remarks.push_back(
        Differs(RemarkKind::kBoxTooFew, name, facts, verdict.quantity, verdict.unidentified));
  }
  if (verdict.twice) {
    const std::string offices = Offices(facts);
    remarks.push_back(
        {RemarkKind::kBoxTwice,
         {{"box", name}, {"offices", offices}},
         absl::StrCat("Box ", name, " was sent twice, or is in two places: ", offices, ".")});
  }
  if (!verdict.unfit.empty()) {
    remarks.push_back(OfSerials(RemarkKind::kBoxOtherSerials,
                                "Not of the serials that its paper declares: ", verdict.unfit));
  }
  if (!facts.strays.empty()) {
    remarks.push_back(
        OfSerials(RemarkKind::kBoxStrays,
                  "Scanned out of it, although another delivery, box or inventory brought them: ",
                  facts.strays));
  }
  return remarks;
}

}  // namespace keping::central
