// What the drawings of cards take from common/drawing. Internal to this folder.
#ifndef KEPING_EDGE_NODE_PRINTING_CAIRO_HANDLES_H_
#define KEPING_EDGE_NODE_PRINTING_CAIRO_HANDLES_H_

#include "common/drawing/cairo_handles.h"

namespace keping::edge {

using drawing::Box;
using drawing::Colour;
using drawing::Mm;
using drawing::Owned;
using drawing::SetColour;

}  // namespace keping::edge

#endif  // KEPING_EDGE_NODE_PRINTING_CAIRO_HANDLES_H_
