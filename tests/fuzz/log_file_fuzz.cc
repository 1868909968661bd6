// The log file of the mirror folder and of export-log: the reader, and `keping verify --mirror`.

#include "common/cli/verify.h"
#include "common/storage/log_file.h"
#include "keping/cli/v1/verify.pb.h"
#include "tests/fuzz/fuzz_input.h"
#include "tests/fuzz/memory_file.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace keping;  // NOLINT: one function
  const fuzz::MemoryFile file(absl::string_view(reinterpret_cast<const char*>(data), size));
  size_t bytes = 0;
  const auto end = storage::ReadLogFile(
      file.path(), [&bytes](absl::string_view entry) { bytes += entry.size(); },
      [&bytes](uint64_t, absl::string_view signature) { bytes += signature.size(); });
  fuzz::CheckClear(end.status());
  KEPING_CHECK(bytes <= size, "what is read was there");
  KEPING_CHECK(!end.ok() || (end->good_bytes <= size && end->whole == (end->good_bytes == size)),
               "a file is whole when its last record is");
  cli::v1::VerifyReport report;
  cli::LogHashes logs;
  fuzz::CheckClear(cli::VerifyMirror(file.path(), &report, &logs));
  return 0;
}
