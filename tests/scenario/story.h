// Story files: what people and machines do, line by line, and what they get to see.
//
//   # Anything after a hash explains.
//   centre certify ayu
//   print next on A0001
//   ----
//   job 1: prr-001 on A0001
//
// A step is one or more lines, a line of four hyphens, and the output of all of them up to the next
// empty line. The format is that of cockroachdb/datadriven, but for a line per verb.
#ifndef KEPING_TESTS_SCENARIO_STORY_H_
#define KEPING_TESTS_SCENARIO_STORY_H_

#include <functional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace keping::scenario {

struct Step {
  int line = 0;                     // of the file, where the step begins
  std::vector<std::string> before;  // comments and empty lines above it, as they are
  std::vector<std::string> verbs;   // and comments between them
  std::string output;               // as expected; every line ends with a line feed
};

struct Story {
  std::vector<Step> steps;
  std::vector<std::string> after;  // what stands below the last step
};

// InvalidArgument with the line for verbs without an output.
absl::StatusOr<Story> ParseStory(absl::string_view text);
std::string FormatStory(const Story& story);

// Replaces every step's output by what `run` says to its verbs.
Story Play(Story story, const std::function<std::string(const std::string& verb)>& run);

}  // namespace keping::scenario

#endif  // KEPING_TESTS_SCENARIO_STORY_H_
