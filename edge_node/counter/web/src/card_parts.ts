// Whose card it is, and the facts beside it: the parts of the desk that several tasks show.
import type { Job } from "../gen/keping/edge/v1/edge_pb.js";
import { h } from "../common/dom.js";
import { named, t, type Key } from "../common/messages.js";
import type { Card } from "./office.js";
import { CAUSES } from "./questions.js";

export function factList(facts: [Key, string][]): Node {
  return h(
    "dl",
    {},
    ...facts.filter(([, value]) => value).flatMap(([key, value]) => [
      h("dt", {}, t(key)),
      h("dd", {}, value),
    ]),
  );
}

function stageOf(job: Job): string {
  if (job.cancelAsked && job.state === "failed") return t("stage.cancelled");
  return named("stage.", job.state) ?? job.state;
}

export function cardFacts(job: Job, card: Card | undefined): Node {
  const gone = card && !card.held;
  return h(
    "div",
    { class: "whose" },
    card?.url ? h("img", { src: card.url, alt: t("card.photo") }) : h("div", { class: "no-photo" }),
    h(
      "div",
      {},
      h("p", { class: "name" }, gone ? t("card.withdrawn") : (card?.name ?? "…")),
      factList([
        ["fact.village", card?.village ?? ""],
        ["fact.blank", job.blank],
        ["fact.printer", job.printer],
        ["fact.attempt", job.attempt > 1 ? String(job.attempt) : ""],
        ["fact.stage", stageOf(job)],
      ]),
    ),
  );
}

// What is chosen by typing its number.
export function numbered(rows: [number, string][]): Node {
  return h(
    "ul",
    { class: "numbered" },
    ...rows.map(([number, text]) => h("li", {}, h("kbd", {}, String(number)), text)),
  );
}

export function causeList(): Node {
  return numbered(CAUSES.map((cause) => [cause, named("cause.", String(cause)) ?? ""]));
}
