// Why a command line was refused, in a sentence.
//
//   err << WhyRefused(app, error, texts, Language::kEnglish);
//                               // got "person" after plan, want one of: days, forecast, …
#ifndef KEPING_COMMON_USAGE_WRONG_USAGE_H_
#define KEPING_COMMON_USAGE_WRONG_USAGE_H_

#include <string>

#include "common/messages/catalogue.h"

namespace CLI {
class App;
class ParseError;
}  // namespace CLI

namespace keping::usage {

// Says what was got and what is wanted. `texts` are those of the program, for its own refusals
// (refusals.h). A sentence that comes from elsewhere, as that of a file that cannot be read, stays
// as it is.
std::string WhyRefused(const CLI::App& app, const CLI::ParseError& error,
                       const messages::Catalogues& texts, messages::Language language);

}  // namespace keping::usage

#endif  // KEPING_COMMON_USAGE_WRONG_USAGE_H_
