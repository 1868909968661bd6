// Sets of serials as the API writes them: "A0001000..A0001999,04A1B2C3D4E5F6". Only for showing
// differences before they are sent; the node decides what was received.
const MAX_EXPANDED = 100_000;

export function normal(serial: string): string {
  return serial.replace(/\s/g, "").toUpperCase();
}

// Every serial of one item: a serial, or a range whose ends differ in their last digits only.
// Undefined when it is neither.
export function expandItem(item: string): string[] | undefined {
  const [first, last, more] = item.split("..").map(normal);
  if (!first || more !== undefined) return undefined;
  if (last === undefined) return [first];
  const from = /^(.*?)(\d{1,15})$/.exec(first);
  const to = /^(.*?)(\d{1,15})$/.exec(last);
  if (!from || !to || from[1] !== to[1] || first.length !== last.length) return undefined;
  const [start, end, width] = [Number(from[2]), Number(to[2]), from[2]?.length ?? 0];
  if (end < start || end - start >= MAX_EXPANDED) return undefined;
  return Array.from({ length: end - start + 1 }, (_, i) => from[1] + String(start + i).padStart(width, "0"));
}

export function expand(text: string): string[] {
  return text
    .split(",")
    .filter((item) => item !== "")
    .flatMap((item) => expandItem(item) ?? [item]);
}

// What was scanned so far with what an input adds to it, each once; undefined when it adds nothing.
export function gathered(scanned: string[], input: string): string[] | undefined {
  const known = new Set(scanned);
  const fresh = [...new Set(expand(input))].filter((serial) => !known.has(serial));
  return fresh.length > 0 ? [...scanned, ...fresh] : undefined;
}

// A transfer as far as its contents go: serials, and sealed boxes that are received by their numbers.
export interface Contents {
  serials: string;
  quantity: bigint;
  boxes: { box: string; quantity: bigint }[];
}

// What its paper lists, to be compared with what is scanned: a box counts as one.
export function listed({ serials, boxes }: Contents): string {
  return [serials, ...boxes.map((one) => normal(one.box))].filter((item) => item !== "").join(",");
}

// Blanks, those in sealed boxes too.
export function blanksOf({ quantity, boxes }: Contents): bigint {
  return boxes.reduce((sum, one) => sum + one.quantity, quantity);
}

// Which of the boxes were scanned, as their paper writes them, and the serials beside them.
export function sorted({ boxes }: Contents, scanned: string[]): { boxes: string[]; serials: string[] } {
  const labels = new Map(boxes.map((one) => [normal(one.box), one.box]));
  return {
    boxes: scanned.flatMap((item) => labels.get(item) ?? []),
    serials: scanned.filter((item) => !labels.has(item)),
  };
}

export interface Difference {
  received: string[];
  missing: string[];
  unexpected: string[];
}

export function compare(dispatched: string, scanned: string[]): Difference {
  const wanted = new Set(expand(dispatched));
  const got = new Set(scanned);
  return {
    received: [...got].filter((serial) => wanted.has(serial)),
    missing: [...wanted].filter((serial) => !got.has(serial)),
    unexpected: [...got].filter((serial) => !wanted.has(serial)),
  };
}
