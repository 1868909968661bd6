// Cards whose answer two persons set aside: no printer waits for them, but their blanks and records do.
import { h } from "../../common/dom.js";
import { t } from "../../common/messages.js";
import type { Context, Panel } from "./panel.js";

const waiting = ({ office }: Context) => office.openJobs.filter((job) => job.reopened);

export const reopened: Panel = {
  id: "reopened",
  title: "reopened.heading",
  place: "side",
  shown: (context) => waiting(context).length > 0,
  content: (context) => [
    h(
      "ul",
      { class: "waiting" },
      ...waiting(context).map((job) =>
        h(
          "li",
          {},
          h("span", {}, "⚠ ", job.blank || job.prr),
          h("button", {
            type: "button",
            onclick: () => context.desk.begin({ kind: "finish", job }),
          }, t("button.answer")),
        ),
      ),
    ),
  ],
};
