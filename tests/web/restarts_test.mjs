// A live screen stays right while its node is killed and started again, so many times: at the counter,
// and at the console, whose table of offices follows an office's node too.
//
//   tests/web/restarts 100
import assert from "node:assert/strict";
import { after, test as nodeTest } from "node:test";
import { openConsole } from "./support/console_screen.mjs";
import { openScreen } from "./support/screen.mjs";
import { startWorld } from "./support/world.mjs";

const RESTARTS = Number(process.env.KEPING_RESTARTS ?? 3);
const PASSWORD = "kopi bangli 2017";
// A restart takes seconds, on a machine that does other things too.
const MINUTES_A_RESTART = 2;
const SAID_EVERY = 10;

const ends = [];

after(async () => {
  for (const end of ends.reverse()) await end();
});

function test(name, body) {
  nodeTest(name, { timeout: RESTARTS * MINUTES_A_RESTART * 60_000 + 300_000 }, body);
}

async function start(script, open) {
  const place = await startWorld({}, script);
  ends.push(() => place.world.end());
  const screen = await open(place.url);
  ends.push(() => screen.close());
  return { place, screen, world: place.world };
}

async function firstSignIn(screen, person, first) {
  await screen.enter(person, first);
  await screen.sees("Pilih kata sandi sendiri", "form.gate");
  await screen.type([PASSWORD, PASSWORD]);
}

// Kills and starts it; `again` brings the screen back and returns what it shows.
async function restart(name, again, kill, start) {
  const before = await again();
  for (let i = 1; i <= RESTARTS; ++i) {
    await kill();
    await start();
    assert.equal(await again(), before, `${name}, after restart ${i}`);
    if (i % SAID_EVERY === 0) process.stdout.write(`# ${name}: ${i} restarts\n`);
  }
  process.stdout.write(`# ${name}: the same after ${RESTARTS} restarts: ${before.replaceAll(/\s+/g, " ")}\n`);
}

test("the counter shows the same after each restart of its node", async () => {
  const { place, screen, world } = await start("world.py", openScreen);
  await firstSignIn(screen, place.operator, place.first_password.toLowerCase());
  await screen.isAt("print");
  await world.dispatch();
  await screen.sees("Terima kiriman", "#transfers");
  const shown = async () => {
    if (await screen.page.locator("form.gate").count()) await screen.type([PASSWORD]);
    await screen.isAt("print");
    await screen.sees("● ", "#link");
    await screen.sees("Terima kiriman", "#transfers");
    return `${await screen.text("#transfers")} ${await screen.text("#stock")}`;
  };
  await restart("counter", shown, async () => {
    await world.kill_node();
    await screen.sees("K-221", "#banner");
  }, async () => {
    await world.start_node();
    await screen.sees("Kata sandi", "form.gate");
  });
  await screen.shoot("after-restarts");
  assert.deepEqual(screen.faults, []);
});

test("the console shows the same after each restart of an office's node, and of the centre", async () => {
  const { place, screen, world } = await start("console_world.py", openConsole);
  await firstSignIn(screen, place.officer, place.first_password);
  await screen.filled();
  const row = screen.page.locator("#offices tbody tr", { hasText: "susut" });
  const shown = async () => {
    if (await screen.page.locator("form.gate").count()) await screen.enter(place.officer, PASSWORD);
    await screen.filled();
    await row.getByText("tersambung").waitFor();
    return row.innerText();
  };
  await restart("console, an office", shown, async () => {
    await world.kill_node({ node: "susut" });
    await row.getByText("terputus").waitFor();
  }, () => world.start_node({ node: "susut" }));
  await restart("console, the centre", shown, async () => {
    await world.kill_node({ node: "central" });
    await screen.sees("K-221", "#banner");
  }, async () => {
    await world.start_node({ node: "central" });
    await screen.sees("Kode pejabat", "form.gate");
  });
  await screen.look("offices-after-restarts");
  assert.deepEqual(screen.faults, []);
});
