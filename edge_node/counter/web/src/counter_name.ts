// Which counter this screen stands at: how its reader types, and whose reader at the node it hears.
//
//   counterName()               // "loket-1"; "" where nobody chose one
const STORED_AS = "keping.counter";

export function counterName(): string {
  return localStorage.getItem(STORED_AS) ?? "";
}

export function setCounterName(to: string): void {
  localStorage.setItem(STORED_AS, to);
}
