// A picture of a record, photo or signature: checked before it is decoded, drawn into a box.
//
//   KEPING_ASSIGN_OR_RETURN(CardPicture photo, CardPicture::FromPng("the photo", png));
//   photo.Draw(cr, box);
#ifndef KEPING_EDGE_NODE_PRINTING_CARD_PICTURE_H_
#define KEPING_EDGE_NODE_PRINTING_CARD_PICTURE_H_

#include <cairo.h>

#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "edge_node/printing/cairo_handles.h"

namespace keping::edge {

inline constexpr int kMostPicturePixelsPerSide = 2048;

class CardPicture {
 public:
  // InvalidArgument K-142 when it is no PNG, a broken one, or of more than 2048 pixels a side;
  // `what` names it.
  static absl::StatusOr<CardPicture> FromPng(const char* what, const std::string& png);

  // The whole picture, as large as the box allows, in its middle; the answer is where it lies.
  Box Draw(cairo_t* cr, const Box& box) const;

  // As Draw, but its dark parts only, as ink: white paper around a signature would cover what is
  // preprinted on the blank.
  Box DrawInk(cairo_t* cr, const Box& box, const Colour& ink) const;

 private:
  explicit CardPicture(Owned<cairo_surface_t> surface) : surface_(std::move(surface)) {}

  Box Place(const Box& box) const;

  Owned<cairo_surface_t> surface_;
};

}  // namespace keping::edge

#endif  // KEPING_EDGE_NODE_PRINTING_CARD_PICTURE_H_
