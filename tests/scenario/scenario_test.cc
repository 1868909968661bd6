// Plays every story of this folder and of district/ and compares what is seen with what is written.
//
//   build/dev/tests/scenario_test                                  # all of them
//   build/dev/tests/scenario_test --gtest_filter='*card_51'
//   build/dev/tests/scenario_test --rewrite                        # write down what is seen now

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>
#include <string>

#include "tests/scenario/case_story.h"
#include "tests/scenario/district_story.h"
#include "tests/scenario/office_story.h"
#include "tests/scenario/story.h"

namespace keping::scenario {
namespace {

bool rewrite = false;

std::string ReadFile(const std::filesystem::path& path) {
  std::stringstream text;
  text << std::ifstream(path).rdbuf();
  return text.str();
}

class StoryTest : public ::testing::Test {
 public:
  explicit StoryTest(std::filesystem::path path) : path_(std::move(path)) {}

  void TestBody() override {
    const std::string text = ReadFile(path_);
    const auto story = ParseStory(text);
    ASSERT_TRUE(story.ok()) << path_.filename() << ": " << story.status();
    OfficeStory office;
    DistrictStory district;
    CaseStory cases;
    const std::string folder = path_.parent_path().filename();
    const Story played = Play(*story, [&](const std::string& verb) {
      if (folder == "cases") return cases.Run(verb);
      return folder == "district" ? district.Run(verb) : office.Run(verb);
    });
    if (rewrite) {
      std::ofstream(path_) << FormatStory(played);
      return;
    }
    EXPECT_EQ(FormatStory(*story), text) << "odd blanks or empty lines";
    for (size_t i = 0; i < played.steps.size(); ++i) {
      EXPECT_EQ(played.steps[i].output, story->steps[i].output)
          << path_.filename().string() << ":" << story->steps[i].line;
    }
  }

 private:
  std::filesystem::path path_;
};

TEST(StoryFormatTest, AStoryIsWrittenAsItWasRead) {
  const std::string text =
      "# Why.\n\nlink up\n# Between.\nqueue\n----\nproven 1\n\njobs\n----\n\n# The end.\n";
  const Story story = *ParseStory(text);
  ASSERT_EQ(story.steps.size(), 2u);
  EXPECT_EQ(story.steps[0].line, 3);
  EXPECT_EQ(story.steps[0].verbs.size(), 3u);
  EXPECT_EQ(story.steps[0].output, "proven 1\n");
  EXPECT_EQ(story.steps[1].output, "");
  EXPECT_EQ(FormatStory(story), text);
}

TEST(StoryFormatTest, VerbsWithoutOutputAreRefused) {
  EXPECT_FALSE(ParseStory("link up\n").ok());
  EXPECT_FALSE(ParseStory("link up\n\nqueue\n----\n").ok());
}

void RegisterStories() {
  std::set<std::filesystem::path> paths;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(KEPING_STORY_FOLDER)) {
    if (entry.path().extension() == ".txt" && entry.path().stem() != "CMakeLists") {
      paths.insert(entry.path());
    }
  }
  for (const auto& path : paths) {
    ::testing::RegisterTest("StoryTest", path.stem().c_str(), nullptr, nullptr, __FILE__, __LINE__,
                            [path]() -> ::testing::Test* { return new StoryTest(path); });
  }
}

}  // namespace
}  // namespace keping::scenario

int main(int argc, char** argv) {
  ::testing::InitGoogleTest(&argc, argv);
  for (int i = 1; i < argc; ++i) {
    if (std::string(argv[i]) == "--rewrite") keping::scenario::rewrite = true;
  }
  keping::scenario::RegisterStories();
  return RUN_ALL_TESTS();
}
