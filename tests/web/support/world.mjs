// The programs around a page, through world.py or another: every command of its World is a method here.
//
//   const world = await startWorld();
//   await world.kill_node();
//   await world.end();
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const TESTS = dirname(dirname(fileURLToPath(import.meta.url)));

// `office` are the arguments of the World's start.
export async function startWorld(office = {}, script = "world.py") {
  // Short, since Unix sockets lie in it.
  const folder = mkdtempSync(join(tmpdir(), "kw-"));
  const child = spawn("python3", ["-B", join(TESTS, script), folder, process.env.KEPING_BIN], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const ended = new Promise((resolve) => child.on("close", resolve));

  async function order(name, args) {
    child.stdin.write(`${JSON.stringify({ do: name, ...args })}\n`);
    const { value, done } = await lines.next();
    if (done) throw new Error(`the world ended at ${name}`);
    const { ok, error } = JSON.parse(value);
    if (error) throw new Error(`${name}: ${error}`);
    return ok;
  }

  const world = new Proxy({}, {
    get: (_, name) => {
      if (name === "then") return undefined;
      if (name !== "end") return (args) => order(name, args);
      return async () => {
        child.stdin.end();
        await ended;
        rmSync(folder, { recursive: true, force: true });
      };
    },
  });
  return { world, ...(await world.start(office)) };
}
