// A QR code of the node as a picture.
//
//   qrPicture(status.proofQr, t("proof.qr"))
import type { QrCode } from "../gen/keping/edge/v1/edge_pb.js";

const SVG = "http://www.w3.org/2000/svg";
// ISO/IEC 18004 wants four light modules around it.
const QUIET_ZONE = 4;

export function qrPicture({ width, modules }: QrCode, label: string): SVGElement {
  const isDark = (index: number) => ((modules[index >> 3] ?? 0) & (0x80 >> (index & 7))) !== 0;
  let path = "";
  for (let index = 0; index < width * width; index++) {
    if (isDark(index)) path += `M${index % width} ${Math.floor(index / width)}h1v1h-1z`;
  }
  const picture = document.createElementNS(SVG, "svg");
  const side = width + 2 * QUIET_ZONE;
  picture.setAttribute("viewBox", `${-QUIET_ZONE} ${-QUIET_ZONE} ${side} ${side}`);
  picture.setAttribute("class", "qr");
  picture.setAttribute("role", "img");
  picture.setAttribute("aria-label", label);
  const dark = document.createElementNS(SVG, "path");
  dark.setAttribute("d", path);
  picture.append(dark);
  return picture;
}
