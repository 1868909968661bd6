#include "common/usage/help_page.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "common/usage/messages.h"

namespace keping::usage {
namespace {

constexpr size_t kColumns = 80;
constexpr size_t kTextColumn = 28;  // where what a row says begins
constexpr size_t kLongestWordList = 28;

// Characters, not bytes.
size_t Width(absl::string_view text) {
  return static_cast<size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  }));
}

// The lines of `text`, each at most `width` wide where it has blanks to be broken at.
std::vector<std::string> Wrap(absl::string_view text, size_t width) {
  std::vector<std::string> lines;
  for (absl::string_view paragraph : absl::StrSplit(text, '\n')) {
    std::string line;
    for (absl::string_view word : absl::StrSplit(paragraph, ' ', absl::SkipEmpty())) {
      if (!line.empty() && Width(line) + 1 + Width(word) > width) {
        lines.push_back(line);
        line.clear();
      }
      absl::StrAppend(&line, line.empty() ? "" : " ", word);
    }
    lines.push_back(line);
  }
  return lines;
}

std::string Paragraphs(absl::string_view text) {
  return absl::StrCat(absl::StrJoin(Wrap(text, kColumns), "\n"), "\n");
}

// What stands left, and what is said of it: beside it, or below where it is long.
std::string Row(absl::string_view head, absl::string_view text) {
  std::string row = absl::StrCat("  ", head);
  const bool beside = Width(row) + 2 <= kTextColumn;
  if (!beside) absl::StrAppend(&row, "\n");
  bool first = beside;
  for (const std::string& line : Wrap(text, kColumns - kTextColumn)) {
    const size_t taken = first ? Width(row) : 0;
    absl::StrAppend(&row, std::string(kTextColumn - taken, ' '), line, "\n");
    first = false;
  }
  return row;
}

std::vector<std::string> WordsOf(const CLI::App& command) {
  std::vector<std::string> words;
  for (const CLI::App* app = &command; app != nullptr; app = app->get_parent()) {
    if (!app->get_name().empty()) words.push_back(app->get_name());
  }
  std::reverse(words.begin(), words.end());
  return words;
}

// --blank, or <act> of what stands there without a flag.
std::string KeyOf(const CLI::Option& option) {
  return option.nonpositional() ? option.get_name() : absl::StrCat("<", option.get_name(true), ">");
}

// The words that an option allows, as OneOf describes them; else none.
std::vector<std::string> AllowedWords(absl::string_view description) {
  if (!absl::ConsumePrefix(&description, "{") || !absl::ConsumeSuffix(&description, "}")) return {};
  return absl::StrSplit(description, ',');
}

class Page {
 public:
  Page(const CLI::App& command, const messages::Catalogues& texts, messages::Language language)
      : command_(command), texts_(texts), language_(language), words_(WordsOf(command)) {}

  std::string ToString() const {
    std::string page = Paragraphs(Own(""));
    absl::StrAppend(&page, "\n", Say("page.usage"), ": ", Usage(), "\n");
    Add(&page, Say("page.arguments"), [](const CLI::Option& one) { return !one.nonpositional(); });
    Add(&page, Say("page.options"), [](const CLI::Option& one) { return one.nonpositional(); });
    AddGroups(&page);
    AddCommands(&page);
    AddNote(&page);
    AddExamples(&page);
    return page;
  }

 private:
  // Of all programs.
  std::string Say(absl::string_view key, const messages::Values& values = {}) const {
    return Messages().Text(language_, key, values);
  }

  // Of this program.
  std::string Text(absl::string_view key) const {
    const absl::string_view text = texts_.Find(language_, key);
    return text.empty() ? absl::StrCat("‹", key, "›") : std::string(text);
  }

  // Of the command itself, or one below it.
  std::string Own(absl::string_view below) const {
    std::vector<std::string> path(words_.begin() + 1, words_.end());
    if (!below.empty()) path.emplace_back(below);
    return Text(path.empty() ? words_.front() : absl::StrJoin(path, " "));
  }

  // Of an option: its own text, that of its area, or that of all.
  std::string Of(const CLI::Option& option) const {
    const std::string name = KeyOf(option);
    for (size_t depth = words_.size(); depth > 0; --depth) {
      std::vector<std::string> path(words_.begin() + 1, words_.begin() + static_cast<int>(depth));
      path.push_back(name);
      const absl::string_view text = texts_.Find(language_, absl::StrJoin(path, " "));
      if (!text.empty()) return std::string(text);
    }
    return Own(name);
  }

  std::string Usage() const {
    std::string usage =
        absl::StrCat(absl::StrJoin(words_, " "), " [", Say("page.optionsHere"), "]");
    for (const CLI::Option* option : command_.get_options()) {
      if (option->nonpositional()) continue;
      const bool many = option->get_expected_max() >= CLI::detail::expected_max_vector_size;
      const std::string name = absl::StrCat(option->get_name(true), many ? " …" : "");
      absl::StrAppend(&usage, " ", option->get_required() ? name : absl::StrCat("[", name, "]"));
    }
    if (!Commands().empty()) {
      const std::string word = Say("page.commandHere");
      const bool needed = command_.get_require_subcommand_min() > 0;
      absl::StrAppend(&usage, " ", needed ? word : absl::StrCat("[", word, "]"));
    }
    return usage;
  }

