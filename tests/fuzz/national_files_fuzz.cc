// Files of the national centre, as people bring them.

#include <google/protobuf/message.h>

#include <memory>
#include <string>

#include "common/exchange/national_file.h"
#include "tests/fuzz/fuzz_input.h"

namespace keping::fuzz {
namespace {

void ReadFile(exchange::FileType type, absl::string_view bytes) {
  const auto file = exchange::NationalFile::Read(type, std::string(bytes), {});
  const std::unique_ptr<google::protobuf::Message> row = exchange::NewRow(type.kind);
  uint64_t good = 0;
  while (file->Next(row.get())) {
    ++good;
    const std::unique_ptr<google::protobuf::Message> same = exchange::NewRow(type.kind);
    KEPING_CHECK(same->ParseFromString(row->SerializeAsString()), "a good row can be passed on");
  }
  const uint64_t bad = file->rejected().size();
  KEPING_CHECK(file->rows() == good + bad || (file->rows() == 0 && bad == 1),
               "each row came out or is listed");
  size_t line = 0;
  for (const exchange::Finding& finding : file->rejected()) {
    KEPING_CHECK(finding.line >= line && !finding.reason.empty(), "findings are in order");
    line = finding.line;
  }
}

}  // namespace
}  // namespace keping::fuzz

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  keping::fuzz::FuzzInput input(data, size);
  const uint8_t type = input.Byte();
  keping::fuzz::ReadFile({.kind = static_cast<keping::exchange::FileKind>(type % 4),
                          .format = static_cast<keping::exchange::FileFormat>(type / 4 % 2)},
                         input.Rest());
  return 0;
}
