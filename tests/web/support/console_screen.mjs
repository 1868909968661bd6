// One browser with the console's page, used as an officer does, by the keyboard; looked at on a desk's
// screen and on a telephone's.
//
//   const screen = await openConsole(url);
//   await screen.go("#/cases");
//   await screen.look("cases");
import { openBrowserPage, Screen } from "./screen.mjs";

export async function openConsole(url) {
  const { browser, page } = await openBrowserPage();
  return new ConsoleScreen(browser, page, url, "console-");
}

class ConsoleScreen extends Screen {
  // To a screen, by its address, once it is filled.
  async go(hash) {
    await this.page.evaluate((to) => {
      location.hash = to;
    }, hash);
    await this.filled();
  }

  async filled() {
    await this.page.locator(".screen:not([aria-busy])").waitFor();
  }

  // A form's fields by their labels; a list is chosen from by its words.
  async fill(form, values) {
    for (const [label, value] of Object.entries(values)) {
      const field = form.getByLabel(label, { exact: true });
      const list = await field.evaluate((element) => element.tagName === "SELECT");
      if (list) await field.selectOption({ label: value });
      else await field.fill(value);
    }
  }

  form(button) {
    return this.page.locator("form.entry").filter({ has: this.page.getByRole("button", { name: button, exact: true }) });
  }

  async send(button) {
    const form = this.form(button);
    await form.getByRole("button", { name: button, exact: true }).press("Enter");
    const notice = form.locator(".notice[role=alert]");
    await notice.locator(".mark").waitFor();
    return notice.innerText();
  }

  async switchLanguage() {
    await this.page.locator("#language").click();
    await this.filled();
  }
}
