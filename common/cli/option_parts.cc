#include "common/cli/option_parts.h"

#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/time/civil_time.h"
#include "common/base/epoch_days.h"
#include "common/files/file.h"

namespace keping::cli {
namespace {

constexpr int kMaxTimeoutSeconds = 86400;
constexpr size_t kMaxTextBytes = 4 << 20;
constexpr size_t kPublicKeyDigits = 64;

}  // namespace

const Names<log::v1::Role>& Roles() {
  static const auto& roles = *new Names<log::v1::Role>{
      {"operator", log::v1::ROLE_OPERATOR},         {"supervisor", log::v1::ROLE_SUPERVISOR},
      {"stock-keeper", log::v1::ROLE_STOCK_KEEPER}, {"reconciler", log::v1::ROLE_RECONCILER},
      {"auditor", log::v1::ROLE_AUDITOR},           {"administrator", log::v1::ROLE_ADMINISTRATOR},
  };
  return roles;
}

const Names<log::v1::SpoilCause>& SpoilCauses() {
  static const auto& causes =
      *new Names<log::v1::SpoilCause>{{"factory", log::v1::SPOIL_CAUSE_FACTORY},
                                      {"encode", log::v1::SPOIL_CAUSE_ENCODE},
                                      {"print", log::v1::SPOIL_CAUSE_PRINT},
                                      {"misprint", log::v1::SPOIL_CAUSE_MISPRINT},
                                      {"warped", log::v1::SPOIL_CAUSE_WARPED}};
  return causes;
}

const Names<log::v1::ConsumableKind>& ConsumableKinds() {
  static const auto& kinds = *new Names<log::v1::ConsumableKind>{
      {"ribbon", log::v1::CONSUMABLE_KIND_RIBBON},
      {"film", log::v1::CONSUMABLE_KIND_FILM},
      {"cleaning-cards", log::v1::CONSUMABLE_KIND_CLEANING_CARD}};
  return kinds;
}

CLI::Validator FourDigits() {
  return {[](const std::string& typed) {
            const bool good =
                typed.size() == 4 && std::all_of(typed.begin(), typed.end(), [](char c) {
                  return absl::ascii_isdigit(static_cast<unsigned char>(c));
                });
            return good ? std::string() : usage::Refusal("wrong.nikTail");
          },
          ""};
}

CLI::Validator PublicKey() {
  return {[](std::string& typed) {
            if (typed.size() != kPublicKeyDigits) {
              return usage::Refusal("wrong.keyLength", {{"got", absl::StrCat(typed.size())},
                                                        {"want", absl::StrCat(kPublicKeyDigits)}});
            }
            const auto wrong = std::find_if(typed.begin(), typed.end(), [](char c) {
              return !absl::ascii_isxdigit(static_cast<unsigned char>(c));
            });
            if (wrong != typed.end()) {
              return usage::Refusal("wrong.keyDigit",
                                    {{"at", absl::StrCat(wrong - typed.begin() + 1)}});
            }
            absl::AsciiStrToLower(&typed);
            return std::string();
          },
          ""};
}

void AddAnswerOptions(CLI::App* call, bool& json, int& timeout_seconds) {
  call->add_flag("--json", json);
  call->add_option("--timeout", timeout_seconds)
      ->type_name("SECONDS")
      ->check(usage::Between(1, kMaxTimeoutSeconds));
}

void AddOperatorOption(CLI::App* call, std::string& into) {
  call->add_option("--operator", into)->type_name("ID")->required();
}

CLI::Option* AddByOption(CLI::App* call, std::string& into) {
  return call->add_option("--by", into)->type_name("ID");
}

int32_t ReadDay(const std::string& option, const std::string& text) {
  absl::CivilDay day;
  if (!absl::ParseCivilTime(text, &day)) {
    throw CLI::ValidationError(option, usage::Refusal("wrong.day", {{"got", text}}));
  }
  return base::ToEpochDays(day);
}

std::string ReadTextFile(const std::string& path) {
  absl::StatusOr<std::string> text = files::ReadFile(path, kMaxTextBytes);
  if (!text.ok()) throw CLI::FileError(std::string(text.status().message()));
  return *std::move(text);
}

std::string ReadScans(const std::string& path) {
  const std::string text = ReadTextFile(path);
  std::string serials;
  for (absl::string_view line : absl::StrSplit(text, '\n')) {
    line = absl::StripTrailingAsciiWhitespace(line);
    if (!line.empty()) absl::StrAppend(&serials, serials.empty() ? "" : ",", line);
  }
  if (serials.empty()) {
    throw CLI::ValidationError(usage::Refusal("wrong.noSerial", {{"file", path}}));
  }
  return serials;
}

}  // namespace keping::cli
