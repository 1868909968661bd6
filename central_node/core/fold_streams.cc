// How the ends, forks and restarts of nodes' logs change what is known of their streams.

#include "central_node/core/fold.h"

namespace keping::central {

void Folder::On(const FactRef&, const domain::StockRescanned&) {}

void Folder::On(const FactRef&, const domain::BlanksLent&) {}

void Folder::On(const FactRef&, const domain::LogForked&) {}

void Folder::On(const FactRef&, const domain::LogRolledBack&) {}

void Folder::On(const FactRef&, const domain::NodeClosed&) {}

void Folder::On(const FactRef&, const domain::ClaimsAccepted&) {}

}  // namespace keping::central
