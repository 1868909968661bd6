#include "common/cli/scan_grammar.h"

#include <CLI/CLI.hpp>
#include <map>

#include "absl/strings/str_cat.h"
#include "common/cli/secret_input.h"
#include "common/cli/table.h"
#include "common/usage/refusals.h"

namespace keping::cli {
namespace {

const std::map<std::string, edge_api::ScanField>& Fields() {
  static const auto& fields =
      *new std::map<std::string, edge_api::ScanField>{{"blank", edge_api::SCAN_FIELD_BLANK},
                                                      {"blanks", edge_api::SCAN_FIELD_BLANKS},
                                                      {"nik", edge_api::SCAN_FIELD_NIK},
                                                      {"list", edge_api::SCAN_FIELD_MANIFEST}};
  return fields;
}

std::string Sentence(const edge_api::ScanProblem& problem) {
  return absl::StrCat(problem.code(), ": ", problem.english(), "\n", problem.indonesian(), "\n");
}

}  // namespace

void ScanGrammar::AddEdge(CLI::App* area, const AddEdgeCall& add) {
  CLI::App* scan = add(area, "scan",
                       "keping edge scan blank --counter loket-1 --config edge.textproto\n"
                       "keping edge scan nik --config edge.textproto",
                       [this] {
                         // Not shown while it is typed, and in no list of processes: it may be a
                         // NIK.
                         scan_.set_typed(ReadSecret("Scan"));
                         return EdgeRequest(scan_);
                       });
  scan->add_option_function<std::string>(
          "field", [this](const std::string& field) { scan_.set_field(Fields().at(field)); })
      ->required()
      ->check(usage::OneOf({"blank", "blanks", "nik", "list"}));
  scan->add_option("--counter", *scan_.mutable_counter());
  add(area, "readers", "keping edge readers --config edge.textproto",
      [] { return EdgeRequest(edge_api::ListReadersRequest()); });
}

std::string RenderScan(const edge_api::ReadScanResponse& scan) {
  return scan.has_problem() ? Sentence(scan.problem()) : absl::StrCat(scan.text(), "\n");
}

std::string RenderScan(const edge_api::ListReadersResponse& readers) {
  if (readers.readers().empty()) return "No readers are configured.\n";
  Table table({{"Counter"}, {"Where"}, {"Reader"}, {"State"}});
  for (const edge_api::Reader& reader : readers.readers()) {
    table.AddRow({reader.counter(), reader.at_node() ? "at the node" : "types",
                  reader.name().empty() ? "-" : reader.name(),
                  reader.connected()
                      ? "ready"
                      : absl::StrCat(reader.problem().code(), ": ", reader.problem().english())});
  }
  return table.ToString();
}

}  // namespace keping::cli
