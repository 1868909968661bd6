// The page of a test card: colour fields, grey steps, fine lines and a frame, so that a person sees
// what ribbon and print head still do; and the words that it is no document.
//
//   KEPING_ASSIGN_OR_RETURN(std::string pdf, RenderTestPagePdf({.printer = "p1", .blank = "A1",
//   …}));
#ifndef KEPING_EDGE_NODE_PRINTING_TEST_PAGE_H_
#define KEPING_EDGE_NODE_PRINTING_TEST_PAGE_H_

#include <string>

#include "absl/status/statusor.h"

namespace keping::edge {

// What stands on it, so that the card can be told from others in the pile of spoiled ones.
struct TestPage {
  std::string printer;
  std::string blank;
  std::string act;
  std::string date;
};

// FailedPrecondition K-143: the card's typeface is not installed. Thread-safe.
absl::StatusOr<std::string> RenderTestPagePdf(const TestPage& page);

}  // namespace keping::edge

#endif  // KEPING_EDGE_NODE_PRINTING_TEST_PAGE_H_
