#include "common/usage/usage.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <CLI/CLI.hpp>
#include <sstream>
#include <string>
#include <vector>

#include "common/usage/messages.h"
#include "common/usage/refusals.h"
#include "tests/support/catalogues.h"

namespace keping::usage {
namespace {

using messages::Language;
using messages::Message;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr Message kIndonesian[] = {{"loket", "Loket cetak."},
                                   {"loket (note)", "Kode keluar: 0."},
                                   {"--help", "Bantuan"},
                                   {"--json", "Untuk program"},
                                   {"print", "Mencetak satu kartu"},
                                   {"print --json", "Hasil cetak untuk program"},
                                   {"print --blank", "Nomor blangko"},
                                   {"print <cause>", "Penyebabnya"},
                                   {"wrong.own", "{option}: bukan {want}"}};
constexpr Message kEnglish[] = {{"loket", "The counter."},
                                {"loket (note)", "Exit codes: 0."},
                                {"--help", "Help"},
                                {"--json", "For programs"},
                                {"print", "Prints one card"},
                                {"print --json", "What was printed, for programs"},
                                {"print --blank", "Its serial"},
                                {"print <cause>", "Why"},
                                {"wrong.own", "{option}: not {want}"}};

// A program with one command.
class UsageTest : public testing::Test {
 protected:
  int Run(std::vector<const char*> words, const char* locale = "C") {
    CLI::App app("", "loket");
    app.require_subcommand(1);
    CLI::App* print = app.add_subcommand("print");
    print->footer("loket print --blank A1");
    bool json = false;
    int copies = 0;
    std::string blank;
    std::string cause;
    print->add_flag("--json", json);
    print->add_option("--blank", blank)->type_name("NUMBER")->required();
    print->add_option("--copies", copies)->check(Between(1, 5));
    print->add_option("cause", cause)->check(OneOf({"factory", "print"}));
    print->callback([&] {
      if (blank == "own") {
        throw CLI::ValidationError("--blank", Refusal("wrong.own", {{"want", "own"}}));
      }
    });
    words.insert(words.begin(), "loket");
    std::ostringstream out;
    std::ostringstream err;
    Usage usage(texts_, locale);
    int code = -1;
    try {
      usage.Parse(app, static_cast<int>(words.size()), words.data());
    } catch (const CLI::ParseError& error) {
      code = usage.Answer(app, error, out, err);
    }
    out_ = out.str();
    err_ = err.str();
    blank_ = blank;
    return code;
  }

