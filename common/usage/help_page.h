// The help of the command that was chosen, as a page of text for a terminal of 80 columns.
//
//   out << HelpPage(app, texts, Language::kIndonesian);
//
// Which text belongs to what is written in usage.h. One that is missing shows as ‹its key›.
#ifndef KEPING_COMMON_USAGE_HELP_PAGE_H_
#define KEPING_COMMON_USAGE_HELP_PAGE_H_

#include <string>

#include "common/messages/catalogue.h"

namespace CLI {
class App;
}

namespace keping::usage {

std::string HelpPage(const CLI::App& app, const messages::Catalogues& texts,
                     messages::Language language);

// The command that was parsed last: "keping edge print" of the program keping.
const CLI::App& ChosenCommand(const CLI::App& app);
// How it is typed, with the program's name.
std::string CommandOf(const CLI::App& command);

}  // namespace keping::usage

#endif  // KEPING_COMMON_USAGE_HELP_PAGE_H_
