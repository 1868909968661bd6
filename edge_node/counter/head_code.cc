#include "edge_node/counter/head_code.h"

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "common/base/check.h"
#include "common/qr/qr_code.h"

namespace keping::edge {
namespace {

// Of the hash: no log meets another one by chance, and a telephone reads the code from afar.
constexpr size_t kDigits = 16;

}  // namespace

std::string HeadCodeText(const domain::NodeId& node, const domain::IncarnationId& incarnation,
                         uint64_t seq, const crypto::Hash& hash) {
  return absl::StrCat(node.value(), "/", incarnation.value(), " ", seq, " ",
                      hash.Hex().substr(0, kDigits));
}

v1::QrCode DrawHeadCode(const std::string& text) {
  v1::QrCode proto;
  proto.set_text(text);
  const absl::StatusOr<qr::QrCode> code = qr::MakeQrCode(text);
  KEPING_CHECK(code.ok(), "ids and a hash fit into a code");
  proto.set_width(static_cast<uint32_t>(code->width));
  std::string& bits = *proto.mutable_modules();
  bits.assign((code->modules.size() + 7) / 8, '\0');
  for (size_t i = 0; i < code->modules.size(); ++i) {
    if (code->modules[i]) bits[i / 8] = static_cast<char>(bits[i / 8] | (0x80 >> (i % 8)));
  }
  return proto;
}

}  // namespace keping::edge
