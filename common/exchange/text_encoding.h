// The text of a file that people exchange, as UTF-8: what a spreadsheet saved as "Unicode text" or
// "CSV UTF-8" has a mark at its start that says how it is written.
//
//   KEPING_ASSIGN_OR_RETURN(std::string text, ToUtf8(bytes));
#ifndef KEPING_COMMON_EXCHANGE_TEXT_ENCODING_H_
#define KEPING_COMMON_EXCHANGE_TEXT_ENCODING_H_

#include <string>

#include "absl/status/statusor.h"

namespace keping::exchange {

// Without a mark the bytes stay as they are: which of many old encodings they are in can only be
// guessed, and a wrong guess is a wrong name on a card. InvalidArgument for damaged UTF-16 and for
// UTF-32.
absl::StatusOr<std::string> ToUtf8(std::string bytes);

}  // namespace keping::exchange

#endif  // KEPING_COMMON_EXCHANGE_TEXT_ENCODING_H_
