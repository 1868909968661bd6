#include "common/domain/box.h"

#include "common/base/check.h"

namespace keping::domain {

bool FitsScheme(SerialScheme scheme, const BlankSerial& serial) {
  switch (scheme) {
    case SerialScheme::kPrinted:
      return !serial.is_uid();
    case SerialScheme::kChips:
      return serial.is_uid();
    case SerialScheme::kUndeclared:
    case SerialScheme::kQuantity:
      return true;
  }
  KEPING_CHECK(false, "every scheme says what fits it");
}

bool Fits(const Box& box, const BlankSerial& serial) {
  return FitsScheme(box.scheme, serial) && (box.serials.empty() || box.serials.Contains(serial));
}

const char* SchemeName(SerialScheme scheme) {
  switch (scheme) {
    case SerialScheme::kUndeclared:
      return "undeclared";
    case SerialScheme::kPrinted:
      return "printed";
    case SerialScheme::kChips:
      return "chips";
    case SerialScheme::kQuantity:
      return "quantity";
  }
  KEPING_CHECK(false, "every scheme has its name");
}

}  // namespace keping::domain
