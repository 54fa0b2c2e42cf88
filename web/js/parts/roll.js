/** Rolls: a line for what one deed threw; within, each with what was added, what it had to reach, how to check it. */

/** @import { Roll } from "../api_types.d.ts" */
/** @import { Throw } from "../throws.js" */

import * as api from "../api.js";
import { commitmentOf, verify } from "../dice.js";
import { button, dialog, h, s, show } from "../dom.js";
import { feelingOf, throwText, whyDealt } from "../throws.js";
import { signed } from "./meter.js";

/**
 * Where a roll stands: in a campaign it can be checked, in a book the `proofs` stamp it, in a running turn it is
 * neither.
 * @typedef {{ campaignId: string } | { proofs: Map<string, boolean> } | { live: true }} RollContext
 */

/** @type {Record<number, string>} the outline of a die, by its sides */
const OUTLINES = {
  4: "M24 4 45 42H3z",
  6: "M7 7h34v34H7z",
  8: "M24 3 45 24 24 45 3 24z",
  10: "M24 3 45 27 24 45 3 27z",
  12: "M24 3 44 18 36.500 42h-25L4 18z",
  20: "M24 2.500 43.500 13.500v21L24 45.500 4.500 34.500v-21z",
  100: "M24 3a21 21 0 1 0 .010 0z",
};
const D20 = OUTLINES[20];

const ABOUT =
  "Nobody draws these dice. Before your first turn the campaign drew one secret seed and published its SHA-256: the " +
  "promise. Each roll is computed from the seed and from its place in the story, so nobody, not even the game " +
  "master, can roll again until it pleases.";
const SEALED =
  "The seed stays sealed while the story goes on: whoever knew it would know every die to come. When the story ends " +
  "it is published, and this button rolls every die again.";

/**
 * What it had to reach, after these words; nothing when there was no such thing.
 * @param {string} words
 * @param {Roll} roll
 */
const against = (words, { target }) => (typeof target === "number" ? ` ${words} ${target}` : "");

/**
 * @param {Roll} roll
 * @param {string} why what was dealt is another figure
 */
function rollText(roll, why) {
  const who = roll.roller === "character" ? "You" : roll.roller;
  const added = roll.modifiers.map(({ name, amount }) => `, ${name} ${amount}`).join("");
  const total = `${roll.total}${against("against", roll)}`;
  const rest = [total, roll.outcome, why].filter(Boolean).join(", ");
  return `${who}, ${roll.purpose}: ${roll.faces.join(" and ")}${added}: ${rest}`;
}

/**
 * @param {string} face
 * @param {number} sides
 * @param {boolean} isKept
 * @param {number} n
 */
function die(face, sides, isKept, n) {
  const outline = s("path", { d: OUTLINES[sides] ?? D20 });
  return h(
    "span",
    { class: `die d${sides}${isKept ? "" : " dropped"}`, vars: { "--nth": n } },
    s("svg", { viewBox: "0 0 48 48", "aria-hidden": "true" }, outline),
    h("b", {}, face),
  );
}

/**
 * The die that a line of dice is known by; without a face where several fell.
 * @param {Throw} thrown
 */
function smallDie({ first, last, rolls }) {
  const [face, ...others] = last.kept;
  const isOne = others.length === 0 && (rolls.length === 1 || first.purpose !== "loot");
  return die(isOne ? String(face) : "", last.sides, true, 0);
}

/** @param {Roll} roll */
function faces(roll) {
  const kept = [...roll.kept];
  return roll.faces.map((face, n) => {
    const at = kept.indexOf(face);
    if (at >= 0) kept.splice(at, 1);
    return die(String(face), roll.sides, at >= 0, n);
  });
}

/**
 * @param {Roll} roll
 * @param {string} why what was dealt is another figure
 */
function sum(roll, why) {
  const what = roll.roller === "character" ? roll.purpose : `${roll.roller}: ${roll.purpose}`;
  return h(
    "span",
    { class: "roll-sum", "aria-hidden": "true" },
    h("span", { class: "roll-what" }, what),
    h(
      "span",
      { class: "roll-how" },
      `${roll.count}d${roll.sides}`,
      roll.modifiers.map(({ name, amount }) => h("i", {}, ` ${signed(amount)} ${name}`)),
      " ",
      h("span", { class: "roll-total" }, "= ", h("b", {}, String(roll.total)), against("vs", roll)),
      why && h("em", {}, `, ${why}`),
    ),
  );
}

/**
 * What one deed threw: a line, which opens to its rolls.
 * @param {Throw} thrown
 * @param {RollContext} context
 * @param {boolean} [rolling] let the die tumble in
 */
