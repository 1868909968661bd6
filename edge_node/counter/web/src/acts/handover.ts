// Finished cards on their way to the residents: lists for village heads, what left, and what became of it.
import { PaperFormat, type Manifest, type ManifestCard } from "../../gen/keping/edge/v1/handover_pb.js";
import { blankForm, type Form } from "../forms.js";
import { blank, chosenFrom, namedOrChosen, scans, sure, text } from "../questions.js";
import type { Choice, Question } from "../questions.js";
import type { Rpc } from "../rpc.js";
import { expand } from "../serials.js";
import type { Word } from "../words.js";
import type { Act, Found, Outcome, Sending, Told } from "./act.js";

export type HandoverAct = "manifest" | "manifestShow" | "manifestPaper" | "handOver" | "answer" | "atCounter";

const FEW = 9;

// ---- A list for a village.

// "TEMBUKU 51.06.03.2002": names are not unique, and the plan knows those of the villages whose records are
// here.
async function villageNames({ screen }: Rpc): Promise<(code: string) => string> {
  const { villages } = await screen.getPlan({});
  const names = new Map(villages.map(({ village, villageName }) => [village, villageName]));
  return (code) => [names.get(code) ?? "", code].join(" ").trim();
}

async function villagesHere(rpc: Rpc): Promise<Found> {
  const [{ villages }, named] = await Promise.all([rpc.handover.listManifests({}), villageNames(rpc)]);
  const items = villages.filter(({ village }) => village !== "").map(({ village, ready }): Choice => ({
    value: village,
    word: { key: "manifest.village", values: { village: named(village), n: Number(ready) } },
  }));
  return items.length > 0 ? { items } : { none: "manifest.none" };
}

async function make({ rpc, operatorId, text: of }: Sending): Promise<Outcome> {
  const { manifest } = await rpc.handover.makeManifest({ village: of("village"), operatorId });
  const made = manifest?.manifest ?? "";
  const village = (await villageNames(rpc))(of("village"));
  const told: Told = {
    title: { key: "manifest.made", values: { n: Number(manifest?.cards ?? 0n), village } },
    hint: "manifest.madeHint",
    facts: [["label.manifest", made]],
    next: { label: "button.showPaper", form: blankForm("manifestPaper", { manifest: made }) },
  };
  return { say: "done.manifest", told };
}

async function paper({ rpc, operatorId, text: of }: Sending): Promise<Outcome> {
  const manifest = of("manifest");
  const read = async (format: PaperFormat) =>
    (await rpc.handover.getManifestPaper({ manifest, format, operatorId })).document;
  const page = new TextDecoder().decode(await read(PaperFormat.TEXT));
  const file = { name: `${manifest}.pdf`, read: () => read(PaperFormat.PDF) };
  return { told: { title: { key: "manifestPaper.title" }, hint: "manifestPaper.hint", facts: [], page, file } };
}

// ---- The lists that there are.

function manifestWord(named: (code: string) => string, one: Manifest): Word {
  const { village, cards, manifest, left, stillOut } = one;
  const values = { village: named(village), n: Number(cards), out: Number(stillOut), short: manifest.slice(0, 8) };
  if (left === 0n) return { key: "manifest.waits", values };
  return { key: stillOut > 0n ? "manifest.out" : "manifest.settled", values };
}

// By its number among the latest, or by the code on the paper, whatever its age.
const reading = (which: (manifest: Manifest) => boolean, none: "manifest.noneMade" | "handOver.none" | "answer.none") =>
  async (rpc: Rpc): Promise<Found> => {
    const [{ manifests }, named] = await Promise.all([rpc.handover.listManifests({}), villageNames(rpc)]);
    const items = manifests.filter(which).map((one): Choice => ({
      value: one.manifest,
      word: manifestWord(named, one),
    }));
    return items.length > 0 ? { items } : { none };
  };

const waits = ({ left }: Manifest) => left === 0n;
const isOut = ({ stillOut }: Manifest) => stillOut > 0n;

function whichManifest({ items }: Form, hint: "manifestShow.hint" | "handOver.hint" | "answer.hint"): Question {
  return { ...namedOrChosen("manifest", items.slice(0, FEW), hint), fact: "label.manifest" };
}

