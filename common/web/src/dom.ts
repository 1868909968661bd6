// Elements in one line each. Text is always text: nothing here reads HTML.
//
//   h("button", { class: "big", onclick: go }, "Cetak")
type Child = Node | string | false | null | undefined;
type Props<Tag extends keyof HTMLElementTagNameMap> = Partial<
  Omit<HTMLElementTagNameMap[Tag], "style" | "children" | "classList">
> & { class?: string; role?: string } & Record<`aria-${string}` | `data-${string}`, string>;

export function h<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  props: Partial<Props<Tag>> = {},
  ...children: Child[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (name === "class" || name === "role" || name.includes("-")) {
      element.setAttribute(name === "class" ? "class" : name, String(value));
    } else {
      Object.assign(element, { [name]: value });
    }
  }
  for (const child of children) if (child) element.append(child);
  return element;
}

// Replaces what an element holds, unless it would look the same: a screen that is read aloud must not
// begin again at every heartbeat. Buttons that look the same may mean another thing now, and do that.
export function fillWith(element: HTMLElement, ...children: Child[]): void {
  const next = h("div", {}, ...children);
  if (element.innerHTML !== next.innerHTML) return element.replaceChildren(...next.childNodes);
  const fresh = next.querySelectorAll("button");
  element.querySelectorAll("button").forEach((button, i) => {
    button.onclick = fresh[i]?.onclick ?? null;
  });
}

// A file that a node made, into the person's downloads.
export function saveFile(name: string, bytes: Uint8Array): void {
  const url = URL.createObjectURL(new Blob([new Uint8Array(bytes)]));
  h("a", { href: url, download: name }).click();
  URL.revokeObjectURL(url);
}
