/** The story: turns as they were told, and the one that is being told. */

/** @import { Campaign, Refusal, Sheet, Turn } from "../api_types.d.ts" */
/** @import { PlayingTurn, Step } from "../playing_turn.js" */
/** @import { Throw } from "../throws.js" */
/** @import { RollContext } from "./roll.js" */

import { button, h, show } from "../dom.js";
import { dataOf } from "../progress.js";
import { BY_PROGRAM, MASTER_TELLS, masterFailure, SENT, STEPS, TURN_FAILED } from "../texts.js";
import { throwsOf } from "../throws.js";
import { changesPart } from "./effects.js";
import { noticePart } from "./notice.js";
import { reportPart } from "./report.js";
import { throwLine } from "./roll.js";
import { StoryText } from "./story_text.js";

/**
 * How a turn's card is drawn.
 * @typedef {object} CardOptions
 * @property {RollContext} context of its dice
 * @property {((action: string) => void) | null} [retry] offered by a failed turn
 * @property {boolean} [isNew] told just now: it comes in softly
 * @property {StoryText} [text] that stands on the page already
 * @property {Set<string>} [seen] keys of the throws that stand on the page already
 */

const ORDER = /** @type {Step[]} */ (Object.keys(STEPS));

/** @param {Turn} turn */
function refusals(turn) {
  const rows = turn.refusals.map(({ refusal }) => refusalRow(refusal));
  return rows.length > 0 && h("ul", { class: "refusals", "aria-label": "What the rules refused" }, rows);
}

/** @param {Refusal} refusal */
function refusalRow({ message, rule, legal }) {
  const possible = `Possible here: ${legal.map((each) => each.replaceAll("-", " ")).join(", ")}`;
  return h(
    "li",
    {},
    h("b", {}, "The rules say no. "),
    message,
    legal.length > 0 &&
      h(
        "details",
        {},
        h("summary", {}, "Why, and what would work"),
        h("p", {}, rule),
        h("p", { class: "legal" }, possible),
      ),
  );
}

/**
 * The understudy is no secret where a model was meant to tell the turn: its calls came to nothing, its replies did not
 * stand, or its money ran out. Null where the understudy is the master.
 * @param {Turn} turn
 */
function whyUnderstudy(turn) {
  if (turn.economy === "understudy") return "the money for the master was spent";
  const broke = turn.trace.some((step) => step.stage === "InvokeDungeonMaster" && step.error);
  if (broke) return "the master had lost the thread";
  if (turn.report?.resolution === "understudy") return "what the master said did not stand";
  return turn.usage && turn.usage.calls > 0 ? "the master left before the end" : null;
}

/** @param {Turn} turn */
function understudy(turn) {
  if (turn.notice) return noticePart(turn.notice);
  const why = turn.told_by === "understudy" && whyUnderstudy(turn);
  return why && h("p", { class: "kicker" }, `Told by the understudy: ${why}.`);
}

/**
 * That a machine wrote it, and which: a story is never without this line, wherever it is shown.
 * @param {Turn} turn
 */
function teller({ told_by, usage }) {
  const model = usage?.model ?? "a language model";
  return h("p", { class: "teller" }, told_by === "model" ? `Written by AI: ${model}` : BY_PROGRAM);
}

/**
 * @param {string} number
 * @param {string} action
 */
const actionLine = (number, action) => [h("span", { class: "turn-number", "aria-hidden": "true" }, number), action];

/**
 * A finished turn.
 * @param {Turn} turn
 * @param {CardOptions} options
 */
export function turnCard(turn, options) {
  if (turn.status === "failed") return failedCard(turn, options);
  const { context, isNew = false, text = new StoryText(), seen } = options;
  text.update(turn.narrative ?? "", isNew);
  const throws = throwsOf(turn.rolls, turn.effects);
  const dice = throws.map((thrown) => throwLine(thrown, context, isNew && !seen?.has(thrown.first.key)));
  return h(
    "article",
    { class: `turn${isNew ? " fresh" : ""}`, "data-turn": turn.id, "aria-label": `Turn ${turn.number}` },
    h("p", { class: "deed" }, actionLine(String(turn.number).padStart(2, "0"), turn.action)),
    text.element,
    dice.length > 0 && h("ul", { class: "throws", "aria-label": "Dice" }, dice),
    refusals(turn),
    changesPart(turn),
    understudy(turn),
    turn.narrative && teller(turn),
    turn.narrative && reportPart(turn),
  );
}

/**
 * @param {Turn} turn
 * @param {CardOptions} options
 */
const failedCard = ({ id, action }, { retry }) =>
  h(
    "article",
    { class: "turn failed", "data-turn": id },
    h("p", { class: "deed" }, actionLine("××", action)),
    h("p", { class: "flicker" }, TURN_FAILED),
    retry && button("button", () => retry(action), {}, "Try again"),
  );

/**
 * The dice of a running turn, as they fell; the world's are among them.
 * @param {PlayingTurn} playing
 */
const thrownDice = ({ events }) => events.flatMap((event) => throwsOf(dataOf(event).thrown ?? []));

