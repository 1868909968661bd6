// One browser with a page, used as people do: typing, Enter, function keys.
//
//   const screen = await openScreen(url);          // the counter's
//   await screen.scan("04A1B2C3D4E5F6");
//   await screen.sees("Pindai kartu");
import assert from "node:assert/strict";
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const tool = (path) => import(join(process.env.KEPING_WEB_TOOLS, "node_modules", path));
const { chromium } = await tool("playwright-core/index.mjs");
const { default: jsQr } = await tool("jsqr/dist/jsQR.js");

const BROWSER = process.env.KEPING_BROWSER ?? "/usr/bin/chromium-headless-shell";
export const SHOTS = join(process.env.KEPING_BUILD, "web_screenshots");
const MILLISECONDS = 20_000;
const AXE = readFileSync(join(process.env.KEPING_WEB_TOOLS, "node_modules/axe-core/axe.min.js"), "utf8");
const DESK = { width: 1366, height: 768 };
const TELEPHONE = { width: 390, height: 844 };
const WEIGHTY = ["serious", "critical"];

export async function openBrowserPage() {
  const browser = await chromium.launch({ executablePath: BROWSER, args: ["--no-sandbox"] });
  const page = await browser.newPage({ viewport: DESK });
  page.setDefaultTimeout(MILLISECONDS);
  return { browser, page };
}

// `series` begins the names of the screenshots.
export async function openScreen(url, series = "") {
  const { browser, page } = await openBrowserPage();
  return new CounterScreen(browser, page, url, series);
}

export class Screen {
  // What went wrong in the page's own code; a test ends with none.
  faults = [];
  #shots = 0;

  constructor(browser, page, url, series) {
    this.browser = browser;
    this.series = series;
    this.page = page;
    this.url = url;
    page.on("pageerror", (error) => this.faults.push(error.message));
    page.on("console", (message) => {
      // Chromium itself tells of every refused or broken-off request.
      const network = message.text().startsWith("Failed to load resource");
      if (message.type() === "error" && !network) this.faults.push(message.text());
    });
    mkdirSync(SHOTS, { recursive: true });
  }

  async enter(operator, password) {
    await this.page.goto(this.url);
    await this.type([operator, password]);
  }

  // Into the fields of the gate's form, one after the other.
  async type(words) {
    await this.page.locator("form.gate input").first().waitFor();
    const [first, ...others] = words;
    await this.page.keyboard.type(first);
    for (const word of others) {
      await this.page.keyboard.press("Tab");
      await this.page.keyboard.type(word);
    }
    await this.page.keyboard.press("Enter");
  }

  async press(key) {
    await this.page.keyboard.press(key);
  }

  // Waits until the text stands somewhere in the element.
  async sees(text, within = "body") {
    await this.page.locator(within, { hasText: text }).first().waitFor();
  }

  async seesNot(text, within = "body") {
    await this.page.waitForFunction(
      ([selector, hidden]) => !document.querySelector(selector)?.innerText.includes(hidden),
      [within, text],
    );
  }

  async text(selector) {
    return this.page.locator(selector).first().innerText();
  }

