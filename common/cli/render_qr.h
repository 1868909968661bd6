// A QR code as lines of text, for a terminal and for paper.
//
//   out << report.text() << "\n" << RenderQr(report.code_qr());
#ifndef KEPING_COMMON_CLI_RENDER_QR_H_
#define KEPING_COMMON_CLI_RENDER_QR_H_

#include <string>

#include "common/qr/qr_code.h"
#include "keping/edge/v1/edge.pb.h"

namespace keping::cli {

// Two rows of modules in a line of Unicode half blocks, with the quiet zone of ISO/IEC 18004. A
// block is dark, as ink on paper; telephones read it inverted too. Empty for no code, or one whose
// modules are not width x width.
std::string RenderQr(const edge::v1::QrCode& code);
std::string RenderQr(const qr::QrCode& code);

}  // namespace keping::cli

#endif  // KEPING_COMMON_CLI_RENDER_QR_H_
