// Writes the files of a folder as one C++ source that defines CounterAssets() (counter_assets.h).
//
//   node embed.mjs dist counter_assets.cc
import { readdirSync, readFileSync, writeFileSync } from "node:fs";

const TYPES = {
  css: "text/css; charset=utf-8",
  html: "text/html; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  svg: "image/svg+xml",
};

const [folder, output] = process.argv.slice(2);
const names = readdirSync(folder).sort();

function bytesOf(name) {
  const values = [...readFileSync(`${folder}/${name}`)].map((byte) => `0x${byte.toString(16)}`);
  const lines = [];
  for (let i = 0; i < values.length; i += 20) lines.push(`    ${values.slice(i, i + 20).join(",")},`);
  return lines.join("\n");
}

function typeOf(name) {
  const type = TYPES[name.split(".").pop()];
  if (!type) throw new Error(`got ${name}, want a file that ends in ${Object.keys(TYPES)}`);
  return type;
}

const arrays = names.map((name, i) => `constexpr unsigned char kFile${i}[] = {\n${bytesOf(name)}\n};\n`);
const rows = names.map((name, i) => {
  const path = name === "index.html" ? "/" : `/${name}`;
  return `    {"${path}", "${typeOf(name)}",\n     {reinterpret_cast<const char*>(kFile${i}), sizeof(kFile${i})}},`;
});

writeFileSync(output, `// Made by embed.mjs from the counter's page.
#include "edge_node/counter/web/counter_assets.h"

namespace keping::edge {
namespace {

${arrays.join("\n")}
}  // namespace

absl::Span<const http::Asset> CounterAssets() {
  static const http::Asset kAssets[] = {
${rows.join("\n")}
  };
  return kAssets;
}

}  // namespace keping::edge
`);
