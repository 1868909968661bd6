#include "tests/scenario/story.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

namespace keping::scenario {
namespace {

constexpr absl::string_view kRule = "----";

bool IsVerb(absl::string_view line) { return !line.empty() && line[0] != '#'; }

}  // namespace

absl::StatusOr<Story> ParseStory(absl::string_view text) {
  std::vector<std::string> lines = absl::StrSplit(text, '\n');
  if (lines.back().empty()) lines.pop_back();
  Story story;
  Step step;
  for (size_t i = 0; i < lines.size(); ++i) {
    if (lines[i] != kRule) {
      if (lines[i].empty() && !step.verbs.empty()) break;
      if (step.verbs.empty() && !IsVerb(lines[i])) {
        step.before.push_back(lines[i]);
        continue;
      }
      if (step.verbs.empty()) step.line = static_cast<int>(i) + 1;
      step.verbs.push_back(lines[i]);
      continue;
    }
    while (++i < lines.size() && !lines[i].empty()) absl::StrAppend(&step.output, lines[i], "\n");
    --i;
    story.steps.push_back(std::exchange(step, {}));
  }
  if (!step.verbs.empty()) {
    return absl::InvalidArgumentError(
        absl::StrCat("line ", step.line, ": got verbs without ", kRule, " and their output"));
  }
  story.after = step.before;
  return story;
}

std::string FormatStory(const Story& story) {
  std::string text;
  for (const Step& step : story.steps) {
    for (const std::string& line : step.before) absl::StrAppend(&text, line, "\n");
    for (const std::string& line : step.verbs) absl::StrAppend(&text, line, "\n");
    absl::StrAppend(&text, kRule, "\n", step.output);
  }
  for (const std::string& line : story.after) absl::StrAppend(&text, line, "\n");
  return text;
}

Story Play(Story story, const std::function<std::string(const std::string& verb)>& run) {
  for (Step& step : story.steps) {
    step.output.clear();
    for (const std::string& verb : step.verbs) {
      if (IsVerb(verb)) absl::StrAppend(&step.output, run(verb));
    }
  }
  return story;
}

}  // namespace keping::scenario
