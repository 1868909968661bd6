#include "central_node/planner/staffing.h"

#include <algorithm>

#include "central_node/planner/basis.h"

namespace keping::planner {
namespace {

class Staff {
 public:
  Staff(const std::vector<uint32_t>& post_offices,
        const std::vector<std::vector<uint32_t>>& candidates)
      : post_offices_(post_offices), candidates_(candidates) {
    uint32_t operators = 0;
    for (const std::vector<uint32_t>& at_office : candidates) {
      if (!at_office.empty()) operators = std::max(operators, at_office.back() + 1);
    }
    post_of_.assign(operators, kNone);
    asked_for_.assign(operators, kNone);
  }

  std::vector<uint32_t> Fill() {
    for (uint32_t post = 0; post < post_offices_.size(); ++post) Fill(post, post);
    std::vector<uint32_t> operator_of(post_offices_.size(), kNone);
    for (uint32_t person = 0; person < post_of_.size(); ++person) {
      if (post_of_[person] != kNone) operator_of[post_of_[person]] = person;
    }
    return operator_of;
  }

 private:
  // Finds somebody for `post`, on the way to filling `wanted`; each person is asked once for that.
  bool Fill(uint32_t post, uint32_t wanted) {
    for (const uint32_t person : candidates_[post_offices_[post]]) {
      if (asked_for_[person] == wanted) continue;
      asked_for_[person] = wanted;
      if (post_of_[person] == kNone || Fill(post_of_[person], wanted)) {
        post_of_[person] = post;
        return true;
      }
    }
    return false;
  }

  const std::vector<uint32_t>& post_offices_;
  const std::vector<std::vector<uint32_t>>& candidates_;
  std::vector<uint32_t> post_of_;    // by operator
  std::vector<uint32_t> asked_for_;  // by operator: the last post that was to be filled
};

}  // namespace

std::vector<uint32_t> FillPosts(const std::vector<uint32_t>& post_offices,
                                const std::vector<std::vector<uint32_t>>& candidates) {
  return Staff(post_offices, candidates).Fill();
}

}  // namespace keping::planner
