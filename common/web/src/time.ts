// Times of the API (microseconds since the Unix epoch) on the office's wall clock.
import { locale } from "./messages.js";

const DAY_MICROSECONDS = 86_400_000_000n;

function format(micros: bigint, offsetMinutes: number, options: Intl.DateTimeFormatOptions): string {
  const shifted = new Date(Number(micros / 1000n) + offsetMinutes * 60_000);
  return new Intl.DateTimeFormat(locale(), { ...options, timeZone: "UTC" }).format(shifted);
}

export function dayText(micros: bigint, offsetMinutes: number): string {
  return format(micros, offsetMinutes, { day: "numeric", month: "short", year: "numeric" });
}

// A day as the API counts them, since 1970-01-01.
export function dateText(days: number): string {
  return format(BigInt(days) * DAY_MICROSECONDS, 0, { day: "numeric", month: "short", year: "numeric" });
}

export function timeText(micros: bigint, offsetMinutes: number): string {
  return format(micros, offsetMinutes, {
    day: "numeric",
    month: "short",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  });
}

// With the year: of what may be long ago.
export function momentText(micros: bigint, offsetMinutes: number): string {
  return format(micros, offsetMinutes, {
    day: "numeric",
    month: "short",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  });
}

// WIB, WITA or WIT.
export function zoneText(offsetMinutes: number): string {
  return { 420: "WIB", 480: "WITA", 540: "WIT" }[offsetMinutes] ?? "";
}
