// The page that the card printer prints: the front of one ID-1 card (85.60 x 53.98 mm, ISO/IEC
// 7810) with the elements, field order and labels of the Indonesian identity card (Law 24/2013,
// article 64; Permendagri 74/2015), as a PDF or as a picture.
//
//   CardData card{.province = "PROVINSI BALI", .regency = "KABUPATEN BANGLI", .nik = …};
//   KEPING_ASSIGN_OR_RETURN(std::string pdf, RenderCardPdf(card));
//
// A text that is too long is set smaller and then on more lines; it is never cut. The same card
// gives the same bytes with the same libraries and fonts.
#ifndef KEPING_EDGE_NODE_PRINTING_CARD_PAGE_H_
#define KEPING_EDGE_NODE_PRINTING_CARD_PAGE_H_

#include <string>

#include "absl/status/statusor.h"

namespace keping::edge {

inline constexpr double kCardWidthMillimetres = 85.60;
inline constexpr double kCardHeightMillimetres = 53.98;

// The picture's, at 300 dots per inch.
inline constexpr int kCardWidthPixels = 1011;
inline constexpr int kCardHeightPixels = 638;

// What stands on the card, as UTF-8, in the words and spelling of the record. An empty text is
// printed as "-", except for the NIK and the name, which must be there.
struct CardData {
  std::string province;  // with its kind, such as "PROVINSI BALI"
  std::string regency;   // such as "KABUPATEN BANGLI"
  std::string nik;
  std::string name;
  std::string birth_place;
  std::string birth_date;  // as printed: dd-mm-yyyy
  std::string gender;
  std::string blood_type;
  std::string address;
  std::string rt_rw;
  std::string village;   // Kel/Desa
  std::string district;  // Kecamatan
  std::string religion;
  std::string marital_status;
  std::string occupation;
  std::string citizenship;
  std::string valid_until = "SEUMUR HIDUP";
  std::string issue_place;
  std::string issue_date;     // as printed: dd-mm-yyyy
  std::string photo_png;      // at most 2048 x 2048 pixels
  std::string signature_png;  // likewise, dark on white or on nothing; empty: cannot write
  bool specimen = true;       // the diagonal mark; false only for the data of real persons
};

// InvalidArgument: K-140 when a text is not printable or does not fit in the smallest legible type,
// K-142 when a picture is missing or unreadable, K-144 without a NIK or a name; the message names
// the field, never its content. FailedPrecondition K-143: the card's typeface is not installed.
// Thread-safe.
absl::StatusOr<std::string> RenderCardPdf(const CardData& card);

// The same page as a PNG, on white. The same errors.
absl::StatusOr<std::string> RenderCardPng(const CardData& card);

}  // namespace keping::edge

#endif  // KEPING_EDGE_NODE_PRINTING_CARD_PAGE_H_
