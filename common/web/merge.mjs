// One catalogue of two: the words that all faces share, and a face's own.
//
//   node merge.mjs shared/id.json face/id.json id.json
import { readFileSync, writeFileSync } from "node:fs";

const [shared, own, output] = process.argv.slice(2);
const [a, b] = [shared, own].map((path) => JSON.parse(readFileSync(path, "utf8")));
const twice = Object.keys(a).filter((key) => key in b);
if (twice.length > 0) throw new Error(`${own} has what ${shared} has: ${twice.join(", ")}`);
writeFileSync(output, JSON.stringify({ ...a, ...b }, null, 2));
