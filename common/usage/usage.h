// How a program is used, said to whoever types its command line, in Indonesian or English: its
// help, and why a command line was refused. The grammar is CLI11's, and holds no texts: they are in
// the catalogue of the program, keyed by command and flag.
//
//   usage::Usage usage(Messages(), runtime::MessageLocale());
//   try {
//     usage.Parse(app, argc, argv);
//   } catch (const CLI::ParseError& error) {
//     return usage.Answer(app, error, std::cout, std::cerr);
//   }
//
// Keys: "edge print" is the command, "edge print --blank" its flag, "edge resolve <act>" what
// stands there without a flag, "edge print (note)" what is said below. A flag without a text of its
// own has that of its area ("edge --blank") or of all ("--config"). The program itself is under its
// name.
//
// Not thread-safe.
#ifndef KEPING_COMMON_USAGE_USAGE_H_
#define KEPING_COMMON_USAGE_USAGE_H_

#include <ostream>

#include "absl/strings/string_view.h"
#include "common/messages/catalogue.h"

namespace CLI {
class App;
class ParseError;
}  // namespace CLI

namespace keping::usage {

// The exit code of a command line that was refused.
inline constexpr int kWrongUsage = 2;

// Indonesian for a locale like id_ID.UTF-8, else English.
messages::Language LanguageOf(absl::string_view locale);

class Usage {
 public:
  // `texts` of the program, which must outlive it; `locale` that the environment names.
  Usage(const messages::Catalogues& texts, absl::string_view locale);

  // Parses what stands behind the program's name, without --lang id or en, which may stand anywhere
  // before "--" and decides on the language. Throws CLI::ParseError.
  void Parse(CLI::App& app, int argc, const char* const* argv);

  // After a ParseError: shows the help that was asked for on `out` and returns 0, or says on `err`
  // why the command line was refused and returns kWrongUsage.
  int Answer(const CLI::App& app, const CLI::ParseError& error, std::ostream& out,
             std::ostream& err) const;

  messages::Language language() const { return language_; }

 private:
  const messages::Catalogues& texts_;
  messages::Language language_;
};

}  // namespace keping::usage

#endif  // KEPING_COMMON_USAGE_USAGE_H_
