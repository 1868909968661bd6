// A reason to refuse a command line, before it is known in which language it will be said: the key
// of a text and its values. It travels as the message of a CLI::ValidationError, also out of a
// validator.
//
//   throw CLI::ValidationError("--day", Refusal("wrong.day", {{"got", text}}));
//   option->check(OneOf({"good", "spoiled", "unused"}));
//
// {option} of the text is what the error names.
#ifndef KEPING_COMMON_USAGE_REFUSALS_H_
#define KEPING_COMMON_USAGE_REFUSALS_H_

#include <CLI/CLI.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "common/messages/catalogue.h"

namespace keping::usage {

struct Reason {
  std::string option;  // or empty
  std::string key;
  messages::Values values;
};

std::string Refusal(absl::string_view key, const messages::Values& values = {});

// Of an error's message; nothing if it is a sentence already.
std::optional<Reason> ReadRefusal(absl::string_view message);

// Allows these words only. Help pages list them.
CLI::Validator OneOf(const std::vector<std::string>& words);

// Allows whole numbers from `least` to `most`, and help pages say so.
CLI::Validator Between(uint64_t least, uint64_t most);

}  // namespace keping::usage

#endif  // KEPING_COMMON_USAGE_REFUSALS_H_