  template <typename Filter>
  void Add(std::string* page, const std::string& title, Filter wanted) const {
    std::string rows;
    for (const CLI::Option* option : command_.get_options()) {
      if (wanted(*option)) absl::StrAppend(&rows, OptionRow(*option));
    }
    // Where it is taken is no option of the grammar: usage.h.
    const bool language = command_.get_parent() == nullptr && title == Say("page.options");
    if (language) absl::StrAppend(&rows, Row("--lang id|en", Say("page.language")));
    if (!rows.empty()) absl::StrAppend(page, "\n", title, ":\n", rows);
  }

  std::string OptionRow(const CLI::Option& option) const {
    std::string head = option.nonpositional()
                           ? absl::StrReplaceAll(option.get_name(false, true), {{",", ", "}})
                           : option.get_name(true);
    std::string text = Of(option);
    const std::string type = TypeOf(option, &text);  // empty of a flag
    if (!type.empty()) absl::StrAppend(&head, " ", type);
    const bool many = option.get_expected_max() >= CLI::detail::expected_max_vector_size;
    if (many) absl::StrAppend(&head, " …");
    if (option.get_required()) absl::StrAppend(&head, " ", Say("page.required"));
    for (const CLI::Option* other : option.get_needs()) {
      absl::StrAppend(&text, "; ", Say("page.with", {{"option", other->get_name()}}));
    }
    for (const CLI::Option* other : option.get_excludes()) {
      absl::StrAppend(&text, "; ", Say("page.without", {{"option", other->get_name()}}));
    }
    return Row(head, text);
  }

  // FILE, 1..500 or good|spoiled; words that are many are listed below `text` if it does not name
  // them.
  std::string TypeOf(const CLI::Option& option, std::string* text) const {
    const std::string whole = option.get_type_name();
    const std::string type = whole.substr(0, whole.find(':'));
    const std::string allowed = whole.size() > type.size() ? whole.substr(type.size() + 1) : "";
    const std::vector<std::string> words = AllowedWords(allowed);
    if (words.empty() && !allowed.empty()) return absl::StrCat(TypeWord(type), " ", allowed);
    if (words.empty()) return type.empty() ? "" : TypeWord(type);
    std::string list = absl::StrJoin(words, "|");
    if (list.size() <= kLongestWordList) return list;
    const bool named = std::all_of(words.begin(), words.end(), [&](const std::string& word) {
      return absl::StrContains(*text, word);
    });
    if (!named) absl::StrAppend(text, "\n", absl::StrJoin(words, ", "));
    return TypeWord(type);
  }

  std::string TypeWord(const std::string& type) const {
    const std::string key = absl::StrCat("type.", type);
    const absl::string_view word = Messages().Find(language_, key);
    return word.empty() ? absl::StrCat("‹", key, "›") : std::string(word);
  }

  // Options of which not all, or not none, may be there.
  void AddGroups(std::string* page) const {
    for (const CLI::App* group : command_.get_subcommands({})) {
      if (!group->get_name().empty()) continue;
      absl::StrAppend(page, "\n", Say(ChoiceKey(*group)), ":\n");
      for (const CLI::Option* option : group->get_options()) {
        if (option != group->get_help_ptr()) absl::StrAppend(page, OptionRow(*option));
      }
    }
  }

  static absl::string_view ChoiceKey(const CLI::App& group) {
    if (group.get_require_option_min() == 0) return "page.atMostOne";
    return group.get_require_option_max() == 1 ? "page.exactlyOne" : "page.oneOrTwo";
  }

  std::vector<const CLI::App*> Commands() const {
    return command_.get_subcommands([](const CLI::App* one) { return !one->get_name().empty(); });
  }

  void AddCommands(std::string* page) const {
    if (Commands().empty()) return;
    absl::StrAppend(page, "\n", Say("page.commands"), ":\n");
    for (const CLI::App* one : Commands()) {
      absl::StrAppend(page, Row(one->get_name(), Own(one->get_name())));
    }
  }

  void AddNote(std::string* page) const {
    std::vector<std::string> path(words_.begin() + (words_.size() > 1 ? 1 : 0), words_.end());
    path.emplace_back("(note)");
    const absl::string_view note = texts_.Find(language_, absl::StrJoin(path, " "));
    if (!note.empty()) absl::StrAppend(page, "\n", Paragraphs(note));
  }

  // As they are typed, in one line each.
  void AddExamples(std::string* page) const {
    if (command_.get_footer().empty()) return;
    absl::StrAppend(page, "\n", Say("page.examples"), ":\n");
    for (absl::string_view line : absl::StrSplit(command_.get_footer(), '\n')) {
      absl::StrAppend(page, "  ", line, "\n");
    }
  }

  const CLI::App& command_;
  const messages::Catalogues& texts_;
  const messages::Language language_;
  const std::vector<std::string> words_;  // with the program's name
};

}  // namespace

std::string HelpPage(const CLI::App& app, const messages::Catalogues& texts,
                     messages::Language language) {
  return Page(ChosenCommand(app), texts, language).ToString();
}

const CLI::App& ChosenCommand(const CLI::App& app) {
  const CLI::App* last = &app;
  while (!last->get_subcommands().empty()) last = last->get_subcommands().front();
  return *last;
}

std::string CommandOf(const CLI::App& command) { return absl::StrJoin(WordsOf(command), " "); }

}  // namespace keping::usage