function cardWord({ serial, place, notFound }: ManifestCard): Word {
  const word: Word = notFound ? { key: "answer.notFound" } : { family: "place.", name: place };
  return { key: "count.elsewhere", values: { serial, place: word } };
}

async function show({ rpc, text: of }: Sending): Promise<Outcome> {
  const { manifest, cards } = await rpc.handover.getManifest({ manifest: of("manifest") });
  if (!manifest) return {};
  const told: Told = {
    title: manifestWord(await villageNames(rpc), manifest),
    hint: "manifestShow.toldHint",
    facts: [["label.manifest", manifest.manifest]],
    lists: [{ heading: { key: "manifestShow.cards" }, rows: cards.map(cardWord) }],
    next: { label: "button.showPaper", form: blankForm("manifestPaper", { manifest: manifest.manifest }) },
  };
  return { told };
}

// ---- What left.

async function handOver({ rpc, operatorId, text: of }: Sending): Promise<Outcome> {
  const [manifest, receiver] = [of("manifest"), of("receiver")];
  const { left, keptBack } = await rpc.handover.handOver({ manifest, receiver, operatorId });
  const kept = expand(keptBack);
  const values = { left: Number(left), kept: kept.length };
  if (kept.length === 0) return { say: "done.handedOver", values };
  return {
    say: "done.handedOverKept",
    values,
    odd: true,
    told: {
      title: { key: "handOver.kept", values },
      hint: "handOver.keptHint",
      facts: [],
      lists: [{ heading: { key: "handOver.keptHeading" }, rows: kept }],
    },
  };
}

// ---- What became of it.

const REST: Choice[] = [
  { value: "yes", word: { key: "answer.restDelivered" } },
  { value: "no", word: { key: "answer.someDelivered" } },
];

function answerQuestions(form: Form): Question[] {
  return [
    whichManifest(form, "answer.hint"),
    { ...scans("returned", "answer.returnedHint", { none: true }), fact: "answer.returned" },
    { ...scans("notFound", "answer.notFoundHint", { none: true }), fact: "answer.notFoundFact" },
    chosenFrom("rest", REST, "answer.restHint"),
    ...(form.answers["rest"] === "no" ? [scans("delivered", "answer.deliveredHint", { none: true })] : []),
  ];
}

async function answer({ rpc, operatorId, text: of }: Sending): Promise<Outcome> {
  const said = await rpc.handover.answerCards({
    manifest: of("manifest"),
    delivered: of("delivered"),
    notFound: of("notFound"),
    returned: of("returned"),
    restDelivered: of("rest") === "yes",
    operatorId,
  });
  const values = {
    delivered: Number(said.delivered),
    returned: Number(said.returned),
    notFound: Number(said.notFound),
    out: Number(said.stillOut),
  };
  return { say: "done.answered", values };
}

export const handover: Record<HandoverAct, Act> = {
  manifest: {
    title: "manifest.title",
    read: villagesHere,
    questions: ({ items }) => [
      { ...namedOrChosen("village", items, "manifest.hint"), fact: "fact.village" },
      sure("manifest.sureHint"),
    ],
    send: make,
  },
  manifestShow: {
    title: "manifestShow.title",
    read: reading(() => true, "manifest.noneMade"),
    questions: (form) => [whichManifest(form, "manifestShow.hint")],
    send: show,
  },
  manifestPaper: { title: "manifestPaper.title", questions: () => [], send: paper },
  handOver: {
    title: "handOver.title",
    read: reading(waits, "handOver.none"),
    questions: (form) => [
      whichManifest(form, "handOver.hint"),
      text("receiver", "label.receiver", "handOver.receiverHint"),
      sure("handOver.sureHint"),
    ],
    send: handOver,
  },
  answer: { title: "answer.title", read: reading(isOut, "answer.none"), questions: answerQuestions, send: answer },
  atCounter: {
    title: "atCounter.title",
    questions: () => [{ ...blank("atCounter.hint"), label: "label.card", fact: "label.card" }, sure("atCounter.sureHint")],
    send: async ({ rpc, operatorId, text: of }) => {
      await rpc.handover.answerCards({ delivered: of("blank"), operatorId });
      return { say: "done.atCounter", values: { card: of("blank") } };
    },
  },
};
