#include "common/paper/serial_table.h"

#include <vector>

#include "absl/strings/str_cat.h"

namespace keping::paper {
namespace {

constexpr size_t kAbreast = 2;

std::string RunText(const Words& words, const domain::SerialSet::Range& run) {
  if (run.count == 1) return run.first.text();
  return words("serials.run", {{"first", run.first.text()}, {"last", run.last.text()}});
}

}  // namespace

Table SerialTable(const Words& words, const domain::SerialSet& serials) {
  Table table{.title = words("serials.title"),
              .columns = {{.title = words("paper.no"), .share = 0.6, .align = Align::kRight},
                          {.title = words("serials.serial"), .share = 3},
                          {.title = words("paper.quantity"), .share = 0.9, .summed = true}},
              .abreast = kAbreast};
  int64_t number = 0;
  for (const domain::SerialSet::Range& run : serials.ranges()) {
    table.rows.push_back({++number, RunText(words, run), static_cast<int64_t>(run.count)});
  }
  return table;
}

std::string SerialText(const Words& words, const domain::SerialSet& serials) {
  const std::vector<domain::SerialSet::Range> runs = serials.ranges();
  if (runs.empty()) return "-";
  const std::string first = RunText(words, runs.front());
  if (runs.size() == 1) return first;
  return words("serials.more",
               {{"first", first}, {"more", words.Number(static_cast<int64_t>(runs.size() - 1))}});
}

}  // namespace keping::paper
