#include "central_node/store/judging_queue.h"

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "common/base/status_macros.h"
#include "common/storage/key_space.h"
#include "keping/store/v1/central.pb.h"

namespace keping::central {
namespace {

std::string KeyOf(uint64_t number) {
  std::string key(storage::kToJudgePrefix);
  storage::AppendBigEndian64(&key, number);
  return key;
}

std::string RowOf(const WaitingRun& run) {
  store::v1::WaitingRun row;
  row.set_node(run.node.value());
  row.set_incarnation(run.stream.value());
  row.set_first_seq(run.first_seq);
  row.set_last_seq(run.end.seq);
  row.set_last_hash(std::string(run.end.hash.AsBytes()));
  return row.SerializeAsString();
}

absl::StatusOr<WaitingRun> ReadWaitingRun(absl::string_view row) {
  store::v1::WaitingRun proto;
  if (!proto.ParseFromArray(row.data(), static_cast<int>(row.size()))) {
    return absl::DataLossError(
        "a run of entries to be judged does not parse: restore the database");
  }
  WaitingRun run;
  KEPING_ASSIGN_OR_RETURN(run.node, domain::NodeId::Parse(proto.node()));
  KEPING_ASSIGN_OR_RETURN(run.stream, domain::IncarnationId::Parse(proto.incarnation()));
  run.first_seq = proto.first_seq();
  run.end.seq = proto.last_seq();
  KEPING_ASSIGN_OR_RETURN(run.end.hash, crypto::Hash::FromBytes(proto.last_hash()));
  return run;
}

}  // namespace

absl::Status JudgingQueue::Open(const storage::KvStore& store) {
  absl::Status status;
  const absl::string_view prefix = storage::kToJudgePrefix;
  KEPING_RETURN_IF_ERROR(store.Scan(
      prefix, storage::PrefixEnd(prefix), [&](absl::string_view key, absl::string_view row) {
        const absl::StatusOr<uint64_t> number = storage::ReadBigEndian64(key, prefix.size());
        absl::StatusOr<WaitingRun> run = ReadWaitingRun(row);
        status = number.ok() ? run.status() : number.status();
        if (!status.ok()) return false;
        if (empty()) first_ = *number;
        Add(*std::move(run));
        return true;
      }));
  return status;
}

const sync::Head* JudgingQueue::End(const domain::NodeId& node,
                                    const domain::IncarnationId& stream) const {
  const auto found = streams_.find({node, stream});
  return found == streams_.end() ? nullptr : &found->second.end;
}

bool JudgingQueue::Holds(const domain::NodeId& node, const domain::IncarnationId& stream,
                         uint64_t seq) const {
  const auto found = streams_.find({node, stream});
  return found != streams_.end() && seq >= found->second.first_seq && seq <= found->second.end.seq;
}

void JudgingQueue::Stage(const WaitingRun& run, storage::WriteBatch& batch) const {
  batch.Put(KeyOf(first_ + runs_.size()), RowOf(run));
}

void JudgingQueue::Add(WaitingRun run) {
  Waiting& stream = streams_[{run.node, run.stream}];
  if (stream.runs++ == 0) stream.first_seq = run.first_seq;
  stream.end = run.end;
  entries_ += run.end.seq + 1 - run.first_seq;
  runs_.push_back(std::move(run));
}

void JudgingQueue::StageRemoval(size_t runs, storage::WriteBatch& batch) const {
  for (size_t i = 0; i < runs; ++i) batch.Delete(KeyOf(first_ + i));
}

void JudgingQueue::Remove(size_t runs) {
  for (size_t i = 0; i < runs; ++i) RemoveFirst();
}

void JudgingQueue::RemoveFirst() {
  const auto stream = streams_.find({runs_.front().node, runs_.front().stream});
  stream->second.first_seq = runs_.front().end.seq + 1;
  entries_ -= runs_.front().end.seq + 1 - runs_.front().first_seq;
  if (--stream->second.runs == 0) streams_.erase(stream);
  runs_.pop_front();
  ++first_;
}

}  // namespace keping::central
