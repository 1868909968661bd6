// The commands about bundles, as a part of the grammar of command_line_parser.cc, and their answers
// for people.
#ifndef KEPING_COMMON_CLI_BUNDLE_GRAMMAR_H_
#define KEPING_COMMON_CLI_BUNDLE_GRAMMAR_H_

#include <string>

#include "common/cli/bundle_commands.h"
#include "common/cli/command_line.h"
#include "common/cli/office_time.h"
#include "keping/cli/v1/bundle.pb.h"

namespace CLI {
class App;
}

namespace keping::cli {

// Holds what the commands' options write to: must live until they are parsed.
class BundleGrammar {
 public:
  void Add(CLI::App& app, CommandLine& command, int& timeout_seconds);

 private:
  void AddExport(CLI::App* area, CommandLine& command, int& timeout_seconds);
  void AddImport(CLI::App* area, CommandLine& command, int& timeout_seconds);
  void AddInspect(CLI::App* area, CommandLine& command);

  ExportBundleRequest export_;
  ImportBundlesRequest import_;
  InspectBundlesRequest inspect_;
};

std::string RenderBundle(const v1::ExportedBundle& exported);
std::string RenderBundles(const v1::ImportedBundles& imported, const OfficeTime& time);
// `wanted_key`: of the request; may be empty.
std::string RenderBundles(const v1::InspectedBundles& inspected, absl::string_view wanted_key,
                          const OfficeTime& time);

// Every bundle is whole and well signed; with `key_given`, by that key.
bool AllGood(const v1::InspectedBundles& inspected, bool key_given);

}  // namespace keping::cli

#endif  // KEPING_COMMON_CLI_BUNDLE_GRAMMAR_H_