  // Looks at the page as it is.
  async picture(name) {
    this.#shots += 1;
    const number = String(this.#shots).padStart(2, "0");
    await this.page.screenshot({ path: join(SHOTS, `${this.series}${number}-${name}.png`), fullPage: true });
  }

  // What the page takes, in pixels.
  async extent() {
    return this.page.evaluate(() => {
      const { scrollWidth: width, scrollHeight: height } = document.documentElement;
      return { width, height };
    });
  }

  // On a desk's screen and on a telephone's, and nothing that keeps people out.
  async look(name) {
    for (const [width, viewport] of [["", DESK], ["-telephone", TELEPHONE]]) {
      await this.page.setViewportSize(viewport);
      await this.picture(name + width);
      const taken = await this.extent();
      assert.ok(taken.width <= viewport.width, `${name} is ${taken.width} wide, want ${viewport.width}`);
      await this.isAccessible(name + width);
    }
    await this.page.setViewportSize(DESK);
  }

  async isAccessible(name) {
    await this.page.evaluate(AXE);
    const { violations } = await this.page.evaluate(() => globalThis.axe.run());
    const weighty = violations.filter((one) => WEIGHTY.includes(one.impact))
      .map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(" ")}`);
    assert.deepEqual(weighty, [], name);
  }

  async close() {
    await this.browser.close();
  }
}

class CounterScreen extends Screen {
  #scanned = { text: "", at: 0 };

  // As the page itself calls the node: by the session's cookie, which no script can read.
  async call(method, message) {
    return this.page.evaluate(async ([path, body]) => {
      const headers = { "content-type": "application/json", "keping-session": "cookie" };
      const answer = await fetch(path, { method: "POST", headers, body: JSON.stringify(body) });
      return answer.json();
    }, [`/keping.edge.v1.${method}`, message]);
  }

  // F1 says what is here, and gives the field back.
  async helps(words) {
    await this.press("F1");
    await this.sees(words, "dialog.help[open]");
    await this.press("Escape");
    await this.page.locator("dialog.help:not([open])").waitFor({ state: "attached" });
    await this.hasFocusInScanField();
  }

  // As a scanner does it: characters, then Enter, whatever has the focus. A person waits for the desk,
  // and does not scan the same again at once; a scanner that does is told so.
  async scan(text) {
    await this.page.waitForFunction(
      ([again, since]) =>
        (!again || Date.now() - since > 1000) && document.querySelector("#scan")?.ariaBusy !== "true",
      [text === this.#scanned.text, this.#scanned.at],
    );
    this.#scanned = { text, at: Date.now() };
    await this.page.keyboard.type(text);
    await this.page.keyboard.press("Enter");
  }

  // A scanner that is faster than the node, and than any test can type.
  async scanAtOnce(...texts) {
    await this.page.evaluate((read) => {
      const field = document.activeElement;
      for (const text of read) {
        field.value = text;
        field.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true }));
      }
    }, texts);
  }

  async paste(text) {
    await this.page.evaluate((pasted) => {
      const data = new DataTransfer();
      data.setData("text", pasted);
      const event = new ClipboardEvent("paste", { clipboardData: data, cancelable: true });
      document.activeElement.dispatchEvent(event);
    }, text);
  }

  // What a telephone reads from a QR code on the screen.
  async readQr(selector) {
    const shot = await this.page.locator(selector).first().screenshot({ type: "png" });
    const { pixels, width, height } = await this.page.evaluate(async (base64) => {
      const bytes = Uint8Array.from(atob(base64), (one) => one.charCodeAt(0));
      const bitmap = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
      const { width, height } = bitmap;
      const canvas = new OffscreenCanvas(width, height).getContext("2d");
      canvas.drawImage(bitmap, 0, 0);
      return { pixels: [...canvas.getImageData(0, 0, width, height).data], width, height };
    }, shot.toString("base64"));
    return jsQr(Uint8ClampedArray.from(pixels), width, height)?.data;
  }

  // The desk's present task, once it is this one.
  async isAt(task) {
    await this.page.locator(`.desk[data-task="${task}"]`).waitFor();
  }

  async hasFocusInScanField() {
    await this.page.waitForFunction(() => document.activeElement?.id === "scan");
  }

  // Looks at a screen that an operator sees whole on a desk, without scrolling.
  async shoot(name) {
    await this.fits(name);
    await this.look(name);
  }

  // In the other language too, whose words may take more room.
  async shootBoth(name) {
    await this.shoot(name);
    await this.switchLanguage();
    await this.fits(`${name}-en`);
    await this.picture(`${name}-en`);
    await this.switchLanguage();
  }

  async fits(name) {
    const { width, height } = await this.extent();
    assert.ok(width <= DESK.width && height <= DESK.height,
      `${name} is ${width} x ${height}, want ${DESK.width} x ${DESK.height}`);
  }

  async switchLanguage() {
    await this.page.locator("#language").click();
    await this.hasFocusInScanField();
  }
}
