#include "edge_node/app/card_document.h"

#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "edge_node/printing/card_page.h"
#include "keping/national/v1/national.pb.h"

namespace keping::edge {
namespace {

std::string PrintedDate(absl::CivilDay day) {
  return absl::StrFormat("%02d-%02d-%04d", day.day(), day.month(), day.year());
}

// The words of the regulation, on every Indonesian card.
const char* GenderWord(national::v1::Gender gender) {
  switch (gender) {
    case national::v1::GENDER_MALE:
      return "LAKI-LAKI";
    case national::v1::GENDER_FEMALE:
      return "PEREMPUAN";
    default:
      return "";
  }
}

}  // namespace

absl::StatusOr<std::string> RenderDocument(absl::string_view record, absl::CivilDay issued_on,
                                           bool specimen) {
  national::v1::Record proto;
  if (!proto.ParseFromArray(record.data(), static_cast<int>(record.size()))) {
    return absl::InvalidArgumentError("the record does not parse; wait for its next version");
  }
  CardData card;
  card.province = absl::StrCat("PROVINSI ", absl::AsciiStrToUpper(proto.province_name()));
  card.regency = absl::StrCat("KABUPATEN ", absl::AsciiStrToUpper(proto.kabupaten_name()));
  card.nik = proto.nik();
  card.name = proto.name();
  card.birth_place = proto.birth_place();
  card.birth_date = PrintedDate(absl::CivilDay(1970, 1, 1) + proto.birth_date_days());
  card.gender = GenderWord(proto.gender());
  card.blood_type = proto.blood_group();
  card.address = proto.address();
  card.rt_rw = proto.rt_rw();
  card.village = proto.village_name();
  card.district = proto.kecamatan_name();
  card.religion = proto.religion();
  card.marital_status = proto.marital_status();
  card.occupation = proto.occupation();
  card.citizenship = proto.citizenship();
  card.issue_place = absl::AsciiStrToUpper(proto.kabupaten_name());
  card.issue_date = PrintedDate(issued_on);
  card.photo_png = proto.picture();
  card.specimen = specimen || proto.specimen();
  return RenderCardPdf(card);
}

}  // namespace keping::edge
