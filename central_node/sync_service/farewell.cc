#include "central_node/sync_service/farewell.h"

#include "absl/strings/str_cat.h"
#include "central_node/core/node_end.h"

namespace keping::central {

std::string FarewellText(const CentralNode::Ended& ended) {
  if (ended.end == domain::NodeEnd::kLost) {
    return "K-255: kabupaten menyatakan mesin ini hilang. Catatannya diterima, tetapi pencetakan "
           "terkunci. Hubungi kabupaten: kantor ini mulai lagi dengan kode baru. (This machine was "
           "declared lost: its log is taken, and printing is locked.)";
  }
  return absl::StrCat(
      "K-255: kabupaten menutup node ini (", EndWord(ended.end),
      "). Catatan sesudahnya disimpan sebagai klaim, belum dipercaya, dan pencetakan terkunci. "
      "Hubungi kabupaten. (What its log says from then on is kept as claims, which two officers "
      "may accept; nothing is sent to it.)");
}

}  // namespace keping::central
