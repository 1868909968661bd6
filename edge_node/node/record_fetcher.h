// Fetches the records that the feed names, part by part, in the order of the print plan: the record
// that is printed next comes first, and nothing else waits behind pictures.
//
//   RecordFetcher fetcher(&core.catalogue());
//   fetcher.Start(/*speaks=*/true);                                 // of each session
//   while (auto wanted = fetcher.Next(part_bytes)) Send(*wanted);
//   KEPING_ASSIGN_OR_RETURN(std::optional<FetchedRecord> record, fetcher.OnPart(part));
//
// What has come of a record survives the session, so that the next one goes on at its byte. It is
// in memory: a restart costs the parts of the few records that were under way.
#ifndef KEPING_EDGE_NODE_NODE_RECORD_FETCHER_H_
#define KEPING_EDGE_NODE_NODE_RECORD_FETCHER_H_

#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "common/domain/ids.h"
#include "common/sync/frames.h"
#include "edge_node/core/catalogue.h"

namespace keping::edge {

struct FetchedRecord {
  domain::PrrId prr;
  std::string bytes;
  std::string fault = {};  // why the bytes are not what the feed names; empty: they are
};

// Not thread-safe. The catalogue outlives it, and takes over what OnPart gave before the next call.
class RecordFetcher {
 public:
  explicit RecordFetcher(const Catalogue* catalogue) : catalogue_(*catalogue) {}

  // A session begins; `speaks`: its protocol has parts.
  void Start(bool speaks);
  void Stop() { Start(false); }

  // The feed spoke of it again: what the centre did not have for this node it may have now.
  void OnNamed(const domain::PrrId& prr) { gone_.erase(prr); }

  // Parts are under way.
  bool awaits_part() const { return !under_way_.empty(); }

  // What to ask for next; nullopt while enough is under way, or nothing is missing.
  std::optional<sync::RecordWanted> Next(size_t part_bytes);
  // The record when it is whole. InvalidArgument for a part that is not the next one asked for.
  absl::StatusOr<std::optional<FetchedRecord>> OnPart(const sync::RecordPart& part);

 private:
  struct Partial {
    crypto::Hash digest;
    std::string bytes;
    size_t asked = 0;  // up to here, in this session
  };

  // The catalogue no longer names it, or names another.
  void DropStale();
  bool Names(const domain::PrrId& prr, const crypto::Hash& digest) const;

  const Catalogue& catalogue_;
  bool speaks_ = false;
  std::deque<sync::RecordWanted> under_way_;  // in the order in which they are answered
  std::map<domain::PrrId, Partial> partials_;
  std::map<domain::PrrId, crypto::Hash> gone_;  // that the centre does not have for this node
};

}  // namespace keping::edge

#endif  // KEPING_EDGE_NODE_NODE_RECORD_FETCHER_H_
