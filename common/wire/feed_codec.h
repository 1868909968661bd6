// Feed items to bytes and back: the only door between domain::FeedItem and keping.sync.v1.FeedItem.
#ifndef KEPING_COMMON_WIRE_FEED_CODEC_H_
#define KEPING_COMMON_WIRE_FEED_CODEC_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "common/domain/feed.h"

namespace keping::wire {

std::string EncodeFeedItem(const domain::FeedItem& item);
// InvalidArgument that names the field; a body of a later version gives Unimplemented.
absl::StatusOr<domain::FeedItem> DecodeFeedItem(absl::string_view bytes);

}  // namespace keping::wire

#endif  // KEPING_COMMON_WIRE_FEED_CODEC_H_
