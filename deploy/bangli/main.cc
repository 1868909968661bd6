// keping-bangli: writes the sample data of the Bangli case as files for people to look at.
#include <CLI/CLI.hpp>
#include <iostream>

#include "deploy/bangli/export.h"

namespace keping::bangli {
namespace {

constexpr const char* kAbout =
    "Writes the synthetic print-ready records of the Bangli case, all marked SPESIMEN.\n"
    "The same seed gives the same data.\n\n"
    "Examples:\n"
    "  keping-bangli --out sample\n"
    "  keping-bangli --out sample --csv --count 200 --seed 7\n"
    "  keping-bangli --sheet portraits.png";

struct Flags {
  GeneratorOptions generator;
  uint64_t blanks = 8000;
  std::string out;
  bool csv_only = false;
  std::string sheet;
};

void AddFlags(CLI::App& app, Flags& flags) {
  app.add_option("--seed", flags.generator.seed, "Seed of the generator")->capture_default_str();
  app.add_option("--count", flags.generator.count, "Print-ready records")
      ->check(CLI::Range(size_t{1}, kMaxCount))
      ->capture_default_str();
  app.add_option("--blanks", flags.blanks, "Blanks of the allotment")
      ->check(CLI::Range(uint64_t{0}, kMaxBlanks))
      ->capture_default_str();
  app.add_option("--picture-bytes", flags.generator.picture_bytes,
                 "Size of each picture; a portrait is 2 to 4 kB by itself and never made smaller")
      ->check(CLI::Range(size_t{0}, kMaxPictureBytes))
      ->capture_default_str();
  app.add_option("--out", flags.out, "Folder for records.csv, allotment.csv and pictures/");
  app.add_flag("--csv", flags.csv_only, "With --out: the CSV files only, no pictures");
  app.add_option("--sheet", flags.sheet, "File for a contact sheet of twelve portraits (PNG)");
}

absl::Status WriteFolder(const Flags& flags) {
  const Generator generator(flags.generator);
  auto summary = ExportFolder(generator, MakeAllotment(flags.generator.seed, flags.blanks),
                              flags.out, !flags.csv_only);
  if (!summary.ok()) return summary.status();
  std::cout << summary->records << " records and " << flags.blanks << " blanks in " << flags.out
            << "\n";
  if (summary->pictures == 0) return absl::OkStatus();
  std::cout << summary->pictures << " pictures of " << summary->smallest_picture << " to "
            << summary->largest_picture << " bytes\n";
  if (summary->largest_picture > flags.generator.picture_bytes) {
    std::cout << "--picture-bytes " << flags.generator.picture_bytes
              << " is smaller than a portrait: those that are larger stayed as they are\n";
  }
  return absl::OkStatus();
}

int Main(int argc, char** argv) {
  CLI::App app(kAbout, "keping-bangli");
  Flags flags;
  AddFlags(app, flags);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 2;
  }
  absl::Status status;
  if (flags.out.empty() && flags.sheet.empty()) {
    status = absl::InvalidArgumentError("got no output, want --out FOLDER or --sheet FILE");
  }
  if (status.ok() && !flags.sheet.empty()) {
    status = WriteContactSheet(flags.generator.seed, flags.sheet);
  }
  if (status.ok() && !flags.out.empty()) status = WriteFolder(flags);
  if (status.ok()) return 0;
  std::cerr << "keping-bangli: " << status.message() << "\n";
  return absl::IsInvalidArgument(status) ? 2 : 1;
}

}  // namespace
}  // namespace keping::bangli

int main(int argc, char** argv) { return keping::bangli::Main(argc, argv); }