/** The turn that is being told. It stays one element while it changes, so that nothing that is read moves. */
export class PlayingCard {
  #action = h("p", { class: "deed" });
  #steps = h("ol", { class: "steps" });
  #dice = h("ul", { class: "throws", "aria-label": "Dice so far" });
  #mishap = h("p", { class: "mishap" });
  #drawnSteps = "";

  /** @param {number} since when the turn began, which tells it from others */
  constructor(since) {
    this.since = since;
    this.text = new StoryText();
    /** @type {Set<string>} keys of the throws that are shown */
    this.seen = new Set();
    this.element = h(
      "article",
      { class: "turn playing", "aria-label": "The turn that is being told" },
      this.#action,
      this.text.element,
      this.#dice,
      this.#mishap,
      this.#steps,
      h("div", { class: "thinking", "aria-hidden": "true" }, h("i"), h("i"), h("i")),
    );
  }

  /**
   * Returns the sentences that are new.
   * @param {PlayingTurn} playing
   */
  draw(playing) {
    show(this.#action, actionLine("··", playing.action || "…"));
    this.element.classList.toggle("telling", Boolean(playing.told));
    for (const thrown of thrownDice(playing)) this.#add(thrown);
    this.#mishap.textContent = mishapOf(playing);
    this.#drawSteps(playing.steps, Boolean(playing.told));
    return this.text.update(playing.told, true);
  }

  /** @param {Throw} thrown */
  #add(thrown) {
    if (this.seen.has(thrown.first.key)) return;
    this.seen.add(thrown.first.key);
    this.#dice.append(throwLine(thrown, { live: true }, true));
  }

  /**
   * @param {Step[]} steps
   * @param {boolean} isTelling
   */
  #drawSteps(steps, isTelling) {
    const drawn = `${isTelling} ${steps}`;
    if (this.#drawnSteps === drawn) return;
    this.#drawnSteps = drawn;
    show(this.#steps, steps.length === 0 ? sentSteps() : reachedSteps(steps, isTelling));
  }
}

/**
 * What went wrong last, unless the master has answered since.
 * @param {PlayingTurn} playing
 */
function mishapOf({ events }) {
  const last = events.findLast(({ type }) => type === "master-failed" || type === "master-answered");
  return last?.type === "master-failed" ? masterFailure(dataOf(last).error).text : "";
}

/** As long as nothing was heard. */
const sentSteps = () => ORDER.map((step, n) => h("li", { class: n === 0 ? "now" : "" }, n === 0 ? SENT : STEPS[step]));

/**
 * @param {Step[]} steps
 * @param {boolean} isTelling
 */
function reachedSteps(steps, isTelling) {
  const furthest = Math.max(...steps.map((step) => ORDER.indexOf(step)));
  const now = steps.at(-1);
  return ORDER.map((step, n) => {
    const passed = n <= furthest ? "done" : "";
    const words = isTelling && step === "master" ? MASTER_TELLS : STEPS[step];
    return h("li", { class: step === now ? "now" : passed }, words);
  });
}

/**
 * How the story begins, before its first turn; null where nobody told it.
 * @param {Campaign} campaign
 */
export function openingText({ opening }) {
  if (!opening) return null;
  const text = new StoryText();
  text.update(opening);
  return text.element;
}

/**
 * The first page.
 * @param {Campaign} campaign
 */
export function prologue(campaign) {
  const { world, character: cat } = campaign.sheet.state;
  const article = /^[AEIOU]/.test(cat.class_name) ? "an" : "a";
  const untold =
    `Something woke you. It was not breakfast. You are ${article} ${cat.class_name}; you have nine lives, and ` +
    "opinions about all of them.";
  return h(
    "section",
    { class: "prologue", "aria-label": "The opening" },
    h("p", { class: "kicker" }, `${world} · ${cat.class_name}`),
    h("h1", {}, `${cat.name} wakes up`),
    openingText(campaign) ?? h("p", { class: "untold" }, untold),
  );
}

/** @type {Record<string, string>} */
const ENDINGS = {
  "nine-lives-spent": "All nine of them",
  renewed: "Terms Accepted",
  unsubscribed: "Unsubscribed",
  "account-holder": "Account Holder",
};
const TOLD_TO_THE_END =
  "The story of this cat is told to its end. Its dice are public now: every one of them can be rolled again.";
const ALL_LIVES_USED =
  "Nine lives were had, and all of them were used. That is more than most can say. The dice are public now: every " +
  "one of them can be rolled again.";

/** @param {string | null | undefined} ending */
const endingName = (ending) => (ending ? (ENDINGS[ending] ?? ending.replaceAll("-", " ")) : "The end");

/**
 * The last page.
 * @param {string} campaignId
 * @param {Sheet} sheet
 */
export function epilogue(campaignId, { state }) {
  const isAlive = state.character.lives > 0;
  return h(
    "section",
    { class: "epilogue", "aria-label": "Epilogue" },
    h("p", { class: "kicker" }, isAlive ? "The end" : "Nine of nine"),
    h("h2", {}, endingName(state.ending)),
    h("p", {}, isAlive ? TOLD_TO_THE_END : ALL_LIVES_USED),
    h(
      "p",
      { class: "choices" },
      h("a", { class: "button bright", href: `share.html?campaign=${campaignId}` }, "Keep the story"),
      h("a", { class: "button", href: "#/new" }, "Another cat"),
    ),
  );
}
