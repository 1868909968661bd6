#include "tests/bench/recorded_session.h"

#include <google/protobuf/io/zero_copy_stream_impl_lite.h>
#include <google/protobuf/util/delimited_message_util.h>

#include <fstream>
#include <utility>
#include <variant>

#include "absl/strings/str_cat.h"
#include "common/base/status_macros.h"
#include "common/files/file.h"
#include "common/wire/frame_codec.h"
#include "keping/sync/v1/sync.pb.h"

namespace keping::bench {
namespace {

constexpr size_t kMaxBytes = size_t{64} << 20;

std::string PathIn(const std::string& folder) { return folder + "/session"; }

void Append(const sync::NodeFrame& frame, std::ostream& out) {
  sync::v1::SessionRequest proto;
  wire::EncodeFrame(frame, &proto);
  google::protobuf::util::SerializeDelimitedToOstream(proto, &out);
}

}  // namespace

absl::Status StoreRecordedSession(const std::string& folder, const RecordedSession& session) {
  std::ofstream out(PathIn(folder), std::ios::binary);
  Append(session.hello, out);
  for (const sync::Segment& segment : session.segments) Append(segment, out);
  out.close();
  if (out) return absl::OkStatus();
  return absl::UnavailableError(absl::StrCat("cannot write ", PathIn(folder)));
}

absl::StatusOr<RecordedSession> LoadRecordedSession(const std::string& folder) {
  KEPING_ASSIGN_OR_RETURN(const std::string bytes, files::ReadFile(PathIn(folder), kMaxBytes));
  google::protobuf::io::ArrayInputStream in(bytes.data(), static_cast<int>(bytes.size()));
  RecordedSession session;
  sync::v1::SessionRequest proto;
  while (google::protobuf::util::ParseDelimitedFromZeroCopyStream(&proto, &in, nullptr)) {
    KEPING_ASSIGN_OR_RETURN(sync::NodeFrame frame, wire::DecodeFrame(proto));
    if (auto* hello = std::get_if<sync::Hello>(&frame)) session.hello = std::move(*hello);
    if (auto* segment = std::get_if<sync::Segment>(&frame)) {
      session.segments.push_back(std::move(*segment));
    }
    proto.Clear();
  }
  if (session.segments.empty()) {
    return absl::DataLossError("got a recorded session without segments, want the whole log");
  }
  return session;
}

}  // namespace keping::bench
