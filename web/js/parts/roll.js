/** A roll: what was thrown, what was added, what it had to reach, what came of it; and how to check it. */

import * as api from "../api.js";
import { commitmentOf, proved } from "../dice.js";
import { dialog, h, s, show } from "../dom.js";
import { signed } from "./meter.js";

const WORDS = { critical: "critical", success: "success", failure: "failure", fumble: "fumble" };
const SHAPES = {
  4: "M24 4 45 42H3z", 6: "M7 7h34v34H7z", 8: "M24 3 45 24 24 45 3 24z", 10: "M24 3 45 27 24 45 3 27z",
  12: "M24 3 44 18 36.500 42h-25L4 18z", 20: "M24 2.500 43.500 13.500v21L24 45.500 4.500 34.500v-21z", 100: "M24 3a21 21 0 1 0 .010 0z",
};

export const rollText = (roll) => {
  const added = roll.modifiers.map(({ name, amount }) => `, ${name} ${amount}`).join("");
  const aim = roll.target === null ? "" : ` against ${roll.target}`;
  return `${roll.roller === "character" ? "You" : roll.roller}, ${roll.purpose}: ${roll.faces.join(" and ")}${added}: ${roll.total}${aim}${roll.outcome ? `, ${WORDS[roll.outcome]}` : ""}`;
};

function die(face, sides, counts, n) {
  return h("span", { class: `die d${sides}${counts ? "" : " dropped"}`, vars: { "--nth": n } },
    s("svg", { viewBox: "0 0 48 48", "aria-hidden": "true" }, s("path", { d: SHAPES[sides] ?? SHAPES[20] })), h("b", {}, String(face)));
}

function faces(roll) {
  const left = [...roll.kept];
  return roll.faces.map((face, n) => {
    const at = left.indexOf(face);
    if (at >= 0) left.splice(at, 1);
    return die(face, roll.sides, at >= 0, n);
  });
}

/** `context` is { campaignId }: what checking needs; with `proofs` (key → boolean) it is stamped instead; with `live` it is neither. `rolling` lets the dice tumble in. */
export function rollCard(roll, context, rolling = false) {
  return h("li", { class: `roll ${roll.outcome ?? "plain"}${rolling ? " rolling" : ""}` },
    h("span", { class: "unseen" }, rollText(roll)),
    h("span", { class: "roll-dice", "aria-hidden": "true" }, faces(roll)),
    h("span", { class: "roll-sum", "aria-hidden": "true" },
      h("span", { class: "roll-what" }, `${roll.roller === "character" ? "" : `${roll.roller}: `}${roll.purpose}`),
      h("span", { class: "roll-how" },
        `${roll.count}d${roll.sides}`, roll.modifiers.map(({ name, amount }) => h("i", {}, ` ${signed(amount)} ${name}`)),
        " = ", h("b", {}, String(roll.total)), roll.target === null ? "" : ` vs ${roll.target}`)),
    roll.outcome && h("span", { class: "roll-outcome", "aria-hidden": "true" }, WORDS[roll.outcome]),
    context.proofs ? stamp(context.proofs.get(roll.key)) : !context.live && h("button", { type: "button", class: "verify", "aria-label": `Verify this roll: ${roll.purpose}`, onclick: () => explain(roll, context) }, "verify"));
}

/** Of a told story: whether the seed gave these faces; undefined where there is no seed to ask. */
const stamp = (same) => same !== undefined && h("span", { class: `stamp ${same}` }, same ? "✓ verified" : "✗ differs");

function explain(roll, context) {
  const result = h("div", { class: "proof" }, h("p", {}, "Looking up the promise …"));
  dialog("Is this die honest?", () => h("div", { class: "proof-box" },
    h("p", {}, "Nobody draws these dice. Before your first turn the campaign drew one secret seed and published its SHA-256: the promise. Each roll is computed from the seed and from its place in the story, so nobody, not even the game master, can roll again until it pleases."),
    h("dl", {}, h("dt", {}, "Place in the story (the key)"), h("dd", {}, h("code", {}, roll.key)),
      h("dt", {}, "How"), h("dd", {}, h("code", {}, `HMAC-SHA256(seed, "${roll.key}#0")`), `, read as numbers of 32 bits, each % ${roll.sides} + 1`),
      h("dt", {}, "Shown"), h("dd", {}, `${roll.count}d${roll.sides}: ${roll.faces.join(", ")}`)),
    result));
  check(roll, context).then((parts) => show(result, parts), () => show(result, h("p", {}, "The archive does not answer. Ask again in a moment.")));
}

async function check(roll, { campaignId }) {
  const pages = await api.dice(campaignId);
  const seed = pages.map((page) => page.seed).find(Boolean);
  const promise = h("dl", {}, h("dt", {}, "The promise, SHA-256 of the seed"), h("dd", {}, h("code", {}, pages[0].commitment)));
  if (!seed) {
    return [promise, h("p", { class: "verdict waiting" }, "The seed stays sealed while the story goes on: whoever knew it would know every die to come. When the story ends it is published, and this button rolls every die again.")];
  }
  const [committed, { faces: again, same }] = await Promise.all([commitmentOf(seed), proved(roll, seed)]);
  const kept = committed === pages[0].commitment;
  return [promise,
    h("dl", {}, h("dt", {}, "The seed, published at the end"), h("dd", {}, h("code", {}, seed)), h("dt", {}, "Rolled again in this browser"), h("dd", {}, again.join(", "))),
    h("p", { class: `verdict ${kept && same ? "true" : "false"}` }, kept && same
      ? "✓ The seed is the promised one, and it gives exactly these faces."
      : kept ? "✗ The seed gives other faces than those shown." : "✗ This is not the seed that was promised.")];
}
