#include "tests/bench/figure.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"

namespace keping::bench {
namespace {

std::string Quoted(const std::string& text) {
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') quoted += '\\';
    quoted += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
  }
  return quoted + "\"";
}

std::string BarText(const Figure& figure) {
  const Bar& bar = figure.bar;
  if (bar.on == Bar::On::kNone) return "";
  return absl::StrFormat("bar %s %.6g%s: %s", bar.at_least ? ">=" : "<=", bar.limit,
                         bar.on == Bar::On::kRatio ? " x" : absl::StrCat(" ", figure.unit),
                         Met(figure) ? "kept" : "MISSED");
}

}  // namespace

bool Met(const Figure& figure) {
  const Bar& bar = figure.bar;
  if (bar.on == Bar::On::kNone) return true;
  const double got = bar.on == Bar::On::kRatio ? figure.ratio() : figure.value;
  return bar.at_least ? got >= bar.limit : got <= bar.limit;
}

std::string FormatTable(const std::vector<Figure>& figures) {
  std::string table;
  for (const Figure& figure : figures) {
    const std::string beside = absl::StrFormat("%.4g %s", figure.ceiling, figure.unit);
    absl::StrAppend(
        &table, absl::StrFormat("%-28s %10.4g %-6s %7.3f x %-14s %s\n", figure.name, figure.value,
                                figure.unit, figure.ratio(), beside, BarText(figure)));
    absl::StrAppend(&table, "    beside ", figure.ceiling_name, "; ", figure.conditions, "\n");
  }
  return table;
}

std::string FormatJson(const std::vector<Figure>& figures) {
  const std::string list =
      absl::StrJoin(figures, ",\n ", [](std::string* out, const Figure& figure) {
        absl::StrAppend(
            out, "{\"name\": ", Quoted(figure.name),
            absl::StrFormat(", \"value\": %.6g, \"unit\": ", figure.value), Quoted(figure.unit),
            absl::StrFormat(", \"ceiling\": %.6g, \"ceiling_name\": ", figure.ceiling),
            Quoted(figure.ceiling_name), absl::StrFormat(", \"ratio\": %.6g", figure.ratio()),
            ", \"conditions\": ", Quoted(figure.conditions), "}");
      });
  return absl::StrCat("[", list, "]\n");
}

}  // namespace keping::bench
