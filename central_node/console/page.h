// One page of a list whose items have keys that are told apart and come in ascending order: a page
// token is the key of the last item before it, so that what was added or went meanwhile shifts
// nothing.
//
//   Page page(request.page_size(), request.page_token());
//   for (const auto& [key, item] : items) {
//     if (page.Takes(key)) *response.add_items() = item;
//   }
//   response.set_next_page_token(page.next());
#ifndef KEPING_CENTRAL_NODE_CONSOLE_PAGE_H_
#define KEPING_CENTRAL_NODE_CONSOLE_PAGE_H_

#include <algorithm>
#include <cstdint>
#include <limits>
#include <string>
#include <utility>

namespace keping::central {

// A value.
class Page {
 public:
  // A `size` of 0, or of more, is `most`.
  Page(uint32_t size, std::string after, uint32_t most = std::numeric_limits<uint32_t>::max())
      : left_(size == 0 ? most : std::min(size, most)), after_(std::move(after)) {}

  // Whether the item belongs on this page; to be asked of all items, in their order.
  bool Takes(const std::string& key) {
    if (!after_.empty() && key <= after_) return false;
    if (left_ == 0) {
      more_ = true;
      return false;
    }
    --left_;
    last_ = key;
    return true;
  }

  // The token of the page that follows; empty when there is none.
  std::string next() const { return more_ ? last_ : std::string(); }

 private:
  uint32_t left_;
  const std::string after_;
  std::string last_;
  bool more_ = false;
};

}  // namespace keping::central

#endif  // KEPING_CENTRAL_NODE_CONSOLE_PAGE_H_