  const messages::Catalogues texts_{kIndonesian, kEnglish};
  std::string out_;
  std::string err_;
  std::string blank_;
};

TEST_F(UsageTest, BothLanguagesSayTheSame) { tests::ExpectTheSame(Messages()); }

TEST_F(UsageTest, TheLocaleDecidesOnTheLanguage) {
  EXPECT_EQ(LanguageOf("id_ID.UTF-8"), Language::kIndonesian);
  EXPECT_EQ(LanguageOf("id"), Language::kIndonesian);
  EXPECT_EQ(LanguageOf("id@currency=IDR"), Language::kIndonesian);
  for (const char* other : {"", "C", "C.UTF-8", "POSIX", "en_US.UTF-8", "ide", "ms_MY"}) {
    EXPECT_EQ(LanguageOf(other), Language::kEnglish) << other;
  }
}

TEST_F(UsageTest, ThePageOfAProgram) {
  EXPECT_EQ(Run({"--help"}, "id_ID.UTF-8"), 0);
  EXPECT_THAT(out_, AllOf(HasSubstr("Loket cetak.\n\nCara pakai: loket [PILIHAN] PERINTAH\n"),
                          HasSubstr("\n  -h, --help                Bantuan\n"),
                          HasSubstr("\nPerintah:\n  print                     Mencetak satu"),
                          HasSubstr("--lang id|en"), HasSubstr("\n\nKode keluar: 0.\n")));
  EXPECT_EQ(err_, "");
}

TEST_F(UsageTest, ThePageOfACommand) {
  EXPECT_EQ(Run({"print", "--help"}), 0);
  EXPECT_EQ(out_,
            "Prints one card\n"
            "\n"
            "Usage: loket print [OPTIONS] [cause]\n"
            "\n"
            "Arguments:\n"
            "  cause factory|print       Why\n"
            "\n"
            "Options:\n"
            "  -h, --help                Help\n"
            "  --json                    What was printed, for programs\n"
            "  --blank NUMBER REQUIRED   Its serial\n"
            "  --copies NUMBER 1..5      ‹print --copies›\n"
            "\n"
            "Examples:\n"
            "  loket print --blank A1\n");
}

TEST_F(UsageTest, TheFlagIsTakenFromAnywhere) {
  EXPECT_EQ(Run({"print", "--help", "--lang", "id"}), 0);
  EXPECT_THAT(out_, HasSubstr("Mencetak"));
  EXPECT_EQ(Run({"--lang=en", "print", "--help"}, "id_ID"), 0);
  EXPECT_THAT(out_, HasSubstr("Prints"));
  EXPECT_EQ(Run({"print", "--lang", "id", "--blank", "A1"}), -1);
  EXPECT_EQ(blank_, "A1");
  EXPECT_EQ(Run({"print", "--lang", "fr"}, "id_ID"), kWrongUsage);
  EXPECT_EQ(err_, "loket: --lang: \"fr\" tidak dikenal; yang ada: id, en\nLihat loket --help.\n");
  EXPECT_EQ(Run({"print", "--lang"}), kWrongUsage);
  EXPECT_THAT(err_, HasSubstr("--lang: got \"\", want one of: id, en"));
}

TEST_F(UsageTest, WhatIsWrongIsSaidInBothLanguages) {
  struct Row {
    std::vector<const char*> words;
    const char* indonesian;
    const char* english;
  };
  const Row rows[] = {
      {{}, "tidak ada perintah sesudah loket", "got no command after loket, want one of: print"},
      {{"prnt"},
       "\"prnt\" sesudah loket tidak dikenal; yang ada: print",
       "got \"prnt\" after loket"},
      {{"print"},
       "--blank belum disebut; loket print memerlukannya",
       "got no --blank, which loket"},
      {{"print", "--blank"}, "--blank: isinya belum disebut", "--blank: got nothing after it"},
      {{"print", "--blank", "A1", "print", "x"},
       "\"x\" tidak dikenal oleh loket print",
       "got \"x\", which loket print does not take"},
      {{"print", "--blank", "A1", "--blank", "A2"},
       "--blank: disebut lebih dari sekali",
       "--blank: got it more than once"},
      {{"print", "--blank", "A1", "--copies", "9"}, "harus bilangan 1 sampai 5", "want 1 to 5"},
      {{"print", "--blank", "A1", "burnt"},
       "cause: \"burnt\" tidak dikenal; yang ada: factory, print",
       "cause: got \"burnt\", want one of: factory, print"},
      {{"print", "--blank", "own"}, "--blank: bukan own", "--blank: not own"},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(Run(row.words, "id_ID.UTF-8"), kWrongUsage) << row.english;
    EXPECT_THAT(err_, HasSubstr(row.indonesian));
    EXPECT_THAT(err_, HasSubstr(" --help.\n"));
    EXPECT_EQ(Run(row.words), kWrongUsage) << row.english;
    EXPECT_THAT(err_, HasSubstr(row.english));
    EXPECT_EQ(out_, "");
  }
}

TEST_F(UsageTest, ANikIsNotRepeated) {
  EXPECT_EQ(Run({"print", "--blank", "A1", "factory", "5106014101900001"}), kWrongUsage);
  EXPECT_THAT(err_, AllOf(Not(HasSubstr("5106014101900001")), HasSubstr("loket print --help")));
}

}  // namespace
}  // namespace keping::usage
