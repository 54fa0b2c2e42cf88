/** The story: turns as they were told, and the one that is being told. */

import { h } from "../dom.js";
import { icon } from "../icons.js";
import { STEPS, CAUSES } from "../voice.js";
import { changes } from "./effects.js";
import { rollCard } from "./roll.js";

const ENDS = /(?<=[.!?…]["”’]?)\s+(?=[\p{Lu}"“‘])/u;
const REPLY_KINDS = ["accepted", "lore", "master", "rules", "resolved"];

/** Sentences of a paragraph, so that a fresh turn can arrive one by one. */
function paragraphs(text) {
  let nth = 0;
  return text.split(/\n{2,}|\n/).filter((each) => each.trim()).map((paragraph) =>
    h("p", {}, paragraph.split(ENDS).map((sentence) => [h("span", { class: "sentence", vars: { "--nth": nth++ } }, sentence), " "])));
}

const refused = (turn) => turn.refusals.length > 0 && h("ul", { class: "refusals", "aria-label": "What the rules refused" },
  turn.refusals.map(({ refusal }) => h("li", {},
    h("b", {}, "The rules say no. "), refusal.message,
    refusal.legal?.length > 0 && h("details", {}, h("summary", {}, "Why, and what would work"),
      h("p", {}, refusal.rule), h("p", { class: "legal" }, "Possible here: ", refusal.legal.map((each) => each.replaceAll("-", " ")).join(", "))))));

/** The understudy is no secret where a model was meant to tell the turn: its calls were made, and came to nothing. */
const stoodIn = (turn) => turn.told_by === "understudy" && turn.trace.some((step) => step.stage === "InvokeDungeonMaster" && step.error) &&
  h("p", { class: "kicker" }, "Told by the understudy: the master had lost the thread.");

/** A finished turn. `tools` = { campaignId, over, retry, fresh }. */
export function turnCard(turn, tools) {
  if (turn.status === "failed") return failed(turn, tools);
  return h("article", { class: `turn${tools.fresh ? " fresh" : ""}`, "data-turn": turn.id, "aria-label": `Turn ${turn.number}` },
    h("p", { class: "deed" }, h("span", { class: "turn-number", "aria-hidden": "true" }, String(turn.number).padStart(2, "0")), turn.action),
    h("div", { class: "told" }, paragraphs(turn.narrative ?? "")),
    turn.rolls.length > 0 && h("ul", { class: "rolls", "aria-label": "Dice" }, turn.rolls.map((roll) => rollCard(roll, tools, tools.fresh))),
    refused(turn), changes(turn), stoodIn(turn));
}

const failed = (turn, tools) => h("article", { class: "turn failed", "data-turn": turn.id },
  h("p", { class: "deed" }, h("span", { class: "turn-number", "aria-hidden": "true" }, "××"), turn.action),
  h("p", { class: "flicker" }, CAUSES.failed),
  tools.retry && h("button", { type: "button", class: "button", onclick: () => tools.retry(turn.action) }, "Try again"));

/** The turn that is being told, step by step as the feed knows it. */
export function playingCard(playing) {
  const reached = Math.max(0, ...playing.steps.map((step) => REPLY_KINDS.indexOf(step)));
  const now = playing.steps.at(-1) ?? "accepted";
  const rolls = playing.events.flatMap((event) => (Array.isArray(event.data?.thrown) ? event.data.thrown : []));
  return h("article", { class: "turn playing", "aria-label": "The turn that is being told" },
    h("p", { class: "deed" }, h("span", { class: "turn-number", "aria-hidden": "true" }, "··"), playing.action || "…"),
    h("ol", { class: "steps" }, Object.entries(STEPS).map(([name, words], n) =>
      h("li", { class: playing.steps.length === 0 ? (n === 0 ? "now" : "") : n < reached || (n === reached && name !== now) ? "done" : name === now ? "now" : "" }, n === 0 && playing.steps.length === 0 ? "Your words are on their way" : words))),
    rolls.length > 0 && h("ul", { class: "rolls" }, rolls.filter((roll) => roll.faces).map((roll) =>
      h("li", { class: `roll ${roll.outcome ?? "plain"} rolling` }, icon("die", 18), ` ${roll.purpose ?? "dice"}: `, h("b", {}, String(roll.total)), roll.target ? ` vs ${roll.target}` : ""))),
    h("div", { class: "thinking", "aria-hidden": "true" }, h("i"), h("i"), h("i")));
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
