#include "edge_node/counter/scan_desk.h"

#include <optional>

#include "absl/strings/str_cat.h"

namespace keping::edge {
namespace {

std::optional<scan::Field> FieldOf(v1::ScanField field) {
  switch (field) {
    case v1::SCAN_FIELD_BLANK:
      return scan::Field::kBlank;
    case v1::SCAN_FIELD_BLANKS:
      return scan::Field::kBlanks;
    case v1::SCAN_FIELD_NIK:
      return scan::Field::kNik;
    case v1::SCAN_FIELD_MANIFEST:
      return scan::Field::kManifest;
    default:
      return std::nullopt;
  }
}

}  // namespace

v1::ScanProblem ProblemOf(const scan::Words& words) {
  v1::ScanProblem proto;
  proto.set_code(words.code);
  proto.set_indonesian(words.indonesian);
  proto.set_english(words.english);
  return proto;
}

const CounterReader* ScanDesk::Find(absl::string_view counter) const {
  for (const CounterReader& reader : readers_) {
    if (reader.counter == counter) return &reader;
  }
  return nullptr;
}

scan::FieldInput ScanDesk::Read(const CounterReader* reader, scan::Field field,
                                absl::string_view typed) const {
  // Beside a reader at the node people type as they do where no reader was taught.
  const bool taught = reader != nullptr && reader->status == nullptr;
  return taught ? scan::ReadField(reader->profile, field, typed)
                : scan::ReadFieldUntaught(field, typed);
}

absl::StatusOr<v1::ReadScanResponse> ScanDesk::ReadScan(const v1::ReadScanRequest& request) const {
  const std::optional<scan::Field> field = FieldOf(request.field());
  if (!field) {
    return absl::InvalidArgumentError(absl::StrCat("ReadScanRequest.field: got ", request.field(),
                                                   ", want what the field on the screen is for"));
  }
  if (request.typed().size() > kMaxTyped) {
    return absl::InvalidArgumentError(absl::StrCat("ReadScanRequest.typed: got ",
                                                   request.typed().size(), " bytes, want at most ",
                                                   kMaxTyped, "; give it in parts"));
  }
  const scan::FieldInput input = Read(Find(request.counter()), *field, request.typed());
  v1::ReadScanResponse response;
  if (input.ok()) {
    response.set_text(input.text);
  } else {
    *response.mutable_problem() = ProblemOf(input.problem);
  }
  return response;
}

absl::StatusOr<v1::ListReadersResponse> ScanDesk::ListReaders(const v1::ListReadersRequest&) const {
  v1::ListReadersResponse response;
  for (const CounterReader& reader : readers_) {
    v1::Reader& proto = *response.add_readers();
    proto.set_counter(reader.counter);
    proto.set_at_node(reader.status != nullptr);
    proto.set_connected(true);
    if (reader.status == nullptr) continue;
    const ReaderStatus status = reader.status();
    proto.set_connected(status.connected);
    proto.set_name(status.name);
    if (!status.connected) *proto.mutable_problem() = ProblemOf(status.why_not);
  }
  return response;
}

absl::Status ScanDesk::CheckStreams(absl::string_view counter) const {
  const CounterReader* reader = Find(counter);
  if (reader == nullptr) {
    return absl::NotFoundError(
        absl::StrCat("the configuration has no reader of the counter \"", counter, "\""));
  }
  if (reader->status != nullptr) return absl::OkStatus();
  return absl::FailedPreconditionError(
      absl::StrCat("the reader of ", counter, " types; send what it typed to ReadScan"));
}

}  // namespace keping::edge
