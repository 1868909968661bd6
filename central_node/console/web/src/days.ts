// Days as the API counts them: since 1970-01-01.
//
//   dayOf(17285)          // "29 Apr 2017"
//   daysOf("2017-04-29")  // 17285
import { dateText } from "../common/time.js";

const DAY_MILLISECONDS = 86_400_000;

export function dayOf(days: number): string {
  return dateText(days);
}

export function isoOf(days: number): string {
  return new Date(days * DAY_MILLISECONDS).toISOString().slice(0, 10);
}

export function daysOf(iso: string): number {
  return Math.round(Date.parse(`${iso}T00:00:00Z`) / DAY_MILLISECONDS);
}

// The day in the district.
export function today(offsetMinutes: number): number {
  return Math.floor((Date.now() + offsetMinutes * 60_000) / DAY_MILLISECONDS);
}
