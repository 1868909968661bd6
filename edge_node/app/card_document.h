// From a record as the feed brings it to the page that the printer gets.
#ifndef KEPING_EDGE_NODE_APP_CARD_DOCUMENT_H_
#define KEPING_EDGE_NODE_APP_CARD_DOCUMENT_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"

namespace keping::edge {

// `record` is a serialised keping.national.v1.Record; the answer is a PDF of one card page. The
// card is marked as a specimen when the record or `specimen` says so. InvalidArgument: the record
// does not parse, or its picture is none.
absl::StatusOr<std::string> RenderDocument(absl::string_view record, absl::CivilDay issued_on,
                                           bool specimen);

}  // namespace keping::edge

#endif  // KEPING_EDGE_NODE_APP_CARD_DOCUMENT_H_
