// Owning pointers for the objects of cairo and pango, and the few values that every drawing needs.
//
//   Owned<cairo_t> cr(cairo_create(surface.get()));
#ifndef KEPING_COMMON_DRAWING_CAIRO_HANDLES_H_
#define KEPING_COMMON_DRAWING_CAIRO_HANDLES_H_

#include <cairo.h>
#include <pango/pangocairo.h>

#include <memory>
#include <string>

namespace keping::drawing {

struct CairoDeleter {
  void operator()(cairo_t* cr) const { cairo_destroy(cr); }
  void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
  void operator()(cairo_font_options_t* options) const { cairo_font_options_destroy(options); }
  void operator()(PangoFontDescription* font) const { pango_font_description_free(font); }
  void operator()(PangoAttrList* attributes) const { pango_attr_list_unref(attributes); }
  template <typename Object>
  void operator()(Object* object) const {
    g_object_unref(object);
  }
};
template <typename T>
using Owned = std::unique_ptr<T, CairoDeleter>;

// All lengths are points, the unit of PDF.
constexpr double Mm(double millimetres) { return millimetres * 72.0 / 25.4; }

struct Box {
  double left, top, width, height;
};

struct Colour {
  double red, green, blue, alpha = 1.0;
};

inline void SetColour(cairo_t* cr, const Colour& colour) {
  cairo_set_source_rgba(cr, colour.red, colour.green, colour.blue, colour.alpha);
}

// For a PDF surface whose stream is a std::string.
inline cairo_status_t AppendToString(void* text, const unsigned char* data, unsigned int length) {
  static_cast<std::string*>(text)->append(reinterpret_cast<const char*>(data), length);
  return CAIRO_STATUS_SUCCESS;
}

}  // namespace keping::drawing

#endif  // KEPING_COMMON_DRAWING_CAIRO_HANDLES_H_
