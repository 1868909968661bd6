#include "central_node/core/mis_scans.h"

#include <algorithm>
#include <limits>
#include <tuple>

namespace keping::central {
namespace {

// How many numbers lie between two serials of one run; serials of different runs are furthest.
uint64_t Distance(const domain::BlankSerial& a, const domain::BlankSerial& b) {
  if (a.width() == 0 || !a.SameRun(b)) return std::numeric_limits<uint64_t>::max();
  return std::max(a.number(), b.number()) - std::min(a.number(), b.number());
}

struct Candidate {
  size_t named = 0;
  size_t meant = 0;
};

class Pairing {
 public:
  // Sorted, so that a named serial fits a beginning of the meant ones.
  Pairing(std::vector<NamedSerial> named, std::vector<MeantSerial> meant)
      : named_(std::move(named)), meant_(std::move(meant)) {
    std::sort(named_.begin(), named_.end(), [](const NamedSerial& a, const NamedSerial& b) {
      return std::tie(a.used, a.serial) < std::tie(b.used, b.serial);
    });
    std::sort(meant_.begin(), meant_.end(), [](const MeantSerial& a, const MeantSerial& b) {
      return std::tie(a.seen, a.serial) < std::tie(b.seen, b.serial);
    });
    named_taken_.resize(named_.size());
    meant_taken_.resize(meant_.size());
  }

  std::vector<SerialPair> Run() {
    std::vector<SerialPair> pairs;
    size_t wanted = MostStillPaired();
    for (const Candidate& one : Candidates()) {
      if (wanted == 0) break;
      if (named_taken_[one.named] || meant_taken_[one.meant]) continue;
      named_taken_[one.named] = meant_taken_[one.meant] = true;
      if (MostStillPaired() + 1 < wanted) {
        named_taken_[one.named] = meant_taken_[one.meant] = false;
        continue;
      }
      --wanted;
      pairs.push_back({named_[one.named].serial, meant_[one.meant].serial});
    }
    return pairs;
  }

 private:
  bool Fits(size_t named, size_t meant) const { return meant_[meant].seen < named_[named].used; }

  std::vector<Candidate> Candidates() const {
    std::vector<Candidate> candidates;
    for (size_t i = 0; i < named_.size(); ++i) {
      for (size_t k = 0; k < meant_.size() && Fits(i, k); ++k) candidates.push_back({i, k});
    }
    const auto key = [this](const Candidate& one) {
      const domain::BlankSerial& named = named_[one.named].serial;
      const domain::BlankSerial& meant = meant_[one.meant].serial;
      return std::tuple<uint64_t, const domain::BlankSerial&, const domain::BlankSerial&>(
          Distance(named, meant), named, meant);
    };
    std::sort(candidates.begin(), candidates.end(),
              [&](const Candidate& a, const Candidate& b) { return key(a) < key(b); });
    return candidates;
  }

  // What fits an earlier use fits every later one, so taking any that fits loses nothing.
  size_t MostStillPaired() const {
    size_t most = 0;
    size_t fitting = 0;
    size_t next = 0;
    for (size_t i = 0; i < named_.size(); ++i) {
      if (named_taken_[i]) continue;
      for (; next < meant_.size() && Fits(i, next); ++next) fitting += meant_taken_[next] ? 0 : 1;
      if (most < fitting) ++most;
    }
    return most;
  }

  std::vector<NamedSerial> named_;
  std::vector<MeantSerial> meant_;
  std::vector<bool> named_taken_;
  std::vector<bool> meant_taken_;
};

}  // namespace

std::vector<SerialPair> PairMisScans(const std::vector<NamedSerial>& named,
                                     const std::vector<MeantSerial>& meant) {
  if (named.size() > kMostPaired || meant.size() > kMostPaired) return {};
  return Pairing(named, meant).Run();
}

}  // namespace keping::central
