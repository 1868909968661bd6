#include "common/usage/wrong_usage.h"

#include <CLI/CLI.hpp>
#include <optional>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "common/usage/help_page.h"
#include "common/usage/messages.h"
#include "common/usage/refusals.h"

namespace keping::usage {
namespace {

// CLI11 throws sentences. What is to be said is read from the state of the parser where it is
// there, from the sentence where it is not.
class Complaint {
 public:
  Complaint(const CLI::App& app, absl::string_view sentence) : app_(app), sentence_(sentence) {}

  std::optional<Reason> Read(CLI::ExitCodes kind) const {
    if (std::optional<Reason> refusal = ReadRefusal(sentence_)) return refusal;
    switch (kind) {
      case CLI::ExitCodes::RequiredError:
        return Missing();
      case CLI::ExitCodes::ExtrasError:
        return Extra();
      case CLI::ExitCodes::ConversionError:
        return NoNumber();
      case CLI::ExitCodes::ArgumentMismatch:
        return Mismatch();
      case CLI::ExitCodes::RequiresError:
      case CLI::ExitCodes::ExcludesError:
        return Together();
      default:
        return std::nullopt;
    }
  }

 private:
  // The program, the areas, and the command that was chosen.
  std::vector<const CLI::App*> Chain() const {
    std::vector<const CLI::App*> chain = {&app_};
    while (!chain.back()->get_subcommands().empty()) {
      chain.push_back(chain.back()->get_subcommands().front());
    }
    return chain;
  }

  std::optional<Reason> Missing() const {
    const CLI::App& last = ChosenCommand(app_);
    for (const CLI::App* one : Chain()) {
      for (const CLI::Option* option : one->get_options()) {
        if (option->get_required() && option->count() == 0)
          return Reason{option->get_name(), "wrong.missing", {{"command", CommandOf(*one)}}};
      }
    }
    if (last.get_require_subcommand_min() > 0) return NoCommand(last);
    for (const CLI::App* group : last.get_subcommands({})) {
      if (group->get_name().empty()) {
        if (std::optional<Reason> wrong = WrongChoice(*group)) return wrong;
      }
    }
    return std::nullopt;
  }

  Reason NoCommand(const CLI::App& last) const {
    std::vector<std::string> commands;
    for (const CLI::App* one : last.get_subcommands({})) {
      if (!one->get_name().empty()) commands.push_back(one->get_name());
    }
    Reason reason{{},
                  "wrong.noCommand",
                  {{"after", last.get_name()}, {"want", absl::StrJoin(commands, ", ")}}};
    const std::vector<std::string> others = app_.remaining(true);
    if (!others.empty()) {
      reason.key = "wrong.command";
      reason.values.emplace_back("got", others.front());
    }
    return reason;
  }

  static std::optional<Reason> WrongChoice(const CLI::App& group) {
    std::vector<std::string> names;
    size_t used = 0;
    for (const CLI::Option* option : group.get_options()) {
      if (option == group.get_help_ptr()) continue;
      names.push_back(option->get_name());
      if (option->count() > 0) ++used;
    }
    const size_t least = group.get_require_option_min();
    const size_t most = group.get_require_option_max();
    if (used >= least && used <= most) return std::nullopt;
    const char* key = least == 0  ? "wrong.atMostOne"
                      : most == 1 ? "wrong.exactlyOne"
                                  : "wrong.oneOrTwo";
    return Reason{{}, key, {{"got", absl::StrCat(used)}, {"options", absl::StrJoin(names, ", ")}}};
  }

  std::optional<Reason> Extra() const {
    const std::vector<std::string> others = app_.remaining(true);
    return Reason{
        {},
        "wrong.extra",
        {{"got", absl::StrJoin(others, " ")}, {"command", CommandOf(ChosenCommand(app_))}}};
  }

  // "Could not convert: --limit = many"
  std::optional<Reason> NoNumber() const {
    absl::string_view rest = sentence_;
    const size_t at = rest.find(" = ");
    if (!absl::ConsumePrefix(&rest, "Could not convert: ") || at == absl::string_view::npos)
      return std::nullopt;
    const std::pair<std::string, std::string> parts =
        absl::StrSplit(rest, absl::MaxSplits(" = ", 1));
    return Reason{parts.first, "wrong.number", {{"got", parts.second}}};
  }

  // "--limit: 1 required INT missing", "--limit: At Most 1 required but received 2"
  std::optional<Reason> Mismatch() const {
    const std::pair<std::string, std::string> parts =
        absl::StrSplit(sentence_, absl::MaxSplits(": ", 1));
    if (absl::EndsWith(parts.second, " missing")) return Reason{parts.first, "wrong.noValue", {}};
    if (absl::StartsWith(parts.second, "At Most")) return Reason{parts.first, "wrong.twice", {}};
    return std::nullopt;
  }

  std::optional<Reason> Together() const {
    for (const CLI::App* one : Chain()) {
      for (const CLI::Option* option : one->get_options()) {
        if (option->count() == 0) continue;
        for (const CLI::Option* other : option->get_needs()) {
          if (other->count() == 0)
            return Reason{option->get_name(), "wrong.without", {{"other", other->get_name()}}};
        }
        for (const CLI::Option* other : option->get_excludes()) {
          if (other->count() > 0)
            return Reason{option->get_name(), "wrong.together", {{"other", other->get_name()}}};
        }
      }
    }
    return std::nullopt;
  }

  const CLI::App& app_;
  const absl::string_view sentence_;
};

}  // namespace

std::string WhyRefused(const CLI::App& app, const CLI::ParseError& error,
                       const messages::Catalogues& texts, messages::Language language) {
  const std::string sentence = error.what();
  std::optional<Reason> reason =
      Complaint(app, sentence).Read(static_cast<CLI::ExitCodes>(error.get_exit_code()));
  if (!reason.has_value()) return sentence;
  reason->values.emplace_back("option", reason->option);
  const absl::string_view own = texts.Find(language, reason->key);
  return own.empty() ? Messages().Text(language, reason->key, reason->values)
                     : messages::Fill(own, reason->values);
}

}  // namespace keping::usage
