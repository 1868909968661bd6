// How long one card takes from its record to the page that the printer gets.
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/base/status_macros.h"
#include "common/time/system_clock.h"
#include "deploy/bangli/generator.h"
#include "deploy/national_simulator/record_proto.h"
#include "edge_node/app/card_document.h"
#include "edge_node/printing/card_page.h"
#include "tests/bench/bench.h"
#include "tests/bench/measure.h"

namespace keping::bench {
namespace {

constexpr size_t kPictureBytes = 30000;
constexpr double kBarMilliseconds = 100;
constexpr absl::CivilDay kIssuedOn(2017, 4, 27);

absl::StatusOr<std::vector<Figure>> RunRender(const BenchOptions& options) {
  const size_t cards = options.quick ? 3 : 300;
  const bangli::Generator generator({.count = cards, .picture_bytes = kPictureBytes});
  Samples pdf_times, png_times;
  for (size_t i = 0; i < cards; ++i) {
    const std::string record = national_simulator::ToProto(generator.Make(i)).SerializeAsString();
    const Stopwatch pdf_watch;
    KEPING_RETURN_IF_ERROR(edge::RenderDocument(record, kIssuedOn, true).status());
    pdf_times.Add(pdf_watch.Milliseconds());
    const Stopwatch png_watch;
    KEPING_ASSIGN_OR_RETURN(const edge::CardData card, edge::ReadCard(record, kIssuedOn, true));
    KEPING_RETURN_IF_ERROR(edge::RenderCardPng(card).status());
    png_times.Add(png_watch.Milliseconds());
  }
  const std::string conditions = absl::StrCat(cards, " cards of Bangli, 30 kB photos, record to ",
                                              "bytes, ", MachineConditions(options.folder));
  std::vector<Figure> figures;
  for (const auto& [what, times] : {std::pair{"PDF", &pdf_times}, std::pair{"PNG", &png_times}}) {
    for (const auto& [name, q] : {std::pair{"p50", 0.5}, std::pair{"p99", 0.99}}) {
      figures.push_back({.name = absl::StrCat("render ", what, " ", name),
                         .value = times->Quantile(q),
                         .unit = "ms",
                         .ceiling = kBarMilliseconds,
                         .ceiling_name = "the bar",
                         .conditions = conditions,
                         .bar = AtMost(kBarMilliseconds)});
    }
  }
  return figures;
}

KEPING_BENCH("render", "one card from its record to a PDF and to a 300 dpi picture", &RunRender);

}  // namespace
}  // namespace keping::bench
