#include "common/cli/reader.h"

#include "absl/strings/str_cat.h"
#include "common/base/status_macros.h"
#include "common/config/edge_config.h"
#include "common/config/reader_config.h"
#include "common/scan/scan.h"

namespace keping::cli {
namespace {

// Longer than any serial; a paste without an end is cut here.
constexpr size_t kLongestLine = 64 * 1024;

// A line with its Enter, which belongs to what a reader types. Empty at the end.
std::string ReadLine(std::istream& in) {
  std::string line;
  char c;
  while (line.size() < kLongestLine && in.get(c)) {
    line += c;
    if (c == '\n') break;
  }
  return line;
}

absl::StatusOr<bool> Teach(const ReaderRequest& request, std::istream& in, std::ostream& out) {
  KEPING_ASSIGN_OR_RETURN(const domain::BlankSerial known,
                          domain::BlankSerial::Parse(request.serial));
  scan::ReaderProfile profile;
  const scan::TeachOutcome outcome = scan::Teach(known, ReadLine(in), &profile);
  const scan::Words words = scan::WordsOf(outcome);
  if (outcome != scan::TeachOutcome::kTaught) {
    return absl::FailedPreconditionError(
        absl::StrCat(words.code, ": ", words.indonesian, " / ", words.english));
  }
  out << "# " << words.indonesian << " / " << words.english << "\n"
      << config::ReaderBlock(request.counter, profile);
  return true;
}

absl::StatusOr<scan::ReaderProfile> FindProfile(const ReaderRequest& request) {
  KEPING_ASSIGN_OR_RETURN(const config::v1::EdgeConfig edge,
                          config::LoadEdgeConfig(request.config));
  for (const config::v1::ReaderConfig& reader : edge.readers()) {
    if (reader.counter() == request.counter && reader.pcsc().empty()) {
      return config::ProfileOf(reader);
    }
  }
  return absl::NotFoundError(absl::StrCat("got the counter ", request.counter, ", ", request.config,
                                          " has no reader for it that types; teach it first"));
}

absl::StatusOr<bool> Check(const ReaderRequest& request, std::istream& in, std::ostream& out) {
  KEPING_ASSIGN_OR_RETURN(const scan::ReaderProfile profile, FindProfile(request));
  bool all = true;
  for (std::string line = ReadLine(in); !line.empty(); line = ReadLine(in)) {
    const scan::Scan scan = scan::ReadScan(profile, line);
    const scan::Words words = scan::WordsOf(scan.problem);
    all = all && scan.problem == scan::ScanProblem::kNone;
    if (scan.problem == scan::ScanProblem::kNone) {
      out << scan.serial.text() << std::endl;
    } else {
      out << words.code << ": " << words.indonesian << " / " << words.english << std::endl;
    }
  }
  return all;
}

}  // namespace

absl::StatusOr<bool> RunReader(const ReaderRequest& request, std::istream& in, std::ostream& out) {
  return request.act == ReaderAct::kTeach ? Teach(request, in, out) : Check(request, in, out);
}

}  // namespace keping::cli
