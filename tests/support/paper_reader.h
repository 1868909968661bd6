// What readers that are not ours find in a paper: poppler of a PDF, Python of a workbook.
//
//   std::string text = ReadPdf(pdf);   // a form feed behind each page
#ifndef KEPING_TESTS_SUPPORT_PAPER_READER_H_
#define KEPING_TESTS_SUPPORT_PAPER_READER_H_

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "tests/support/temp_folder.h"

namespace keping::tests {

inline std::string OutputOf(const std::string& command) {
  std::string text;
  const std::unique_ptr<FILE, int (*)(FILE*)> pipe(popen(command.c_str(), "r"), &pclose);
  char buffer[4096];
  while (const size_t size = fread(buffer, 1, sizeof(buffer), pipe.get()))
    text.append(buffer, size);
  return text;
}

inline std::string ReadPdf(const std::string& pdf) {
  const TempFolder folder;
  const std::string path = folder.path() + "/paper.pdf";
  std::ofstream(path, std::ios::binary) << pdf;
  return OutputOf(absl::StrCat("pdftotext -layout ", path, " -"));
}

inline int PagesOf(const std::string& text) {
  return static_cast<int>(std::count(text.begin(), text.end(), '\f'));
}

// "595.28 x 841.89 pts (A4)", as poppler says.
inline std::string PageSizeOf(const std::string& pdf) {
  const TempFolder folder;
  const std::string path = folder.path() + "/paper.pdf";
  std::ofstream(path, std::ios::binary) << pdf;
  return OutputOf(absl::StrCat("pdfinfo ", path, " | grep 'Page size'"));
}

// A part of a workbook: "xl/worksheets/sheet2.xml".
inline std::string ReadWorkbookPart(const std::string& xlsx, const std::string& part) {
  const TempFolder folder;
  const std::string path = folder.path() + "/paper.xlsx";
  std::ofstream(path, std::ios::binary) << xlsx;
  return OutputOf(
      absl::StrCat("python3 -c 'import sys, zipfile; "
                   "sys.stdout.write(zipfile.ZipFile(sys.argv[1]).read("
                   "sys.argv[2]).decode())' ",
                   path, " ", part));
}

}  // namespace keping::tests

#endif  // KEPING_TESTS_SUPPORT_PAPER_READER_H_
