// Who works where on one day: nobody at two offices, and as many of the important posts filled as
// the people allow.
//
//   // Posts by importance: susut, bangli, susut again. Operator 7 may go to both offices.
//   FillPosts({susut, bangli, susut}, candidates);   // {3, 7, kNone}
#ifndef KEPING_CENTRAL_NODE_PLANNER_STAFFING_H_
#define KEPING_CENTRAL_NODE_PLANNER_STAFFING_H_

#include <cstdint>
#include <vector>

namespace keping::planner {

// The operator of each post, or kNone (basis.h). `post_offices` are offices, the most important
// post first; `candidates` holds for each office the operators who may work there today, ascending.
//
// A post is filled whenever that is possible without emptying one before it, if need be by sending
// somebody elsewhere (augmenting paths; Kuhn 1955). What can be filled so is a matroid, hence no
// other filling is better for posts of any weights that fall in this order (Edmonds 1971).
std::vector<uint32_t> FillPosts(const std::vector<uint32_t>& post_offices,
                                const std::vector<std::vector<uint32_t>>& candidates);

}  // namespace keping::planner

#endif  // KEPING_CENTRAL_NODE_PLANNER_STAFFING_H_
