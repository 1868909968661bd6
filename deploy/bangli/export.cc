#include "deploy/bangli/export.h"

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <fstream>
#include <system_error>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "common/base/status_macros.h"
#include "common/domain/value_lists.h"
#include "deploy/bangli/pen.h"
#include "deploy/bangli/portrait.h"

namespace keping::bangli {
namespace {

constexpr int kSheetColumns = 4;
constexpr int kSheetRows = 3;
constexpr int kSheetScale = 2;
constexpr int kSheetGap = 8;

std::string Quoted(const std::string& field) {
  if (field.find_first_of(",\"\n") == std::string::npos) return field;
  return absl::StrCat("\"", absl::StrReplaceAll(field, {{"\"", "\"\""}}), "\"");
}

std::string Line(const std::vector<std::string>& fields) {
  return absl::StrCat(absl::StrJoin(fields, ",",
                                    [](std::string* out, const std::string& field) {
                                      absl::StrAppend(out, Quoted(field));
                                    }),
                      "\n");
}

// The words of a code: people read the file.
std::string Words(domain::ValueList list, const std::string& code) {
  return domain::OfficialValueLists().Text(list, code).value_or("");
}

absl::Status MakeFolder(const std::string& folder) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (!error) return absl::OkStatus();
  return absl::ErrnoToStatus(error.value(), absl::StrCat("cannot make the folder ", folder));
}

absl::Status WriteWhole(const std::string& path, const std::string& bytes) {
  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  file.close();
  if (file) return absl::OkStatus();
  return absl::UnavailableError(
      absl::StrCat("cannot write ", path, "; check the folder's access and the free space"));
}

std::string AllotmentCsv(const Allotment& allotment) {
  std::string csv = "allotment,bast_number,date,first,last,count\n";
  for (const auto& range : allotment.serials.ranges()) {
    absl::StrAppend(&csv, Line({allotment.allotment, allotment.bast_number,
                                absl::FormatCivilTime(allotment.date), range.first.text(),
                                range.last.text(), absl::StrCat(range.count)}));
  }
  return csv;
}

std::string ContactSheet(uint64_t seed) {
  base::Prng prng(seed);
  const int width = kSheetColumns * (kPortraitWidth + kSheetGap) + kSheetGap;
  const int height = kSheetRows * (kPortraitHeight + kSheetGap) + kSheetGap;
  cairo_surface_t* surface =
      cairo_image_surface_create(CAIRO_FORMAT_RGB24, width * kSheetScale, height * kSheetScale);
  cairo_t* cairo = cairo_create(surface);
  cairo_scale(cairo, kSheetScale, kSheetScale);
  cairo_set_source_rgb(cairo, 1, 1, 1);
  cairo_paint(cairo);
  for (int i = 0; i < kSheetColumns * kSheetRows; ++i) {
    const auto gender = prng.Chance(1, 2) ? domain::Gender::kFemale : domain::Gender::kMale;
    const int birth_year = static_cast<int>(prng.Between(1940, 1999));
    cairo_save(cairo);
    cairo_translate(cairo, kSheetGap + i % kSheetColumns * (kPortraitWidth + kSheetGap),
                    kSheetGap + i / kSheetColumns * (kPortraitHeight + kSheetGap));
    DrawPortrait(cairo, ChooseTraits(prng, gender, birth_year));
    cairo_restore(cairo);
  }
  cairo_destroy(cairo);
  std::string png = EncodePng(surface);
  cairo_surface_destroy(surface);
  return png;
}

}  // namespace

std::string CsvHeader() {
  return "prr,version,nik,name,birth_place,birth_date,gender,blood_group,address,rt_rw,village_"
         "code,"
         "village_name,kecamatan_name,kabupaten_name,province_name,religion,marital_status,"
         "occupation,citizenship,enrolled_at,specimen\n";
}

std::string CsvLine(const Record& r) {
  const bool male = r.gender == domain::Gender::kMale;
  return Line({r.prr,
               absl::StrCat(r.version),
               r.nik,
               r.name,
               r.birth_place,
               absl::FormatCivilTime(r.birth_date),
               male ? "LAKI-LAKI" : "PEREMPUAN",
               Words(domain::ValueList::kBloodType, r.blood_group),
               r.address,
               r.rt_rw,
               r.village_code,
               r.village_name,
               r.kecamatan_name,
               r.kabupaten_name,
               r.province_name,
               Words(domain::ValueList::kReligion, r.religion),
               Words(domain::ValueList::kMaritalStatus, r.marital_status),
               Words(domain::ValueList::kOccupation, r.occupation),
               Words(domain::ValueList::kCitizenship, r.citizenship),
               absl::FormatTime(absl::RFC3339_sec, r.enrolled_at, absl::FixedTimeZone(8 * 3600)),
               r.specimen ? "SPESIMEN" : ""});
}

absl::StatusOr<ExportSummary> ExportFolder(const Generator& generator, const Allotment& allotment,
                                           const std::string& folder, bool pictures) {
  const std::string picture_folder = absl::StrCat(folder, "/pictures");
  KEPING_RETURN_IF_ERROR(MakeFolder(pictures ? picture_folder : folder));
  ExportSummary summary;
  std::string csv = CsvHeader();
  for (size_t i = 0; i < generator.count(); ++i) {
    const Record record = pictures ? generator.Make(i) : generator.MakeText(i);
    csv += CsvLine(record);
    ++summary.records;
    if (record.picture.empty()) continue;
    KEPING_RETURN_IF_ERROR(
        WriteWhole(absl::StrCat(picture_folder, "/", record.prr, ".png"), record.picture));
    if (!record.signature.empty()) {
      KEPING_RETURN_IF_ERROR(WriteWhole(
          absl::StrCat(picture_folder, "/", record.prr, "-signature.png"), record.signature));
    }
    const size_t size = record.picture.size();
    summary.smallest_picture =
        summary.pictures == 0 ? size : std::min(summary.smallest_picture, size);
    summary.largest_picture = std::max(summary.largest_picture, size);
    ++summary.pictures;
  }
  KEPING_RETURN_IF_ERROR(WriteWhole(absl::StrCat(folder, "/records.csv"), csv));
  KEPING_RETURN_IF_ERROR(
      WriteWhole(absl::StrCat(folder, "/allotment.csv"), AllotmentCsv(allotment)));
  return summary;
}

absl::Status WriteContactSheet(uint64_t seed, const std::string& path) {
  return WriteWhole(path, ContactSheet(seed));
}

}  // namespace keping::bangli
