// Writes the files of a folder as one C++ source that defines a function of its assets
// (common/http/assets.h), as the header declares it.
//
//   node embed.mjs dist counter_assets.cc edge_node/counter/web/counter_assets.h keping::edge::CounterAssets
import { readdirSync, readFileSync, writeFileSync } from "node:fs";

const TYPES = {
  css: "text/css; charset=utf-8",
  html: "text/html; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  svg: "image/svg+xml",
};

const [folder, output, header, qualified] = process.argv.slice(2);
const [, namespace, name] = /^(.*)::(\w+)$/.exec(qualified);
const files = readdirSync(folder).sort();

function bytesOf(file) {
  const values = [...readFileSync(`${folder}/${file}`)].map((byte) => `0x${byte.toString(16)}`);
  const lines = [];
  for (let i = 0; i < values.length; i += 20) lines.push(`    ${values.slice(i, i + 20).join(",")},`);
  return lines.join("\n");
}

function typeOf(file) {
  const type = TYPES[file.split(".").pop()];
  if (!type) throw new Error(`got ${file}, want a file that ends in ${Object.keys(TYPES)}`);
  return type;
}

const arrays = files.map((file, i) => `constexpr unsigned char kFile${i}[] = {\n${bytesOf(file)}\n};\n`);
const rows = files.map((file, i) => {
  const path = file === "index.html" ? "/" : `/${file}`;
  return `    {"${path}", "${typeOf(file)}",\n     {reinterpret_cast<const char*>(kFile${i}), sizeof(kFile${i})}},`;
});

writeFileSync(output, `// Made by embed.mjs from a page.
#include "${header}"

namespace ${namespace} {
namespace {

${arrays.join("\n")}
}  // namespace

absl::Span<const http::Asset> ${name}() {
  static const http::Asset kAssets[] = {
${rows.join("\n")}
  };
  return kAssets;
}

}  // namespace ${namespace}
`);
