// Rows of a file of records, and every kind of dirt that people and programs put into such rows.
//
//   std::vector<std::string> row = RecordFields(bangli::Generator({…}).MakeText(7));
//   const Dirt& dirt = KindsOfDirt()[3];
//   dirt.soil(row, earlier);                          // the fields, or
//   std::string line = dirt.line(JoinRow(row, ';'));  // the whole line
#ifndef KEPING_TESTS_SUPPORT_DIRTY_ROWS_H_
#define KEPING_TESTS_SUPPORT_DIRTY_ROWS_H_

#include <algorithm>
#include <functional>
#include <string>
#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/time/time.h"
#include "common/exchange/columns.h"
#include "deploy/bangli/record.h"

namespace keping::tests {

using Fields = std::vector<std::string>;

// A file that begins as a PNG does.
inline std::string SpecimenPicture(size_t bytes = 16) {
  std::string png("\x89PNG\r\n\x1a\n", 8);
  png.resize(std::max<size_t>(bytes, 8), 's');
  return png;
}

inline size_t ColumnIndex(const std::string& name) {
  const auto& columns = exchange::ColumnsOf(exchange::FileKind::kRecords);
  return static_cast<size_t>(
      std::find_if(columns.begin(), columns.end(),
                   [&](const exchange::Column& column) { return column.name == name; }) -
      columns.begin());
}

// In the order of ColumnsOf(kRecords).
inline Fields RecordFields(const bangli::Record& r) {
  return {r.prr,
          absl::StrCat(r.version),
          r.nik,
          r.name,
          r.birth_place,
          absl::FormatCivilTime(r.birth_date),
          r.gender == domain::Gender::kMale ? "LAKI-LAKI" : "PEREMPUAN",
          r.blood_group,
          r.address,
          r.rt_rw,
          r.village_code,
          r.village_name,
          r.kecamatan_name,
          r.kabupaten_name,
          r.province_name,
          r.religion,
          r.marital_status,
          r.occupation,
          r.citizenship,
          absl::FormatTime(absl::RFC3339_sec, r.enrolled_at, absl::FixedTimeZone(8 * 3600)),
          absl::Base64Escape(SpecimenPicture()),
          "",
          r.replaces,
          "SPESIMEN"};
}

// Without its end. A value with a separator or a quote is quoted.
inline std::string JoinRow(const Fields& fields, char separator) {
  return absl::StrJoin(
      fields, std::string(1, separator), [&](std::string* out, const std::string& field) {
        const char special[] = {separator, '"', '\n', '\r'};
        if (field.find_first_of(special, 0, 4) == std::string::npos) {
          absl::StrAppend(out, field);
        } else {
          absl::StrAppend(out, "\"", absl::StrReplaceAll(field, {{"\"", "\"\""}}), "\"");
        }
      });
}

inline std::string HeaderRow(char separator) {
  Fields names;
  for (const exchange::Column& column : exchange::ColumnsOf(exchange::FileKind::kRecords)) {
    names.emplace_back(column.name);
  }
  return JoinRow(names, separator);
}

struct Dirt {
  std::string name;
  std::string column;  // that the finding names; empty: the row
  std::string reason;  // a part of it
  // `earlier` is a good row of the same file.
  std::function<void(Fields& fields, const Fields& earlier)> soil;
  std::function<std::string(const std::string& line)> line = [](const auto& same) { return same; };
};

inline Dirt BadValue(const std::string& name, const std::string& column, const std::string& reason,
                     const std::string& value) {
  return {name, column, reason,
          [=](Fields& fields, const Fields&) { fields[ColumnIndex(column)] = value; }};
}

inline Dirt BadLine(const std::string& name, const std::string& reason,
                    const std::function<std::string(const std::string&)>& line) {
  return {name, "", reason, [](Fields&, const Fields&) {}, line};
}

inline const std::vector<Dirt>& KindsOfDirt() {
  static const auto& kinds = *new std::vector<Dirt>{
      BadValue("Latin1", "name", "no UTF-8", "JOS\xC9"),
      BadValue("CutUtf8", "name", "no UTF-8", "NI\xE2\x82"),
      BadValue("Unconvertible", "name", "could not read", "JOS\xEF\xBF\xBD"),
      BadValue("ZeroByte", "address", "zero byte", std::string("BR. KAWAN\0", 10)),
      BadValue("Invisible", "address", "invisible", "BR.\x07KAWAN"),
      BadValue("LineBreak", "address", "line break", "BR. KAWAN\r\nBANGLI"),
      BadLine("OpenQuote", "quote",
              [](const std::string& line) { return absl::StrCat("\"", line); }),
      BadLine("QuoteWithin", "quote",
              [](const std::string& line) {
                return absl::StrReplaceAll(line, {{"SPESIMEN", "SPE\"SIMEN"}});
              }),
      BadLine("ColumnTooMany", "25 columns, want 24",
              [](const std::string& line) { return absl::StrCat(line, ";"); }),
      BadLine("ColumnTooFew", "23 columns, want 24",
              [](const std::string& line) { return line.substr(0, line.rfind(';')); }),
      {"DuplicateId", "", "same key",
       [](Fields& fields, const Fields& earlier) { fields[0] = earlier[0]; }},
      BadValue("NoId", "prr", "got nothing", ""),
      BadValue("IdWithBlank", "prr", "want an id", "PRR 1"),
      BadValue("VersionZero", "version", "got 0", "0"),
      BadValue("VersionWord", "version", "whole number", "satu"),
      BadValue("ShortNik", "nik", "16", "510601410190001"),
      BadValue("NikOfSpreadsheet", "nik", "16", "5,10601E+15"),
      BadValue("NikWithLetter", "nik", "digits", "51060141O1900001"),
      BadValue("NoName", "name", "got nothing", ""),
      BadValue("LongName", "name", "at most 200", std::string(201, 'A')),
      BadValue("NoBirthDate", "birth_date", "got nothing", ""),
      BadValue("NoBirthPlace", "birth_place", "got nothing", ""),
      BadValue("NoAddress", "address", "got nothing", ""),
      BadValue("NoMoment", "enrolled_at", "got nothing", ""),
      BadValue("February31", "birth_date", "calendar", "1990-02-31"),
      BadValue("Slashes", "birth_date", "another form", "02/03/1990"),
      BadValue("ShortYear", "birth_date", "another form", "02-03-90"),
      BadValue("DayPlusForty", "birth_date", "above 40", "43-04-1990"),
      BadValue("BornLater", "birth_date", "enrolment", "2018-01-01"),
      BadValue("Gender", "gender", "PEREMPUAN", "X"),
      BadValue("Religion", "religion", "list", "SUNDA LAMA"),
      BadValue("NoOccupation", "occupation", "got nothing", ""),
      BadValue("BloodType", "blood_group", "list", "Q"),
      BadValue("UnknownVillage", "village_code", "not in the list", "51.06.01.2999"),
      BadValue("VillageForm", "village_code", "51.06.01.2001", "5106012001"),
      BadValue("NoOffset", "enrolled_at", "offset", "2017-04-27 09:15"),
      BadValue("NoPicture", "picture", "got none", ""),
      BadValue("NoPng", "picture", "PNG", absl::Base64Escape("GIF89a")),
      BadValue("NoBase64", "picture", "Base64", "***"),
      BadValue("LargePicture", "picture", "at most 262144",
               absl::Base64Escape(SpecimenPicture(262145))),
      BadValue("LargeSignature", "signature", "at most 65536",
               absl::Base64Escape(SpecimenPicture(65537))),
      BadValue("Specimen", "specimen", "SPESIMEN", "ya"),
  };
  return kinds;
}

}  // namespace keping::tests

#endif  // KEPING_TESTS_SUPPORT_DIRTY_ROWS_H_
