// Blanks that came by quantity: a sealed box is one thing until it is opened, and each of its
// serials is born when it is scanned out of it. A lot that names no boxes is one box.
//
//   Box box{.box = BoxId::Of("L7-01"), .quantity = 200, .scheme = SerialScheme::kPrinted};
//   if (!Fits(box, scanned)) …it cannot have come out of this box…
#ifndef KEPING_COMMON_DOMAIN_BOX_H_
#define KEPING_COMMON_DOMAIN_BOX_H_

#include <cstdint>

#include "common/domain/blank_serial.h"
#include "common/domain/ids.h"
#include "common/domain/serial_set.h"

namespace keping::domain {

// What the delivery's paper says of the serials of a lot. kPrinted: printed numbers; kChips: UIDs
// of chips; kQuantity: nothing but how many there are. kUndeclared: of the national link, which
// lists them.
enum class SerialScheme { kUndeclared = 0, kPrinted = 1, kChips = 2, kQuantity = 3 };

struct Box {
  BoxId box;
  uint64_t quantity = 0;  // blanks in it, as its paper says
  SerialScheme scheme = SerialScheme::kQuantity;
  // The serials that may be in it, where the paper says them: of printed numbers the range of its
  // lot, of chips a list. Empty: any of the scheme.
  SerialSet serials = {};

  friend bool operator==(const Box&, const Box&) = default;
};

// Whether a serial can have come out of the box, by what the paper declares.
bool FitsScheme(SerialScheme scheme, const BlankSerial& serial);
bool Fits(const Box& box, const BlankSerial& serial);

// Stable snake_case name.
const char* SchemeName(SerialScheme scheme);

}  // namespace keping::domain

#endif  // KEPING_COMMON_DOMAIN_BOX_H_
