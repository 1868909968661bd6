// Writes the files of a folder as one C++ source that defines a function of its assets
// (common/http/assets.h), as the header declares it.
//
//   node embed.mjs dist counter_assets.cc edge_node/counter/web/counter_assets.h keping::edge::CounterAssets
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const TYPES = {
  css: "text/css; charset=utf-8",
  html: "text/html; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  svg: "image/svg+xml",
};

const [folder, output, header, qualified] = process.argv.slice(2);
const [, namespace, name] = /^(.*)::(\w+)$/.exec(qualified);
const files = readdirSync(folder).sort();

function rowsOf(bytes) {
  const values = [...bytes].map((byte) => `0x${byte.toString(16)}`);
  const lines = [];
  for (let i = 0; i < values.length; i += 20) lines.push(`    ${values.slice(i, i + 20).join(",")},`);
  return lines.join("\n");
}

function typeOf(file) {
  const type = TYPES[file.split(".").pop()];
  if (!type) throw new Error(`got ${file}, want a file that ends in ${Object.keys(TYPES)}`);
  return type;
}

const array = (name, bytes) => `constexpr unsigned char ${name}[] = {\n${rowsOf(bytes)}\n};\n`;
const view = (name) => `{reinterpret_cast<const char*>(${name}), sizeof(${name})}`;

// Each as it is, and compressed where that makes it smaller.
const assets = files.map((file, i) => {
  const bytes = readFileSync(`${folder}/${file}`);
  const gzip = gzipSync(bytes, { level: 9 });
  const smaller = gzip.length < bytes.length;
  const arrays = [array(`kFile${i}`, bytes), ...(smaller ? [array(`kGzip${i}`, gzip)] : [])];
  const path = file === "index.html" ? "/" : `/${file}`;
  const row = `    {"${path}", "${typeOf(file)}",\n     ${view(`kFile${i}`)},\n     ${smaller ? view(`kGzip${i}`) : "{}"}},`;
  return { arrays, row };
});

writeFileSync(output, `// Made by embed.mjs from a page.
#include "${header}"

namespace ${namespace} {
namespace {

${assets.flatMap(({ arrays }) => arrays).join("\n")}
}  // namespace

absl::Span<const http::Asset> ${name}() {
  static const http::Asset kAssets[] = {
${assets.map(({ row }) => row).join("\n")}
  };
  return kAssets;
}

}  // namespace ${namespace}
`);
