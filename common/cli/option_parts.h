// Options, words and files that several commands have in common. For *_grammar.cc and
// command_line_parser.cc only, which know CLI11.
//
//   AddEnum(spoil, "--cause", SpoilCauses(),
//           [this](log::v1::SpoilCause cause) { spoil_.set_cause(cause); });
//   AddOperator(spoil, spoil_);
#ifndef KEPING_COMMON_CLI_OPTION_PARTS_H_
#define KEPING_COMMON_CLI_OPTION_PARTS_H_

#include <CLI/CLI.hpp>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "common/usage/refusals.h"
#include "keping/log/v1/event.pb.h"
#include "keping/log/v1/office.pb.h"

namespace keping::cli {

// What an option's words stand for.
template <typename Enum>
using Names = std::map<std::string, Enum>;

const Names<log::v1::SpoilCause>& SpoilCauses();
const Names<log::v1::Role>& Roles();
const Names<log::v1::ConsumableKind>& ConsumableKinds();

// `set` gets the value of the word that was given; others are refused with the list of names.
template <typename Enum, typename Set>
CLI::Option* AddEnum(CLI::App* call, const char* name, const Names<Enum>& names, Set set) {
  std::vector<std::string> words;
  for (const auto& [word, value] : names) words.push_back(word);
  return call
      ->add_option_function<std::string>(
          name, [&names, set](const std::string& chosen) { set(names.at(chosen)); })
      ->check(usage::OneOf(words));
}

// As on a card: neither more nor less.
CLI::Validator FourDigits();

// An Ed25519 public key in hexadecimal digits; they become lower case.
CLI::Validator PublicKey();

// How a node is asked: --json and --timeout.
void AddAnswerOptions(CLI::App* call, bool& json, int& timeout_seconds);

void AddOperatorOption(CLI::App* call, std::string& into);

// The same for a request's own fields.
template <typename Request>
void AddOperator(CLI::App* call, Request& request) {
  AddOperatorOption(call, *request.mutable_operator_id());
}
template <typename Request>
CLI::Option* AddSecond(CLI::App* call, Request& request) {
  return call->add_option("--second", *request.mutable_second())->type_name("ID");
}
// Of the district's officers: whoever is signed in does it.
CLI::Option* AddByOption(CLI::App* call, std::string& into);
template <typename Request>
CLI::Option* AddBy(CLI::App* call, Request& request) {
  return AddByOption(call, *request.mutable_by());
}

// --limit and --after of a list that comes in pages.
template <typename Request>
void AddPage(CLI::App* call, Request& request) {
  call->add_option_function<uint32_t>("--limit",
                                      [&request](uint32_t limit) { request.set_page_size(limit); });
  call->add_option("--after", *request.mutable_page_token());
}

// Days since 1970-01-01 of a day like 2017-04-27. Throws CLI::ValidationError, which names
// `option`.
int32_t ReadDay(const std::string& option, const std::string& text);

// A whole file. Throws CLI::FileError.
std::string ReadTextFile(const std::string& path);
// The lines of a file of scans, as the text form of a serial set. Throws CLI::FileError.
std::string ReadScans(const std::string& path);

}  // namespace keping::cli

#endif  // KEPING_COMMON_CLI_OPTION_PARTS_H_
