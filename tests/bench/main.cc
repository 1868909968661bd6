// keping-bench: the figures of the project, each beside its ceiling. See ../README.md.
#include <stdlib.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>
#include <iostream>
#include <optional>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/base/status_macros.h"
#include "common/observability/log.h"
#include "common/runtime/process.h"
#include "tests/bench/bad_line.h"
#include "tests/bench/bench.h"

namespace keping::bench {
namespace {

constexpr int kFailed = 1;
constexpr int kUsageError = 2;

struct Flags {
  std::vector<std::string> names;
  std::string folder = ".";
  bool json = false;
  bool quick = false;
  bool full = false;
  bool keep = false;
};

std::string Names(const std::vector<Bench>& benches, const char* separator) {
  return absl::StrJoin(benches, separator, [](std::string* out, const Bench& bench) {
    absl::StrAppend(out, bench.name);
  });
}

std::string About() {
  std::string about =
      "Measures Keping, each figure beside its ceiling or rival in the same run.\n\nBenches:\n";
  for (const Bench& bench : AllBenches()) {
    absl::StrAppend(&about, "  ", bench.name, std::string(12 - bench.name.size(), ' '), bench.about,
                    "\n");
  }
  return absl::StrCat(about,
                      "\nExamples:\n"
                      "  keping-bench render\n"
                      "  keping-bench intent --json --dir /var/tmp\n"
                      "  keping-bench first-sync --full\n"
                      "  keping-bench all --json\n\n"
                      "A bar that is missed is printed and is no error. Exit codes: 0 measured,\n"
                      "1 a bench failed, 2 wrong flags.");
}

// The benches of these names, or the first name that is none's.
absl::StatusOr<std::vector<Bench>> Choose(const std::vector<std::string>& names) {
  const std::vector<Bench> all = AllBenches();
  if (names == std::vector<std::string>{"all"}) return all;
  std::vector<Bench> chosen;
  for (const std::string& name : names) {
    const auto bench = std::find_if(all.begin(), all.end(),
                                    [&name](const Bench& known) { return known.name == name; });
    if (bench == all.end()) {
      return absl::InvalidArgumentError(
          absl::StrCat("got bench \"", name, "\", want ", Names(all, ", "), " or all"));
    }
    chosen.push_back(*bench);
  }
  return chosen;
}

// A new folder for one bench, gone with everything in it at the end.
class Workplace {
 public:
  static absl::StatusOr<Workplace> In(const std::string& folder, bool keep) {
    std::error_code error;
    const std::filesystem::path place = std::filesystem::absolute(folder, error);
    std::string path = (place / "keping-bench-XXXXXX").string();
    if (error || mkdtemp(path.data()) == nullptr) {
      return absl::InvalidArgumentError(
          absl::StrCat("cannot make a folder in --dir ", folder, ", want one that may be written"));
    }
    return Workplace(std::move(path), keep);
  }
  Workplace(Workplace&& other) noexcept
      : path_(std::exchange(other.path_, "")), keep_(other.keep_) {}
  Workplace& operator=(Workplace&&) = delete;
  ~Workplace() {
    std::error_code ignored;
    if (!path_.empty() && !keep_) std::filesystem::remove_all(path_, ignored);
  }

  const std::string& path() const { return path_; }

 private:
  Workplace(std::string path, bool keep) : path_(std::move(path)), keep_(keep) {}

  std::string path_;
  bool keep_;
};

// What the benches over a bad line need, if one of them was chosen. Where the machine forbids it,
// those that were not named one by one are left out.
absl::StatusOr<std::optional<tests::TunEnd>> MakeLineEnd(const Flags& flags,
                                                         std::vector<Bench>* benches) {
  const auto over_line = [](const Bench& bench) { return bench.over_line; };
  if (std::none_of(benches->begin(), benches->end(), over_line)) return std::nullopt;
  absl::StatusOr<tests::TunEnd> end = BadLine::MakeEnd();
  if (end.ok()) return std::optional<tests::TunEnd>(*std::move(end));
  if (!absl::IsPermissionDenied(end.status()) || flags.names != std::vector<std::string>{"all"}) {
    return end.status();
  }
  std::cerr << "keping-bench: left out what is measured over a bad line: " << end.status().message()
            << std::endl;
  std::erase_if(*benches, over_line);
  return std::nullopt;
}

absl::StatusOr<std::vector<Figure>> Run(const Bench& bench, const Flags& flags,
                                        tests::TunEnd* line_end) {
  std::error_code ignored;
  const std::filesystem::path self = std::filesystem::read_symlink("/proc/self/exe", ignored);
  KEPING_ASSIGN_OR_RETURN(const Workplace place, Workplace::In(flags.folder, flags.keep));
  return bench.run({.folder = place.path(),
                    .quick = flags.quick,
                    .full = flags.full,
                    .program_folder = self.parent_path().string(),
                    .line_end = line_end});
}

int Complain(const std::string& message, int code) {
  std::cerr << "keping-bench: " << message << std::endl;
  return code;
}

int Main(int argc, char** argv) {
  runtime::InitializeProcess();
  Flags flags;
  CLI::App app(About(), "keping-bench");
  app.add_option("NAME", flags.names, "Benches to run, or all")->required();
  app.add_option("--dir", flags.folder,
                 "Folder on the disk to measure; what is written there is removed again")
      ->capture_default_str();
  app.add_flag("--json", flags.json, "Print a list of figures as JSON");
  app.add_flag("--full", flags.full,
               "The size that the bars name, also where that takes up to an hour");
  app.add_flag("--keep", flags.keep, "Leave what was written in --dir, for a look");
  app.add_flag("--quick", flags.quick, "Only see that it works: the figures mean nothing");
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    const int code = app.exit(error);
    return code == 0 ? 0 : kUsageError;
  }
  absl::StatusOr<std::vector<Bench>> benches = Choose(flags.names);
  if (!benches.ok()) return Complain(std::string(benches.status().message()), kUsageError);
  absl::StatusOr<std::optional<tests::TunEnd>> line_end = MakeLineEnd(flags, &*benches);
  if (!line_end.ok()) return Complain(std::string(line_end.status().message()), kFailed);
  // What the nodes have to say about their troubles is not of interest here.
  (void)observability::ConfigureLogging({.file = "/dev/null"});
  std::vector<Figure> figures;
  for (const Bench& bench : *benches) {
    const absl::StatusOr<std::vector<Figure>> measured =
        Run(bench, flags, line_end->has_value() ? &**line_end : nullptr);
    if (!measured.ok()) {
      return Complain(absl::StrCat(bench.name, ": ", measured.status().message()), kFailed);
    }
    figures.insert(figures.end(), measured->begin(), measured->end());
  }
  std::cout << (flags.json ? FormatJson(figures) : FormatTable(figures)) << std::flush;
  return 0;
}

}  // namespace
}  // namespace keping::bench

int main(int argc, char** argv) { return keping::bench::Main(argc, argv); }
