// Lines over days, as a picture to look at; the words and the table beside it say the same.
import uPlot from "uplot";
import { h } from "../common/dom.js";
import { count, t, type Key } from "../common/messages.js";
import { dayOf } from "./days.js";

const HEIGHT = 240;
const LEAST_WIDTH = 280;

export interface Line {
  label: Key;
  values: number[];
  colour: string;
  // Told apart without colour.
  dash?: number[];
}

// `days` since 1970-01-01, one for each value. Begins to follow the width once it stands in the page.
export function chart(label: Key, days: number[], lines: Line[]): HTMLElement {
  const place = h("div", { class: "chart", role: "img", "aria-label": t(label) });
  const series = lines.map(({ label: name, colour, dash }): uPlot.Series => ({
    label: t(name),
    stroke: colour,
    width: 2,
    ...(dash ? { dash } : {}),
    value: (_: uPlot, value: number | null) => (value === null ? "–" : count(value)),
  }));
  const plot = new uPlot({
    width: LEAST_WIDTH,
    height: HEIGHT,
    scales: { x: { time: false } },
    axes: [
      { values: (_: uPlot, splits: number[]) => splits.map((day) => (Number.isInteger(day) ? dayOf(day) : "")),
        space: 110 },
      { values: (_: uPlot, splits: number[]) => splits.map((value) => count(value)), size: 70 },
    ],
    series: [{ label: t("chart.day"), value: (_: uPlot, day: number | null) => (day === null ? "–" : dayOf(day)) },
      ...series],
  }, [days, ...lines.map((line) => line.values)], place);
  new ResizeObserver(() => plot.setSize({ width: Math.max(place.clientWidth, LEAST_WIDTH), height: HEIGHT }))
    .observe(place);
  return place;
}