export function throwLine(thrown, context, rolling = false) {
  const line = h(
    "summary",
    {},
    h("span", { class: "throw-die", "aria-hidden": "true" }, smallDie(thrown)),
    h("span", { class: "throw-text" }, throwText(thrown)),
    "proofs" in context && stamp(proofOfAll(thrown.rolls, context.proofs)),
  );
  const rolls = thrown.rolls.map((roll) => rollCard(roll, context, whyDealt(roll, thrown.dealt)));
  return h(
    "li",
    { class: `throw ${feelingOf(thrown)}${rolling ? " rolling" : ""}` },
    h("details", {}, line, h("ul", { class: "rolls" }, rolls)),
  );
}

/**
 * @param {Roll} roll
 * @param {RollContext} context
 * @param {string} why what was dealt is another figure
 */
function rollCard(roll, context, why) {
  return h(
    "li",
    { class: `roll ${roll.outcome ?? "plain"}${roll.roller === "character" ? "" : " theirs"}` },
    h("span", { class: "unseen" }, rollText(roll, why)),
    h("span", { class: "roll-dice", "aria-hidden": "true" }, faces(roll)),
    sum(roll, why),
    roll.outcome && h("span", { class: "roll-outcome", "aria-hidden": "true" }, roll.outcome),
    proofOf(roll, context),
  );
}

/**
 * @param {Roll} roll
 * @param {RollContext} context
 */
function proofOf(roll, context) {
  if ("proofs" in context) return stamp(context.proofs.get(roll.key));
  if ("live" in context) return null;
  const label = { "aria-label": `Verify this roll: ${roll.purpose}` };
  return button("verify", () => explain(roll, context.campaignId), label, "verify");
}

/**
 * Whether all of them came out the same; undefined where one was not checked.
 * @param {Roll[]} rolls
 * @param {Map<string, boolean>} proofs
 */
function proofOfAll(rolls, proofs) {
  const found = rolls.map(({ key }) => proofs.get(key));
  return found.includes(undefined) ? undefined : !found.includes(false);
}

/**
 * Of a told story: whether the seed gave these faces; undefined where there is no seed to ask.
 * @param {boolean | undefined} same
 */
const stamp = (same) => same !== undefined && h("span", { class: `stamp ${same}` }, same ? "✓ verified" : "✗ differs");

/** @param {...import("../dom.js").Child} children */
const code = (...children) => h("code", {}, ...children);

/**
 * A term and what it is, one after the other in a `dl`.
 * @param {string} term
 * @param {...import("../dom.js").Child} value
 */
const entry = (term, ...value) => [h("dt", {}, term), h("dd", {}, ...value)];

/**
 * @param {Roll} roll
 * @param {string} campaignId
 */
function explain(roll, campaignId) {
  const { key, count, sides } = roll;
  const result = h("div", { class: "proof" }, h("p", {}, "Looking up the promise …"));
  const how = [code(`HMAC-SHA256(seed, "${key}#0")`), `, read as numbers of 32 bits, each % ${sides} + 1`];
  const facts = h(
    "dl",
    {},
    entry("Place in the story (the key)", code(key)),
    entry("How", how),
    entry("Shown", `${count}d${sides}: ${roll.faces.join(", ")}`),
  );
  dialog("Is this die honest?", () => h("div", { class: "proof-box" }, h("p", {}, ABOUT), facts, result));
  check(roll, campaignId).then(
    (parts) => show(result, parts),
    () => show(result, h("p", {}, "The archive does not answer. Ask again in a moment.")),
  );
}

/**
 * @param {Roll} roll
 * @param {string} campaignId
 */
async function check(roll, campaignId) {
  const pages = await api.dice(campaignId);
  const commitment = pages[0]?.commitment ?? "";
  const seed = pages.map((page) => page.seed).find(Boolean);
  const promise = h("dl", {}, entry("The promise, SHA-256 of the seed", code(commitment)));
  if (!seed) return [promise, h("p", { class: "verdict waiting" }, SEALED)];
  const [committed, { faces: again, same }] = await Promise.all([commitmentOf(seed), verify(roll, seed)]);
  return [
    promise,
    h(
      "dl",
      {},
      entry("The seed, published at the end", code(seed)),
      entry("Rolled again in this browser", again.join(", ")),
    ),
    verdict(committed === commitment, same),
  ];
}

/**
 * @param {boolean} isPromised
 * @param {boolean} isSame
 */
function verdict(isPromised, isSame) {
  let words = "✓ The seed is the promised one, and it gives exactly these faces.";
  if (!isSame) words = "✗ The seed gives other faces than those shown.";
  if (!isPromised) words = "✗ This is not the seed that was promised.";
  return h("p", { class: `verdict ${isPromised && isSame}` }, words);
}
