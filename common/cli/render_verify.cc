// The report of `keping verify`, for people.

#include "absl/strings/str_cat.h"
#include "common/cli/render.h"
#include "common/cli/table.h"

namespace keping::cli {
namespace {

// All of them are in the JSON.
constexpr int kDifferencesShown = 50;

std::string Checks(const google::protobuf::RepeatedPtrField<v1::Check>& checks) {
  Table table({{"Checked"}, {"Number", Align::kRight}});
  for (const v1::Check& check : checks) {
    table.AddRow({check.name(), WithThousands(static_cast<int64_t>(check.count()))});
  }
  return table.ToString();
}

std::string Differences(const google::protobuf::RepeatedPtrField<v1::Difference>& differences) {
  if (differences.empty()) return "";
  Table table({{"Difference"}, {"Where"}, {"What"}});
  for (int i = 0; i < std::min(differences.size(), kDifferencesShown); ++i) {
    table.AddRow({differences[i].code(), differences[i].place(), differences[i].sentence()});
  }
  const std::string more =
      differences.size() <= kDifferencesShown
          ? ""
          : absl::StrCat("… and ", differences.size() - kDifferencesShown, " more; see --json.\n");
  return absl::StrCat("\n", table.ToString(), more);
}

std::string Streams(const v1::StoreReport& store) {
  Table table({{"Log of"},
               {"Incarnation"},
               {"Entries", Align::kRight},
               {"Unknown", Align::kRight},
               {"Signed to", Align::kRight},
               {"Proven to", Align::kRight},
               {"Head"}});
  for (const v1::Stream& stream : store.streams()) {
    table.AddRow({stream.node(), stream.incarnation(),
                  WithThousands(static_cast<int64_t>(stream.entries())),
                  WithThousands(static_cast<int64_t>(stream.unknown_events())),
                  WithThousands(static_cast<int64_t>(stream.signed_up_to())),
                  WithThousands(static_cast<int64_t>(stream.proven_up_to())), stream.head_code()});
  }
  return table.ToString();
}

std::string Totals(const v1::StoreReport& store) {
  Table table({{"Blanks, from the raw logs"}, {"Holder"}, {"Number", Align::kRight}});
  for (const v1::Total& total : store.totals()) {
    table.AddRow({total.account(), total.holder().empty() ? "district" : total.holder(),
                  WithThousands(total.quantity())});
  }
  return table.ToString();
}

}  // namespace

std::string RenderVerify(const v1::VerifyReport& report) {
  std::string text;
  int differences = report.differences_size();
  for (const v1::StoreReport& store : report.stores()) {
    differences += store.differences_size();
    absl::StrAppend(&text, store.program(), " ", store.node(), " (", store.path(), "): ",
                    store.differences().empty()
                        ? "no difference"
                        : absl::StrCat(store.differences_size(), " DIFFERENCES"),
                    "\n\n", Streams(store), "\n", Totals(store), "\n", Checks(store.checks()),
                    Differences(store.differences()));
    for (const std::string& note : store.notes()) absl::StrAppend(&text, "Note: ", note, "\n");
    absl::StrAppend(&text, "\n");
  }
  if (!report.checks().empty()) {
    absl::StrAppend(&text, "Between the stores\n\n", Checks(report.checks()),
                    Differences(report.differences()), "\n");
  }
  absl::StrAppend(
      &text, report.stores_size(), " stores verified: ",
      report.passed() ? "everything fits.\n" : absl::StrCat(differences, " differences.\n"));
  return text;
}

}  // namespace keping::cli
