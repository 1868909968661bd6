// How long one card takes from its record to the page that the printer gets.
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "common/base/status_macros.h"
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

struct Times {
  explicit Times(std::string its_name) : name(std::move(its_name)) {}

  template <typename Draw>
  absl::Status Time(Draw draw) {
    const double cpu_before = OwnCpuSeconds();
    const Stopwatch watch;
    KEPING_RETURN_IF_ERROR(draw());
    wall_ms.Add(watch.Milliseconds());
    cpu_ms.Add((OwnCpuSeconds() - cpu_before) * 1000);
    return absl::OkStatus();
  }

  const std::string name;
  Samples wall_ms;
  Samples cpu_ms;
};

absl::Status DrawPng(const std::string& record) {
  KEPING_ASSIGN_OR_RETURN(const edge::CardData card, edge::ReadCard(record, kIssuedOn, true));
  return edge::RenderCardPng(card).status();
}

absl::StatusOr<std::vector<Figure>> RunRender(const BenchOptions& options) {
  const size_t cards = options.quick ? 3 : 300;
  const bangli::Generator generator({.count = cards, .picture_bytes = kPictureBytes});
  Times pdf("PDF"), png("PNG");
  for (size_t i = 0; i < cards; ++i) {
    const std::string record = national_simulator::ToProto(generator.Make(i)).SerializeAsString();
    KEPING_RETURN_IF_ERROR(
        pdf.Time([&] { return edge::RenderDocument(record, kIssuedOn, true).status(); }));
    KEPING_RETURN_IF_ERROR(png.Time([&] { return DrawPng(record); }));
  }
  std::vector<Figure> figures;
  for (const Times* times : {&pdf, &png}) {
    const std::string conditions = absl::StrFormat(
        "%d cards of Bangli, 30 kB photos, record to bytes; %.1f ms of CPU each; %s", cards,
        times->cpu_ms.Quantile(0.5), MachineConditions(options.folder));
    for (const auto& [name, q] : {std::pair{"p50", 0.5}, std::pair{"p99", 0.99}}) {
      figures.push_back({.name = absl::StrCat("render ", times->name, " ", name),
                         .value = times->wall_ms.Quantile(q),
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
