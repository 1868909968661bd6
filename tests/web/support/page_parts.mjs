// Parts of the built page, bundled so that Node can load them: its pure modules, its generated
// clients, and the Connect library as anybody else would use it.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const PAGE = join(process.env.KEPING_BUILD, "edge_node/counter/web/page");

const { build } = await import(join(PAGE, "node_modules/esbuild/lib/main.js")).then((m) => m.default);

async function load(contents) {
  const folder = mkdtempSync(join(tmpdir(), "keping-web-"));
  const outfile = join(folder, "parts.mjs");
  try {
    await build({
      stdin: { contents, resolveDir: PAGE, loader: "ts" },
      bundle: true,
      format: "esm",
      platform: "node",
      outfile,
      logLevel: "error",
    });
    return await import(outfile);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

export const pureParts = () =>
  load(["acts/index", "acts/count", "acts/late", "acts/lending", "task", "serials", "forms", "menu", "questions", "upkeep"]
    .map((name) => `export * from "./src/${name}.ts";`).join(""));

export const clientParts = () =>
  load(`
    export { createClient } from "@connectrpc/connect";
    export { createConnectTransport } from "@connectrpc/connect-web";
    export { CounterService } from "./gen/keping/edge/v1/edge_pb.js";
    export { ScreenService } from "./gen/keping/edge/v1/screen_pb.js";
  `);
