#include "edge_node/app/card_document.h"

#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "common/base/epoch_days.h"
#include "common/base/status_macros.h"
#include "common/domain/value_lists.h"
#include "edge_node/printing/card_page.h"
#include "keping/national/v1/national.pb.h"

namespace keping::edge {
namespace {

using domain::ValueList;

constexpr absl::string_view kIndonesian = "WNI";

std::string PrintedDate(absl::CivilDay day) {
  return absl::StrFormat("%02d-%02d-%04d", day.day(), day.month(), day.year());
}

// A kabupaten's name comes without its kind.
std::string Regency(absl::string_view name) {
  const std::string upper = absl::AsciiStrToUpper(name);
  return absl::StartsWith(upper, "KOTA ") ? upper : absl::StrCat("KABUPATEN ", upper);
}

absl::Status SetListedValues(const national::v1::Record& record, CardData* card) {
  struct Value {
    ValueList list;
    std::string code;
    std::string* text;
    bool may_be_empty = false;
  };
  // The numbers of the sexes are their codes.
  const Value values[] = {
      {ValueList::kSex, absl::StrCat(static_cast<int>(record.gender())), &card->gender},
      {ValueList::kBloodType, record.blood_group(), &card->blood_type, true},
      {ValueList::kReligion, record.religion(), &card->religion, true},
      {ValueList::kMaritalStatus, record.marital_status(), &card->marital_status},
      {ValueList::kOccupation, record.occupation(), &card->occupation},
      {ValueList::kCitizenship, record.citizenship(), &card->citizenship}};
  for (const Value& value : values) {
    if (value.code.empty() && value.may_be_empty) continue;
    KEPING_ASSIGN_OR_RETURN(*value.text, domain::OfficialValueLists().Text(value.list, value.code));
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<CardData> ReadCard(absl::string_view record, absl::CivilDay issued_on,
                                  bool specimen) {
  national::v1::Record proto;
  if (!proto.ParseFromArray(record.data(), static_cast<int>(record.size()))) {
    return absl::InvalidArgumentError(
        "K-144: the record does not parse. Ask the district for it anew.");
  }
  CardData card;
  KEPING_RETURN_IF_ERROR(SetListedValues(proto, &card));
  if (card.citizenship != kIndonesian) {
    return absl::InvalidArgumentError(
        "K-144: got the record of a foreign resident, want one of a citizen: the foreigners' card "
        "has another form and an end, which this version cannot print.");
  }
  card.province = absl::StrCat("PROVINSI ", absl::AsciiStrToUpper(proto.province_name()));
  card.regency = Regency(proto.kabupaten_name());
  card.nik = proto.nik();
  card.name = proto.name();
  card.birth_place = proto.birth_place();
  card.birth_date = PrintedDate(base::FromEpochDays(proto.birth_date_days()));
  card.address = proto.address();
  card.rt_rw = proto.rt_rw();
  card.village = proto.village_name();
  card.district = proto.kecamatan_name();
  card.issue_place = absl::AsciiStrToUpper(proto.kabupaten_name());
  card.issue_date = PrintedDate(issued_on);
  card.photo_png = proto.picture();
  card.signature_png = proto.signature();
  card.specimen = specimen || proto.specimen();
  return card;
}

absl::StatusOr<std::string> RenderDocument(absl::string_view record, absl::CivilDay issued_on,
                                           bool specimen) {
  KEPING_ASSIGN_OR_RETURN(const CardData card, ReadCard(record, issued_on, specimen));
  return RenderCardPdf(card);
}

}  // namespace keping::edge
