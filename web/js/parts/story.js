/** The story: turns as they were told, and the one that is being told. */

import { h, show } from "../dom.js";
import { ATTEMPTS, CAUSES, STEPS, TELLING } from "../voice.js";
import { changes } from "./effects.js";
import { rollCard } from "./roll.js";
import { Telling } from "./telling.js";

const ORDER = Object.keys(STEPS);

const refused = (turn) => turn.refusals.length > 0 && h("ul", { class: "refusals", "aria-label": "What the rules refused" },
  turn.refusals.map(({ refusal }) => h("li", {},
    h("b", {}, "The rules say no. "), refusal.message,
    refusal.legal?.length > 0 && h("details", {}, h("summary", {}, "Why, and what would work"),
      h("p", {}, refusal.rule), h("p", { class: "legal" }, "Possible here: ", refusal.legal.map((each) => each.replaceAll("-", " ")).join(", "))))));

/** The understudy is no secret where a model was meant to tell the turn: its calls came to nothing, its replies did not stand, or its money ran out. */
function stoodIn(turn) {
  if (turn.told_by !== "understudy") return null;
  const broke = turn.trace.some((step) => step.stage === "InvokeDungeonMaster" && step.error);
  const why = turn.economy === "understudy" ? "the money for the master was spent"
    : broke ? "the master had lost the thread"
      : turn.report?.resolution === "understudy" ? "what the master said did not stand"
        : turn.usage?.calls > 0 ? "the master left before the end" : null;
  return why && h("p", { class: "kicker" }, `Told by the understudy: ${why}.`);
}

const deed = (number, action) => h("p", { class: "deed" }, h("span", { class: "turn-number", "aria-hidden": "true" }, number), action);

/** A finished turn. `tools` = { campaignId, retry, fresh, telling, seen }; `telling` and `seen` are the text and the keys of the dice that stand on the page already. */
export function turnCard(turn, tools) {
  if (turn.status === "failed") return failed(turn, tools);
  const telling = tools.telling ?? new Telling();
  telling.tell(turn.narrative ?? "", tools.fresh);
  return h("article", { class: `turn${tools.fresh ? " fresh" : ""}`, "data-turn": turn.id, "aria-label": `Turn ${turn.number}` },
    deed(String(turn.number).padStart(2, "0"), turn.action), telling.element,
    turn.rolls.length > 0 && h("ul", { class: "rolls", "aria-label": "Dice" }, turn.rolls.map((roll) => rollCard(roll, tools, tools.fresh && !tools.seen?.has(roll.key)))),
    refused(turn), changes(turn), stoodIn(turn));
}

const failed = (turn, tools) => h("article", { class: "turn failed", "data-turn": turn.id },
  deed("××", turn.action), h("p", { class: "flicker" }, CAUSES.failed),
  tools.retry && h("button", { type: "button", class: "button", onclick: () => tools.retry(turn.action) }, "Try again"));

/** The dice of a running turn, as they fell; the world's are among them. */
export const thrown = (playing) => playing.events.flatMap((event) => (Array.isArray(event.data?.thrown) ? event.data.thrown : [])).filter((roll) => roll.faces);

/** The turn that is being told. It stays one element while it changes, so that nothing that is read moves. */
export class PlayingCard {
  #deed = h("p", { class: "deed" });
  #steps = h("ol", { class: "steps" });
  #rolls = h("ul", { class: "rolls", "aria-label": "Dice so far" });
  #mishap = h("p", { class: "mishap" });
  #drawn = "";

  constructor(key) {
    this.key = key;
    this.telling = new Telling();
    this.seen = new Set();
    this.element = h("article", { class: "turn playing", "aria-label": "The turn that is being told" },
      this.#deed, this.telling.element, this.#rolls, this.#mishap, this.#steps, h("div", { class: "thinking", "aria-hidden": "true" }, h("i"), h("i"), h("i")));
  }

  /** Returns the sentences that are new. */
  draw(playing) {
    show(this.#deed, h("span", { class: "turn-number", "aria-hidden": "true" }, "··"), playing.action || "…");
    this.element.classList.toggle("telling", Boolean(playing.told));
    for (const roll of thrown(playing)) {
      if (this.seen.has(roll.key)) continue;
      this.seen.add(roll.key);
      this.#rolls.append(rollCard(roll, { live: true }, true));
    }
    const mishap = playing.events.findLast((event) => event.type === "master-failed" || event.type === "master-answered");
    this.#mishap.textContent = mishap?.type === "master-failed" ? ATTEMPTS[mishap.data?.error] ?? ATTEMPTS.other : "";
    this.#walk(playing.steps, Boolean(playing.told));
    return this.telling.tell(playing.told, true);
  }

  #walk(steps, telling) {
    if (this.#drawn === `${telling} ${steps}`) return;
    this.#drawn = `${telling} ${steps}`;
    const reached = Math.max(0, ...steps.map((step) => ORDER.indexOf(step)));
    const now = steps.at(-1) ?? "accepted";
    show(this.#steps, Object.entries(STEPS).map(([name, words], n) =>
      h("li", { class: steps.length === 0 ? (n === 0 ? "now" : "") : name === now ? "now" : n <= reached ? "done" : "" }, n === 0 && steps.length === 0 ? "Your words are on their way" : telling && name === "master" ? TELLING : words)));
  }
}

/** The last page. */
export const epilogue = (table, ending) => h("section", { class: "epilogue", "aria-label": "Epilogue" },
  h("p", { class: "kicker" }, table.sheet.state.character.lives > 0 ? "The end" : "Nine of nine"),
  h("h2", {}, ending),
  h("p", {}, table.sheet.state.character.lives > 0
    ? "The story of this cat is told to its end. Its dice are public now: every one of them can be rolled again."
    : "Nine lives were had, and all of them were used. That is more than most can say. The dice are public now: every one of them can be rolled again."),
  h("p", { class: "choices" },
    h("a", { class: "button bright", href: `share.html?campaign=${table.id}` }, "Keep the story"),
    h("a", { class: "button", href: "#/new" }, "Another cat")));
