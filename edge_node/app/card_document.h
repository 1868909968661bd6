// From a record as the feed brings it to the page that the printer gets.
#ifndef KEPING_EDGE_NODE_APP_CARD_DOCUMENT_H_
#define KEPING_EDGE_NODE_APP_CARD_DOCUMENT_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "edge_node/printing/card_page.h"

namespace keping::edge {

// What stands on the card of `record`, a serialised keping.national.v1.Record. The card is marked
// as a specimen when the record or `specimen` says so. InvalidArgument: K-141 for a code that no
// value list has, K-144 when the record does not parse or is that of a foreign resident.
absl::StatusOr<CardData> ReadCard(absl::string_view record, absl::CivilDay issued_on,
                                  bool specimen);

// The same as a PDF of one page, with the errors of RenderCardPdf as well.
absl::StatusOr<std::string> RenderDocument(absl::string_view record, absl::CivilDay issued_on,
                                           bool specimen);

}  // namespace keping::edge

#endif  // KEPING_EDGE_NODE_APP_CARD_DOCUMENT_H_
